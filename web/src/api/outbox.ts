/** Outbox: what is said and not yet known to have reached the server. It leaves only when the answer names it. */

import { parts } from "./clock";
import type { NoteOp, Op } from "./types";

/** Ticks on their way, said in one word: of one row, or of all rows of one copy that stand between two. */
export type Tick = { id: string; cells: readonly string[]; done: boolean; stamp: string };

/** What is on its way. */
export type Said = Tick | NoteOp;

/** What one request may carry; 500 exceed the server's limit on a body. */
export const MOST = 200;
/** Notes may be long: so many fit into the 64 kB of a body, whatever they are written in. */
export const MOST_NOTES = 20;

export const isNote = (said: Said): said is NoteOp => "row" in said;

/** A tick as the server is told it: by its cell, or by the first and the last of its cells. */
export function asOp({ id, cells, done, stamp }: Tick): Op {
  const [from = "", to = from] = [cells[0], cells.at(-1)];
  return from === to ? { id, cell: from, done, stamp } : { id, from, to, done, stamp };
}

/** How many ticks and notes these are, for whoever counts rows. */
export const counted = (ops: readonly Said[]): number => ops.reduce((sum, op) => sum + (isNote(op) ? 1 : op.cells.length), 0);

/** The oldest, as many as one request may carry. */
export const batch = <T extends Said>(ops: readonly T[], most = MOST): T[] => ops.slice(0, most);

/** What is left after an answer. Those that it does not name stay and are sent again. */
export const answered = <T extends Said>(ops: readonly T[], named: ReadonlySet<string>): T[] => ops.filter((op) => !named.has(op.id));

/** When the oldest was said, in milliseconds since 1970; null: nothing waits. */
export function waitingSince(ops: readonly Said[]): number | null {
  return ops.length === 0 ? null : Math.min(...ops.map(({ stamp }) => parts(stamp)?.ms ?? Infinity));
}

/** Seconds to wait after so many failures in a row: 1, 2, 4 up to 60, or what the server asked for. */
export function pause(failures: number, retryAfter: number | null = null): number {
  return Math.max(retryAfter ?? 0, Math.min(60, 2 ** Math.max(0, failures - 1)));
}
