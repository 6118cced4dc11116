import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { blank } from "../samples.test-env";
import "./CarryOn"; // fetched before a test waits for it
import "./ReadLink";
import { Send } from "./Send";

afterEach(() => vi.unstubAllGlobals());

const link = /\/p\/aaaaaaaaaaaaaaaaaaaaaaaaaa$/;

function open(own: boolean, clipboard?: Pick<Clipboard, "writeText">) {
  const user = userEvent.setup();
  vi.stubGlobal("navigator", { clipboard });
  render(<Send pattern={{ ...blank, own }} title="Moss Cushion" />);
  return user;
}

const press = async (user: ReturnType<typeof open>, name: string) => user.click(await screen.findByRole("button", { name }));

test("the read link is shown in words and as a code, is copied, and who gets it is told", async () => {
  const copied: string[] = [];
  const user = open(false, { writeText: async (text) => void copied.push(text) });
  await press(user, "Send");
  expect(await screen.findByText(link)).toBeVisible();
  expect(await screen.findByRole("img", { name: "QR code of the link" })).toBeVisible();
  expect(screen.getByText(/Anyone with the link can read, print and start their own copy/)).toBeVisible();
  await press(user, "Copy the link");

  expect(copied).toEqual([expect.stringMatching(link)]);
  expect(screen.getByRole("status")).toHaveTextContent("Link copied.");
});

test("where nothing may be copied it says how else", async () => {
  const user = open(false);
  await press(user, "Send");
  await press(user, "Copy the link");
  expect(screen.getByRole("status")).toHaveTextContent(/does not copy/);
});

test("one's other device is another thing, and is offered to the maker alone", async () => {
  const user = open(true);
  await press(user, "On my other device");
  expect(await screen.findByText(/This opens/)).toHaveTextContent("This opens your patterns and progress. Keep it to yourself.");
  expect(screen.queryByText(link)).toBeNull();
});

test("a stranger's pattern lets nobody in", () => {
  open(false);
  expect(screen.queryByRole("button", { name: "On my other device" })).toBeNull();
});

test("a private pattern has no link to send", () => {
  render(<Send pattern={{ ...blank, own: true, visibility: "private" }} title="Moss Cushion" />);
  expect(screen.queryByRole("button", { name: "Send" })).toBeNull();
});
