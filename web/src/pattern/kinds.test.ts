import { expect, test } from "vitest";
import { round } from "../samples.test-env";
import { asWorked, exchangeOf, exchangeWords, layoutWords, rowsOf } from "./kinds";

const colours = [
  { letter: "A", name: "black", hex: "#111111", metres: null },
  { letter: "B", name: "hot pink", hex: "#FF1493", metres: null },
];
const layout = { rows: 2, columns: 2, plan: "checkerboard", exchange: ["A", "B"], exchanged: [2, 3] };
const plain = { rows: 2, columns: 2, plan: "one kind", exchange: null, exchanged: [] };
const piece = { key: "p1", name: "Square", make: 4, rows: [round(1), round(2, { text: "Rnd 2 (B): Join B in any ch-2 sp, join with sl st." })] };

test("only some copies have their yarns exchanged", () => {
  expect([1, 2, 3, 4].map((copy) => exchangeOf(layout, copy) !== null)).toEqual([false, true, true, false]);
  expect(exchangeOf(plain, 2)).toBeNull();
  expect(exchangeOf({ rows: 2, columns: 2, plan: "one kind" } as typeof plain, 2)).toBeNull();
});

test("a row of the other kind is told in the yarn that it is worked in", () => {
  expect(rowsOf(piece, layout, 1)).toBe(piece.rows);
  expect(rowsOf(piece, layout, 2).map((row) => row.colour)).toEqual(["B", "A"]);
  expect(rowsOf(piece, layout, 2)[1]?.text).toBe("Rnd 2 (B): Join A in any ch-2 sp, join with sl st.");
});

test("a place knows its kind, and a further piece has none", () => {
  const place = { piece, row: piece.rows[1]!, copy: 3 };
  expect(asWorked(place, [piece], layout).row.colour).toBe("A");
  expect(asWorked({ ...place, copy: 1 }, [piece], layout).row).toBe(place.row);
  const strap = { ...piece, key: "p4" };
  expect(asWorked({ ...place, piece: strap }, [piece, strap], layout).row.colour).toBe("B");
});

test("how many of each kind there are is said in words", () => {
  expect(layoutWords(layout, colours)).toBe("4, 2 rows of 2: 2 as written, 2 with black and hot pink exchanged");
  expect(layoutWords(plain, colours)).toBe("4, 2 rows of 2");
  expect(layoutWords({ ...plain, rows: 1, columns: 1 }, colours)).toBeNull();
  expect(layoutWords(null, colours)).toBeNull();
  expect(exchangeWords(plain, colours)).toBeNull();
});
