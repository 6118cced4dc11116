/** Patterns: the document, its chart, and the checker for any text. */

import { ask, read } from "./client";
import { asMaker, ifMaker } from "./makers";
import type { Pattern, PatternList, Report } from "./types";

/** The document as it was written, or in the terms that are named. */
export const showPattern = (id: string, terms?: "us" | "uk") => read<Pattern>(`/patterns/${id}${terms ? `?terms=${terms}` : ""}`);

/** My patterns, the newest worked first. A browser without a maker has none. */
export const myPatterns = (cursor?: string) =>
  ifMaker(() => read<PatternList>(`/patterns?limit=50${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`), { data: [], next_cursor: null });

export type Change = { title?: string; visibility?: Pattern["visibility"]; colours?: { letter: string; name: string; hex: string }[] };

/** Changes my pattern, whatever of it another device of mine has changed: my last word on a title or a yarn holds. */
export const editPattern = (id: string, change: Change) => read<Pattern>(`/patterns/${id}`, { method: "PATCH", body: change, headers: { "If-Match": "*" } });

export const deletePattern = (id: string) => ask(`/patterns/${id}`, { method: "DELETE" });

/** The most characters of a report. */
export const LONGEST_REPORT = 500;

/** Tells whoever runs the server that a row is wrong; said again of the same row it takes the former's place. */
export const reportRow = (id: string, row: string, says: string) => asMaker(() => ask(`/patterns/${id}/reports`, { method: "POST", body: { row, says } }));

/** The chart as SVG text; null while nothing can be drawn yet. */
export async function showChart(id: string): Promise<string | null> {
  const answer = await ask(`/patterns/${id}.svg`, { headers: { Accept: "image/svg+xml" } });
  return answer.status === 204 ? null : answer.text();
}

/** The flat colour picture of the whole, as SVG text. */
export const showPreview = (id: string) => ask(`/patterns/${id}/preview.svg`, { headers: { Accept: "image/svg+xml" } }).then((answer) => answer.text());

export type Asked = { text: string; terms: "auto" | "us" | "uk" };

export const check = (asked: Asked) => read<Report>("/check", { method: "POST", body: asked });

/** The chart of one piece of a text, as SVG; what a finding is about is ringed. */
export async function drawChart(asked: Asked, piece: string): Promise<string> {
  const answer = await ask("/chart", { method: "POST", body: { ...asked, piece }, headers: { Accept: "image/svg+xml" } });
  return answer.text();
}

/** More than this does not fit into one request. */
export const MOST_KB = 256;

/** How large a text is on its way, in kB. */
export const kilobytes = (asked: Asked) => Math.ceil(new TextEncoder().encode(JSON.stringify(asked)).length / 1024);

/** The page's address holds a pattern's id without its prefix. */
export const fullId = (short: string) => `pat_${short}`;
export const shortId = (id: string) => id.replace(/^pat_/, "");
