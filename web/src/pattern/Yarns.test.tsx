import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { keptMeta } from "../api/storage";
import type { Pattern } from "../api/types";
import { blank, head, round } from "../samples.test-env";
import "./YarnShelf"; // fetched before a test waits for it
import { Yarns } from "./Yarns";
import { usePattern, yarnsKey } from "./usePattern";

type Asked = { method?: string; body?: string };

let number = 0;

/** The yarns of a pattern over a server that keeps what is changed, unless it refuses. */
function open(own: boolean, refuses = false) {
  const short = `bbbbbbbbbbbbbbbbbbbbbbbb${(number += 1).toString().padStart(2, "b")}`;
  let pattern: Pattern = { ...blank, ...head, own, id: `pat_${short}`, job: { ...blank.job, status: "succeeded" }, pieces: [{ key: "p1", name: "Square", make: 1, rows: [round(1), round(2)] }] };
  const changes: unknown[] = [];
  vi.stubGlobal("fetch", async (_: string, { method = "GET", body }: Asked) => {
    if (method !== "PATCH") return Response.json(pattern);
    if (refuses) return Response.json({ title: "No", status: 503, detail: "The shop is full." }, { status: 503 });
    const change = JSON.parse(body ?? "") as { colours: { letter: string; name: string; hex: string }[] };
    changes.push(change);
    const colours = pattern.colours.map((colour) => ({ ...colour, ...change.colours.find(({ letter }) => letter === colour.letter) }));
    pattern = { ...pattern, colours: colours.map((colour, at) => ({ ...colour, written: colour.name === head.colours[at]?.name ? null : { name: head.colours[at]!.name, hex: head.colours[at]!.hex } })) };
    return Response.json(pattern);
  });
  function Shown() {
    const { making } = usePattern(short);
    return making && <Yarns pattern={making.pattern} busy={false} />;
  }
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Shown />
    </QueryClientProvider>,
  );
  return { changes, id: pattern.id, user: userEvent.setup() };
}

const yarn = (name: RegExp) => screen.findByRole("button", { name });

afterEach(() => vi.unstubAllGlobals());

test("its maker swaps a yarn, it is kept with the pattern, and goes back as it was written", async () => {
  const { changes, user } = open(true);
  await user.click(await yarn(/^A, moss/));
  await user.click(await screen.findByRole("button", { name: "teal" }));

  expect(await yarn(/^A, teal.*written in moss/)).toBeVisible();
  await waitFor(() => expect(changes).toEqual([{ colours: [{ letter: "A", name: "teal", hex: "#1F7F83" }] }]));

  await user.click(screen.getByRole("button", { name: "As written: moss" }));
  await waitFor(() => expect(changes.at(-1)).toEqual({ colours: [{ letter: "A", name: "moss", hex: "#5B6B2F" }] }));
  expect(await yarn(/^A, moss/)).toBeVisible();
  expect(screen.queryByText(/written in/)).toBeNull();
});

test("a visitor's swap is kept in this browser and tells the server nothing", async () => {
  const { changes, id, user } = open(false);
  await user.click(await yarn(/^B, bone/));
  await user.click(await screen.findByRole("button", { name: "plum" }));

  expect(await yarn(/^B, plum/)).toBeVisible();
  expect(await keptMeta(yarnsKey(id))).toEqual({ B: { name: "plum", hex: "#6E2F5B" } });

  await user.click(screen.getByRole("button", { name: "Back to the yarn as written" }));
  expect(await yarn(/^B, bone/)).toBeVisible();
  expect(await keptMeta(yarnsKey(id))).toEqual({});
  expect(changes).toEqual([]);
});

test("a yarn that was not taken goes back, and it says why", async () => {
  const { user } = open(true, true);
  await user.click(await yarn(/^A, moss/));
  await user.click(await screen.findByRole("button", { name: "teal" }));

  expect(await screen.findByRole("alert")).toHaveTextContent("The yarn stays as it was. The shop is full.");
  expect(await yarn(/^A, moss/)).toBeVisible();
});

test("escape closes the shelf and gives the focus back to the yarn", async () => {
  const { user } = open(false);
  await user.click(await yarn(/^A, moss/));
  expect(await screen.findByRole("heading", { name: "Another yarn for A" })).toHaveFocus();

  await user.keyboard("{Escape}");

  expect(screen.queryByRole("heading", { name: "Another yarn for A" })).toBeNull();
  expect(await yarn(/^A, moss/)).toHaveFocus();
});
