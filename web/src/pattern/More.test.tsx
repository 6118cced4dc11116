import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { keepVisit, keptPattern, visits } from "../api/storage";
import type { Pattern } from "../api/types";
import { blank, head, round } from "../samples.test-env";
import { More } from "./More";
import { usePattern } from "./usePattern";

type Asked = { method?: string; body?: string; headers?: Record<string, string> };

let number = 0;

/** The panel over a server that does what it is told, until it is told to refuse. */
function open() {
  const short = `cccccccccccccccccccccccc${(number += 1).toString().padStart(2, "c")}`;
  let pattern: Pattern | null = { ...blank, ...head, id: `pat_${short}`, job: { ...blank.job!, status: "succeeded" }, pieces: [{ key: "p1", name: "Square", make: 1, rows: [round(1)] }] };
  const told: { method: string; body: unknown }[] = [];
  const server = { refuses: false };
  vi.stubGlobal("fetch", async (_: string, { method = "GET", body }: Asked) => {
    if (method !== "GET") told.push({ method, body: body && JSON.parse(body) });
    if (method !== "GET" && server.refuses) return Response.json({ title: "No", status: 503, detail: "The shop is full." }, { status: 503 });
    if (method === "DELETE") {
      pattern = null;
      return new Response(null, { status: 204 });
    }
    if (!pattern) return Response.json({ type: "/problems/gone", title: "Gone", status: 410 }, { status: 410 });
    if (method === "PATCH") pattern = { ...pattern, ...(JSON.parse(body ?? "") as object) };
    return Response.json(pattern);
  });
  const closed = vi.fn();
  function Shown() {
    const { making, fault } = usePattern(short);
    if (making) return <><h1>{making.pattern.title}</h1><More id="more" pattern={making.pattern} onClose={closed} /></>;
    return <p>{fault ? "gone" : "…"}</p>;
  }
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Shown />
    </QueryClientProvider>,
  );
  return { told, server, closed, id: `pat_${short}`, user: userEvent.setup() };
}

const title = () => screen.findByRole("textbox", { name: "Title" });

afterEach(() => vi.unstubAllGlobals());

test("another title is kept and shown, and none is answered in words", async () => {
  const { told, user } = open();
  await user.clear(await title());
  await user.click(screen.getByRole("button", { name: "Keep the title" }));
  expect(screen.getByRole("alert")).toHaveTextContent("A pattern needs a title.");
  expect(told).toEqual([]);

  await user.type(await title(), "For Ada{Enter}");

  expect(await screen.findByRole("heading", { level: 1, name: "For Ada" })).toBeVisible();
  expect(await screen.findByText("Kept.")).toBeVisible();
  expect(told).toEqual([{ method: "PATCH", body: { title: "For Ada" } }]);
});

test("it is made private and public again, and says what that means to others", async () => {
  const { told, user } = open();
  await user.click(await screen.findByRole("radio", { name: "I alone" }));
  expect(await screen.findByText(/answers as if it had never been/)).toBeVisible();
  await waitFor(() => expect(told).toHaveLength(1));

  await user.click(screen.getByRole("radio", { name: "Everybody who has the link" }));

  await waitFor(() => expect(told.map(({ body }) => body)).toEqual([{ visibility: "private" }, { visibility: "link" }]));
  expect(screen.getByRole("radio", { name: "Everybody who has the link" })).toBeChecked();
});

test("a change that is refused goes back and says why", async () => {
  const { server, user } = open();
  server.refuses = true;
  await user.click(await screen.findByRole("radio", { name: "I alone" }));

  expect(await screen.findByRole("alert")).toHaveTextContent("The shop is full.");
  expect(screen.getByRole("radio", { name: "Everybody who has the link" })).toBeChecked();
});

test("it is deleted after a second word, and leaves no trace in this browser", async () => {
  const { told, id, user } = open();
  await title();
  await keepVisit({ pattern: id, title: "Moss Cushion", at: 1, share: 0.5, words: "Round 1", rings: [] });
  await user.click(screen.getByRole("button", { name: "Delete this pattern" }));
  expect(screen.getByText(/Delete “Moss Cushion” for good/)).toHaveFocus();
  await user.click(screen.getByRole("button", { name: "Keep it" }));
  expect(told).toEqual([]);
  expect(screen.getByRole("button", { name: "Delete this pattern" })).toHaveFocus();

  await user.click(screen.getByRole("button", { name: "Delete this pattern" }));
  await user.click(screen.getByRole("button", { name: "Delete for good" }));

  expect(await screen.findByText("gone")).toBeVisible();
  expect(told).toEqual([{ method: "DELETE", body: undefined }]);
  expect(await keptPattern(id)).toBeNull();
  expect((await visits()).map(({ pattern }) => pattern)).not.toContain(id);
});

test("escape closes it", async () => {
  const { closed, user } = open();
  expect(await screen.findByRole("heading", { name: "Your pattern" })).toHaveFocus();
  await user.keyboard("{Escape}");

  expect(closed).toHaveBeenCalledOnce();
});
