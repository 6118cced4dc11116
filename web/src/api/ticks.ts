/**
 * Ticks: the store behind the boxes and the notes of one pattern.
 *
 * What is said is stamped and painted at once, then kept in IndexedDB with its op, then sent. The boxes read this store
 * and not the query cache: a box that waits for the server snaps back under the finger.
 */

import { Refused, asError, isGone, randomId, read } from "./client";
import { compare, observe, tick } from "./clock";
import type { Clock } from "./clock";
import { asMaker } from "./makers";
import { MOST_NOTES, answered, asOp, batch, counted, isNote, pause, waitingSince } from "./outbox";
import type { Said, Tick } from "./outbox";
import { merge, mergeAll, settle } from "./progress";
import type { Marks, Notes } from "./progress";
import { keepAnswer, keepMeta, keepSaid, keptMeta, loadProgress } from "./storage";
import type { Merged, MergedNotes, NoteOp, Op } from "./types";

export type Ticked = {
  marks: Marks;
  notes: Notes;
  /** Filled from this browser's storage: the list may paint. */
  ready: boolean;
  /** The server was asked once, or does not answer: what it knows is in. */
  asked: boolean;
  /** Ticks and notes that wait; how many of them are notes. */
  unsent: number;
  unsentNotes: number;
  /** When the oldest that is unsent was said, in milliseconds since 1970. */
  since: number | null;
  /** Why the last try to send failed; null when it went well. */
  trouble: Error | null;
  /** Ticks that the server did not take are said once. */
  refused: string | null;
  /** False: this browser refuses to keep anything, ticks live on the server alone. */
  kept: boolean;
};

const SOON = 400;
// A storage that does not answer must not hold the page; what it says later is merged in.
const PATIENCE = 1500;

/** What tabs tell each other, and what is kept. */
type Known = Pick<Ticked, "marks" | "notes">;

export class Ticks {
  readonly pattern: string;
  private snapshot: Ticked = { marks: {}, notes: {}, ready: false, asked: false, unsent: 0, unsentNotes: 0, since: null, trouble: null, refused: null, kept: true };
  private ops: Said[] = [];
  private clock: Clock = { ms: 0, counter: 0, replica: randomId().slice(0, 12) };
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sending = false;
  private failures = 0;
  private etag: string | null = null;
  private readonly channel: BroadcastChannel | null;
  private readonly loaded: Promise<void>;

