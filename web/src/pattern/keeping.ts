/** Keeping: what a maker should know of ticks and notes that are not with the server yet. Null while all is well. */

import { Unreachable, isGone } from "../api/client";
import type { Ticked } from "../api/ticks";

const DAY = 24 * 3600 * 1000;

type Known = Pick<Ticked, "unsent" | "unsentNotes" | "since" | "trouble" | "refused" | "kept">;

/** In one sentence or two; `now` in milliseconds since 1970. */
export function keptWords({ unsent, unsentNotes, since, trouble, refused, kept }: Known, now: number): string | null {
  const waiting = [some(unsent - unsentNotes, "tick"), some(unsentNotes, "note")].filter(Boolean).join(" and ");
  const ticks = `${waiting} ${unsent === 1 ? "is" : "are"}`;
  if (trouble && unsent > 0) {
    if (isGone(trouble)) return "Its maker deleted this pattern, or made it private. What you tick stays in this browser and goes nowhere else.";
    if (!kept) return `${because(trouble)} This browser keeps nothing for us: ${ticks} lost if this page is closed before they are sent.`;
    if (since !== null && now - since > DAY) {
      const day = new Date(since).toLocaleDateString(undefined, { weekday: "long", day: "numeric", month: "long" });
      return `${because(trouble)} ${ticks} kept in this browser alone, since ${day}. Open this page where there is a connection, before the browser clears them away.`;
    }
    return `${because(trouble)} ${ticks} kept and will be sent.`;
  }
  if (refused) return refused;
  return kept ? null : "This browser keeps nothing for us: each tick goes straight to the server, and none without a connection.";
}

const some = (many: number, what: string) => (many > 0 ? `${many} ${what}${many === 1 ? "" : "s"}` : "");

const because = (trouble: Error) => (trouble instanceof Unreachable ? "Offline." : trouble.message);
