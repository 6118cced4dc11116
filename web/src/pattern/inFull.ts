/** In full: a row's words without abbreviations, and its repeats without a star to jump back to. */

import type { Terms } from "./words";

const COMMON: Record<string, string> = {
  ch: "chain",
  chs: "chains",
  "sl st": "slip stitch",
  st: "stitch",
  sts: "stitches",
  sp: "space",
  sps: "spaces",
  sk: "skip",
  rnd: "round",
  rnds: "rounds",
  rep: "repeat",
  beg: "beginning",
  tog: "together",
  blo: "back loop only",
  flo: "front loop only",
};

const STITCHES: Record<Terms, Record<string, string>> = {
  us: { sc: "single crochet", hdc: "half double crochet", dc: "double crochet", tr: "treble crochet", dtr: "double treble crochet", trtr: "triple treble crochet" },
  uk: { ss: "slip stitch", dc: "double crochet", htr: "half treble crochet", tr: "treble crochet", dtr: "double treble crochet", trtr: "triple treble crochet", qtr: "quadruple treble crochet" },
};

const SHORT = /\b(fp|bp)?(sl st|chs?|sts?|sps?|sk|rnds?|rep|beg|blo|flo|tog|ss|hdc|htr|sc|dc|trtr|dtr|qtr|tr)(?:(\d)tog)?(?![a-z])/gi;

/** "Dc in next ch-2 sp" is "Double crochet in next chain-2 space". */
export function inFull(text: string, terms: Terms): string {
  return text.replace(SHORT, (short: string, post: string | undefined, key: string, together: string | undefined, at: number) => {
    const name = STITCHES[terms][key.toLowerCase()] ?? COMMON[key.toLowerCase()];
    if (!name) return short;
    const around = { fp: "front post ", bp: "back post " }[post?.toLowerCase() ?? ""] ?? "";
    const times = /\d $/.test(text.slice(0, at)) ? "× " : ""; // two numbers side by side are read as one
    const words = together ? `${times}${together} ${around}${name} together` : around + name;
    return /^[A-Z]/.test(short) ? words.charAt(0).toUpperCase() + words.slice(1) : words;
  });
}

const STAR = /\*\s*([^*]+?)[;,]?\s*rep(?:eat)? from \* (\d+) more times?/gi;
const MOST = 600; // characters; more would not stand on one page in large print

/** "*3 dc, ch 2; rep from * 2 more times" is told three times, one after the other. */
export function writtenOut(text: string): string {
  return text.replace(STAR, (told: string, body: string, more: string) => {
    const all = Array.from({ length: Number(more) + 1 }, () => body.trim()).join("; ");
    return all.length > MOST ? told : all;
  });
}
