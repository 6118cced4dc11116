/** Kinds: squares that are worked with two yarns exchanged, and how that is said. */

import type { Colour, Layout, Piece, Row } from "../api/types";
import type { Place } from "./place";

type Exchange = readonly [string, string];

/** The two yarns that are exchanged in a copy, counted from 1; null: it is worked as written. */
export function exchangeOf(layout: Layout | null, copy: number): Exchange | null {
  const [one, other] = layout?.exchange ?? [];
  return one && other && layout?.exchanged?.includes(copy) ? [one, other] : null;
}

/** The rows of a piece as they are worked in a copy: in its yarns, also where a row names the yarn that is joined. */
export function rowsOf(piece: Piece, layout: Layout | null, copy: number): Row[] {
  const exchange = exchangeOf(layout, copy);
  return exchange ? piece.rows.map((row) => ({ ...row, colour: row.colour && swapped(row.colour, exchange), text: joined(row.text, exchange) })) : piece.rows;
}

/** A place with its row as it is worked there; only the first piece, which is laid out, has copies of two kinds. */
export function asWorked(place: Place, pieces: readonly Piece[], layout: Layout | null): Place {
  if (place.piece.key !== pieces[0]?.key || !exchangeOf(layout, place.copy)) return place;
  const rows = rowsOf(place.piece, layout, place.copy);
  return { ...place, piece: { ...place.piece, rows }, row: rows.find(({ key }) => key === place.row.key) ?? place.row };
}

const swapped = (letter: string, [one, other]: Exchange) => (letter === one ? other : letter === other ? one : letter);

const joined = (text: string, exchange: Exchange) =>
  text.replace(/\b(join|attach|change to|with)(\s+)([A-F])\b/gi, (_, word: string, space: string, letter: string) => word + space + swapped(letter, exchange));

/** "black and hot pink exchanged" */
export function exchangeWords(layout: Layout | null, colours: readonly Colour[]): string | null {
  const names = layout?.exchange?.map((letter) => colours.find((colour) => colour.letter === letter)?.name ?? letter);
  return names && layout?.exchanged?.length ? `${names.join(" and ")} exchanged` : null;
}

/** "80, 8 rows of 10: 40 as written, 40 with black and hot pink exchanged"; null for one piece. */
export function layoutWords(layout: Layout | null, colours: readonly Colour[]): string | null {
  const all = layout ? layout.rows * layout.columns : 1;
  if (!layout || all === 1) return null;
  const words = `${all}, ${layout.rows} ${layout.rows === 1 ? "row" : "rows"} of ${layout.columns}`;
  const exchange = exchangeWords(layout, colours);
  const other = layout.exchanged?.length ?? 0;
  return exchange ? `${words}: ${all - other} as written, ${other} with ${exchange}` : words;
}