  constructor(pattern: string) {
    this.pattern = pattern;
    this.channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(`knotty:${pattern}`);
    this.channel?.addEventListener("message", (event: MessageEvent<Known>) => this.hear(event.data));
    this.loaded = this.load();
    setTimeout(() => this.show({ ready: true, asked: true }), PATIENCE);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly read = (): Ticked => this.snapshot;

  /** Says in one op whether these are done: one row, or rows that follow one another in one copy of a piece. */
  readonly say = (cells: readonly string[], done: boolean): void => {
    const { marks } = this.snapshot;
    const held = cells.flatMap((cell) => marks[cell]?.stamp ?? []).toSorted(compare);
    const stamp = this.stamp(held.at(-1));
    const said = Object.fromEntries(cells.map((cell) => [cell, { done, stamp }]));
    this.take({ marks: mergeAll(marks, said) }, { id: randomId(), cells, done, stamp });
  };

  /** Writes the note at a row, in place of the one that is there; no text takes it away. */
  readonly note = (row: string, text: string): void => {
    const { notes } = this.snapshot;
    const op: NoteOp = { id: randomId(), row, text: plain(text), stamp: this.stamp(notes[row]?.stamp) };
    this.take({ notes: merge(notes, row, { text: op.text, stamp: op.stamp }) }, op);
  };

  /** Sends what waits, now. `last`: the page is going away, the request must outlive it. */
  readonly flush = async (last = false): Promise<void> => {
    await this.loaded;
    if (this.ops.length === 0 || (this.sending && !last)) return;
    clearTimeout(this.timer);
    this.sending = true;
    try {
      await alone(`knotty:${this.pattern}`, last, () => this.send(last));
      this.failures = 0;
      this.show({ trouble: null });
      if (this.ops.length > 0) this.later(0);
    } catch (fault) {
      this.failures += 1;
      this.show({ trouble: asError(fault) });
      if (!isGone(fault)) this.later(1000 * pause(this.failures, fault instanceof Refused ? fault.retryAfter : null));
    } finally {
      this.sending = false;
    }
  };

  /** Fetches what other devices said. Silent when it cannot: the next focus tries again. */
  readonly pull = async (): Promise<void> => {
    await this.loaded;
    try {
      const answer = await fetch(`/api/v1/patterns/${this.pattern}/progress`, { headers: this.etag ? { "If-None-Match": this.etag } : {} });
      if (!answer.ok) return;
      this.etag = answer.headers.get("ETag");
      const { cells, notes } = (await answer.json()) as Pick<Merged, "cells"> & Pick<MergedNotes, "notes">;
      this.learn({ marks: mergeAll(this.snapshot.marks, cells), notes: mergeAll(this.snapshot.notes, notes) }, []);
    } catch {
      // Offline. What is here is good.
    } finally {
      if (!this.snapshot.asked) this.show({ asked: true });
    }
  };

  private async load(): Promise<void> {
    const [stored, held] = await Promise.all([keptMeta<Clock>("clock"), loadProgress(this.pattern)]);
    if (stored) this.clock = { ...stored, ms: Math.max(stored.ms, this.clock.ms) };
    else void keepMeta("clock", this.clock);
    this.ops = [...held.ops, ...this.ops];
    const { marks, notes } = this.snapshot;
    this.show({ marks: mergeAll(held.marks, marks), notes: mergeAll(held.notes, notes), ready: true, ...this.waiting() });
    if (held.ops.length > 0) this.later(0);
  }

  /** The next stamp; where it does not beat the one that is held, that one is stepped over: else the box would not answer. */
  private stamp(held: string | undefined): string {
    const now = Date.now();
    if (held) this.clock = observe(this.clock, held, now);
    const [clock, stamp] = tick(this.clock, now);
    this.clock = clock;
    if (!held || compare(stamp, held) > 0) return stamp;
    const [ms, counter] = held.split("-").map(Number) as [number, number]; // from a clock far ahead
    return tick({ ...clock, ms, counter }, 0)[1];
  }

  private take(change: Partial<Known>, op: Said): void {
    this.ops = [...this.ops, op];
    this.show({ ...change, ...this.waiting() });
    this.channel?.postMessage(this.known());
    void this.keep(op);
    this.later(SOON);
  }

  private async keep(op: Said): Promise<void> {
    const kept = await keepSaid(this.pattern, op);
    if (kept !== this.snapshot.kept) this.show({ kept });
    if (kept) void keepMeta("clock", this.clock);
    else void this.flush();
  }

  private async send(last: boolean): Promise<void> {
    // One after the other, so that a maker who is unknown is made once; a page that is going away has no time for it.
    if (last) await Promise.all([this.sendTicks(last), this.sendNotes(last)]);
    else for (const part of [this.sendTicks, this.sendNotes]) await part.call(this, last);
  }

  private async sendTicks(last: boolean): Promise<void> {
    const sent = batch(this.ops.filter((op): op is Tick => !isNote(op)));
    if (sent.length === 0) return;
    const answer = await this.post<Merged>("", sent.map(asOp), last);
    const places = sent.flatMap(({ id, cells, stamp }) => cells.map((at) => ({ id, at, stamp })));
    this.settled(answer, sent, { marks: settle(this.snapshot.marks, places, named(answer), answer.cells) });
  }

  private async sendNotes(last: boolean): Promise<void> {
    const sent = batch(this.ops.filter(isNote), MOST_NOTES);
    if (sent.length === 0) return;
    const answer = await this.post<MergedNotes>("/notes", sent, last);
    const places = sent.map(({ id, row, stamp }) => ({ id, at: row, stamp }));
    this.settled(answer, sent, { notes: settle(this.snapshot.notes, places, named(answer), answer.notes) });
  }

  private post<Answer>(kind: string, ops: readonly (Op | NoteOp)[], last: boolean): Promise<Answer> {
    const send = () => read<Answer>(`/patterns/${this.pattern}/progress${kind}`, { method: "PATCH", body: { ops }, keepalive: last });
    return last ? send() : asMaker(send);
  }

  private settled(answer: Answered, sent: readonly Said[], change: Partial<Known>): void {
    const known = named(answer);
    this.ops = answered(this.ops, known);
    this.learn(change, sent.filter(({ id }) => known.has(id)), { ...this.waiting(), refused: answer.refused[0]?.detail ?? null });
  }

  private learn(change: Partial<Known>, sent: readonly Said[], also: Partial<Ticked> = {}): void {
    const now = Date.now();
    for (const { stamp } of Object.values(change).flatMap((registers) => Object.values<{ stamp: string }>(registers))) {
      this.clock = observe(this.clock, stamp, now);
    }
    this.show({ ...change, ...also });
    this.channel?.postMessage(this.known());
    void keepAnswer(this.pattern, this.known(), sent);
  }

  private hear({ marks, notes }: Known): void {
    this.show({ marks: mergeAll(this.snapshot.marks, marks), notes: mergeAll(this.snapshot.notes, notes) });
  }

  private known(): Known {
    const { marks, notes } = this.snapshot;
    return { marks, notes };
  }

  private waiting(): Pick<Ticked, "unsent" | "unsentNotes" | "since"> {
    return { unsent: counted(this.ops), unsentNotes: this.ops.filter(isNote).length, since: waitingSince(this.ops) };
  }

  readonly stop = (): void => {
    clearTimeout(this.timer);
    this.channel?.close();
    this.ops = [];
  };

  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), ms);
  }

  // What changes nothing is not shown: each time the whole page would be drawn anew.
  private show(change: Partial<Ticked>): void {
    const keys = Object.keys(change) as (keyof Ticked)[];
    if (keys.every((key) => Object.is(change[key], this.snapshot[key]))) return;
    this.snapshot = { ...this.snapshot, ...change };
    for (const listener of this.listeners) listener();
  }
}

