/** SheetText: the sheet as plain text. It is made here and not fetched, so that it can be saved without a connection. */

import type { Marks } from "../api/progress";
import type { Colour, Layout, Pattern, Piece, Row } from "../api/types";
import type { SheetSettings } from "./Sheet";
import { exchangeOf } from "./kinds";
import { copyDone, isDone } from "./place";
import { abbreviationWords, dottedWords, pieceWords, readWords, rowWords, yarnWords } from "./sheetWords";
import type { Telling } from "./sheetWords";
import { facts, foot, unprovenWords } from "./words";

const WIDTH = 76; // characters of a line
const BOXES = 10; // in a line, which says its number

/** What the sheet says, in its order: all but the chart, and the lines to write on. */
export function sheetText(pattern: Pattern, settings: SheetSettings): string {
  const telling: Telling = { terms: pattern.terms ?? "us", large: settings.large, full: settings.full };
  const address = settings.link && wrapped(readWords(settings.link));
  const main = pattern.pieces[0];
  const blocks = [
    pattern.title && wrapped(pattern.title),
    pattern.about && wrapped(pattern.about),
    facts(pattern).map(([name, value]) => wrapped(`${name}: ${value}`)).join("\n"),
    wrapped(unprovenWords(pattern.pieces)),
    !settings.large && address,
    "Materials",
    pattern.colours.map((colour) => wrapped(`${colour.letter}: ${yarnWords(colour)}`)).join("\n"),
    `Abbreviations (${telling.terms.toUpperCase()} terms)`,
    wrapped(`${abbreviationWords(pattern.pieces, telling).join("; ")}.`),
    ...pattern.pieces.flatMap((piece) => pieceText(piece, piece === main ? pattern.layout : null, pattern.colours, telling, settings)),
    "What was checked",
    wrapped(foot(pattern)),
    settings.large && address,
  ];
  return `${blocks.filter(Boolean).join("\n\n")}\n`;
}

type Kept = Pick<SheetSettings, "marks" | "notes">;

function pieceText(piece: Piece, layout: Layout | null, colours: readonly Colour[], telling: Telling, { marks, notes }: Kept): string[] {
  const dotted = dottedWords(piece, layout, colours);
  const many = piece.make > 1;
  return [
    wrapped(pieceWords(piece)),
    dotted ? wrapped(dotted) : "",
    many ? tally(piece, layout, marks) : "",
    piece.rows.map((row) => rowText(row, !many && marks !== null && isDone(marks, row.key), notes?.[row.key]?.text ?? "", telling)).join("\n"),
  ];
}

/** A row beside its box; what else there is to say of it stands under its words. */
function rowText(row: Row, done: boolean, note: string, telling: Telling): string {
  const { name, words, count, doubt } = rowWords(row, telling);
  const lines = [wrapped([name, words, count].filter(Boolean).join(" "), `${box(done)} `, UNDER)];
  if (doubt !== null) lines.push(wrapped(["Not proven", doubt].filter(Boolean).join(": "), UNDER));
  if (note) lines.push(...`Note: ${note}`.split("\n").map((line) => wrapped(line, UNDER)));
  return lines.join("\n");
}

const UNDER = "    "; // the breadth of a box

const box = (done: boolean, dot = false) => (done ? "[x]" : dot ? "[•]" : "[ ]");

/** A box a copy: "[x] [x] [ ] [ ] [ ]  5" */
function tally(piece: Piece, layout: Layout | null, marks: Marks | null): string {
  const boxes = Array.from({ length: piece.make }, (_, at) => box(marks !== null && copyDone(piece, at + 1, marks), exchangeOf(layout, at + 1) !== null));
  const lines = Array.from({ length: Math.ceil(boxes.length / BOXES) }, (_, line) => boxes.slice(line * BOXES, (line + 1) * BOXES));
  return lines.map((line, at) => `${line.join(" ")}  ${at * BOXES + line.length}`).join("\n");
}

/** Words in lines of WIDTH: `first` stands before the first of them, `under` before the others. A longer word is not cut. */
function wrapped(words: string, first = "", under = first): string {
  const lines: string[] = [];
  let line = "";
  for (const word of words.split(/\s+/).filter(Boolean)) {
    const begin = lines.length === 0 ? first : under;
    if (line && begin.length + line.length + 1 + word.length > WIDTH) {
      lines.push(begin + line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  if (line) lines.push((lines.length === 0 ? first : under) + line);
  return lines.join("\n");
}

/** A title as a file's name: "Punk Rock Heirloom" is `punk-rock-heirloom.txt`. */
export function fileName(title: string | null): string {
  const words = (title ?? "").toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60).replaceAll(/^-|-$/g, "");
  return `${words || "pattern"}.txt`;
}
