import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Marks } from "../api/progress";
import type { Row } from "../api/types";
import { blank, finishing, head, round } from "../samples.test-env";
import { Sheet } from "./Sheet";
import type { SheetSettings } from "./Sheet";

const plain: SheetSettings = { large: false, full: false, chart: false, marks: null, notes: null, link: null };
const link = "https://knotty.example/p/aaaaaaaaaaaaaaaaaaaaaaaaaa";
const marked = (...cells: string[]): Marks => Object.fromEntries(cells.map((at) => [at, { done: true, stamp: "1-0-a" }]));

function print(settings: Partial<SheetSettings> = {}, second: Partial<Row> = {}) {
  const pieces = [
    { key: "p1", name: "Square", make: 2, rows: [round(1), round(2, second)] },
    { key: "p2", name: "Finishing", make: 1, rows: [finishing] },
  ];
  return render(
    <QueryClientProvider client={new QueryClient()}>
      <Sheet pattern={{ ...blank, ...head, pieces }} settings={{ ...plain, ...settings }} />
    </QueryClientProvider>,
  );
}

const rows = () => screen.getAllByRole("listitem").map((item) => item.textContent);

test("every row stands once, in its order, with its letter and its count", () => {
  print();
  expect(rows().filter((words) => words?.includes(":"))).toEqual([
    "Rnd 1 (A): Ch 3, 2 dc in ring, join. (12 dc, 4 ch-2 sps)",
    "Rnd 2 (B): Ch 3, 2 dc in ring, join. (24 dc, 4 ch-2 sps)",
    "Finishing: Weave in ends. ",
  ]);
});

test("boxes are empty, or bear the ticks: of a square when it is whole", () => {
  const { unmount, container } = print();
  expect(container).not.toHaveTextContent("✓");
  unmount();
  print({ marks: marked("p1#1/r1", "p1#1/r2", "p1#2/r1", "p2/r1") });
  expect(screen.getByRole("img", { name: "2 boxes, one for each" })).toHaveTextContent(/^✓$/);
  expect(rows().at(-1)).toMatch(/^✓Finishing/);
});

test("a note is printed under its row where that is wanted", () => {
  const notes = { "p1/r2": { text: "two strands", stamp: "1-0-a" }, "p1/r1": { text: "", stamp: "1-0-a" } };
  const { unmount } = print();
  expect(screen.queryByText(/Note:/)).toBeNull();
  unmount();
  print({ notes });
  expect(screen.getByText("Note: two strands").closest("li")).toHaveTextContent(/^Rnd 2/);
  expect(screen.getAllByText(/Note:/)).toHaveLength(1);
});

test("the read link is printed as a code and in words, and not at all where there is none", async () => {
  const { unmount } = print({ link });
  expect(await screen.findByRole("img", { name: `QR code of ${link}` })).toBeVisible();
  expect(screen.getByText("Read it, tick it: knotty.example/p/aaaaaaaaaaaaaaaaaaaaaaaaaa")).toBeVisible();
  unmount();
  const { container } = print();
  expect(container).not.toHaveTextContent("/p/");
});

test("a row that is not proven says so in the margin, with its arithmetic, and the head names it", () => {
  print({}, { verdict: "error", counts: { dc: 22 } });
  expect(screen.getByText("not proven").closest("li")).toHaveTextContent("makes 22 dc, needs 24");
  expect(screen.getByText("Round 2 is not proven.")).toBeVisible();
});

test("large print tells a repeat as often as it is worked, and stitches in full where that is wanted", () => {
  print({ large: true, full: true }, { text: "Rnd 2 (B): *3 dc in ring, ch 2; rep from * 1 more time, join. (24 dc, 4 ch-2 sps)" });
  expect(rows().find((words) => words?.startsWith("Rnd 2"))).toBe("Rnd 2 (B): 3 double crochet in ring, chain 2; 3 double crochet in ring, chain 2, join. (24 double crochet, 4 chain-2 spaces)");
});
