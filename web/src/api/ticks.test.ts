import { openDB } from "idb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forgetMaker } from "./makers";
import { loadProgress } from "./storage";
import { Ticks } from "./ticks";
import type { NoteOp, Op } from "./types";

// The server's side of the wire: it keeps what it is told, by the same rule.
let online = true;
let cells: Record<string, { done: boolean; stamp: string }> = {};
let notes: Record<string, { text: string; stamp: string }> = {};
let heard: Op[] = [];
let restamp = (stamp: string) => stamp;
let makers = 0;
let patches = 0;
let names = 0;

/** The cells of an op, of a piece that has rows enough. */
function cellsOf(op: Op): string[] {
  if ("cell" in op) return [op.cell];
  const [copy, first, last] = [op.from.split("/r")[0], ...[op.from, op.to].map((at) => Number(at.split("/r")[1]))] as [string, number, number];
  return Array.from({ length: last - first + 1 }, (_, at) => `${copy}/r${first + at}`);
}

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

beforeEach(() => {
  [online, cells, notes, makers, patches, heard] = [true, {}, {}, 0, 0, []];
  restamp = (stamp) => stamp;
  forgetMaker();
  vi.stubGlobal("fetch", async (path: string, how: RequestInit = {}) => {
    const late = path.includes("/progress") && !path.includes(`/pat_${names}/`); // a store of an earlier test still tries
    if (!online || late) throw new TypeError("Failed to fetch");
    if (path.startsWith("/api/v1/jobs")) return makers ? json({ data: [], next_cursor: null }) : json({ title: "Who?", status: 401 }, 401);
    if (path === "/api/v1/makers") return json({ id: "mkr_x", token: "kn_x", made: ++makers }, 201);
    if (how.method !== "PATCH") return json({ cells, notes });
    patches++;
    if (path.endsWith("/notes")) {
      const said = (JSON.parse(how.body as string) as { ops: NoteOp[] }).ops;
      for (const { row, text, stamp } of said) notes[row] = { text, stamp: restamp(stamp) };
      return json({ applied: said.map(({ id, stamp }) => ({ id, stamp: restamp(stamp) })), superseded: [], refused: [], notes });
    }
    const { ops } = JSON.parse(how.body as string) as { ops: Op[] };
    heard.push(...ops);
    for (const op of ops) for (const cell of cellsOf(op)) cells[cell] = { done: op.done, stamp: restamp(op.stamp) };
    return json({ applied: ops.map(({ id, stamp }) => ({ id, stamp: restamp(stamp) })), superseded: [], refused: [], cells });
  });
});

afterEach(() => vi.unstubAllGlobals());

const pattern = () => `pat_${++names}`;
const settled = (store: Ticks) => vi.waitFor(() => expect(store.read().unsent).toBe(0));

test("a tick shows at once, before anything was kept or sent", () => {
  const store = new Ticks(pattern());
  store.say(["p1/r1"], true);
  expect(store.read().marks["p1/r1"]?.done).toBe(true);
  expect(store.read().unsent).toBe(1);
});

test("a visitor's first tick makes a maker, and only one", async () => {
  const store = new Ticks(pattern());
  store.say(["p1/r1"], true);
  store.say(["p1/r2"], true);
  await store.flush();
  await settled(store);
  expect(makers).toBe(1);
  expect(Object.keys(cells)).toEqual(["p1/r1", "p1/r2"]);
});

test("ticks made offline are there after a reload, and are sent when the network is back", async () => {
  online = false;
  const id = pattern();
  const before = new Ticks(id);
  before.say(["p1#2/r1", "p1#2/r2"], true);
  await before.flush();
  expect(before.read().trouble).not.toBeNull();
  await vi.waitFor(async () => expect((await loadProgress(id)).ops).toHaveLength(1));

  online = true;
  const after = new Ticks(id);
  await vi.waitFor(() => expect(after.read().ready).toBe(true));
  expect(after.read().marks["p1#2/r2"]?.done).toBe(true);
  await after.flush();
  await settled(after);
  expect(cells["p1#2/r1"]?.done).toBe(true);
  await vi.waitFor(async () => expect((await loadProgress(id)).ops).toHaveLength(0));
});

