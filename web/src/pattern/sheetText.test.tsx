import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Pattern, Piece } from "../api/types";
import { blank, finishing, head, round } from "../samples.test-env";
import { Sheet } from "./Sheet";
import type { SheetSettings } from "./Sheet";
import { fileName, sheetText } from "./sheetText";
import { dyed } from "./yarns";

const plain: SheetSettings = { large: false, full: false, chart: false, marks: null, notes: null, link: null };
const link = "https://knotty.example/p/aaaaaaaaaaaaaaaaaaaaaaaaaa";
const square = (...rows: Piece["rows"]): Piece => ({ key: "p1", name: "Square", make: 2, rows });
const end: Piece = { key: "p2", name: "Finishing", make: 1, rows: [finishing] };
const cushion: Pattern = { ...blank, ...head, about: "Two squares, one cushion.", yarn: { weight: "worsted" }, pieces: [square(round(1), round(2)), end] };
const full: Pattern = { ...cushion, layout: { rows: 1, columns: 2, plan: "checkerboard", exchange: ["A", "B"], exchanged: [2] } };

const marks = Object.fromEntries(["p1#1/r1", "p1#1/r2", "p2/r1"].map((at) => [at, { done: true, stamp: "1-0-a" }]));
const notes = { "p1/r2": { text: "two strands,\nnot three", stamp: "1-0-a" }, "p1/r1": { text: "", stamp: "1-0-a" } };
const bare = (text: string | null) => text?.replaceAll(/[^\p{L}\p{N}×=*]+/gu, "");

/** The words on paper, but for the heading over the lines to write on. */
function onPaper(pattern: Pattern, settings: SheetSettings): string {
  const { container, unmount } = render(
    <QueryClientProvider client={new QueryClient()}>
      <Sheet pattern={pattern} settings={settings} />
    </QueryClientProvider>,
  );
  for (const heading of container.querySelectorAll("h2")) if (heading.textContent === "Notes") heading.remove();
  for (const drawn of container.querySelectorAll("[role=img]")) drawn.remove();
  const text = container.textContent;
  unmount();
  return text;
}

test("the sheet is told from its title to what was checked", () => {
  expect(sheetText(cushion, { ...plain, link })).toBe(`\
Moss Cushion

Two squares, one cushion.

Squares: 2, 1 row of 2
Yarn: worsted
Terms: US

Read it, tick it: knotty.example/p/aaaaaaaaaaaaaaaaaaaaaaaaaa

Materials

A: moss
B: bone

Abbreviations (US terms)

ch = chain; sp = space; dc = double crochet; rnd = round.

Square: make 2

[ ] [ ]  2

[ ] Rnd 1 (A): Ch 3, 2 dc in ring, join. (12 dc, 4 ch-2 sps)
[ ] Rnd 2 (B): Ch 3, 2 dc in ring, join. (24 dc, 4 ch-2 sps)

Finishing

[ ] Finishing: Weave in ends.

What was checked

Written by a language model, counted by a program: each round’s stitches add
up and fit the round below. Nobody has crocheted it yet: make one square
first.
`);
});

test.each<[string, Partial<SheetSettings>]>([
  ["as it is", { link }],
  ["with the maker's notes", { notes }],
  ["with stitches in full", { full: true }],
  ["in large print", { large: true, full: true, notes, link }],
])("it says what paper says, in the same order: %s", (_, change) => {
  const settings = { ...plain, ...change };
  const starred = round(2, { text: "Rnd 2 (B): *3 dc in ring, ch 2; rep from * 3 more times, join. (24 dc, 4 ch-2 sps)" });
  const pattern = { ...full, pieces: [square(round(1), starred), end] };
  const boxes = /\[.\]|(?<=\])  \d+/gu; // drawn on paper
  expect(bare(sheetText(pattern, settings).replaceAll(boxes, ""))).toBe(bare(onPaper(pattern, settings)));
});

test("boxes bear the ticks where they are printed, and a dot where yarns are exchanged", () => {
  expect(sheetText(full, plain)).toContain("[ ] [•]  2\n");
  const ticked = sheetText(full, { ...plain, marks });
  expect(ticked).toContain("[x] [•]  2\n");
  expect(ticked).toContain("[ ] Rnd 1 (A)");
  expect(ticked).toContain("[x] Finishing:");
});

test("a note stands under its row where notes are printed, in its own lines", () => {
  expect(sheetText(cushion, { ...plain, notes })).toContain("(24 dc, 4 ch-2 sps)\n    Note: two strands,\n    not three\n\nFinishing");
  expect(sheetText(cushion, plain)).not.toContain("Note:");
});

test("a row that is not proven says so under its words, and the head names it", () => {
  const pattern = { ...cushion, pieces: [square(round(1), round(2, { verdict: "error", counts: { dc: 22 } })), end] };
  const text = sheetText(pattern, plain);
  expect(text).toContain("\n\nRound 2 is not proven.\n\nMaterials");
  expect(text).toContain("(24 dc, 4 ch-2 sps)\n    Not proven: makes 22 dc, needs 24\n");
  const unread = { ...cushion, pieces: [square(round(1), round(2, { verdict: "unchecked" })), end] };
  expect(sheetText(unread, plain)).toContain("\n    Not proven: not understood\n");
});

test("yarns are those that the reader has put in their place", () => {
  const text = sheetText(dyed({ ...full, own: false }, { B: { name: "plum", hex: "#5C2A4D" } }), plain);
  expect(text).toContain("\nA: moss\nB: plum\n");
  expect(text).toContain("moss and plum exchanged");
  expect(text).not.toContain("bone");
});

test("UK terms are said as UK terms", () => {
  const row = { ...round(1), text: "Rnd 1 (A): Ch 3, 2 tr in ring, join. (12 tr, 4 ch-2 sps)" };
  const text = sheetText({ ...cushion, terms: "uk", pieces: [square(row)] }, { ...plain, full: true });
  expect(text).toContain("Abbreviations (UK terms)");
  expect(text).toContain("Chain 3, 2 treble crochet in ring, join. (12 treble crochet,\n    4 chain-2 spaces)");
});

test("no line is longer than a reader's window, but for a word that is", () => {
  const long = round(1, { text: `Rnd 1 (A): ${"3 dc in next ch-2 sp, ch 1, ".repeat(20)}join.`, declared: null });
  const lines = sheetText({ ...cushion, pieces: [square(long)] }, { ...plain, link: `https://knotty.example/${"a".repeat(90)}` }).split("\n");
  expect(lines.filter((line) => line.length > 76)).toEqual([`knotty.example/${"a".repeat(90)}`]);
  expect(lines.filter((line) => line.startsWith("    ")).length).toBeGreaterThan(5);
});

test("a pattern without a title, of which little is written, is told as far as it goes", () => {
  const text = sheetText({ ...blank, pieces: [square(round(1))] }, plain);
  expect(text).toMatch(/^Materials\n\nAbbreviations/);
  expect(text).toContain("[ ] Rnd 1 (A)");
});

test.each([
  ["Moss Cushion", "moss-cushion.txt"],
  ["  Été & Łódź!  ", "été-łódź.txt"],
  ["../../etc/passwd", "etc-passwd.txt"],
  [null, "pattern.txt"],
  ["…", "pattern.txt"],
])("its file is named after the title: %s", (title, name) => {
  expect(fileName(title)).toBe(name);
});

test("a very long title makes a name that any system keeps", () => {
  expect(fileName("moss ".repeat(50))).toMatch(/^(moss-){11}moss\.txt$/);
});
