import { expect, test } from "vitest";
import { finishing, round } from "../samples.test-env";
import { countWords, foot, instruction, rowName, sealWords } from "./words";

const unchecked = (id: string) => ({ id, severity: "unchecked" as const, also: [], message: "", span: null, fixes: [] });
const piece = { key: "p1", name: "Square", make: 1, rows: [round(1), round(2)] };

test("a row is told without its label and its count, which stand beside it", () => {
  expect(instruction(round(2))).toBe("Ch 3, 2 dc in ring, join.");
  expect(instruction({ ...round(1), label: "Border Rnd 1", text: "Border Rnd 1 (A): Sc in each st, join." })).toBe("Sc in each st, join.");
  expect(instruction(finishing)).toBe("Weave in ends.");
});

test("brackets that are no count stay", () => {
  expect(instruction({ ...round(1), text: "Rnd 1: Work as said (see note).", declared: null })).toBe("Work as said (see note).");
});

test("rows have names that can be read aloud", () => {
  expect([round(4), { ...round(1), label: "Border Rnd 2" }, finishing].map(rowName)).toEqual(["Round 4", "Border round 2", "Finishing"]);
});

test("a UK pattern's counts are told in UK words", () => {
  expect(countWords({ sc: 4, dc: 24 }, { "2": 4, "1": 1 }, "us")).toBe("24 dc, 4 sc, 4 ch-2 sps, 1 ch-1 sp");
  expect(countWords({ sc: 4, dc: 24 }, { "2": 4 }, "uk")).toBe("24 tr, 4 dc, 4 ch-2 sps");
});

test("stitches made of parts are told in the pattern's terms too, after the plain ones", () => {
  const counts = { cl: 6, fpdc: 8, dc2tog: 1, dc: 3, sc: 2, "spike sc": 1 };
  expect(countWords(counts, {}, "us")).toBe("3 dc, 8 fpdc, 1 dc2tog, 2 sc, 1 spike sc, 6 clusters");
  expect(countWords(counts, {}, "uk")).toBe("3 tr, 8 fptr, 1 tr2tog, 2 dc, 1 spike dc, 6 clusters");
});

test("stitches that have a name are counted by it, as the pattern's own words do", () => {
  expect(countWords({ pc: 4, bobble: 1, cl: 0 }, {}, "uk")).toBe("4 popcorns, 1 bobble");
});

test("a row that only stands on one not understood is called not checked", () => {
  expect(sealWords(round(1, { verdict: "unchecked", findings: [unchecked("state-unknown")] }), "us")).toBe("not checked");
  expect(sealWords(round(1, { verdict: "unchecked", findings: [unchecked("not-understood")] }), "us")).toBe("not understood");
});

test("a seal says what is made and what was needed, a space too", () => {
  expect(sealWords(round(1, { verdict: "error", spaces: { "2": 3 } }), "us")).toBe("makes 3 ch-2 sps, needs 4");
  expect(sealWords(finishing, "us")).toBeNull();
});

test("the foot claims counts only where all rows are proven", () => {
  expect(foot({ pieces: [piece], model: null })).toMatch(/each round’s stitches add up/);
  expect(foot({ pieces: [{ ...piece, rows: [round(1), round(3, { verdict: "error" }), round(5, { verdict: "unchecked" })] }], model: null })).toMatch(/Round 3 and Round 5 are not proven/);
});

test("where Llama writes, the foot says so; where our own model writes, it does not", () => {
  for (const [name, built] of [["llama-knotty", true], ["knotty", true], ["llama3.1:8b", true], ["knotty-mini", false]] as const) {
    expect(foot({ pieces: [piece], model: { name, digest: null } }).includes("Built with Llama.")).toBe(built);
  }
});
