/** Words: how rows, counts and facts are said. The checker counts in US keys; a UK pattern is told in UK words. */

import { layoutWords } from "./kinds";
import type { Colour, Counts, Declared, Pattern, Piece, Row } from "../api/types";

export type Terms = "us" | "uk";

const UK: Record<string, string> = { sc: "dc", hdc: "htr", dc: "tr", tr: "dtr", dtr: "trtr", trtr: "qtr", "sl st": "ss" };
const US = Object.fromEntries(Object.entries(UK).map(([us, uk]) => [uk, us]));

/** The checker's key of a plain stitch that is named in these terms. */
export const toUs = (name: string, terms: Terms): string => (terms === "uk" ? (US[name] ?? name) : name);

const TALL = ["trtr", "dtr", "tr", "dc", "hdc", "sc", "sl st"];

// A key may be made of parts: fpdc, dc2tog, spike sc.
const PARTS = /^(fp|bp|ex|r|f|spike |linked )?(sl st|sc|hdc|dc|trtr|dtr|tr)(\d*tog)?$/;

// What the checker calls by a short key, and a pattern by its name.
const NAMED: Record<string, string> = { cl: "cluster", pc: "popcorn", puff: "puff", bobble: "bobble" };

/** "24 dc", "8 clusters" */
function numbered(number: number, key: string, terms: Terms): string {
  const name = NAMED[key];
  return `${number} ${name ? name + (number === 1 ? "" : "s") : stitch(key, terms)}`;
}

function stitch(key: string, terms: Terms): string {
  const [, before = "", plain = "", after = ""] = PARTS.exec(key) ?? [];
  return terms === "uk" && plain ? before + (UK[plain] ?? plain) + after : key;
}

/** The taller first; what is made of parts after the plain stitch, and what has a name of its own last. */
function order(key: string): number {
  const plain = PARTS.exec(key)?.[2];
  return plain ? 2 * TALL.indexOf(plain) + Number(plain !== key) : 2 * TALL.length;
}

/** "24 dc, 4 ch-2 sps, 4 ch-1 sps"; empty when nothing was counted. */
export function countWords(counts: Counts | null | undefined, spaces: Counts | null | undefined, terms: Terms): string {
  const kinds = Object.entries(counts ?? {})
    .filter(([, number]) => number > 0)
    .toSorted(([a], [b]) => order(a) - order(b));
  const gaps = Object.entries(spaces ?? {})
    .filter(([chains, number]) => number > 0 && Number(chains) > 0)
    .toSorted(([a], [b]) => Number(b) - Number(a));
  return [
    ...kinds.map(([key, number]) => numbered(number, key, terms)),
    ...gaps.map(([chains, number]) => `${number} ch-${chains} sp${number === 1 ? "" : "s"}`),
  ].join(", ");
}

/** What a row is called in a sentence: "Round 4", "Border round 1", "Joining". */
export const rowName = (row: Row): string => spoken(row.label);

/** A label as it is said: "Rnd 4" is "Round 4". */
export function spoken(label: string): string {
  return label.replace(/\brnds?\b/i, (_, at: number) => (at === 0 ? "Round" : "round"));
}

/** Words as they stand within a sentence: "Round 4" is "round 4". */
export const uncapitalized = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);

/** "Round 4, bottle green": the name of a row's box. */
export function boxName(row: Row, yarn: Colour | null): string {
  return yarn ? `${rowName(row)}, ${yarn.name}` : rowName(row);
}

/** A row's words without its label and without the count at its end: both stand beside it. */
export function instruction(row: Row): string {
  const words = row.text.trim();
  const label = /^(?:border\s+)?[a-z]+(?:\s+\d+)?(?:\s*\([a-f]\))?\s*:\s*/i.exec(words);
  const bare = label ? words.slice(label[0].length) : words;
  return row.declared ? bare.replace(/\s*[([][^()[\]]*\d[^()[\]]*[)\]]\s*\.?$/, "") : bare;
}

/** What a row's count says: what it should make where it does not add up, else what it makes. */
export function rowCount(row: Row, terms: Terms): string {
  const made = countWords(row.counts, row.spaces, terms);
  if (row.verdict === "ok" || !row.declared) return row.verdict === "unchecked" ? "" : made;
  return countWords(row.declared.counts, row.declared.spaces, terms) || made;
}

// What keeps a row from being checked, and is not in its own words.
const ELSEWHERE = new Set(["state-unknown", "layout-unknown", "too-large"]);

