import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter, Route, Routes } from "react-router";
import { beforeEach, expect, test, vi } from "vitest";
import { blank, head, round } from "../samples.test-env";
import { Keys } from "./Keys";
import { RowLine } from "./RowLine";
import { useTerms } from "./terms";

const ticked = vi.fn();
const pattern = { ...blank, ...head };

function Page() {
  const [terms] = useTerms();
  return (
    <article>
      <p>in {terms ?? "no"} terms</p>
      <ol>
        {[round(1), round(2), round(3)].map((row) => (
          <RowLine key={row.key} row={row} pattern={pattern.id} at={row.key} yarn={null} terms="us" current={row.number === 2} report={false} onTick={ticked} />
        ))}
      </ol>
      <Keys pattern={pattern} other={{ terms: "uk", ready: true, fault: null }} />
    </article>
  );
}

function open() {
  render(
    <MemoryRouter initialEntries={["/p/x"]}>
      <Routes>
        <Route path="/p/x" element={<Page />} />
        <Route path="/p/:id/:what" element={<p>another page</p>} />
      </Routes>
    </MemoryRouter>,
  );
  return userEvent.setup();
}

const box = (number: number) => screen.getByRole("checkbox", { name: `Round ${number}` });

beforeEach(() => {
  localStorage.clear();
  ticked.mockClear();
});

test("J and K go from row to row, from the one in hand on, and X ticks where they stand", async () => {
  const user = open();
  await user.keyboard("x");
  expect(ticked).toHaveBeenLastCalledWith("p1/r2", true);

  await user.keyboard("j");
  expect(box(2)).toHaveFocus();
  await user.keyboard("jx");
  expect(box(3)).toHaveFocus();
  expect(ticked).toHaveBeenLastCalledWith("p1/r3", true);
  await user.keyboard("jkk");
  expect(box(1)).toHaveFocus();
});

test("U turns the terms, M leads to one row at a time", async () => {
  const user = open();
  await user.keyboard("u");
  expect(screen.getByText("in uk terms")).toBeVisible();

  await user.keyboard("m");
  expect(screen.getByText("another page")).toBeVisible();
});

test("letters can be switched off, and then do nothing", async () => {
  const user = open();
  await user.keyboard("?");
  expect(screen.getByText("Keys")).toHaveFocus();
  await user.click(screen.getByRole("checkbox", { name: "Single letters work as keys" }));

  await user.keyboard("xum");

  expect(ticked).not.toHaveBeenCalled();
  expect(screen.getByText("in no terms")).toBeVisible();
});
