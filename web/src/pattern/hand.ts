/** Hand: which row of which copy is under the maker's finger, and the steps from one to the next and back. */

import { cell } from "../api/progress";
import type { Marks } from "../api/progress";
import type { Colour, Piece, Row } from "../api/types";
import { copyDone, isDone, placeAtWork } from "./place";
import type { Place } from "./place";

/** What is to be said so that the last word is taken back, run by run, and the row that was in hand. */
export type Back = { runs: readonly (readonly string[])[]; done: boolean; from: Place | null };

export const cellOf = ({ piece, row, copy }: Place): string => cell(row.key, piece.make, copy);

/** The row to work when this one is done: the next open one of the same copy, else wherever the pattern is open. */
export function after(pieces: readonly Piece[], marks: Marks, place: Place): Place | null {
  const { piece, copy } = place;
  const later = piece.rows.slice(piece.rows.indexOf(place.row) + 1).find((row) => !isDone(marks, cell(row.key, piece.make, copy)));
  if (later) return { piece, copy, row: later };
  return placeAtWork(pieces, marks, copyDone(piece, copy, marks) ? {} : { [piece.key]: copy });
}

/** The row before a place, also over the edge of a copy or a piece; null at the very begin. */
export function before(pieces: readonly Piece[], place: Place | null): Place | null {
  if (!place) return lastOf(pieces.at(-1), pieces.at(-1)?.make ?? 1);
  const { piece, row, copy } = place;
  const earlier = piece.rows[piece.rows.indexOf(row) - 1];
  if (earlier) return { piece, copy, row: earlier };
  if (copy > 1) return lastOf(piece, copy - 1);
  const previous = pieces[pieces.indexOf(piece) - 1];
  return previous ? lastOf(previous, previous.make) : null;
}

function lastOf(piece: Piece | undefined, copy: number): Place | null {
  const row = piece?.rows.at(-1);
  return piece && row ? { piece, copy, row } : null;
}

/** The cells of a copy that are ripped back when the maker goes to a row of it again: from there on to the last that is done. */
export function rippedFrom(marks: Marks, { piece, row, copy }: Place): string[] {
  const cells = piece.rows.slice(piece.rows.indexOf(row)).map((each) => cell(each.key, piece.make, copy));
  return cells.slice(0, cells.findLastIndex((at) => isDone(marks, at)) + 1);
}

/** Those that are done of cells that follow one another, in runs without a gap. */
export function doneRuns(marks: Marks, cells: readonly string[]): string[][] {
  const runs: string[][] = [[]];
  for (const at of cells) {
    if (isDone(marks, at)) runs.at(-1)?.push(at);
    else runs.push([]);
  }
  return runs.filter((run) => run.length > 0);
}

/** "Then fasten off black and join hot pink."; null where the yarn goes on or nothing follows. */
export function yarnCue(place: Place, next: Place | null, colours: readonly Colour[]): string | null {
  const from = named(place.row, colours);
  const to = next && named(next.row, colours);
  if (!from || !to || from === to) return null;
  return /fasten off/i.test(place.row.text) ? `Then join ${to}.` : `Then fasten off ${from} and join ${to}.`;
}

function named(row: Row, colours: readonly Colour[]): string | null {
  return row.colour ? (colours.find(({ letter }) => letter === row.colour)?.name ?? row.colour) : null;
}

/** How many sides or repeats a round has for the counter to count; 0: nothing repeats. */
export const sidesOf = (row: Row): number => (row.corners && row.corners > 1 ? row.corners : 0);
