import { expect, test } from "vitest";
import { blank, log, queued } from "../samples.test-env";
import { begin, fold, unfinished } from "./making";
import type { Making } from "./making";

const from = (start: Making, events = log) => events.reduce(fold, start);
const start = begin(blank, queued);
const whole = from(start);

test("folding the whole log gives the whole pattern", () => {
  expect(whole.pattern.title).toBe("Moss Cushion");
  expect(whole.pattern.pieces.map((piece) => [piece.name, piece.make, piece.rows.length])).toEqual([
    ["Square", 2, 2],
    ["Finishing", 1, 1],
  ]);
  expect(whole.job?.status).toBe("succeeded");
  expect(unfinished(whole.job)).toBe(false);
});

test("every event heard twice, or the log begun again after any break, gives the same", () => {
  expect(log.flatMap((event) => [event, event]).reduce(fold, start)).toEqual(whole);
  for (let at = 0; at <= log.length; at++) expect(from(from(start, log.slice(0, at)))).toEqual(whole);
});

test("a document that already holds some rows takes the log from its start", () => {
  for (let at = 0; at <= log.length; at++) {
    const read = begin(from(start, log.slice(0, at)).pattern, queued);
    expect(from(read)).toEqual(whole);
  }
});

test("why a row is written again is said until its replacement comes", () => {
  expect(from(start, log.slice(0, 6)).rewriting?.message).toBe("Makes 22 dc, not 24.");
  expect(from(start, log.slice(0, 7)).rewriting).toBeNull();
});

test("a failed job keeps its rows and its reason", () => {
  const failed = fold(from(start, log.slice(0, 5)), { id: 6, type: "job.failed", data: { error: { type: "timed-out", detail: "Too slow." } } });
  expect(failed.job?.status).toBe("failed");
  expect(failed.job?.error?.type).toBe("timed-out");
  expect(failed.pattern.pieces[0]?.rows).toHaveLength(1);
});
