import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { NoteButton, RowNote } from "./RowNote";

/** A row that keeps what it is told; gives what it was told. */
function open(begun = "") {
  const told: string[] = [];
  function Row({ shown }: { shown: boolean }) {
    const [text, setText] = useState(begun);
    const [writing, setWriting] = useState(false);
    const keep = (words: string) => {
      told.push(words);
      setText(words.trim());
    };
    if (!shown) return null;
    return (
      <>
        <NoteButton row="Round 4" open={writing} onOpen={setWriting} />
        <RowNote row="Round 4" text={text} open={writing} onOpen={setWriting} onKeep={keep} />
        <input aria-label="elsewhere" />
      </>
    );
  }
  const view = render(<Row shown />);
  return { told, user: userEvent.setup(), leave: () => view.rerender(<Row shown={false} />) };
}

const button = () => screen.getByRole("button", { name: "Note at Round 4" });
const field = () => screen.getByRole("textbox", { name: "Note at round 4" });

test("a row without a note shows none, and the pencil opens a field that has the focus", async () => {
  const { user } = open();
  expect(screen.queryByText(/Note/)).toBeNull();
  await user.click(button());
  expect(field()).toHaveFocus();
});

test("a note is kept once when it is written, and the focus goes back to the pencil", async () => {
  const { told, user } = open();
  await user.click(button());
  await user.keyboard("loose chains{Control>}{Enter}{/Control}");
  expect(told).toEqual(["loose chains"]);
  expect(screen.getByText("loose chains")).toBeVisible();
  expect(button()).toHaveFocus();
});

test("what is typed is kept when the field is left without a word, and when the row goes away", async () => {
  const { told, user, leave } = open();
  await user.click(button());
  await user.keyboard("one");
  await user.click(screen.getByRole("textbox", { name: "elsewhere" }));
  expect(told).toEqual(["one"]);
  await user.click(field());
  await user.keyboard(" two");
  leave();
  expect(told).toEqual(["one", "one two"]);
});

test("escape leaves the note as it was", async () => {
  const { told, user } = open("tight");
  await user.click(button());
  await user.keyboard(" and short{Escape}");
  expect(told).toEqual([]);
  expect(screen.getByText("tight")).toBeVisible();
});

test("a note that is taken away is told as no text", async () => {
  const { told, user } = open("tight");
  await user.click(button());
  await user.click(screen.getByRole("button", { name: "Take it away" }));
  expect(told).toEqual([""]);
  expect(screen.queryByText("tight")).toBeNull();
});
