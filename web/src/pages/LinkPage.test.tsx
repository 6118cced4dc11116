import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forgetMaker } from "../api/makers";
import { LinkPage } from "./LinkPage";

type Call = { path: string; body: unknown };

let calls: Call[] = [];
let answer: () => Response | Promise<Response>;
let mine: () => Response | Promise<Response>;
let known: boolean;

const problem = (status: number, detail: string) => new Response(JSON.stringify({ title: "No", status, detail, request_id: "req-7" }), { status });
const patterns = (many: number) => new Response(JSON.stringify({ data: Array.from({ length: many }, () => ({})), next_cursor: null }));

beforeEach(() => {
  calls = [];
  answer = () => new Response(JSON.stringify({ id: "mkr_a", token: "kn_a", device_id: "dev_a" }), { status: 201 });
  known = false;
  mine = () => problem(401, "Say who you are");
  forgetMaker();
  vi.stubGlobal("fetch", async (path: string, how: RequestInit = {}) => {
    if (path === "/api/v1/makers") return new Response(JSON.stringify({ id: known ? "mkr_b" : null }));
    if (path.startsWith("/api/v1/patterns")) return mine();
    calls.push({ path, body: JSON.parse(how.body as string) });
    return answer();
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  history.replaceState(null, "", "/");
});

function open(address: string) {
  history.replaceState(null, "", address);
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <MemoryRouter>
        <LinkPage />
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

const button = () => screen.findByRole("button", { name: "Link this device" });
const press = async () => userEvent.click(await button());
const name = () => screen.getByRole("textbox", { name: /name for this device/ });

test("a link's secret is redeemed when asked to, with the name, and leaves the address", async () => {
  open("/link#s3cret");
  expect(location.hash).toBe("");
  expect(screen.queryByRole("textbox", { name: "Code" })).toBeNull();
  expect(calls).toEqual([]);
  await userEvent.type(name(), " tablet ");
  await press();
  expect(await screen.findByRole("heading", { name: "This device is linked" })).toHaveFocus();
  expect(calls).toEqual([{ path: "/api/v1/devices/redeem", body: { secret: "s3cret", name: "tablet" } }]);
});

test("without a secret a code is typed, and its blanks do not matter", async () => {
  open("/link");
  await userEvent.type(screen.getByRole("textbox", { name: "Code" }), "bcdf ghjk");
  await press();
  expect(await screen.findByText("This device is linked")).toBeVisible();
  expect(calls[0]?.body).toEqual({ code: "bcdfghjk" });
});

test("no code is answered in words and not sent", async () => {
  open("/link");
  await press();
  expect(screen.getByRole("alert")).toHaveTextContent("Type the code first");
  expect(calls).toEqual([]);
});

test("a browser that has nothing is told that nothing changes hands", async () => {
  open("/link#s");
  expect(await screen.findByText(/has no patterns yet/)).toBeVisible();
});

test("a browser that has patterns is told whose they will be", async () => {
  known = true;
  mine = () => patterns(3);
  open("/link#s");
  expect(await screen.findByText(/3 patterns of this browser, with their ticks, will belong to whoever gave you the code/)).toBeVisible();
  expect(screen.getByText(/cannot be undone/)).toBeVisible();
});

test("there is no button until it is said what comes along", async () => {
  const waiting: ((answer: Response) => void)[] = [];
  known = true;
  mine = () => new Promise<Response>((resolve) => waiting.push(resolve));
  open("/link#s");
  expect(screen.getByText(/Looking what this browser has/)).toBeVisible();
  expect(screen.queryByRole("button")).toBeNull();
  await waitFor(() => expect(waiting.length).toBe(1));
  waiting[0]?.(patterns(1));
  expect(await button()).toBeVisible();
  expect(screen.getByText(/One pattern of this browser/)).toBeVisible();
});

test("what cannot be looked up is not said to be nothing", async () => {
  known = true;
  mine = () => problem(503, "Not just now");
  open("/link#s");
  expect(await screen.findByText(/could not be looked up/)).toBeVisible();
});

test("a used code says what to do, and another press tries again", async () => {
  answer = () => problem(404, "Nothing here");
  open("/link#s");
  await press();
  expect(await screen.findByRole("alert")).toHaveTextContent("Make a new one on the other device");
  expect(screen.getByText(/req-7/)).toBeVisible();
  answer = () => new Response(JSON.stringify({ id: "mkr_a" }), { status: 201 });
  await press();
  expect(await screen.findByText("This device is linked")).toBeVisible();
});

test("a limit is told in the server's words, which say when to come again", async () => {
  answer = () => problem(429, "At most 60 tries a minute from one address. There is room again in 42 seconds.");
  open("/link#s");
  await press();
  expect(await screen.findByRole("alert")).toHaveTextContent("At most 60 tries a minute from one address. There is room again in 42 seconds.");
});

test("two presses redeem once", async () => {
  const waiting: ((answer: Response) => void)[] = [];
  answer = () => new Promise<Response>((resolve) => waiting.push(resolve));
  open("/link#s");
  await press();
  await userEvent.click(screen.getByRole("button", { name: "Linking…" }));
  expect(calls.length).toBe(1);
  waiting[0]?.(new Response(JSON.stringify({ id: "mkr_a" }), { status: 201 }));
  expect(await screen.findByText("This device is linked")).toBeVisible();
});
