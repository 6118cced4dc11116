import { expect, test } from "vitest";
import { MOST, answered, asOp, batch, counted, pause, waitingSince } from "./outbox";
import type { Tick } from "./outbox";

const ops: Tick[] = Array.from({ length: 450 }, (_, index) => ({ id: `op${index}`, cells: [`p1/r${index}`], done: true, stamp: `${index}-0-a` }));

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
  expect(waitingSince([ops[9] as Tick, ops[3] as Tick, { id: "n", row: "p1/r1", text: "loose", stamp: "5-0-a" }])).toBe(3);
});

test("one row is told by its cell, several by the first and the last", () => {
  const tick = { id: "1", done: false, stamp: "1-0-a" };
  expect(asOp({ ...tick, cells: ["p1#3/r4"] })).toEqual({ ...tick, cell: "p1#3/r4" });
  expect(asOp({ ...tick, cells: ["p1#3/r4", "p1#3/r5", "p1#3/r6"] })).toEqual({ ...tick, from: "p1#3/r4", to: "p1#3/r6" });
  expect(counted([{ ...tick, cells: ["p1/r4", "p1/r5"] }, { id: "n", row: "p1/r1", text: "loose", stamp: "5-0-a" }])).toBe(3);
});