test("a tick is shown once, and its answer once: each time the page around the boxes is drawn anew", async () => {
  const store = new Ticks(pattern());
  await vi.waitFor(() => expect(store.read().ready).toBe(true));
  const shown: number[] = [];
  store.subscribe(() => shown.push(store.read().unsent));
  store.say(["p1/r1"], true);
  await store.flush();
  expect(shown).toEqual([1, 0]);
});

test("450 ticks go in batches that the server takes", async () => {
  const store = new Ticks(pattern());
  for (let copy = 1; copy <= 450; copy++) store.say([`p1#${copy}/r1`], true);
  await store.flush();
  await settled(store);
  expect(patches).toBe(3);
  expect(Object.keys(cells)).toHaveLength(450);
});

test("a stamp that the server set back is ours from then on, and the box still answers", async () => {
  restamp = () => "5-0-x";
  const store = new Ticks(pattern());
  store.say(["p1/r1"], true);
  await store.flush();
  await settled(store);
  expect(store.read().marks["p1/r1"]?.stamp).toBe("5-0-x");
  store.say(["p1/r1"], false);
  expect(store.read().marks["p1/r1"]?.done).toBe(false);
});

test("a cell ticked by a clock a day ahead can be unticked here", async () => {
  cells = { "p1/r1": { done: true, stamp: `${Date.now() + 86_400_000}-0-there` } };
  const store = new Ticks(pattern());
  await store.pull();
  expect(store.read().marks["p1/r1"]?.done).toBe(true);
  store.say(["p1/r1"], false);
  expect(store.read().marks["p1/r1"]?.done).toBe(false);
});

test("what another device ticked comes with the next look", async () => {
  const store = new Ticks(pattern());
  store.say(["p1/r1"], true);
  await store.flush();
  await settled(store);
  cells["p1/r2"] = { done: true, stamp: `${Date.now()}-0-there` };
  await store.pull();
  expect(Object.keys(store.read().marks).toSorted()).toEqual(["p1/r1", "p1/r2"]);
});

test("a note is there at once, after a reload without a network, and on the server when that is back", async () => {
  online = false;
  const id = pattern();
  const before = new Ticks(id);
  before.note("p1/r2", "  hold two strands\u0007 ");
  expect(before.read().notes["p1/r2"]?.text).toBe("hold two strands");
  await vi.waitFor(async () => expect((await loadProgress(id)).ops).toHaveLength(1));

  online = true;
  const after = new Ticks(id);
  await vi.waitFor(() => expect(after.read().notes["p1/r2"]?.text).toBe("hold two strands"));
  await after.flush();
  await settled(after);
  expect(notes["p1/r2"]?.text).toBe("hold two strands");
});

test("ticks and notes wait in one outbox and go where they belong, each once", async () => {
  online = false;
  const store = new Ticks(pattern());
  store.say(["p1/r1"], true);
  store.note("p1/r1", "loose");
  await store.flush();
  expect(store.read().unsent).toBe(2);
  expect(store.read().since).toBeLessThanOrEqual(Date.now());

  online = true;
  await store.flush();
  await settled(store);
  expect([cells["p1/r1"]?.done, notes["p1/r1"]?.text, patches]).toEqual([true, "loose", 2]);
});

test("30 long notes go in parts that fit into a request", async () => {
  const store = new Ticks(pattern());
  for (let at = 0; at < 30; at++) store.note(`p1/r${at}`, "ß".repeat(600));
  await store.flush();
  await settled(store);
  expect(patches).toBe(2);
  expect(Object.values(notes).map(({ text }) => text.length)).toEqual(Array.from({ length: 30 }, () => 500));
});

test("a note taken away here stays away, though another device still has it", async () => {
  notes = { "p1/r1": { text: "tight", stamp: `${Date.now() - 5000}-0-there` } };
  const store = new Ticks(pattern());
  await store.pull();
  store.note("p1/r1", "");
  await store.pull();
  expect(store.read().notes["p1/r1"]?.text).toBe("");
});

