/** Patterns: the document, its chart, and the checker for any text. */

import { ask, read } from "./client";
import type { Pattern, Report } from "./types";

export const showPattern = (id: string) => read<Pattern>(`/patterns/${id}`);

/** The chart as SVG text; null while nothing can be drawn yet. */
export async function showChart(id: string): Promise<string | null> {
  const answer = await ask(`/patterns/${id}.svg`, { headers: { Accept: "image/svg+xml" } });
  return answer.status === 204 ? null : answer.text();
}

export const check = (text: string, terms: "auto" | "us" | "uk") => read<Report>("/check", { method: "POST", body: { text, terms } });

/** The page's address holds a pattern's id without its prefix. */
export const fullId = (short: string) => `pat_${short}`;
export const shortId = (id: string) => id.replace(/^pat_/, "");
