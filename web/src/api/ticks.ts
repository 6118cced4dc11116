/**
 * Ticks: the store behind the boxes of one pattern.
 *
 * A tick is stamped and painted at once, then kept in IndexedDB with its op, then sent. The boxes read this store and
 * not the query cache: a box that waits for the server snaps back under the finger.
 */

import { Refused, randomId, read } from "./client";
import { compare, observe, tick } from "./clock";
import type { Clock } from "./clock";
import { ensureMaker, forgetMaker, isStranger } from "./makers";
import { answered, batch, pause } from "./outbox";
import { merge, mergeAll, settle } from "./progress";
import type { Marks } from "./progress";
import { keepAnswer, keepMeta, keepTicks, keptMeta, loadTicks } from "./storage";
import type { Merged, Op } from "./types";

export type Ticked = {
  marks: Marks;
  /** Filled from this browser's storage: the list may paint. */
  ready: boolean;
  unsent: number;
  /** Why the last try to send failed, in words; null when it went well. */
  trouble: string | null;
  /** Ticks that the server did not take are said once. */
  refused: string | null;
  /** False: this browser refuses to keep anything, ticks live on the server alone. */
  kept: boolean;
};

const SOON = 400;
// A storage that does not answer must not hold the page; what it says later is merged in.
const PATIENCE = 1500;

export class Ticks {
  readonly pattern: string;
  private snapshot: Ticked = { marks: {}, ready: false, unsent: 0, trouble: null, refused: null, kept: true };
  private ops: Op[] = [];
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
    this.channel?.addEventListener("message", (event: MessageEvent<Marks>) => this.hear(event.data));
    this.loaded = this.load();
    setTimeout(() => this.show({ ready: true }), PATIENCE);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly read = (): Ticked => this.snapshot;

  /** Says of each cell whether it is done. */
  readonly say = (cells: readonly string[], done: boolean): void => {
    const ops = cells.map((cell) => this.stamp(cell, done));
    let { marks } = this.snapshot;
    for (const op of ops) marks = merge(marks, op.cell, op);
    marks = Object.fromEntries(Object.entries(marks).map(([at, { done: is, stamp }]) => [at, { done: is, stamp }]));
    this.ops = [...this.ops, ...ops];
    this.show({ marks, unsent: this.ops.length });
    this.channel?.postMessage(marks);
    void this.keep(ops);
    this.later(SOON);
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
      this.show({ trouble: fault instanceof Error ? fault.message : String(fault) });
      this.later(1000 * pause(this.failures, fault instanceof Refused ? fault.retryAfter : null));
    } finally {
      this.sending = false;
    }
  };

  /** Fetches what other devices ticked. Silent when it cannot: the next focus tries again. */
  readonly pull = async (): Promise<void> => {
    await this.loaded;
    try {
      const answer = await fetch(`/api/v1/patterns/${this.pattern}/progress`, { headers: this.etag ? { "If-None-Match": this.etag } : {} });
      if (!answer.ok) return;
      this.etag = answer.headers.get("ETag");
      const { cells } = (await answer.json()) as Pick<Merged, "cells">;
      this.take(mergeAll(this.snapshot.marks, cells), []);
    } catch {
      // Offline. What is here is good.
    }
  };

  private async load(): Promise<void> {
    const [stored, held] = await Promise.all([keptMeta<Clock>("clock"), loadTicks(this.pattern)]);
    if (stored) this.clock = { ...stored, ms: Math.max(stored.ms, this.clock.ms) };
    else void keepMeta("clock", this.clock);
    this.ops = [...held.ops, ...this.ops];
    this.show({ marks: mergeAll(held.marks, this.snapshot.marks), ready: true, unsent: this.ops.length });
    if (held.ops.length > 0) this.later(0);
  }

  private stamp(cell: string, done: boolean): Op {
    const held = this.snapshot.marks[cell];
    const now = Date.now();
    if (held) this.clock = observe(this.clock, held.stamp, now);
    let [clock, stamp] = tick(this.clock, now);
    // A stamp from a clock far ahead is already in this cell: step over it, else the box would not answer.
    if (held && compare(stamp, held.stamp) <= 0) {
      const ms = Number(held.stamp.split("-")[0]);
      stamp = tick({ ...clock, ms, counter: Number(held.stamp.split("-")[1]) }, 0)[1];
    }
    this.clock = clock;
    return { id: randomId(), cell, done, stamp };
  }

  private async keep(ops: readonly Op[]): Promise<void> {
    const kept = await keepTicks(this.pattern, ops);
    if (kept !== this.snapshot.kept) this.show({ kept });
    if (kept) void keepMeta("clock", this.clock);
    else void this.flush();
  }

  private async send(last: boolean): Promise<void> {
    const sent = batch(this.ops);
    if (sent.length === 0) return;
    const path = `/patterns/${this.pattern}/progress`;
    const post = () => read<Merged>(path, { method: "PATCH", body: { ops: sent }, keepalive: last });
    if (!last) await ensureMaker();
    let answer: Merged;
    try {
      answer = await post();
    } catch (fault) {
      if (!isStranger(fault) || last) throw fault;
      forgetMaker();
      await ensureMaker();
      answer = await post();
    }
    const named = new Set([...answer.applied, ...answer.superseded, ...answer.refused].map(({ id }) => id));
    const marks = settle(this.snapshot.marks, sent, named, answer.cells);
    this.ops = answered(this.ops, named);
    this.take(marks, sent.filter((op) => named.has(op.id)));
    const refusal = answer.refused[0];
    this.show({ unsent: this.ops.length, refused: refusal?.detail ?? null });
  }

  private take(marks: Marks, sent: readonly Op[]): void {
    const now = Date.now();
    for (const mark of Object.values(marks)) this.clock = observe(this.clock, mark.stamp, now);
    this.show({ marks });
    this.channel?.postMessage(marks);
    void keepAnswer(this.pattern, marks, sent);
  }

  private hear(marks: Marks): void {
    const merged = mergeAll(this.snapshot.marks, marks);
    if (merged !== this.snapshot.marks) this.show({ marks: merged });
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), ms);
  }

  private show(change: Partial<Ticked>): void {
    this.snapshot = { ...this.snapshot, ...change };
    for (const listener of this.listeners) listener();
  }
}

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
