import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter, Route, Routes } from "react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forgetMaker } from "../api/makers";
import { queued } from "../samples.test-env";
import { Home } from "./Home";

type Call = { path: string; body: unknown; key: string | undefined };

let calls: Call[] = [];
let answer: () => Response;

beforeEach(() => {
  calls = [];
  forgetMaker();
  answer = () => new Response(JSON.stringify(queued), { status: 202 });
  vi.stubGlobal("fetch", async (path: string, how: RequestInit = {}) => {
    if (path === "/api/v1/makers") return new Response("{}"); // the browser makes itself known before its first wish
    calls.push({ path, body: JSON.parse(how.body as string), key: (how.headers as Record<string, string>)["Idempotency-Key"] });
    return answer();
  });
});

afterEach(() => vi.unstubAllGlobals());

function open() {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>
        <Routes>
          <Route index element={<Home />} />
          <Route path="p/:id" element={<p>the pattern's page</p>} />
        </Routes>
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

const wish = () => screen.getByRole("textbox", { name: "Your idea" });
const write = () => screen.getByRole("button", { name: "Write the pattern" });
const problem = (status: number, body: object) => new Response(JSON.stringify({ title: "No", status, ...body }), { status });

test("a wish is sent as it was typed, and its pattern's page opens at once", async () => {
  open();
  await userEvent.type(wish(), "moss cushion");
  await userEvent.click(write());
  expect(await screen.findByText("the pattern's page")).toBeVisible();
  expect(calls.map(({ path, body }) => [path, body])).toEqual([["/api/v1/jobs", { prompt: "moss cushion", options: {} }]]);
});

test("an empty wish is answered in words and not sent", async () => {
  open();
  await userEvent.click(write());
  expect(screen.getByRole("alert")).toHaveTextContent("Write an idea first");
  expect(calls).toEqual([]);
});

test("an idea fills the field and sends nothing", async () => {
  open();
  await userEvent.click(screen.getByRole("button", { name: "70s sunset throw" }));
  expect(wish()).toHaveValue("70s sunset throw");
  expect(calls).toEqual([]);
});

test("the same wish tried again bears the same key, another wish another", async () => {
  open();
  answer = () => problem(503, { detail: "The queue is full." });
  await userEvent.type(wish(), "moss");
  await userEvent.click(write());
  expect(await screen.findByText("The queue is full.")).toBeVisible();
  await userEvent.click(write());
  await userEvent.type(wish(), " cushion");
  await userEvent.click(write());
  const [first, second, third] = calls.map((call) => call.key);
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

test("each fault stands at its field, a folded one too, and the text is kept", async () => {
  open();
  answer = () => problem(422, { detail: "One thing is not right.", request_id: "req-7", errors: [{ pointer: "/options/colours/0", code: "x", detail: "No such colour." }] });
  await userEvent.type(wish(), "moss");
  await userEvent.click(write());
  expect(await screen.findByText("No such colour.")).toBeVisible();
  expect(screen.getByText(/req-7/)).toBeVisible();
  expect(wish()).toHaveValue("moss");
});

test("who chose UK terms on a pattern is written the next one in them, unless he chooses others", async () => {
  localStorage.setItem("knotty-terms", "2");
  open();
  localStorage.clear();
  expect(screen.getByText(/UK terms/)).toBeVisible();
  await userEvent.type(wish(), "moss cushion");
  await userEvent.click(write());

  expect(await screen.findByText("the pattern's page")).toBeVisible();
  expect(calls[0]?.body).toEqual({ prompt: "moss cushion", options: { terms: "uk" } });
});
