import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { head, round } from "../samples.test-env";
import { RowLine } from "./RowLine";

const yarn = head.colours[1] ?? null;

const onNote = vi.fn();

function show(change = {}, done = false, note = "") {
  const onTick = vi.fn();
  render(
    <ol>
      <RowLine row={round(2, change)} at="p1#3/r2" yarn={yarn} terms="us" done={done} current={false} note={note} onTick={onTick} onNote={onNote} />
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
  show({}, false, "hold two strands");
  await userEvent.click(screen.getByRole("button", { name: "Note at Round 2: hold two strands. Change it" }));
  await userEvent.type(screen.getByRole("textbox", { name: "Note at round 2" }), " here");
  await userEvent.click(screen.getByRole("button", { name: "Keep the note" }));
  expect(onNote).toHaveBeenCalledExactlyOnceWith("p1/r2", "hold two strands here");
});
