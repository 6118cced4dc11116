import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forgetMaker } from "../api/makers";
import { keepVisit } from "../api/storage";
import type { PatternEntry } from "../api/types";
import { blank, head } from "../samples.test-env";
import { Mine } from "./Mine";

const entry = (id: string, title: string, done: number, change: Partial<PatternEntry> = {}): PatternEntry => ({
  id: `pat_${id}`,
  url: "",
  own: true,
  title,
  item: null,
  prompt: title,
  colours: head.colours.map((colour) => ({ ...colour, written: null })),
  visibility: "link",
  verdict: "ok",
  job: blank.job && { ...blank.job, status: "succeeded" },
  progress: { done, of: 10 },
  created_at: "2026-01-01T12:00:00Z",
  worked_at: "2026-01-05T12:00:00Z",
  ...change,
});

let known = true;
let listed: PatternEntry[] = [];
let asked: string[] = [];

beforeEach(() => {
  [known, listed, asked] = [true, [], []];
  forgetMaker();
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    if (path.endsWith("/makers")) return new Response(JSON.stringify({ id: known ? "mkr_a" : null }));
    if (path.includes("/devices")) return new Response(JSON.stringify({ data: [], recovery: null }));
    return new Response(JSON.stringify({ data: listed, next_cursor: null }));
  });
});

afterEach(() => vi.unstubAllGlobals());

function open() {
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <MemoryRouter>
        <Mine />
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

const card = async (title: string) => within((await screen.findByRole("link", { name: title })).closest("li") as HTMLElement);

test("patterns stand in the server's order, with how far they are, and one that is begun can be resumed", async () => {
  listed = [entry("a", "Second Wind", 3), entry("b", "Not Begun", 0)];
  open();
  const begun = await card("Second Wind");
  expect(begun.getByText(/^3 of 10 rows done\. Last worked .*5.*2026/)).toBeVisible();
  expect(begun.getByRole("link", { name: "Resume Second Wind" })).toHaveAttribute("href", "/p/a/make");
  const other = await card("Not Begun");
  expect(other.getByText(/^Written/)).toBeVisible();
  expect(other.queryByRole("link", { name: /Resume/ })).toBeNull();
  expect(screen.getAllByRole("link").filter((link) => /^\/p\/\w$/.test(link.getAttribute("href") ?? "")).map((link) => link.textContent)).toEqual(["Second Wind", "Not Begun"]);
});

test("what this browser remembers is told, unless the pattern was worked on elsewhere since", async () => {
  listed = [entry("c", "Here", 3), entry("d", "Elsewhere", 3)];
  const visit = { share: 0.3, words: "Round 4 of 8", rings: [] };
  await keepVisit({ ...visit, pattern: "pat_c", title: "Here", at: Date.parse("2026-01-05T12:00:00Z") });
  await keepVisit({ ...visit, pattern: "pat_d", title: "Elsewhere", at: Date.parse("2026-01-04T12:00:00Z") });
  open();
  expect(await (await card("Here")).findByText(/^Round 4 of 8\./)).toBeVisible();
  expect((await card("Elsewhere")).getByText(/^3 of 10 rows done\./)).toBeVisible();
});

test("another maker's pattern that I tick is told to be another's", async () => {
  listed = [entry("e", "Theirs", 1, { own: false })];
  open();
  expect((await card("Theirs")).getByText(/Somebody else’s pattern, your ticks/)).toBeVisible();
});

test("a browser that nobody knows asks for nothing that it would be refused", async () => {
  known = false;
  open();
  expect(await screen.findByText(/Nothing in the basket yet/)).toBeVisible();
  expect(asked.filter((path) => !path.endsWith("/makers"))).toEqual([]);
});