/** What the seal beside a row says; null where there is nothing to count. */
export function sealWords(row: Row, terms: Terms): string | null {
  if (row.verdict === "unchecked") return row.findings.every(({ id }) => ELSEWHERE.has(id)) && row.findings.length > 0 ? "not checked" : "not understood";
  if (row.verdict === "ok") return row.stitches ? "counts agree" : null;
  return difference(row, row.declared, terms) ?? "does not add up";
}

function difference(row: Row, declared: Declared | null, terms: Terms): string | null {
  if (!declared || !row.counts) return null;
  for (const [key, needed] of Object.entries(declared.counts)) {
    const made = row.counts[key] ?? 0;
    if (made !== needed) return `makes ${numbered(made, key, terms)}, needs ${needed}`;
  }
  if (declared.stitches != null && row.stitches !== null && declared.stitches !== row.stitches) {
    return `makes ${row.stitches}, needs ${declared.stitches}`;
  }
  for (const [chains, needed] of Object.entries(declared.spaces ?? {})) {
    const made = row.spaces?.[chains] ?? 0;
    if (made !== needed) return `makes ${made} ch-${chains} sps, needs ${needed}`;
  }
  return null;
}

/** The rows that nobody may call proven. */
export function unproven(pieces: readonly Piece[]): Row[] {
  return pieces.flatMap((piece) => piece.rows).filter((row) => row.verdict !== "ok");
}

/** "Rounds 3 and 5 are not proven." Empty where all are. */
export function unprovenWords(pieces: readonly Piece[]): string {
  const names = unproven(pieces).map(rowName);
  return names.length === 0 ? "" : `${listed(names)} ${names.length === 1 ? "is" : "are"} not proven.`;
}

/** The lines at the foot of page and print: what was counted, what was not, and whose model wrote it. */
export function foot({ pieces, model }: Pick<Pattern, "pieces" | "model">): string {
  const doubt = unprovenWords(pieces);
  const counted = doubt
    ? `Written by a language model, counted by a program. ${doubt}`
    : "Written by a language model, counted by a program: each round’s stitches add up and fit the round below.";
  // Its licence asks for these words wherever it serves; ours tuned from it bears its name.
  const built = /llama|^knotty$/i.test(model?.name ?? "") ? " Built with Llama." : "";
  return `${counted} Nobody has crocheted it yet: make one square first.${built}`;
}

export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

const inches = (value: number) => Math.round(value);
const centimetres = (value: number) => Math.round(value * 2.54);

/** Size, yarn, hook, gauge, terms, as pairs for a list. What is not known yet is left out. */
export function facts(pattern: Pattern): [string, string][] {
  const { size, yarn, hook, gauge, terms, layout } = pattern;
  const found: [string, string | null][] = [
    ["Size", size && `${inches(size.width_in)} × ${inches(size.height_in)} in (${centimetres(size.width_in)} × ${centimetres(size.height_in)} cm)`],
    [pattern.motif && !/square/.test(pattern.motif) ? "Pieces" : "Squares", layoutWords(layout, pattern.colours)],
    ["Yarn", yarn && yarn.weight],
    ["Hook", hook && `${hook.mm} mm`],
    ["Gauge", gauge],
    ["Terms", terms && terms.toUpperCase()],
  ];
  return found.filter((pair): pair is [string, string] => Boolean(pair[1]));
}

/** "300 to 560 m (330 to 610 yd)", or null while it is not known. */
export function amount(colour: Colour): string | null {
  if (!colour.metres) return null;
  const [low, high] = colour.metres.map((metres) => tens(metres)) as [number, number];
  const [least, most] = colour.metres.map((metres) => tens(metres * 1.0936)) as [number, number];
  return `${low} to ${high} m (${least} to ${most} yd)`;
}

const tens = (value: number) => (value < 20 ? Math.ceil(value) : Math.round(value / 10) * 10);

const SIGNS: [string, string][] = [
  ["sl st", "dot"],
  ["sc", "cross"],
  ["hdc", "T"],
  ["dc", "T with one slash"],
  ["tr", "T with two slashes"],
  ["dtr", "T with three slashes"],
  ["trtr", "T with four slashes"],
];

/** The signs of a piece's chart, in words: "Key: oval = ch; dot = sl st; T with one slash = dc." */
export function chartKey(piece: Piece, terms: Terms): string {
  const used = new Set(piece.rows.flatMap((row) => Object.keys(row.counts ?? {})));
  const signs = SIGNS.filter(([key]) => key === "sl st" || used.has(key)).map(([key, sign]) => `${sign} = ${stitch(key, terms)}`);
  return `Key: oval = ch; ${signs.join("; ")}. Numbers stand where a round starts.`;
}
