import { expect, test } from "vitest";
import { MOST, answered, batch, pause, waitingSince } from "./outbox";
import type { Op } from "./types";

const ops: Op[] = Array.from({ length: 450 }, (_, index) => ({ id: `op${index}`, cell: `p1/r${index}`, done: true, stamp: `${index}-0-a` }));

test("a batch holds the oldest ops and no more than a request may carry", () => {
  expect(batch(ops)).toEqual(ops.slice(0, MOST));
});

test("an op leaves only when the answer names it", () => {
  expect(answered(ops.slice(0, 3), new Set(["op1", "op9"])).map(({ id }) => id)).toEqual(["op0", "op2"]);
});

test("an answer heard twice changes nothing more", () => {
  const named = new Set(["op1"]);
  expect(answered(answered(ops, named), named)).toEqual(answered(ops, named));
});

test("each failure doubles the pause up to a minute, and the server may ask for more", () => {
  expect([1, 2, 3, 7, 50].map((failures) => pause(failures))).toEqual([1, 2, 4, 60, 60]);
  expect(pause(1, 90)).toBe(90);
});

test("what waits is as old as its oldest, in whatever order it lies", () => {
  expect(waitingSince([])).toBeNull();
  expect(waitingSince([ops[9] as Op, ops[3] as Op, { id: "n", row: "p1/r1", text: "loose", stamp: "5-0-a" }])).toBe(3);
});
