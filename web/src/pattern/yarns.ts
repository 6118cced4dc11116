/**
 * Yarns: another colour in the place of one. What its maker swaps stands with the pattern; what anybody else swaps is kept
 * in his browser and is seen by him alone.
 */

import type { Yarn, Yarns } from "../api/making";
import type { Colour, Pattern } from "../api/types";

/** The pattern in the yarns that this browser chose for it; to all but its maker it is written as he wants it now. */
export function dyed(pattern: Pattern, yarns: Yarns): Pattern {
  if (pattern.own) return pattern;
  return { ...pattern, colours: pattern.colours.map((colour) => inYarn({ ...colour, written: null }, yarns[colour.letter] ?? null)) };
}

/** A colour in another yarn, beside the one that it was written in; null: as it was written. */
export function inYarn(colour: Colour, yarn: Yarn | null): Colour {
  const written = asWritten(colour);
  const now = yarn ?? written;
  return { ...colour, name: now.name, hex: now.hex, written: same(now, written) ? null : written };
}

export const asWritten = ({ name, hex, written }: Colour): Yarn => written ?? { name, hex };

const same = (one: Yarn, other: Yarn) => one.name === other.name && one.hex.toUpperCase() === other.hex.toUpperCase();

/** Yarns that every shop has, family by family. */
export const SHELF: readonly Yarn[] = [
  ["white", "#FFFFFF"], ["cream", "#F6EBD0"], ["oatmeal", "#D9C8AB"], ["camel", "#BD9257"],
  ["rust", "#A8482A"], ["chocolate", "#4E3024"], ["black", "#111111"], ["charcoal", "#3B3F45"],
  ["silver", "#C0C2C5"], ["red", "#C8202F"], ["burgundy", "#6A1B2D"], ["coral", "#EE7661"],
  ["pink", "#F0A3B8"], ["hot pink", "#FF1493"], ["orange", "#E8771E"], ["mustard", "#D0A02C"],
  ["butter", "#F5E3A0"], ["lime green", "#A2CB36"], ["sage", "#A3B18A"], ["forest green", "#2B5B3B"],
  ["mint", "#A9DCC0"], ["teal", "#1F7F83"], ["sky blue", "#8FC3E6"], ["royal blue", "#2A49A8"],
  ["navy", "#1B2748"], ["lilac", "#CBB0D8"], ["purple", "#6C3F93"], ["plum", "#6E2F5B"],
].map(([name = "", hex = ""]) => ({ name, hex }));

/** What a colour may be called: by the nearest on the shelf. */
export function nearest(hex: string): string {
  return SHELF.reduce((best, yarn) => (distance(yarn.hex, hex) < distance(best.hex, hex) ? yarn : best)).name;
}

// Weighted by how much of each the eye sees ("redmean").
function distance(one: string, other: string): number {
  const [a, b] = [one, other].map((hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))) as [number[], number[]];
  const red = ((a[0] ?? 0) + (b[0] ?? 0)) / 2;
  const [r, g, v] = [0, 1, 2].map((i) => ((a[i] ?? 0) - (b[i] ?? 0)) ** 2) as [number, number, number];
  return (2 + red / 256) * r + 4 * g + (2 + (255 - red) / 256) * v;
}
