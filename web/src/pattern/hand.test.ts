import { expect, test } from "vitest";
import type { Marks } from "../api/progress";
import type { Row } from "../api/types";
import { finishing, head, round } from "../samples.test-env";
import { after, before, cellOf, doneRuns, rippedFrom, sidesOf, yarnCue } from "./hand";
import { placeAtWork } from "./place";
import type { Place } from "./place";

const pieces = [
  { key: "p1", name: "Square", make: 2, rows: [round(1), round(2)] },
  { key: "p2", name: "Finishing", make: 1, rows: [finishing] },
];
const done = (...cells: string[]): Marks => Object.fromEntries(cells.map((at) => [at, { done: true, stamp: "1-0-a" }]));
const begin = placeAtWork(pieces, {}) as Place;

test("done, the next round of the same square is in hand, then the next square, then what is left", () => {
  const cells: string[] = [];
  let place: Place | null = begin;
  while (place) {
    cells.push(cellOf(place));
    place = after(pieces, done(...cells), place);
  }
  expect(cells).toEqual(["p1#1/r1", "p1#1/r2", "p1#2/r1", "p1#2/r2", "p2/r1"]);
});

test("a round that another device has ticked is passed over", () => {
  expect(cellOf(after(pieces, done("p1#1/r1", "p1#1/r2"), begin) as Place)).toBe("p1#2/r1");
});

test("back goes over the edge of a square and of a piece, from the end too, and stops at the begin", () => {
  const cells: string[] = [];
  let place = before(pieces, null);
  while (place) {
    cells.push(cellOf(place));
    place = before(pieces, place);
  }
  expect(cells).toEqual(["p2/r1", "p1#2/r2", "p1#2/r1", "p1#1/r2", "p1#1/r1"]);
});

test("going back to a round rips out what is done from there on, in this square alone", () => {
  const marks = done("p1#1/r1", "p1#1/r2", "p1#2/r1");
  expect(rippedFrom(marks, begin)).toEqual(["p1#1/r1", "p1#1/r2"]);
});

test("what is ripped back reaches to the last that is done, and is done again in runs without the gaps", () => {
  const rows = Array.from({ length: 7 }, (_, at) => round(at + 1));
  const piece = { key: "p1", name: "Square", make: 2, rows };
  const marks = done("p1#1/r1", "p1#1/r2", "p1#1/r3", "p1#1/r5", "p1#2/r7");
  const cells = rippedFrom(marks, { piece, row: rows[1] as Row, copy: 1 });
  expect(cells).toEqual(["p1#1/r2", "p1#1/r3", "p1#1/r4", "p1#1/r5"]);
  expect(doneRuns(marks, cells)).toEqual([["p1#1/r2", "p1#1/r3"], ["p1#1/r5"]]);
  expect(rippedFrom(marks, { piece, row: rows[5] as Row, copy: 1 })).toEqual([]);
});

test("a change of yarn is told before it comes", () => {
  const next = after(pieces, done("p1#1/r1"), begin);
  expect(yarnCue(begin, next, head.colours)).toBe("Then fasten off moss and join bone.");
  expect(yarnCue({ ...begin, row: round(1, { text: "Rnd 1 (A): Join. Fasten off." }) }, next, head.colours)).toBe("Then join bone.");
  expect(yarnCue(begin, begin, head.colours)).toBeNull();
  expect(yarnCue(begin, null, head.colours)).toBeNull();
});

test("a round counts its corners; a row that has none counts nothing", () => {
  expect(sidesOf(round(1))).toBe(4);
  expect(sidesOf({ ...finishing, corners: null })).toBe(0);
});
