/** Spans: the checker counts code points, JavaScript UTF-16 units. One emoji above a row would shift every mark by one. */

import type { Edit } from "../api/types";

/** The text cut at a span: before, at fault, after. */
export function cut(text: string, [start, end]: [number, number]): [string, string, string] {
  const points = [...text];
  return [points.slice(0, start).join(""), points.slice(start, end).join(""), points.slice(end).join("")];
}

/** The text with a fix in it; from the last edit to the first, so that no edit moves another. */
export function applied(text: string, edits: readonly Edit[]): string {
  const points = [...text];
  for (const { span, new: words } of edits.toSorted((a, b) => b.span[0] - a.span[0])) points.splice(span[0], span[1] - span[0], ...words);
  return points.join("");
}
