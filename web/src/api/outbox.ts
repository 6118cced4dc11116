/** Outbox: ticks on their way to the server. One leaves only when the answer names it. */

import type { Op } from "./types";

/** What one request may carry; 500 exceed the server's limit on a body. */
export const MOST = 200;

/** The oldest ops, as many as one request may carry. */
export const batch = (ops: readonly Op[]): Op[] => ops.slice(0, MOST);

/** What is left after an answer. Ops that it does not name stay and are sent again. */
export const answered = (ops: readonly Op[], named: ReadonlySet<string>): Op[] => ops.filter((op) => !named.has(op.id));

/** Seconds to wait after so many failures in a row: 1, 2, 4 up to 60, or what the server asked for. */
export function pause(failures: number, retryAfter: number | null = null): number {
  return Math.max(retryAfter ?? 0, Math.min(60, 2 ** Math.max(0, failures - 1)));
}
