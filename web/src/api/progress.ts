/**
 * Progress: the maker's ticks, a map of last-writer-wins registers `cell -> {done, stamp}`.
 *
 * Merging is commutative, associative and idempotent: devices may send in any order, and twice.
 */

import { compare } from "./clock";
import type { Mark, Op } from "./types";

export type Marks = Readonly<Record<string, Mark>>;

/** The cell of a row in one copy of its piece: `p1/r3`, or `p1#17/r3` where the piece is made many times. */
export function cell(rowKey: string, make: number, copy: number): string {
  return make > 1 ? rowKey.replace("/", `#${copy}/`) : rowKey;
}

/** The marks with one more register: the greater stamp stays. Two that differ under one stamp: done stays. */
export function merge(marks: Marks, at: string, mark: Mark): Marks {
  const held = marks[at];
  if (held) {
    const newer = compare(mark.stamp, held.stamp);
    if (newer < 0 || (newer === 0 && (held.done || held.done === mark.done))) return marks;
  }
  return { ...marks, [at]: mark };
}

export function mergeAll(marks: Marks, others: Marks): Marks {
  return Object.entries(others).reduce((sum, [at, mark]) => merge(sum, at, mark), marks);
}

/**
 * The marks after an answer. Where our newest word on a cell has been answered, the server's state replaces it: also
 * by a smaller stamp (a clock a day ahead would win for ever), and by nothing where the op was refused.
 */
export function settle(marks: Marks, sent: readonly Op[], named: ReadonlySet<string>, state: Marks): Marks {
  const settled = { ...marks };
  for (const op of sent) {
    if (!named.has(op.id) || settled[op.cell]?.stamp !== op.stamp) continue;
    const said = state[op.cell];
    if (said) settled[op.cell] = said;
    else delete settled[op.cell];
  }
  return mergeAll(settled, state);
}
