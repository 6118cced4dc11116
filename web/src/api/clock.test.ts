import { expect, test } from "vitest";
import { compare, observe, parts, tick } from "./clock";

const here = { ms: 1000, counter: 0, replica: "here" };

test("a stamp takes the wall clock when that has moved on", () => {
  expect(tick(here, 2000)[1]).toBe("2000-0-here");
});

test("two ticks in one millisecond, or on a clock set back, still come one after the other", () => {
  const [clock, first] = tick(here, 1000);
  const [, second] = tick(clock, 400);
  expect([first, second]).toEqual(["1000-1-here", "1000-2-here"]);
  expect(compare(first, second)).toBeLessThan(0);
});

test("stamps are compared as numbers, not as text", () => {
  expect(compare("999-0-a", "1000-0-a")).toBeLessThan(0);
  expect(compare("5-9-a", "5-10-a")).toBeLessThan(0);
  expect(compare("5-1-a", "5-1-b")).toBeLessThan(0);
  expect(compare("5-1-a", "5-1-a")).toBe(0);
});

test("after another device's later tick our next one is later still", () => {
  const clock = observe(here, "1500-3-there", 1200);
  expect(compare(tick(clock, 1200)[1], "1500-3-there")).toBeGreaterThan(0);
});

test("a device a day ahead does not drag our clock along", () => {
  expect(observe(here, `${86_400_000}-0-there`, 1200)).toEqual(here);
});

test("what is no stamp is older than any stamp", () => {
  expect(parts("yesterday")).toBeNull();
  expect(compare("yesterday", "1-0-a")).toBeLessThan(0);
});