/** The most characters of a note. */
export const LONGEST_NOTE = 500;

// What the server would refuse is taken out here: a note that is refused for ever would wait for ever.
const plain = (text: string) => text.trim().slice(0, LONGEST_NOTE).replaceAll(/[^\P{Cc}\t\n]|\p{Cs}/gu, "");

type Answered = Pick<Merged, "applied" | "superseded" | "refused">;

const named = ({ applied, superseded, refused }: Answered) => new Set([...applied, ...superseded, ...refused].map(({ id }) => id));

/** One tab sends at a time. A page that is going away does not wait, and where locks are missing sending twice is harmless. */
async function alone(name: string, hurry: boolean, work: () => Promise<void>): Promise<void> {
  if (hurry || !("locks" in navigator)) await work();
  else await navigator.locks.request(name, work);
}

const stores = new Map<string, Ticks>();

/** The store of a pattern's ticks; one a pattern in this tab. */
export function ticksOf(pattern: string): Ticks {
  let store = stores.get(pattern);
  if (!store) {
    store = new Ticks(pattern);
    stores.set(pattern, store);
  }
  return store;
}

/** Forgets the store of a pattern: what it holds is neither sent nor shown any more. */
export function dropTicks(pattern: string): void {
  stores.get(pattern)?.stop();
  stores.delete(pattern);
}

function flushAll(last: boolean): void {
  for (const store of stores.values()) void store.flush(last);
}

function pullAll(): void {
  for (const store of stores.values()) void store.pull();
}

/** Sends and fetches when the moment is good. Called once, when the page starts. */
export function mindTheMoments(): void {
  addEventListener("online", () => flushAll(false));
  addEventListener("pagehide", () => flushAll(true));
  addEventListener("focus", pullAll);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") flushAll(true);
    else pullAll();
  });
}
