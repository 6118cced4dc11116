import { expect, test } from "vitest";
import type { Finding } from "../api/types";
import { round } from "../samples.test-env";
import { applied, change, parts, pointsOf } from "./spans";

const found = (span: [number, number]): Finding => ({ id: "overrun", severity: "error", also: [], message: "Too many.", span, fixes: [] });

/** A row of this text, from `begins` to its end, with findings at these words. */
function row(text: string, begins: string, ...faults: string[]) {
  const at = (words: string): [number, number] => {
    const start = pointsOf(text.slice(0, text.indexOf(words))).length;
    return [start, start + [...words].length];
  };
  const points = pointsOf(text);
  const start = at(begins)[0];
  return parts(points, round(2, { text: points.slice(start).join(""), span: [start, points.length], findings: faults.map((words) => found(at(words))) }));
}

test("spans count code points: an emoji before a fix moves nothing", () => {
  const text = "🧶🧶 Rnd 2: ch 3, 2 dc";
  expect(applied(text, [{ span: [10, 14], new: "ch 2" }, { span: [16, 17], new: "3" }])).toBe("🧶🧶 Rnd 2: ch 2, 3 dc");
});

test("a row is parted into words and words at fault, without its label", () => {
  expect(row("🧶 Owl\nRnd 2: ch 3, 2 dc, join. (24 dc)", "Rnd 2", "2 dc", "24 dc").map(({ words, fault }) => [words, fault])).toEqual([
    ["ch 3, ", false],
    ["2 dc", true],
    [", join. (", false],
    ["24 dc", true],
    [")", false],
  ]);
});

test("findings within each other underline their words once", () => {
  expect(row("Rnd 2: ch 3, 2 dc in ring, join", "Rnd 2", "2 dc in ring", "in ring").map(({ words, fault }) => [words, fault])).toEqual([
    ["ch 3, ", false],
    ["2 dc ", true],
    ["in ring", true],
    [", join", false],
  ]);
});

test.each(["Round 2 (B): ", "Rnds 2-4: ", "2nd rnd. ", "R2: ", "Border Rnd 2: ", "Joining: "])("“%s” stands beside the row, not in it", (label) => {
  expect(row(`${label}ch 3, join`, label.trim()).map(({ words }) => words)).toEqual(["ch 3, join"]);
});

test("a finding about all of a row, or about nothing in it, underlines nothing", () => {
  const text = "Rnd 2: ch 3, 2 dc, join. (24 dc)";
  expect(row(text, "Rnd 2", "ch 3, 2 dc, join. (24 dc)", "Rnd 2")).toEqual([{ at: 7, words: text.slice(7), fault: false }]);
});

test("a change is told with the words around it", () => {
  const text = pointsOf("🧶 rep from * 3 more times, join. (24 dc)");
  expect(change(text, { span: [13, 14], new: "2" })).toEqual(["* 3 more", "* 2 more"]);
  expect(change(text, { span: [27, 27], new: "ch 1, " })).toEqual(["times, join. (24", "times, ch 1, join. (24"]);
});
