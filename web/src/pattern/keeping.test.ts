import { expect, test } from "vitest";
import { Refused, Unreachable } from "../api/client";
import { keptWords } from "./keeping";

const NOW = Date.UTC(2026, 5, 12, 12);
const well = { unsent: 0, unsentNotes: 0, since: null, trouble: null, refused: null, kept: true };
const waiting = { ...well, unsent: 3, since: NOW - 60_000, trouble: new Unreachable() };

test("while all is well nothing is said, nor while ticks are on their way", () => {
  expect(keptWords(well, NOW)).toBeNull();
  expect(keptWords({ ...well, unsent: 2, since: NOW }, NOW)).toBeNull();
});

test("without a network it says how many ticks are kept", () => {
  expect(keptWords(waiting, NOW)).toBe("Offline. 3 ticks are kept and will be sent.");
  expect(keptWords({ ...waiting, unsent: 1 }, NOW)).toBe("Offline. 1 tick is kept and will be sent.");
  expect(keptWords({ ...waiting, unsentNotes: 1 }, NOW)).toBe("Offline. 2 ticks and 1 note are kept and will be sent.");
});

test("ticks that wait for a day are said to be in this browser alone", () => {
  expect(keptWords({ ...waiting, since: NOW - 25 * 3600 * 1000 }, NOW)).toMatch(/^Offline\. 3 ticks are kept in this browser alone, since .*June/);
});

test("a server that is there and takes none for now says why itself", () => {
  const busy = new Refused({ title: "Not now", status: 429, detail: "There is room again in 42 seconds." });
  expect(keptWords({ ...waiting, trouble: busy }, NOW)).toBe("There is room again in 42 seconds. 3 ticks are kept and will be sent.");
});

test("of a pattern that was deleted nothing is promised to be sent", () => {
  expect(keptWords({ ...waiting, trouble: new Refused({ title: "Gone", status: 410 }) }, NOW)).toMatch(/^Its maker deleted this pattern/);
});

test("a browser that keeps nothing is told of, and what is unsent then is at risk", () => {
  expect(keptWords({ ...well, kept: false }, NOW)).toMatch(/goes straight to the server/);
  expect(keptWords({ ...waiting, kept: false }, NOW)).toMatch(/^Offline\. .* 3 ticks are lost if this page is closed/);
});
