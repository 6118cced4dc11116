import { expect, test } from "vitest";
import { cell, merge, mergeAll, settle } from "./progress";
import type { Marks, Notes, Registers } from "./progress";
import type { Mark, Note } from "./types";

const ticked: [string, Mark][] = [
  ["p1/r1", { done: true, stamp: "10-0-a" }],
  ["p1/r1", { done: false, stamp: "11-0-b" }],
  ["p1/r1", { done: true, stamp: "11-0-a" }],
  ["p1/r2", { done: true, stamp: "9-5-b" }],
  ["p1/r2", { done: false, stamp: "9-5-b" }],
  ["p1#3/r2", { done: true, stamp: "7-0-a" }],
];

const orders = <T,>(things: T[]): T[][] =>
  things.length < 2 ? [things] : things.flatMap((thing, at) => orders(things.toSpliced(at, 1)).map((rest) => [thing, ...rest]));

const noted: [string, Note][] = [
  ["p1/r1", { text: "5 mm hook", stamp: "10-0-a" }],
  ["p1/r1", { text: "", stamp: "11-0-b" }],
  ["p1/r1", { text: "loose", stamp: "11-0-a" }],
  ["p1/r2", { text: "two", stamp: "9-5-b" }],
  ["p1/r2", { text: "one", stamp: "9-5-b" }],
];

const all = <T extends Mark | Note>(order: [string, T][]): Registers<T> => order.reduce((held: Registers<T>, [at, said]) => merge(held, at, said), {});

test("ticks merge to the same state in any of their 720 orders, and twice", () => {
  const expected = all(ticked);
  for (const order of orders(ticked)) {
    expect(all(order)).toEqual(expected);
    expect(all([...order, ...order])).toEqual(expected);
  }
});

test("notes merge to the same state in any of their 120 orders, and twice: the last word, and none where it was taken away last", () => {
  const expected: Notes = { "p1/r1": { text: "", stamp: "11-0-b" }, "p1/r2": { text: "two", stamp: "9-5-b" } };
  for (const order of orders(noted)) {
    expect(all(order)).toEqual(expected);
    expect(all([...order, ...order])).toEqual(expected);
  }
});

function split<T extends Mark | Note>(things: [string, T][]) {
  const expected = all(things);
  for (let at = 0; at <= things.length; at++) {
    expect(mergeAll(all(things.slice(0, at)), all(things.slice(at)))).toEqual(expected);
    expect(mergeAll(all(things.slice(at)), all(things.slice(0, at)))).toEqual(expected);
  }
}

test("ticks or notes split anywhere between two devices merge to the same state", () => {
  split(ticked);
  split(noted);
});

test("a cell bears the number of its copy only where there are copies", () => {
  expect(cell("p1/r3", 48, 17)).toBe("p1#17/r3");
  expect(cell("p3/r1", 1, 1)).toBe("p3/r1");
});

const op = { id: "op1", at: "p1/r1", stamp: "99999-0-a" };

test("the stamp that the server echoes replaces ours, a smaller one too", () => {
  const marks = { "p1/r1": { done: true, stamp: op.stamp } };
  const state: Marks = { "p1/r1": { done: true, stamp: "500-0-a" } };
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
