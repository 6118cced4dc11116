/** useKeptVisit: remembers where the maker is, for the card on the first page. */

import { useEffect } from "react";
import { cell } from "../api/progress";
import type { Marks } from "../api/progress";
import { keepVisit } from "../api/storage";
import type { Pattern } from "../api/types";
import { isDone } from "./place";

type Where = { pattern: Pattern; marks: Marks; ready: boolean; share: number; words: string; copy: number };

export function useKeptVisit({ pattern, marks, ready, share, words, copy }: Where) {
  useEffect(() => {
    const main = pattern.pieces[0];
    if (!ready || !main) return;
    // A moment later: the tap that brought it is painted first.
    setTimeout(() => {
      const rings = main.rows.map((row) => ({
        hex: pattern.colours.find((colour) => colour.letter === row.colour)?.hex ?? "#FFFDF8",
        done: isDone(marks, cell(row.key, main.make, copy)),
      }));
      void keepVisit({ pattern: pattern.id, title: pattern.title ?? "A pattern", at: Date.now(), share, words, rings });
    });
  }, [pattern, marks, ready, share, words, copy]);
}
