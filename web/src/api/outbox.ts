/** Outbox: what is said and not yet known to have reached the server. It leaves only when the answer names it. */

import { parts } from "./clock";
import type { NoteOp, Op } from "./types";

/** A tick or a note on its way. */
export type Said = Op | NoteOp;

/** What one request may carry; 500 exceed the server's limit on a body. */
export const MOST = 200;
/** Notes may be long: so many fit into the 64 kB of a body, whatever they are written in. */
export const MOST_NOTES = 20;

export const isNote = (said: Said): said is NoteOp => "row" in said;

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
