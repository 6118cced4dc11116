import { expect, test } from "vitest";
import { inFull, writtenOut } from "./inFull";

test("abbreviations are written in full, in the terms of the pattern", () => {
  expect(inFull("Ch 3, (Dc, ch 2, 2 dc) in same sp, sl st in next 2 sts.", "us")).toBe("Chain 3, (Double crochet, chain 2, 2 double crochet) in same space, slip stitch in next 2 stitches.");
  expect(inFull("Ch 3, htr in next ch-2 sp, tr in each st, ss in top.", "uk")).toBe("Chain 3, half treble crochet in next chain-2 space, treble crochet in each stitch, slip stitch in top.");
});

test("a post stitch and stitches worked together keep what they are", () => {
  expect(inFull("Fpdc around next dc, dc2tog.", "us")).toBe("Front post double crochet around next double crochet, 2 double crochet together.");
});

test("whole words stay whole, and what is none of the terms' stays as it is", () => {
  expect(inFull("Standing stitch, start in the first space; sc loosely.", "uk")).toBe("Standing stitch, start in the first space; sc loosely.");
});

test("a starred repeat is told as often as it is worked", () => {
  expect(writtenOut("Ch 1, *sc in ring, ch 2; rep from * 2 more times, join.")).toBe("Ch 1, sc in ring, ch 2; sc in ring, ch 2; sc in ring, ch 2, join.");
  expect(writtenOut("*Dc; rep from * 1 more time.")).toBe("Dc; Dc.");
});

test("a repeat around, and one that would fill a page, stay as they are", () => {
  for (const words of ["*Sc, ch 2; rep from * around.", "*Sc, ch 2; rep from * 99 more times."]) expect(writtenOut(words)).toBe(words);
});

test("so many stitches worked together are told apart from how many are worked together", () => {
  expect(inFull("(8 dc3tog, 8 ch-2 sps)", "us")).toBe("(8 × 3 double crochet together, 8 chain-2 spaces)");
  expect(inFull("*dc3tog in ring", "us")).toBe("*3 double crochet together in ring");
});