test("a page that is going away sends ticks and notes together", async () => {
  const store = new Ticks(pattern());
  store.say(["p1/r1"], true);
  store.note("p1/r1", "loose");
  await store.flush(true);
  await settled(store);
  expect(patches).toBe(2);
});

const rows = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => `p1#2/r${from + at}`);
const done = (store: Ticks) => Object.entries(store.read().marks).flatMap(([at, mark]) => (mark.done ? [at] : []));

test("rows that follow one another are said in one op, and counted as so many ticks", async () => {
  online = false;
  const store = new Ticks(pattern());
  store.say(rows(1, 6), true);
  expect(store.read().unsent).toBe(6);
  online = true;
  await store.flush();
  await settled(store);
  store.say(rows(3, 6), false);
  await store.flush();
  await settled(store);

  expect(heard).toHaveLength(2);
  expect(heard).toMatchObject([
    { from: "p1#2/r1", to: "p1#2/r6", done: true },
    { from: "p1#2/r3", to: "p1#2/r6", done: false },
  ]);
  expect(done(store)).toEqual(rows(1, 2));
});

test("rows said together beat what is held of each of them, also by a clock a day ahead", async () => {
  cells = { "p1#2/r2": { done: true, stamp: `${Date.now() + 86_400_000}-0-there` }, "p1#2/r3": { done: true, stamp: "5-0-there" } };
  const store = new Ticks(pattern());
  await store.pull();
  store.say(rows(1, 3), false);
  expect(done(store)).toEqual([]);
});

test("rows ripped back without a network stay so after a reload, and are sent as the one op that they were", async () => {
  online = false;
  const id = pattern();
  const before = new Ticks(id);
  before.say(rows(1, 4), true);
  before.say(rows(2, 4), false);
  await vi.waitFor(async () => expect((await loadProgress(id)).ops).toHaveLength(2));

  online = true;
  const after = new Ticks(id);
  await vi.waitFor(() => expect(after.read().ready).toBe(true));
  expect(done(after)).toEqual(rows(1, 1));
  await after.flush();
  await settled(after);
  expect(heard).toHaveLength(2);
  expect(Object.entries(cells).flatMap(([at, mark]) => (mark.done ? [at] : []))).toEqual(rows(1, 1));
});

test("a range of which the server refuses all leaves none of its rows ticked", async () => {
  const id = pattern();
  const store = new Ticks(id);
  await vi.waitFor(() => expect(store.read().ready).toBe(true));
  const theirs = fetch;
  vi.stubGlobal("fetch", async (path: string, how: RequestInit = {}) => {
    if (how.method !== "PATCH") return theirs(path, how);
    const { ops } = JSON.parse(how.body as string) as { ops: Op[] };
    return json({ applied: [], superseded: [], refused: ops.map((op) => ({ id: op.id, code: "unknown-cell", detail: "There is no such row." })), cells: {} });
  });
  store.say(rows(1, 3), true);
  await store.flush();
  await settled(store);
  expect(done(store)).toEqual([]);
  expect(store.read().refused).toBe("There is no such row.");
  await vi.waitFor(async () => expect((await loadProgress(id)).marks).toEqual({}));
});

test("a tick that an older page has left in the outbox is sent as it was said", async () => {
  online = false;
  const id = pattern();
  const before = new Ticks(id);
  before.say(["p1/r1"], true);
  await vi.waitFor(async () => expect((await loadProgress(id)).ops).toHaveLength(1));
  before.stop();
  const store = await openDB("knotty");
  const [{ cells: [cell], ...older }] = (await store.getAllFromIndex("outbox", "pattern", id)) as [{ cells: string[]; id: string }];
  await store.put("outbox", { ...older, cell });
  store.close();

  online = true;
  const after = new Ticks(id);
  await after.flush();
  await settled(after);
  expect(heard.map((op) => "cell" in op && op.cell)).toEqual(["p1/r1"]);
});
