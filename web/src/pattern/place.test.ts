import { expect, test } from "vitest";
import type { Marks } from "../api/progress";
import { finishing, round } from "../samples.test-env";
import { copyAtWork, placeAtWork, placeWords, share } from "./place";

const pieces = [
  { key: "p1", name: "Square", make: 2, rows: [round(1), round(2)] },
  { key: "p2", name: "Finishing", make: 1, rows: [finishing] },
];
const done = (...cells: string[]): Marks => Object.fromEntries(cells.map((at) => [at, { done: true, stamp: "1-0-a" }]));

test("the place is the first row that is not worked, in the first copy that is not finished", () => {
  expect(placeWords(placeAtWork(pieces, {}))).toBe("Round 1 of 2, square 1 of 2");
  expect(placeWords(placeAtWork(pieces, done("p1#1/r1", "p1#1/r2", "p1#2/r1")))).toBe("Round 2 of 2, square 2 of 2");
  expect(placeWords(placeAtWork(pieces, done("p1#1/r1", "p1#1/r2", "p1#2/r1", "p1#2/r2")))).toBe("Finishing");
});

test("the copy in hand counts, though an earlier one is open", () => {
  expect(placeWords(placeAtWork(pieces, {}, { p1: 2 }))).toBe("Round 1 of 2, square 2 of 2");
});

test("the share is by stitches: a late round is long", () => {
  expect(share(pieces, done("p1#1/r2"))).toBeCloseTo(24 / 73);
  expect(share(pieces, done("p1#1/r1", "p1#1/r2", "p1#2/r1", "p1#2/r2", "p2/r1"))).toBe(1);
});

test("when all is done there is no place, and the last copy is shown", () => {
  const marks = done("p1#1/r1", "p1#1/r2", "p1#2/r1", "p1#2/r2", "p2/r1");
  expect(placeWords(placeAtWork(pieces, marks))).toBe("All done");
  expect(copyAtWork(pieces[0] as (typeof pieces)[number], marks)).toBe(2);
});
