import { expect, test } from "vitest";
import { blank, head } from "../samples.test-env";
import { SHELF, dyed, inYarn, nearest } from "./yarns";

const teal = { name: "teal", hex: "#1F7F83" };
const plum = { name: "plum", hex: "#6E2F5B" };
const others = { ...blank, ...head, own: false };
const moss = { name: "moss", hex: "#5B6B2F" };

test("another yarn stands in the place of one, beside the one that it was written in", () => {
  const { colours } = dyed(others, { A: teal });

  expect(colours[0]).toMatchObject({ letter: "A", ...teal, written: moss });
  expect(colours[1]).toMatchObject({ name: "bone", written: null });
});

test("what was swapped twice goes back to what was written, not to what was chosen first", () => {
  const [colour] = head.colours;
  const twice = inYarn(inYarn(colour!, teal), plum);

  expect(twice).toMatchObject({ ...plum, written: moss });
  expect(inYarn(twice, null)).toMatchObject({ ...moss, written: null });
  expect(inYarn(twice, { ...moss, hex: "#5b6b2f" }).written).toBeNull();
});

test("a visitor's pattern is the one that its maker shows now, and what he himself wrote it in is no way back", () => {
  const shown = { ...others, colours: [{ ...head.colours[0]!, ...plum, written: moss }] };

  expect(dyed(shown, {}).colours[0]).toMatchObject({ ...plum, written: null });
  expect(dyed(shown, { A: teal }).colours[0]).toMatchObject({ ...teal, written: plum });
});

test("a maker's own pattern is shown as the server keeps it", () => {
  const own = { ...others, own: true };

  expect(dyed(own, { A: teal })).toBe(own);
});

test("a colour is called by the nearest on the shelf", () => {
  for (const { name, hex } of SHELF) expect(nearest(hex)).toBe(name);
  expect(nearest("#1E2A50")).toBe("navy");
  expect(nearest("#FF2099")).toBe("hot pink");
});
