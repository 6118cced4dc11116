import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forgetMaker } from "../api/makers";
import { Devices } from "./Devices";

const device = (id: string, name: string, current: boolean) => ({ id, name, current, created_at: "2026-01-01T00:00:00Z", seen_at: "2026-01-02T00:00:00Z" });

let calls: string[] = [];
let devices = [device("dev_1", "phone", true), device("dev_2", "old tablet", false)];
let stranger = false;
let recovery: { created_at: string } | null = null;

beforeEach(() => {
  calls = [];
  [stranger, recovery] = [false, null];
  forgetMaker();
  devices = [device("dev_1", "phone", true), device("dev_2", "old tablet", false)];
  vi.stubGlobal("fetch", async (path: string, { method = "GET" }: RequestInit = {}) => {
    calls.push(`${method} ${path.replace("/api/v1", "")}`);
    if (method === "DELETE") {
      devices = devices.filter(({ id }) => !path.endsWith(id));
      return new Response(null, { status: 204 });
    }
    if (path.endsWith("/links")) return new Response(JSON.stringify({ code: "BCDF-GHJK", url: "http://x/link#s", expires_at: "2026-01-01T00:05:00Z" }), { status: 201 });
    if (path.endsWith("/recovery")) {
      recovery = { created_at: "2026-01-03T00:00:00Z" };
      return new Response(JSON.stringify({ code: "BCDFG-HJKLM-NPQRS", ...recovery }), { status: 201 });
    }
    if (path.endsWith("/makers") && method === "GET") return new Response(JSON.stringify({ id: stranger ? null : "mkr_a" }));
    if (path.endsWith("/makers")) return new Response("{}");
    return stranger ? new Response(JSON.stringify({ title: "Who are you?", status: 401 }), { status: 401 }) : new Response(JSON.stringify({ data: devices, recovery }));
  });
});

afterEach(() => vi.unstubAllGlobals());

function open() {
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <MemoryRouter>
        <Devices />
      </MemoryRouter>
    </QueryClientProvider>,
  );
  return userEvent.setup();
}

test("a device is removed after a question, and this one cannot be", async () => {
  const user = open();
  await user.click(await screen.findByRole("button", { name: "Remove old tablet" }));
  expect(screen.queryByRole("button", { name: "Remove phone" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Remove it" }));

  expect(calls).toContain("DELETE /devices/dev_2");
  await vi.waitFor(() => expect(screen.queryByText("old tablet")).toBeNull());
});

test("the question can be answered with no", async () => {
  const user = open();
  await user.click(await screen.findByRole("button", { name: "Remove old tablet" }));
  await user.click(screen.getByRole("button", { name: "Keep it" }));

  expect(calls.filter((call) => call.startsWith("DELETE"))).toEqual([]);
});

test("a way in for one more device is a code to type there, told apart from a link to send on", async () => {
  const user = open();
  await user.click(await screen.findByRole("button", { name: "Show a code for it" }));

  expect(await screen.findByText("BCDF-GHJK")).toBeVisible();
  expect(screen.getByText(/Keep it to yourself/)).toBeVisible();
  expect(screen.getByText(/minutes left/)).toBeVisible();
  expect(await screen.findByRole("img", { name: "QR code that links a device" })).toBeVisible();
});

test("a browser that nobody knows yet has no devices, and can still let one in", async () => {
  stranger = true;
  const user = open();
  await user.click(await screen.findByRole("button", { name: "Show a code for it" }));

  expect(await screen.findByText("BCDF-GHJK")).toBeVisible();
  expect(screen.queryByRole("list")).toBeNull();
});

test("a recovery code is shown once, to be printed, and its day is known from then on", async () => {
  const user = open();
  await user.click(await screen.findByRole("button", { name: "Make a recovery code" }));

  expect((await screen.findAllByText("BCDFG-HJKLM-NPQRS"))[0]).toBeVisible();
  expect(screen.getByRole("button", { name: "Print the code" })).toBeVisible();
  expect(await screen.findByText(/^You made one on .*2026/)).toBeVisible();
});

test("this browser is forgotten after two questions, and its key is worth nothing then", async () => {
  devices = [device("dev_1", "phone", true)];
  localStorage.setItem("knotty-reading", "2");
  vi.stubGlobal("location", { ...location, assign: vi.fn() });
  const user = open();
  await user.click(await screen.findByRole("button", { name: "Forget me" }));
  await user.click(screen.getByRole("button", { name: "Yes, go on" }));
  expect(screen.getByText(/This is your only device, and there is no recovery code/)).toBeVisible();
  expect(calls.filter((call) => call.startsWith("DELETE"))).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Forget everything here" }));

  await vi.waitFor(() => expect(location.assign).toHaveBeenCalledWith("/"));
  expect(calls).toContain("DELETE /devices/dev_1");
  expect(localStorage.getItem("knotty-reading")).toBeNull();
});
