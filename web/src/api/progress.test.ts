import { expect, test } from "vitest";
import { cell, merge, mergeAll, settle } from "./progress";
import type { Marks } from "./progress";
import type { Mark, Op } from "./types";

const said: [string, Mark][] = [
  ["p1/r1", { done: true, stamp: "10-0-a" }],
  ["p1/r1", { done: false, stamp: "11-0-b" }],
  ["p1/r1", { done: true, stamp: "11-0-a" }],
  ["p1/r2", { done: true, stamp: "9-5-b" }],
  ["p1/r2", { done: false, stamp: "9-5-b" }],
  ["p1#3/r2", { done: true, stamp: "7-0-a" }],
];

const orders = <T,>(things: T[]): T[][] =>
  things.length < 2 ? [things] : things.flatMap((thing, at) => orders(things.toSpliced(at, 1)).map((rest) => [thing, ...rest]));

const all = (order: [string, Mark][]): Marks => order.reduce((marks: Marks, [at, mark]) => merge(marks, at, mark), {});

test("ticks merge to the same state in any of their 720 orders, and twice", () => {
  const expected = all(said);
  for (const order of orders(said)) {
    expect(all(order)).toEqual(expected);
    expect(all([...order, ...order])).toEqual(expected);
  }
});

test("ticks split anywhere between two devices merge to the same state", () => {
  const expected = all(said);
  for (let at = 0; at <= said.length; at++) {
    expect(mergeAll(all(said.slice(0, at)), all(said.slice(at)))).toEqual(expected);
    expect(mergeAll(all(said.slice(at)), all(said.slice(0, at)))).toEqual(expected);
  }
});

test("a cell bears the number of its copy only where there are copies", () => {
  expect(cell("p1/r3", 48, 17)).toBe("p1#17/r3");
  expect(cell("p3/r1", 1, 1)).toBe("p3/r1");
});

const op: Op = { id: "op1", cell: "p1/r1", done: true, stamp: "99999-0-a" };

test("the stamp that the server echoes replaces ours, a smaller one too", () => {
  const marks = { "p1/r1": { done: true, stamp: op.stamp } };
  const state = { "p1/r1": { done: true, stamp: "500-0-a" } };
  expect(settle(marks, [op], new Set(["op1"]), state)).toEqual(state);
});

test("a tick made while the answer was under way stays", () => {
  const marks = { "p1/r1": { done: false, stamp: "99999-1-a" } };
  const state = { "p1/r1": { done: true, stamp: "500-0-a" } };
  expect(settle(marks, [op], new Set(["op1"]), state)).toEqual(marks);
});

test("a refused tick is taken back", () => {
  expect(settle({ "p1/r1": { done: true, stamp: op.stamp } }, [op], new Set(["op1"]), {})).toEqual({});
});

test("a tick that the answer does not name is still ours", () => {
  const marks = { "p1/r1": { done: true, stamp: op.stamp } };
  expect(settle(marks, [op], new Set(), {})).toEqual(marks);
});
