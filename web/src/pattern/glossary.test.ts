import { expect, test } from "vitest";
import { round } from "../samples.test-env";
import { abbreviations, marked, wordsOf } from "./glossary";

const piece = { key: "p1", name: "Square", make: 1, rows: [round(1), round(2)] };
const GROUPS = "Join B in any ch-2 sp. Ch 3 (counts as dc), (2 dc, ch 2, 3 dc) in same sp, *ch 1, 3 dc in next sp; rep from * 2 more times, join with sl st in top of ch 3.";

test("only the short words that are used are explained, in the pattern's terms", () => {
  expect(abbreviations([piece], "uk")).toContainEqual(["dc", "double crochet (US single crochet)"]);
  expect(abbreviations([piece], "us").map(([short]) => short)).not.toContain("hdc");
});

test("a stitch that not everybody knows is told, in the pattern's own terms", () => {
  const pieces = [{ key: "p1", name: "Square", make: 1, rows: [round(1, { text: "Rnd 1: *popcorn in ring, ch 2, dc3tog; rep from *" })] }];

  expect(abbreviations(pieces, "us").map(([short]) => short)).toEqual(["ch", "rnd", "rep", "dc3tog, sc2tog …", "popcorn", "* … rep from *"]);
  expect(Object.fromEntries(abbreviations(pieces, "uk")).popcorn).toContain("5 tr");
});

const how = (text: string, terms: "us" | "uk") => wordsOf(text, terms).find(({ short }) => short === "dc")?.how;

test("a stitch of a row is told with how it is made: dc in UK terms is what sc is in US terms", () => {
  expect(how("3 dc in ring", "us")).toMatch(/draw through two loops, twice/);
  expect(how("3 dc in ring", "uk")).toMatch(/draw through both loops/);
});

test("what is written in full and still not plain is told at its row", () => {
  const words = wordsOf(GROUPS, "us").map(({ short }) => short);

  expect(words).toEqual(expect.arrayContaining(["counts as", "join", "join A, join B …", "( … ) in", "* … rep from *"]));
  expect(words).not.toContain("[ … ] times");
  expect(wordsOf("Weave in ends.", "us").map(({ short }) => short)).toEqual(["weave in"]);
});

test("each short word is marked where it stands first, and the words stay what they are", () => {
  const parts = marked(GROUPS, "us");

  expect(parts.map(({ words }) => words).join("")).toBe(GROUPS);
  expect(parts.filter((part) => part.marked).map(({ words }) => words)).toEqual(["ch-2", "sp", "dc", "rep", "sl st"]);
  expect(marked("Weave in ends.", "us")).toEqual([{ words: "Weave in ends.", marked: false }]);
  expect(marked("", "us")).toEqual([]);
});
