/** Wish: the ideas, the choices and what of them is sent. */

import type { Options } from "../api/types";

export const IDEAS = [
  "punk rock blanket",
  "a baby blanket like a foggy morning",
  "70s sunset throw",
  "cushion in the colours of a bluebell wood",
  "Christmas stocking squares, not too loud",
  "stormy sea lap blanket in five blues",
] as const;

const OURS = ["", "Let the writer choose"] as const;

export const SIZES = [
  OURS,
  ["lovey", "Lovey, 12 × 12 in"],
  ["stroller", "Stroller, 30 × 36 in"],
  ["crib", "Crib, 36 × 46 in"],
  ["lap", "Lap, 36 × 48 in"],
  ["throw", "Throw, 50 × 60 in"],
  ["afghan", "Afghan, 50 × 70 in"],
  ["twin", "Twin bed, 66 × 90 in"],
  ["full", "Full bed, 80 × 90 in"],
  ["queen", "Queen bed, 90 × 100 in"],
  ["king", "King bed, 108 × 100 in"],
] as const;

export const YARNS = [
  OURS,
  ["lace", "Lace"],
  ["super fine", "Super fine (sock)"],
  ["fine", "Fine (sport)"],
  ["dk", "DK"],
  ["worsted", "Worsted (aran)"],
  ["bulky", "Bulky"],
  ["super bulky", "Super bulky"],
] as const;

export const TERMS = [
  OURS,
  ["us", "US: single, double"],
  ["uk", "UK: double, treble"],
] as const;

export const ROUNDS = [OURS, ...Array.from({ length: 12 }, (_, index) => [String(index + 1), index === 0 ? "1 round" : `${index + 1} rounds`] as const)] as const;

type Size = NonNullable<Options["size"]>;
type Yarn = NonNullable<Options["yarn_weight"]>;

export type Choices = { size: "" | Size; yarn: "" | Yarn; colours: string; terms: "" | "us" | "uk"; rounds: string };

export const OPEN: Choices = { size: "", yarn: "", colours: "", terms: "", rounds: "" };

/** What the fold says while it is closed. */
export function choicesInWords(choices: Choices): string {
  const said = [
    choices.size,
    choices.yarn && `${choices.yarn} yarn`,
    choices.colours,
    choices.terms && `${choices.terms.toUpperCase()} terms`,
    choices.rounds && `${choices.rounds} rounds`,
  ].filter(Boolean);
  return said.length > 0 ? said.join(", ") : "all left to the writer";
}

/** The choices that were made, as the API takes them. What is open is left out. */
export function toOptions(choices: Choices): Options {
  const colours = choices.colours
    .split(/,|\band\b|\n/)
    .map((name) => name.trim())
    .filter(Boolean);
  return {
    ...(choices.size && { size: choices.size }),
    ...(choices.yarn && { yarn_weight: choices.yarn }),
    ...(colours.length > 0 && { colours }),
    ...(choices.terms && { terms: choices.terms }),
    ...(choices.rounds && { rounds: Number(choices.rounds) }),
  };
}
