/** SheetWords: what the sheet says, the same on paper and as text. */

import type { Colour, Layout, Piece, Row } from "../api/types";
import { inFull, writtenOut } from "./inFull";
import { exchangeWords } from "./kinds";
import { abbreviations } from "./glossary";
import { amount, instruction, rowCount, sealWords } from "./words";
import type { Terms } from "./words";

/** How rows are told. `large`: their repeats are written out. `full`: their stitches are not abbreviated. */
export type Telling = { terms: Terms; large: boolean; full: boolean };

/** The address that anyone may read by. */
export const readWords = (link: string): string => `Read it, tick it: ${link.replace(/^https?:\/\//, "")}`;

/** "navy, 300 to 560 m (330 to 610 yd)" */
export const yarnWords = (colour: Colour): string => [colour.name, amount(colour)].filter(Boolean).join(", ");

/** The abbreviations that the sheet uses: in full, and in large print without stars, there are few left. */
export function abbreviationWords(pieces: readonly Piece[], { terms, large, full }: Telling): string[] {
  const shown = pieces.map((piece) => ({
    ...piece,
    rows: piece.rows.map((row) => {
      const text = large ? writtenOut(row.text) : row.text;
      return { ...row, text: full ? inFull(text, terms) : text };
    }),
  }));
  return abbreviations(shown, terms).map(([short, means]) => `${short} = ${means}`);
}

/** "Square: make 48" */
export const pieceWords = ({ name, make }: Piece): string => `${name ?? "Rounds"}${make > 1 ? `: make ${make}` : ""}`;

/** What is other in the copies whose boxes bear a dot; null where all are worked as written. */
export function dottedWords(piece: Piece, layout: Layout | null, colours: readonly Colour[]): string | null {
  const exchange = exchangeWords(layout, colours);
  if (!exchange || !layout?.exchange || !layout.exchanged) return null;
  const { exchange: pair, exchanged } = layout;
  return `${piece.make - exchanged.length} as written; ${exchanged.length} with ${exchange}, the boxes with a dot: there read ${pair.join(" for ")}, and ${pair.toReversed().join(" for ")}.`;
}

/** One row: its name with its yarn, what is to be done, its count, and why it is not proven; null where it is. */
export function rowWords(row: Row, { terms, large, full }: Telling) {
  const told = (words: string) => (full ? inFull(words, terms) : words);
  const count = rowCount(row, terms);
  return {
    name: `${row.label}${row.colour ? ` (${row.colour})` : ""}:`,
    words: told(large ? writtenOut(instruction(row)) : instruction(row)),
    count: count && `(${told(count)})`,
    doubt: row.verdict === "ok" ? null : (sealWords(row, terms) ?? ""),
  };
}
