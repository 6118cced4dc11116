/** Spans: the checker counts code points, JavaScript UTF-16 units. One emoji above a row would shift every mark by one. */

import type { Edit, Row } from "../api/types";

/** A text by its code points, as the checker counts them: made once, a report has many spans. */
export type Points = readonly string[];
type Span = readonly [number, number];

export const pointsOf = (text: string): Points => [...text];

/** The text with a fix in it; from the last edit to the first, so that no edit moves another. */
export function applied(text: string, edits: readonly Edit[]): string {
  const points = [...text];
  for (const { span, new: words } of edits.toSorted((a, b) => b.span[0] - a.span[0])) points.splice(span[0], span[1] - span[0], ...words);
  return points.join("");
}

export type Part = { at: number; words: string; fault: boolean };

/** A row's words without its label, parted where findings begin and end. One about all of the row underlines nothing. */
export function parts(text: Points, row: Row): Part[] {
  if (!row.span) return [{ at: 0, words: row.text, fault: false }];
  const [, end] = row.span;
  const start = row.span[0] + labelLength(text.slice(...row.span).join(""));
  const faults = row.findings.map(({ span }) => clipped(span, start, end)).filter(([from, to]) => from < to && to - from < 0.8 * (end - start));
  const cuts = [...new Set([start, end, ...faults.flat()])].toSorted((a, b) => a - b);
  return cuts.slice(0, -1).map((from, i) => {
    const to = cuts[i + 1] ?? end;
    return { at: from, words: text.slice(from, to).join(""), fault: faults.some(([a, b]) => a <= from && to <= b) };
  });
}

const clipped = (span: Span | null, start: number, end: number): Span => (span ? [Math.max(span[0], start), Math.min(span[1], end)] : [end, start]);

const LABEL = /^\s*(?:border\s+)?(?:(?:rnds?|rounds?|rows?|r)\.?\s*\d+(?:\s*(?:-|–|to|and|&)\s*\d+)?|\d+(?:st|nd|rd|th)\s+(?:rnd|round|row)|joining|finishing)\s*(?:\([a-z]\))?\s*[:.]\s*/i;

const labelLength = (words: string) => [...(LABEL.exec(words)?.[0] ?? "")].length;

/** What a fix changes, with a word before and after it: as it is, and as it will be. */
export function change(text: Points, { span: [start, end], new: words }: Edit): [string, string] {
  const before = /(?:\S+[ \t]+)?\S*$/.exec(text.slice(Math.max(0, start - 60), start).join(""))?.[0] ?? "";
  const after = /^[^\s,;]*(?:[ \t]+[^\s,;]+)?/.exec(text.slice(end, end + 60).join(""))?.[0] ?? "";
  return [before + text.slice(start, end).join("") + after, before + words + after];
}
