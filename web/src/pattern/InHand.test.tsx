import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter, Route, Routes } from "react-router";
import { beforeEach, expect, test } from "vitest";
import type { Marks } from "../api/progress";
import type { Piece } from "../api/types";
import { blank, finishing, head, round } from "../samples.test-env";
import { InHand } from "./InHand";

type Told = { cells: readonly string[]; done: boolean };

beforeEach(() => localStorage.clear());

const pattern = {
  ...blank,
  ...head,
  pieces: [
    { key: "p1", name: "Square", make: 2, rows: [round(1), round(2)] },
    { key: "p2", name: "Finishing", make: 1, rows: [finishing] },
  ],
};
const marked = (...cells: string[]): Marks => Object.fromEntries(cells.map((at) => [at, { done: true, stamp: "1-0-a" }]));

/** The screen over marks that only its own words change, and what it said; `hear` is another device. */
function open(begun: Marks = {}, pieces: Piece[] = pattern.pieces) {
  const told: Told[] = [];
  const noted: [string, string][] = [];
  let marks = begun;
  const at = () => (
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter initialEntries={["/make"]}>
        <Routes>
          <Route path="/make" element={<InHand pattern={{ ...pattern, pieces }} ticks={{ marks, notes: {}, say, note: (row, text) => void noted.push([row, text]), ready: true, asked: true, unsent: 0, unsentNotes: 0, since: null, trouble: null, refused: null, kept: true }} />} />
          <Route path="*" element={<p>the pattern's page</p>} />
        </Routes>
      </MemoryRouter>
    </QueryClientProvider>
  );
  const say = (cells: readonly string[], done: boolean) => {
    told.push({ cells, done });
    marks = { ...marks, ...Object.fromEntries(cells.map((cell) => [cell, { done, stamp: "2-0-a" }])) };
    view.rerender(at());
  };
  const view = render(at());
  const hear = (...cells: string[]) => {
    marks = { ...marks, ...marked(...cells) };
    view.rerender(at());
  };
  return { told, noted, hear, user: userEvent.setup() };
}

const inHand = () => screen.getByRole("heading", { level: 2 }).textContent;

test("the first open row is in hand, with its words, its count and its yarn", () => {
  open(marked("p1#1/r1"));

  expect(inHand()).toBe("Round 2, bone");
  expect(screen.getByText(/24 dc/).closest("p")).toHaveTextContent("Ch 3, 2 dc in ring, join. (24 dc, 4 ch-2 sps)");
});

test("done ticks the row and goes on, over the edge of a square, to the end", async () => {
  const { told, user } = open();
  for (const name of [/next round/, /next round/, /next round/, /next round/, /that was all/]) await user.click(screen.getByRole("button", { name }));

  expect(told.map(({ cells }) => cells[0])).toEqual(["p1#1/r1", "p1#1/r2", "p1#2/r1", "p1#2/r2", "p2/r1"]);
  expect(screen.getByText("Every row is ticked")).toBeVisible();
});

test("undo takes back as much as was said, and then goes on back into what was ticked before", async () => {
  const { told, user } = open(marked("p1#1/r1"));
  await user.click(screen.getByRole("button", { name: /next round/ }));
  await user.click(screen.getByRole("button", { name: "Undo" }));
  await user.click(screen.getByRole("button", { name: "Undo" }));

  expect(told).toEqual([
    { cells: ["p1#1/r2"], done: true },
    { cells: ["p1#1/r2"], done: false },
    { cells: ["p1#1/r1"], done: false },
  ]);
  expect(inHand()).toBe("Round 1, moss");
  expect(screen.getByRole("button", { name: "Undo" })).toBeDisabled();
});

test("keys and pedals do what the buttons do", async () => {
  const { told, user } = open();
  await user.keyboard(" {ArrowRight}{PageDown}{Backspace}");

  expect(told.map(({ done }) => done)).toEqual([true, true, true, false]);
  expect(inHand()).toBe("Round 1, moss");
});

test("a button in focus takes its own Enter: one press is one round", async () => {
  const { told, user } = open();
  await user.tab();
  screen.getByRole("button", { name: /next round/ }).focus();
  await user.keyboard("{Enter}");

  expect(told).toHaveLength(1);
});

test("another device moves no row under the finger, it is told and can be followed", async () => {
  const { hear, user } = open();
  hear("p1#1/r1", "p1#1/r2");

  expect(inHand()).toBe("Round 1, moss");
  await user.click(screen.getByRole("button", { name: "Go there" }));
  expect(screen.getByText("Round 1 of 2, square 2 of 2", { selector: "header *" })).toBeVisible();
});

test("going back to a round opens it and those after it, and undo takes that back", async () => {
  const { told, user } = open(marked("p1#1/r1"));
  await user.click(screen.getByRole("button", { name: "Rounds" }));
  await user.click(screen.getByRole("button", { name: "Round 1, done" }));
  expect(inHand()).toBe("Round 1, moss");
  await user.click(screen.getByRole("button", { name: "Undo" }));

  expect(told).toEqual([
    { cells: ["p1#1/r1"], done: false },
    { cells: ["p1#1/r1"], done: true },
  ]);
  expect(inHand()).toBe("Round 2, bone");
});

test("going back over a gap is one word, and undo ticks again what was ticked and nothing else", async () => {
  const rounds = [1, 2, 3, 4].map((number) => round(number));
  const { told, user } = open(marked("p1#1/r1", "p1#1/r3"), [{ key: "p1", name: "Square", make: 2, rows: rounds }]);
  await user.click(screen.getByRole("button", { name: "Rounds" }));
  await user.click(screen.getByRole("button", { name: "Round 1, done" }));
  expect(told).toEqual([{ cells: ["p1#1/r1", "p1#1/r2", "p1#1/r3"], done: false }]);
  await user.click(screen.getByRole("button", { name: "Undo" }));

  expect(told.slice(1)).toEqual([
    { cells: ["p1#1/r1"], done: true },
    { cells: ["p1#1/r3"], done: true },
  ]);
  expect(inHand()).toBe("Round 2, bone");
});

test("a change of yarn is told before the round is done", () => {
  open();

  expect(screen.getByText("Then fasten off moss and join bone.")).toBeVisible();
});

test("the sides of a round are counted, and the next round begins at none", async () => {
  const { user } = open();
  await user.click(screen.getByRole("button", { name: "Sides worked: 0 of 4" }));
  expect(screen.getByRole("button", { name: "Sides worked: 1 of 4" })).toBeVisible();
  await user.click(screen.getByRole("button", { name: /next round/ }));

  expect(screen.getByRole("button", { name: "Sides worked: 0 of 4" })).toBeVisible();
});

test("escape leaves", async () => {
  const { user } = open();
  await user.keyboard("{Escape}");

  expect(screen.getByText("the pattern's page")).toBeVisible();
});

test("N writes a note at the row in hand, and what is typed works no keys", async () => {
  const { told, noted, user } = open();
  await user.keyboard("n");
  await user.keyboard("c w 5 mm{Control>}{Enter}{/Control}");

  expect(noted).toEqual([["p1/r1", "c w 5 mm"]]);
  expect(told).toEqual([]);
});

test("a note that is being written when the row is done is kept at its row", async () => {
  const { noted, user } = open();
  await user.keyboard("n");
  await user.keyboard("tight");
  await user.click(screen.getByRole("button", { name: /next round/ }));

  expect(noted).toEqual([["p1/r1", "tight"]]);
  expect(inHand()).toBe("Round 2, bone");
});

test("a square is begun again after a question, and undo takes that back", async () => {
  const { told, user } = open(marked("p1#1/r1"));
  await user.keyboard("r");
  expect(screen.getByRole("heading", { name: "Begin square 1 again?" })).toHaveFocus();
  await user.click(screen.getByRole("button", { name: "Begin again" }));
  expect(inHand()).toBe("Round 1, moss");
  await user.keyboard("{Backspace}");

  expect(told).toEqual([
    { cells: ["p1#1/r1"], done: false },
    { cells: ["p1#1/r1"], done: true },
  ]);
});

test("a press on undo that lasts asks, and takes nothing back", async () => {
  const { told, user } = open(marked("p1#1/r1"));
  await user.pointer({ keys: "[MouseLeft>]", target: screen.getByRole("button", { name: "Undo" }) });
  expect(await screen.findByRole("heading", { name: "Begin square 1 again?" })).toBeVisible();
  await user.pointer({ keys: "[/MouseLeft]" });
  await user.click(screen.getByRole("button", { name: "Leave it as it is" }));

  expect(told).toEqual([]);
  expect(inHand()).toBe("Round 2, bone");
});

test("letters that are switched off work no more, pedals do", async () => {
  const { told, user } = open();
  await user.keyboard("m");
  await user.click(screen.getByRole("checkbox", { name: "Letters work as keys" }));
  await user.keyboard("?");
  expect(screen.queryByRole("heading", { name: "Keys and pedals" })).toBeNull();
  await user.keyboard("{PageDown}");

  expect(told).toHaveLength(1);
});

test("a question mark lists the keys, and escape closes the list before it leaves", async () => {
  const { user } = open();
  await user.keyboard("?");
  expect(screen.getByRole("heading", { name: "Keys and pedals" })).toBeVisible();
  await user.keyboard("{Escape}");

  expect(inHand()).toBe("Round 1, moss");
});

test("another square is taken up where it is open", async () => {
  const { told, user } = open(marked("p1#2/r1"));
  await user.click(screen.getByRole("button", { name: "Rounds" }));
  await user.click(screen.getByRole("button", { name: "Next square" }));
  expect(screen.getByRole("button", { name: "Round 1, done" })).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Round 2" }));

  expect(screen.getByText("Round 2 of 2, square 2 of 2", { selector: "header *" })).toBeVisible();
  expect(told).toEqual([]);
});

test("stitches are written in full where that is wanted", async () => {
  const { user } = open();
  await user.keyboard("m");
  await user.click(screen.getByRole("checkbox", { name: "Write stitches in full" }));
  await user.keyboard("{Escape}");

  expect(screen.getByText(/12 double crochet/).closest("p")).toHaveTextContent("Chain 3, 2 double crochet in ring, join. (12 double crochet, 4 chain-2 spaces)");
});
