/**
 * Progress: a maker's ticks and notes, two maps of last-writer-wins registers: `cell -> {done, stamp}`, `row -> {text, stamp}`.
 *
 * Merging is commutative, associative and idempotent: devices may send in any order, and twice.
 */

import { compare } from "./clock";
import type { Mark, Note } from "./types";

type Register = Mark | Note;
export type Registers<T extends Register> = Readonly<Record<string, T>>;
export type Marks = Registers<Mark>;
export type Notes = Registers<Note>;

/** The cell of a row in one copy of its piece: `p1/r3`, or `p1#17/r3` where the piece is made many times. */
export function cell(rowKey: string, make: number, copy: number): string {
  return make > 1 ? rowKey.replace("/", `#${copy}/`) : rowKey;
}

/** The registers with one more: the greater stamp stays. Two that differ under one stamp: the greater value, done over undone. */
export function merge<T extends Register>(held: Registers<T>, at: string, said: T): Registers<T> {
  const old = held[at];
  if (old) {
    const newer = compare(said.stamp, old.stamp);
    if (newer < 0 || (newer === 0 && value(said) <= value(old))) return held;
  }
  return { ...held, [at]: said };
}

const value = (register: Register) => ("done" in register ? register.done : register.text);

export function mergeAll<T extends Register>(held: Registers<T>, others: Registers<T>): Registers<T> {
  return Object.entries(others).reduce((sum, [at, said]) => merge(sum, at, said), held);
}

/** What was sent of a register, by which stamp. */
type Sent = { id: string; at: string; stamp: string };

/**
 * The registers after an answer. Where our newest word on one has been answered, the server's state replaces it: also
 * by a smaller stamp (a clock a day ahead would win for ever), and by nothing where the op was refused.
 */
export function settle<T extends Register>(held: Registers<T>, sent: readonly Sent[], named: ReadonlySet<string>, state: Registers<T>): Registers<T> {
  const settled: Record<string, T> = { ...held };
  for (const op of sent) {
    if (!named.has(op.id) || settled[op.at]?.stamp !== op.stamp) continue;
    const said = state[op.at];
    if (said) settled[op.at] = said;
    else delete settled[op.at];
  }
  return mergeAll(settled, state);
}
