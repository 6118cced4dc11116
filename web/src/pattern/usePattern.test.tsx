import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fullId } from "../api/patterns";
import { forgetPattern, keepSaid, keptPattern, loadProgress } from "../api/storage";
import type { Pattern } from "../api/types";
import { blank, head, round } from "../samples.test-env";
import { usePattern } from "./usePattern";

const uk = (text: string) => text.replaceAll("dc", "tr");

/** A server with one pattern in US terms; `down` takes it away. */
let down = false;
let answers: string[] = [];
let number = 0;

function serve(short: string, change: Partial<Pattern> = {}) {
  const written: Pattern = { ...blank, ...head, id: fullId(short), gauge: "16 dc = 4 in", job: { ...blank.job, status: "succeeded" }, pieces: [{ key: "p1", name: "Square", make: 1, rows: [round(1), round(2)] }], ...change };
  const told = { ...written, title: "stale", terms: "uk", gauge: "16 tr = 4 in", pieces: written.pieces.map((piece) => ({ ...piece, rows: piece.rows.map((row) => ({ ...row, text: uk(row.text) })) })) };
  vi.stubGlobal("fetch", (url: string) => {
    if (down) return Promise.reject(new TypeError("no network"));
    answers.push(url);
    return Promise.resolve(Response.json(url.endsWith("?terms=uk") ? told : written));
  });
}

/** As another tab would choose them. */
function keepTerms(terms: "us" | "uk") {
  localStorage.setItem("knotty-terms", terms === "us" ? "1" : "2");
  dispatchEvent(new StorageEvent("storage"));
}

const refuse = (status: number, type: string) => vi.stubGlobal("fetch", async () => Response.json({ type, title: "No", status }, { status }));

function open(short: string) {
  const client = new QueryClient();
  return renderHook(() => usePattern(short), { wrapper: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider> }).result;
}

const texts = (pattern?: Pattern) => pattern?.pieces[0]?.rows.map((row) => row.text);
const fresh = () => `aaaaaaaaaaaaaaaaaaaaaaaa${(number += 1).toString().padStart(2, "a")}`;

beforeEach(() => {
  down = false;
  answers = [];
  localStorage.clear();
});
afterEach(() => vi.unstubAllGlobals());

test("a pattern is told as it was written, and turned at once to the terms that are chosen: rows keep their keys, counts stay", async () => {
  const short = fresh();
  serve(short);
  const shown = open(short);
  await waitFor(() => expect(shown.current.other?.ready).toBe(true));
  const before = shown.current.making?.pattern;
  expect(before?.terms).toBe("us");

  act(() => keepTerms("uk"));

  const after = shown.current.making?.pattern;
  expect(after?.terms).toBe("uk");
  expect(after?.title).toBe(before?.title);
  expect(after?.gauge).toBe("16 tr = 4 in");
  expect(texts(after)).toEqual(texts(before)?.map(uk));
  expect(after?.pieces[0]?.rows.map(({ key, counts }) => [key, counts])).toEqual(before?.pieces[0]?.rows.map(({ key, counts }) => [key, counts]));
  expect(answers).toHaveLength(2);
});

test("who chose UK terms never sees the others flash by", async () => {
  const short = fresh();
  serve(short);
  keepTerms("uk");
  const seen: unknown[] = [];
  const client = new QueryClient();
  renderHook(
    () => {
      const { making } = usePattern(short);
      seen.push(making?.pattern.terms ?? null);
      return making;
    },
    { wrapper: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider> },
  );
  await waitFor(() => expect(seen).toContain("uk"));

  expect(seen).not.toContain("us");
});

test("after one visit both terms are there without a network", async () => {
  const short = fresh();
  serve(short);
  const first = open(short);
  await waitFor(() => expect(first.current.other?.ready).toBe(true));
  down = true;

  const again = open(short);
  await waitFor(() => expect(again.current.making).not.toBeNull(), { timeout: 5000 });
  await waitFor(() => expect(again.current.other?.ready).toBe(true));
  act(() => keepTerms("uk"));

  expect(texts(again.current.making?.pattern)?.[0]).toContain("2 tr in ring");
}, 10_000);

test("a pattern that its maker deleted stays with who was working from it, also in other terms, until he removes it", async () => {
  const short = fresh();
  const id = fullId(short);
  serve(short, { own: false });
  const first = open(short);
  await waitFor(() => expect(first.current.other?.ready).toBe(true));
  await keepSaid(id, { id: "1", cells: ["p1/r1"], done: true, stamp: "1-0-a" });
  refuse(410, "/problems/gone");

  const again = open(short);
  await waitFor(() => expect(again.current.making).toMatchObject({ gone: true, pattern: { id } }));
  await waitFor(() => expect(again.current.other?.ready).toBe(true));

  await forgetPattern(id);
  const last = open(short);
  await waitFor(() => expect(last.current.fault).toMatchObject({ problem: { status: 410 } }));
  expect(await keptPattern(id)).toBeNull();
  expect(await keptPattern(id, "uk")).toBeNull();
  expect((await loadProgress(id)).marks).toEqual({});
});

test("of a deleted pattern nothing stays with who only looked, nor on the other devices of who deleted it", async () => {
  for (const own of [false, true]) {
    const short = fresh();
    serve(short, { own });
    const first = open(short);
    await waitFor(() => expect(first.current.other?.ready).toBe(true));
    if (own) await keepSaid(fullId(short), { id: "2", cells: ["p1/r1"], done: true, stamp: "1-0-a" });
    refuse(410, "/problems/gone");

    const again = open(short);
    await waitFor(() => expect(again.current.fault).toMatchObject({ problem: { status: 410 } }));
    expect(again.current.making).toBeNull();
    expect(await keptPattern(fullId(short))).toBeNull();
  }
});

test("one that was taken down is not shown, and what was kept waits until it is put back", async () => {
  const short = fresh();
  serve(short, { own: false });
  const first = open(short);
  await waitFor(() => expect(first.current.other?.ready).toBe(true));
  await keepSaid(fullId(short), { id: "3", cells: ["p1/r1"], done: true, stamp: "1-0-a" });
  refuse(410, "/problems/taken-down");

  const again = open(short);
  await waitFor(() => expect(again.current.fault).not.toBeNull());
  expect(again.current.making).toBeNull();
  expect(await keptPattern(fullId(short))).not.toBeNull();
});

test("terms that cannot be had leave the pattern as it was written, and say why", async () => {
  const short = fresh();
  serve(short);
  const served = fetch;
  vi.stubGlobal("fetch", (url: string) => (url.includes("terms=") ? Promise.reject(new TypeError("no network")) : served(url)));
  keepTerms("uk");
  const shown = open(short);
  await waitFor(() => expect(shown.current.making).not.toBeNull());

  expect(shown.current.making?.pattern.terms).toBe("us");
  expect(shown.current.other).toMatchObject({ terms: "uk", ready: false, fault: { name: "Unreachable" } });
});
