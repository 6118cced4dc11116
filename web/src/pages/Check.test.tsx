import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Report, Row } from "../api/types";
import { round } from "../samples.test-env";
import { Check } from "./Check";

const GOOD = "Rnd 1: Ch 3, 2 dc in ring, join. (12 dc)";
const WRONG = GOOD.replace("12 dc", "13 dc");
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><g data-row="p1/r1"/></svg>';

let asked: { text: string; terms: string }[] = [];
let answer: (body: { text: string; terms: string }) => Response;
let chart: () => Response;

beforeEach(() => {
  asked = [];
  answer = ({ text }) => json(report(text));
  chart = () => new Response(SVG);
  vi.stubGlobal("fetch", async (path: string, how: RequestInit) => {
    const body = JSON.parse(how.body as string) as { text: string; terms: string };
    if (path === "/api/v1/chart") return chart();
    asked.push(body);
    return answer(body);
  });
});

afterEach(() => vi.unstubAllGlobals());

const json = (body: object, status = 200) => new Response(JSON.stringify(body), { status });

/** What the API would say: a text with 13 dc is wrong, one with a wibble is not understood. */
function report(text: string, rows: Row[] = [rowOf(text)]): Report {
  const count = (verdict: string) => rows.filter((row) => row.verdict === verdict).length;
  const verdict = count("error") ? "error" : count("unchecked") ? "unchecked" : "ok";
  return {
    report: 1,
    file: null,
    verdict,
    terms: "us",
    layout: null,
    summary: { rows: rows.length, ok: count("ok"), error: count("error"), unchecked: count("unchecked") },
    findings: [],
    pieces: [{ key: "p1", name: null, make: 1, rows }],
  };
}

function rowOf(text: string): Row {
  const span: [number, number] = [0, text.length];
  const at = text.indexOf("13 dc");
  if (at >= 0) {
    const fixes = [{ says: "Correct the count.", edits: [{ span: [at, at + 2] as [number, number], new: "12" }] }];
    const findings = [{ id: "declared-mismatch", severity: "error" as const, also: [], message: "3 + 9 = 12 dc, not 13.", span: [at, at + 5] as [number, number], fixes }];
    return round(1, { text, span, verdict: "error", declared: { counts: { dc: 13 } }, findings });
  }
  const odd = text.indexOf("wibble");
  if (odd < 0) return round(1, { text, span });
  const findings = [{ id: "not-understood", severity: "unchecked" as const, also: [], message: "“wibble” was not understood.", span: [odd, odd + 6] as [number, number], fixes: [] }];
  return round(1, { text, span, verdict: "unchecked", counts: null, spaces: null, stitches: null, findings });
}

function open() {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Check />
    </QueryClientProvider>,
  );
}

const field = () => screen.getByRole("textbox", { name: "The pattern" });
const press = () => userEvent.click(screen.getByRole("button", { name: "Check it" }));

async function paste(words: string) {
  await userEvent.click(field());
  await userEvent.paste(words);
}

test("a pattern that adds up is told so, row by row, with what each makes", async () => {
  open();
  await paste(GOOD);
  await press();
  expect(await screen.findByRole("heading", { name: "The one row adds up" })).toHaveFocus();
  const row = screen.getByRole("listitem");
  expect(row).toHaveTextContent("Round 1counts agreemakes 12 dc, 4 ch-2 sps");
  expect(row).toHaveTextContent("Ch 3, 2 dc in ring, join. (12 dc)");
  expect(asked).toEqual([{ text: GOOD, terms: "auto" }]);
});

test("what is wrong is underlined and told, and its fix is made and checked with one press", async () => {
  open();
  await paste(WRONG);
  await press();
  await screen.findByRole("heading", { name: "1 of 1 does not add up" });
  expect(screen.getByText("13 dc", { selector: "mark" })).toBeVisible();
  expect(screen.getByText("3 + 9 = 12 dc, not 13.")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: /^Correct the count. ?join. .13 dc. (→ )?join. .12 dc.$/ }));
  expect(await screen.findByRole("heading", { name: "The one row adds up" })).toBeVisible();
  expect(field()).toHaveValue(GOOD);
  expect(screen.getByRole("listitem")).toHaveFocus();
});

