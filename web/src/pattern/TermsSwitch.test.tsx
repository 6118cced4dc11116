import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { TermsSwitch } from "./TermsSwitch";
import { useTerms } from "./terms";
import type { Other } from "./usePattern";

function Shown({ other }: { other: Other }) {
  const [chosen] = useTerms();
  return (
    <>
      <b id="terms">Terms</b>
      <TermsSwitch terms={chosen ?? "us"} other={other} labelledBy="terms" />
    </>
  );
}

const ready = { terms: "uk", ready: true, fault: null } as const;

beforeEach(() => localStorage.clear());

test("one of the two is chosen, by finger or by arrow key, and the choice is kept", async () => {
  render(<Shown other={ready} />);
  expect(screen.getByRole("radiogroup", { name: "Terms" })).toBeVisible();
  expect(screen.getByRole("radio", { name: "US" })).toBeChecked();

  await userEvent.click(screen.getByRole("radio", { name: "UK" }));

  expect(screen.getByRole("radio", { name: "UK" })).toBeChecked();
  expect(screen.getByRole("radio", { name: "US" })).not.toBeChecked();
  expect(localStorage.getItem("knotty-terms")).toBe("2");
});

test("another tab's choice is heard", async () => {
  render(<Shown other={ready} />);
  localStorage.setItem("knotty-terms", "2");
  dispatchEvent(new StorageEvent("storage", { key: "knotty-terms" }));

  expect(await screen.findByRole("radio", { name: "UK", checked: true })).toBeVisible();
});

test("words that are not here yet cannot be chosen, and it says when they come", () => {
  render(<Shown other={{ ...ready, ready: false, fault: new Error("no network") }} />);

  expect(screen.getByRole("radio", { name: "UK" })).toBeDisabled();
  expect(screen.getByText("The UK words come with the next connection.")).toBeVisible();
});
