import { afterEach, expect, test, vi } from "vitest";

afterEach(() => vi.unstubAllGlobals());

test("where a browser throws at the mere name of its storage, nothing is kept and nothing breaks", async () => {
  vi.resetModules();
  const theirs = Object.getOwnPropertyDescriptor(globalThis, "indexedDB") as PropertyDescriptor;
  Object.defineProperty(globalThis, "indexedDB", {
    configurable: true,
    get: () => {
      throw new DOMException("The operation is insecure.", "SecurityError");
    },
  });
  try {
    const storage = await import("./storage");
    expect(await storage.keepSaid("pat_1", { id: "1", cells: ["p1/r1"], done: true, stamp: "1-0-a" })).toBe(false);
    expect(await storage.loadProgress("pat_1")).toEqual({ marks: {}, notes: {}, ops: [] });
    expect(await storage.keptMeta("clock")).toBeNull();
  } finally {
    Object.defineProperty(globalThis, "indexedDB", theirs);
  }
});
