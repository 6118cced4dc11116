import { expect, test } from "vitest";
import { blank, finishing, round } from "../samples.test-env";
import { checkedWords } from "./Checked";

const of = (...rows: ReturnType<typeof round>[]) => checkedWords({ ...blank, pieces: [{ key: "p1", name: "Square", make: 1, rows }] });

test("rows with nothing to count are not counted among those that add up", () => {
  const [sure, open] = of(round(1), round(2), finishing);

  expect(sure[0]).toMatch(/^All 2 rows with stitches add up/);
  expect(open[0]).toBe("Finishing: read, but nothing in it can be counted.");
  expect(open.at(-1)).toBe("How it looks, lies and wears.");
});

test("a row that is not proven is named among what was not checked, with what is wrong", () => {
  const [sure, open] = of(round(1), round(2, { verdict: "error", counts: { dc: 22 } }), round(3, { verdict: "unchecked" }));

  expect(sure[0]).toMatch(/^1 of 3 rows/);
  expect(open.slice(0, 2)).toEqual(["Round 2: makes 22 dc, needs 24.", "Round 3: not understood."]);
});

test("a number that the program put right is owned up to", () => {
  expect(of(round(1), round(2, { result: "fixed" }))[0][1]).toMatch(/^Round 2: one number was wrong/);
});
