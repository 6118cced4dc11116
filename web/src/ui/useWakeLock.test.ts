import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useWakeLock } from "./useWakeLock";

// A browser's side of it: it grants late, and takes the lock back by itself when the page is hidden.
class Lock extends EventTarget {
  released = false;
  release = async () => {
    this.released = true;
    this.dispatchEvent(new Event("release"));
  };
}

let locks: Lock[] = [];
let asked = 0;
let answer: () => Promise<Lock>;
let sight: DocumentVisibilityState;

const granted = async () => {
  const lock = new Lock();
  locks.push(lock);
  return lock;
};
let grant = () => {};
const slow = async () => {
  await new Promise<void>((open) => (grant = open));
  return granted();
};
const refused = async () => {
  throw new DOMException("The battery is low.", "NotAllowedError");
};

beforeEach(() => {
  [locks, asked, answer, sight] = [[], 0, granted, "visible"];
  vi.spyOn(document, "visibilityState", "get").mockImplementation(() => sight);
  Object.defineProperty(navigator, "wakeLock", { configurable: true, value: { request: () => (asked++, answer()) } });
});

afterEach(() => {
  vi.restoreAllMocks();
  Reflect.deleteProperty(navigator, "wakeLock");
});

const settle = () => act(async () => {});
const see = (state: DocumentVisibilityState) =>
  act(async () => {
    sight = state;
    if (state === "hidden") await locks.at(-1)?.release();
    document.dispatchEvent(new Event("visibilitychange"));
  });
const tap = () => act(async () => void dispatchEvent(new Event("pointerdown")));
const held = () => locks.filter(({ released }) => !released).length;

test("it is asked for at once, and let go with the screen", async () => {
  const { result, unmount } = renderHook(useWakeLock);
  await settle();
  expect([result.current.on, held()]).toEqual([true, 1]);
  unmount();
  await settle();
  expect(held()).toBe(0);
  await tap();
  expect(asked).toBe(1);
});

test("what the browser took while the page was hidden is asked for again when it is seen, not before", async () => {
  const { result } = renderHook(useWakeLock);
  await settle();
  await see("hidden");
  await tap();
  expect([result.current.on, asked]).toEqual([false, 1]);
  await see("visible");
  expect([result.current.on, held(), asked]).toEqual([true, 1, 2]);
});

test("refused, it is asked for again at the next touch", async () => {
  answer = refused;
  const { result } = renderHook(useWakeLock);
  await settle();
  expect(result.current.on).toBe(false);
  answer = granted;
  await tap();
  expect([result.current.on, held()]).toEqual([true, 1]);
});

test("a touch while the browser still thinks asks no second time: nothing is held that nobody lets go", async () => {
  answer = slow;
  const { unmount } = renderHook(useWakeLock);
  await tap();
  await tap();
  expect(asked).toBe(1);
  await act(async () => grant());
  unmount();
  await settle();
  expect([locks.length, held()]).toEqual([1, 0]);
});

test("granted when the screen is left already, it is let go", async () => {
  answer = slow;
  const { unmount } = renderHook(useWakeLock);
  unmount();
  await act(async () => grant());
  expect([locks.length, held()]).toEqual([1, 0]);
});

test("switched off it is let go, and not asked for until it is switched on", async () => {
  const { result } = renderHook(useWakeLock);
  await settle();
  await act(async () => result.current.toggle());
  await tap();
  await see("visible");
  expect([result.current.on, held(), asked]).toEqual([false, 0, 1]);
  await act(async () => result.current.toggle());
  expect([result.current.on, held(), asked]).toEqual([true, 1, 2]);
});

test("a browser that knows no such thing is left in peace", async () => {
  Reflect.deleteProperty(navigator, "wakeLock");
  const { result } = renderHook(useWakeLock);
  await tap();
  expect(result.current).toMatchObject({ supported: false, on: false });
});
