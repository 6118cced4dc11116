import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { blank } from "../samples.test-env";
import { Send } from "./Send";

afterEach(() => vi.unstubAllGlobals());

const link = /\/p\/aaaaaaaaaaaaaaaaaaaaaaaaaa$/;

async function press(clipboard: Pick<Clipboard, "writeText"> | undefined) {
  const user = userEvent.setup();
  vi.stubGlobal("navigator", { clipboard });
  render(<Send pattern={blank.id} title="Moss Cushion" />);
  await user.click(screen.getByRole("button", { name: "Send" }));
}

test("the link of the pattern is copied, and who gets it is told", async () => {
  const copied: string[] = [];
  await press({ writeText: async (text) => void copied.push(text) });

  expect(copied).toEqual([expect.stringMatching(link)]);
  expect(screen.getByRole("status")).toHaveTextContent(/Link copied\. ?Anyone with the link can read, print/);
});

test("where nothing may be copied the link is shown", async () => {
  await press(undefined);

  expect(screen.getByText(link)).toBeVisible();
});