test("after the first check the report follows what is typed, and no old fix is made in new words", async () => {
  open();
  await paste(WRONG);
  await press();
  const fix = await screen.findByRole("button", { name: /Correct the count/ });
  await userEvent.type(field(), " Now wibble.");
  expect(fix).toHaveAttribute("aria-disabled", "true");
  await userEvent.click(fix);
  expect(field()).toHaveValue(`${WRONG} Now wibble.`);
  await waitFor(() => expect(asked).toHaveLength(2), { timeout: 2000 });
  expect(asked[1]?.text).toBe(`${WRONG} Now wibble.`);
  expect(fix).toHaveFocus();
});

test("what is not read yet is told kindly and never as right", async () => {
  open();
  await paste("Rnd 1: wibble");
  await press();
  expect(await screen.findByRole("heading", { name: "1 of 1 not checked" })).toBeVisible();
  expect(screen.getByText("not understood")).toBeVisible();
  expect(screen.getByText(/may well be right there/)).toBeVisible();
  expect(screen.queryByText("counts agree")).toBeNull();
});

test("the terms that were chosen are asked for, and another choice checks again", async () => {
  open();
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Terms" }), "UK");
  await paste(GOOD);
  await press();
  await screen.findByRole("listitem");
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Terms" }), "US");
  await waitFor(() => expect(asked.map(({ terms }) => terms)).toEqual(["uk", "us"]), { timeout: 2000 });
});

test("the example cannot be made, and is checked at once", async () => {
  open();
  await userEvent.click(screen.getByRole("button", { name: "Try one that cannot be made" }));
  expect(await screen.findByRole("listitem")).toBeVisible();
  expect(field()).toHaveValue(asked[0]?.text);
});

test("many rows: those that need a look are named at the top, and can be seen alone", async () => {
  const rows = Array.from({ length: 200 }, (_, i) => round(i + 1, i === 120 ? { verdict: "error" } : {}));
  answer = ({ text }) => json(report(text, rows));
  open();
  await paste(GOOD);
  await press();
  await userEvent.click(await screen.findByRole("button", { name: "Round 121" }));
  expect(document.activeElement).toHaveTextContent(/^Round 121/);
  expect(screen.getAllByRole("listitem")).toHaveLength(200);
  await userEvent.click(screen.getByRole("checkbox", { name: "Only rows that need a look" }));
  expect(screen.getAllByRole("listitem")).toHaveLength(1);
});

test("the chart is drawn, or why there is none is said", async () => {
  open();
  await paste(GOOD);
  await press();
  expect(await screen.findByRole("img", { name: /Chart of the pattern/ })).toContainHTML("data-row");
  chart = () => json({ title: "No", status: 422, detail: "Too many for one picture." }, 422);
  await userEvent.type(field(), "!");
  expect(await screen.findByText("Too many for one picture.", undefined, { timeout: 2000 })).toBeVisible();
});

test("nothing, and too much, are answered in words and not sent", async () => {
  open();
  await press();
  expect(screen.getByRole("alert")).toHaveTextContent("Paste a pattern first.");
  await paste("a".repeat(260 * 1024));
  await press();
  expect(screen.getByRole("alert")).toHaveTextContent("This is 261 kB, and at most 256 kB fit.");
  expect(asked).toEqual([]);
});

test("without a connection the words say so, and the text stays", async () => {
  answer = () => {
    throw new TypeError("offline");
  };
  open();
  await paste(GOOD);
  await press();
  expect(await screen.findByRole("alert")).toHaveTextContent("Is there a connection?");
  expect(field()).toHaveValue(GOOD);
});

test("a listener hears the outcome once", async () => {
  open();
  await paste(GOOD);
  await press();
  await screen.findByRole("heading", { name: "The one row adds up" });
  expect(within(screen.getByRole("status")).getByText("The one row adds up")).toBeInTheDocument();
});
