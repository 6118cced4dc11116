/** Glossary: the short words of a pattern and what they mean, in US or in UK terms. */

import type { Piece } from "../api/types";
import { toUs } from "./words";
import type { Terms } from "./words";

/** One word: how it is written, what it means, and for a stitch how it is made. */
export type Entry = { short: string; means: string; how: string | null };

type Known = [used: RegExp, short: string, us: string | null, uk: string | null];

const same = (used: RegExp, short: string, means: string): Known => [used, short, means, means];

const WORDS: Known[] = [
  same(/\bch(?:-\d+)?\b/i, "ch", "chain"),
  same(/\bsps?\b/i, "sp", "space"),
  same(/(?<!sl |V-)\bsts?\b/i, "st", "stitch"),
  same(/\bsl st\b/i, "sl st", "slip stitch"),
  [/\bss\b/i, "ss", null, "slip stitch"],
  [/\bsc\b/i, "sc", "single crochet", null],
  [/\bhdc\b/i, "hdc", "half double crochet", null],
  [/\bdc\b/i, "dc", "double crochet", "double crochet (US single crochet)"],
  [/\bhtr\b/i, "htr", null, "half treble (US half double crochet)"],
  [/\btr\b/i, "tr", "treble crochet", "treble (US double crochet)"],
  [/\bdtr\b/i, "dtr", "double treble", "double treble (US treble crochet)"],
  [/\btrtr\b/i, "trtr", "triple treble", "triple treble (US double treble)"],
  same(/\brnds?\b/i, "rnd", "round"),
  same(/\brep\b/i, "rep", "repeat"),
  same(/\bsk\b/i, "sk", "skip"),
  same(/\bbeg\b/i, "beg", "beginning"),
  same(/\brem\b/i, "rem", "remaining: those that are left"),
  same(/\bblo\b|\bback loops?\b/i, "BLO", "back loop only"),
  same(/\bfp[a-z]+\b|\bfront post\b/i, "fp", "front post: around the stem of the stitch below, the hook going in and out on the front"),
  same(/\bbp[a-z]+\b|\bback post\b/i, "bp", "back post: around the stem of the stitch below, the hook going in and out on the back"),
  [/\bV-?sts?\b/i, "V-st", "V-stitch: (dc, ch 1, dc) in one place", "V-stitch: (tr, ch 1, tr) in one place"],
  [/\b[a-z]+\dtog\b/i, "dc3tog, sc2tog …", "so many stitches begun one by one and finished as one", null],
  [/\b[a-z]+\dtog\b/i, "tr3tog, dc2tog …", null, "so many stitches begun one by one and finished as one"],
  same(/\bcl\b|\bclusters?\b/i, "cluster", "a group of stitches begun one by one and finished as one"),
  [/\bpopcorns?\b/i, "popcorn", "5 dc in one place, the last drawn through the first", "5 tr in one place, the last drawn through the first"],
  same(/\bpuffs?\b/i, "puff st", "long loops drawn up in one place and closed as one"),
  [/\bbobbles?\b/i, "bobble", "5 dc in one place, finished as one", "5 tr in one place, finished as one"],
  same(/\bstanding\b/i, "standing", "begun on a slip knot: the stitch itself joins the new yarn"),
  same(/\bmagic ring\b/i, "magic ring", "a loop that is drawn shut after the first round"),
  [/\bcrab\b|\breverse\b/i, "crab st", "single crochet worked backwards along the edge", "double crochet worked backwards along the edge"],
  same(/\bjoints?\b/i, "joint", "where two squares meet"),
  same(/\*/, "* … rep from *", "work what follows the star again, as often as said"),
];

// Said in full, and still not plain to who begins.
const PHRASES: Known[] = [
  same(/\bin ring\b/i, "in ring", "into the hole in the middle, around the chain"),
  same(/\bcounts as\b/i, "counts as", "these chains stand for the first stitch and are counted as one"),
  same(/\bjoin\b(?! [A-F]\b)/i, "join", "close the round with a slip stitch into its first stitch"),
  same(/\b(?:join|attach) (?:with )?[A-F]\b/i, "join A, join B …", "fasten the yarn of that letter there and go on with it"),
  same(/\bfasten off\b/i, "fasten off", "cut the yarn and draw its end through the last loop"),
  same(/\[/, "[ … ] times", "work what stands in the brackets, as often as said"),
  same(/\(\d* ?[a-z]+,? .*?\) in\b/i, "( … ) in", "all that stands in the brackets goes into the same place"),
  same(/\bturn\b/i, "turn", "turn the work around: the row goes back"),
  same(/\bweave in\b|\bdarn in\b/i, "weave in", "hide the ends of yarn under stitches, with a needle"),
  same(/\bblock\b/i, "block", "wet or steam it, pin it out to size and let it dry"),
];

const HOW: Readonly<Record<string, string>> = {
  ch: "Yarn over, draw it through the loop on the hook.",
  "sl st": "Insert the hook, yarn over, draw it through the stitch and the loop on the hook.",
  sc: "Insert the hook, yarn over, draw up a loop; yarn over, draw through both loops.",
  hdc: "Yarn over, insert the hook, yarn over, draw up a loop; yarn over, draw through all three loops.",
  dc: "Yarn over, insert the hook, yarn over, draw up a loop; yarn over and draw through two loops, twice.",
  tr: "Yarn over twice, insert the hook, yarn over, draw up a loop; yarn over and draw through two loops, three times.",
  dtr: "Yarn over three times, insert the hook, yarn over, draw up a loop; yarn over and draw through two loops, four times.",
  trtr: "Yarn over four times, insert the hook, yarn over, draw up a loop; yarn over and draw through two loops, five times.",
};

const told = (known: readonly Known[], text: string, terms: Terms): Entry[] =>
  known.flatMap(([used, short, us, uk]) => {
    const means = terms === "uk" ? uk : us;
    return means && used.test(text) ? [{ short, means, how: HOW[toUs(short, terms)] ?? null }] : [];
  });

/** The words of one row that somebody may ask for, with how each stitch is made. */
export const wordsOf = (text: string, terms: Terms): Entry[] => told([...WORDS, ...PHRASES], text, terms);

/** The short words that this pattern uses, with what they mean in its terms. */
export function abbreviations(pieces: readonly Piece[], terms: Terms): [string, string][] {
  const text = pieces.flatMap((piece) => piece.rows.map((row) => `${row.label} ${row.text}`)).join("\n");
  return told(WORDS, text, terms).map(({ short, means }) => [short, means]);
}

export type Part = { words: string; marked: boolean };

/** A row's words, each short one marked where it stands first: all of them would be 3000 marks on a page, and a picket fence. */
export function marked(text: string, terms: Terms): Part[] {
  const found = WORDS.flatMap(([used, short, us, uk]) => {
    const at = (terms === "uk" ? uk : us) && /[a-z]/i.test(short.charAt(0)) ? used.exec(text) : null;
    return at ? [[at.index, at.index + at[0].length] as const] : [];
  }).toSorted(([a, b], [c, d]) => a - c || d - b);
  const parts: Part[] = [];
  let end = 0;
  for (const [from, to] of found) {
    if (from < end) continue;
    if (from > end) parts.push({ words: text.slice(end, from), marked: false });
    parts.push({ words: text.slice(from, to), marked: true });
    end = to;
  }
  if (end < text.length) parts.push({ words: text.slice(end), marked: false });
  return parts;
}
