/** Place: where the maker is. How much is worked is told by stitches, since late rounds are long. */

import { cell } from "../api/progress";
import type { Marks } from "../api/progress";
import type { Piece, Row } from "../api/types";
import { rowName } from "./words";

export const isDone = (marks: Marks, at: string): boolean => marks[at]?.done ?? false;

/** A row that makes no stitches (a seam, an end to weave in) still weighs something. */
const weight = (row: Row): number => Math.max(row.stitches ?? 0, 1);

/** The share of the whole that is worked, 0 to 1. */
export function share(pieces: readonly Piece[], marks: Marks): number {
  let [worked, all] = [0, 0];
  for (const piece of pieces) {
    for (const row of piece.rows) {
      const copies = copiesDone(piece, row, marks);
      worked += weight(row) * copies;
      all += weight(row) * piece.make;
    }
  }
  return all === 0 ? 0 : worked / all;
}

function copiesDone(piece: Piece, row: Row, marks: Marks): number {
  let done = 0;
  for (let copy = 1; copy <= piece.make; copy++) if (isDone(marks, cell(row.key, piece.make, copy))) done++;
  return done;
}

export const copyDone = (piece: Piece, copy: number, marks: Marks): boolean =>
  piece.rows.length > 0 && piece.rows.every((row) => isDone(marks, cell(row.key, piece.make, copy)));

/** The first copy of a piece that has a row to work, the last one when all are done. */
export function copyAtWork(piece: Piece, marks: Marks): number {
  for (let copy = 1; copy <= piece.make; copy++) if (!copyDone(piece, copy, marks)) return copy;
  return piece.make;
}

export type Place = { piece: Piece; row: Row; copy: number };

/** The first row that is not worked yet; null when all is done. `copies` says which copy of a piece is in hand. */
export function placeAtWork(pieces: readonly Piece[], marks: Marks, copies: Readonly<Record<string, number>> = {}): Place | null {
  for (const piece of pieces) {
    const first = copyAtWork(piece, marks);
    const held = copies[piece.key];
    const copy = held && !copyDone(piece, held, marks) ? held : first;
    const row = piece.rows.find((candidate) => !isDone(marks, cell(candidate.key, piece.make, copy)));
    if (row) return { piece, row, copy };
  }
  return null;
}

/** "Round 7 of 12, square 3 of 48"; "all done" at the end. */
export function placeWords(place: Place | null): string {
  if (!place) return "All done";
  const { piece, row, copy } = place;
  const of = piece.rows.length > 1 && row.number ? ` of ${piece.rows.length}` : "";
  const which = piece.make > 1 ? `, ${(piece.name ?? "square").toLowerCase()} ${copy} of ${piece.make}` : "";
  return `${rowName(row)}${of}${which}`;
}
