import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { ticksOf } from "../api/ticks";
import { blank, head, round } from "../samples.test-env";
import "./RowHelp"; // fetched before a test waits for it
import { RowLine } from "./RowLine";

const yarn = head.colours[1] ?? null;

afterEach(() => vi.unstubAllGlobals());

function show(change = {}, pattern = blank.id) {
  const onTick = vi.fn();
  render(
    <ol>
      <RowLine row={round(2, change)} at="p1#3/r2" yarn={yarn} terms="us" pattern={pattern} report current={false} onTick={onTick} />
    </ol>,
  );
  return onTick;
}

test("a row's box is named by its round and yarn, and described by its words", () => {
  show();
  const box = screen.getByRole("checkbox", { name: "Round 2, bone" });
  expect(box).toHaveAccessibleDescription(/Ch 3, 2 dc in ring, join\. \(24 dc, 4 ch-2 sps\) counts agree/);
});

test("a tick says the cell of the copy in hand", async () => {
  const onTick = show();
  await userEvent.click(screen.getByRole("checkbox"));
  expect(onTick).toHaveBeenCalledExactlyOnceWith("p1#3/r2", true);
});

test("a box shows what is said of its own cell, without anything around it being drawn anew", () => {
  show({}, "pat_ticked");
  act(() => ticksOf("pat_ticked").say(["p1#2/r2"], true));
  expect(screen.getByRole("checkbox")).not.toBeChecked();
  act(() => ticksOf("pat_ticked").say(["p1#3/r2"], true));
  expect(screen.getByRole("checkbox")).toBeChecked();
});

test("a row whose counts do not agree says so and can still be ticked", async () => {
  const onTick = show({ verdict: "error", counts: { dc: 22 }, findings: [{ id: "declared-mismatch", severity: "error", also: [], message: "3 + 19 = 22 dc, not 24.", span: null, fixes: [] }] });
  expect(screen.getByText("makes 22 dc, needs 24")).toBeVisible();
  expect(screen.getByText("3 + 19 = 22 dc, not 24.")).toBeVisible();
  await userEvent.click(screen.getByRole("checkbox"));
  expect(onTick).toHaveBeenCalled();
});

test("a row that was not understood never says that it agrees", () => {
  show({ verdict: "unchecked" });
  expect(screen.getByText("not understood")).toBeVisible();
  expect(screen.queryByText("counts agree")).toBeNull();
});

test("a row's note stands under it, and a tap opens it", async () => {
  const { note, read } = ticksOf("pat_noted");
  note("p1/r2", "hold two strands");
  show({}, "pat_noted");
  await userEvent.click(screen.getByRole("button", { name: "Note at Round 2: hold two strands. Change it" }));
  await userEvent.type(screen.getByRole("textbox", { name: "Note at round 2" }), " here");
  await userEvent.click(screen.getByRole("button", { name: "Keep the note" }));
  expect(read().notes["p1/r2"]?.text).toBe("hold two strands here");
});

test("the words of a row are told under it, at one button for all of them, and escape closes them", async () => {
  show();
  const button = screen.getByRole("button", { name: "Words in Round 2" });
  await userEvent.click(button);

  const words = await screen.findByRole("group", { name: "Words in round 2" });
  expect(words).toHaveTextContent("dc double crochet");
  expect(words).toHaveTextContent("draw through two loops, twice");
  expect(button).toHaveAttribute("aria-expanded", "true");

  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(screen.queryByRole("group")).toBeNull();
  expect(button).toHaveFocus();

  await userEvent.keyboard("{Enter}");
  expect(screen.getByRole("group")).toBeVisible();
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("group")).toBeNull();
});

test("a finger asks for a word where it stands, and what is no short word asks for nothing", async () => {
  const onTick = show();
  await userEvent.click(screen.getByText(/in ring, join/));
  expect(screen.queryByRole("group")).toBeNull();

  await userEvent.click(screen.getByText("dc"));
  expect(await screen.findByRole("group", { name: "Words in round 2" })).toBeVisible();
  expect(onTick).not.toHaveBeenCalled();
});

test("a row that a hook calls wrong is reported with what is wrong, and not without", async () => {
  const sent: [string, unknown][] = [];
  vi.stubGlobal("fetch", async (path: string, { body }: { body?: string }) => {
    sent.push([path, JSON.parse(body ?? "{}")]);
    return Response.json({}, { status: 201 });
  });
  show();
  await userEvent.click(screen.getByRole("button", { name: "Words in Round 2" }));
  await userEvent.click(await screen.findByRole("button", { name: "Is this row wrong?" }));
  await userEvent.click(screen.getByRole("button", { name: "Report it" }));
  expect(screen.getByRole("alert")).toHaveTextContent("Say in a few words what is wrong.");
  expect(sent).toEqual([]);

  await userEvent.type(screen.getByRole("textbox", { name: "What is wrong" }), "Three chains, not two.");
  await userEvent.click(screen.getByRole("button", { name: "Report it" }));

  expect(await screen.findByText(/^Thank you/)).toBeVisible();
  expect(sent.at(-1)).toEqual([`/api/v1/patterns/${blank.id}/reports`, { row: "p1/r2", says: "Three chains, not two." }]);
});

test("a report that is refused says why and keeps the words", async () => {
  vi.stubGlobal("fetch", async (path: string) => (path.endsWith("/reports") ? Response.json({ title: "No", detail: "Too many reports." }, { status: 429 }) : Response.json({}, { status: 201 })));
  show();
  await userEvent.click(screen.getByRole("button", { name: "Words in Round 2" }));
  await userEvent.click(await screen.findByRole("button", { name: "Is this row wrong?" }));
  await userEvent.type(screen.getByRole("textbox", { name: "What is wrong" }), "Wrong.");
  await userEvent.click(screen.getByRole("button", { name: "Report it" }));

  expect(await screen.findByRole("alert")).toHaveTextContent("Too many reports.");
  expect(screen.getByRole("textbox", { name: "What is wrong" })).toHaveValue("Wrong.");
});
