/**
 * useHand: the row in hand while making. Only the maker moves it: what another device ticks changes the boxes and never
 * the row under a finger.
 */

import { useCallback, useMemo, useState } from "react";
import type { Pattern, Piece } from "../api/types";
import { after, before, cellOf, doneRuns, rippedFrom } from "./hand";
import type { Back } from "./hand";
import { isDone, placeAtWork } from "./place";
import type { Place } from "./place";
import type { useTicks } from "./useTicks";

type Ticks = Pick<ReturnType<typeof useTicks>, "marks" | "say">;

/** Undo has no end in one sitting; memory has. */
const REMEMBERED = 500;

export function useHand(pattern: Pattern, ticks: Ticks) {
  const { pieces } = pattern;
  const { marks, say } = ticks;
  const [held, setPlace] = useState<Place | null>(() => placeAtWork(pieces, marks));
  const [past, setPast] = useState<readonly Back[]>([]);
  const place = useMemo(() => (held ? inPieces(held, pieces) : null), [held, pieces]);
  const next = useMemo(() => place && after(pieces, { ...marks, [cellOf(place)]: { done: true, stamp: "" } }, place), [place, pieces, marks]);

  const tell = useCallback(
    (cells: readonly string[], done: boolean, runs: Back["runs"]) => {
      setPast((old) => [...old, { runs, done: !done, from: place }].slice(-REMEMBERED));
      say(cells, done);
    },
    [place, say],
  );

  /** This row is worked: on to the next. */
  const done = useCallback(() => {
    if (!place) return;
    const cells = [cellOf(place)];
    tell(cells, true, [cells]);
    setPlace(next);
  }, [place, next, tell]);

  /** Takes back what was said last; before anything was said here, opens the row before. */
  const undo = useCallback(() => {
    const last = past.at(-1);
    if (last) {
      setPast(past.slice(0, -1));
      for (const run of last.runs) say(run, last.done);
      setPlace(last.from);
      return;
    }
    const back = before(pieces, place);
    if (!back) return;
    if (isDone(marks, cellOf(back))) say([cellOf(back)], false);
    setPlace(back);
  }, [past, place, pieces, marks, say]);

  /** To a row: those from there on are open again. Taken back, those are done again that were, and no other. */
  const goTo = useCallback(
    (to: Place) => {
      const cells = rippedFrom(marks, to);
      if (cells.length > 0) tell(cells, false, doneRuns(marks, cells));
      setPlace(to);
    },
    [marks, tell],
  );

  const elsewhere = placeAtWork(pieces, marks);
  const ahead = place && isDone(marks, cellOf(place)) ? elsewhere : null;
  return { place, next, done, undo, goTo, ahead, follow: () => setPlace(elsewhere), begun: past.length > 0 || before(pieces, place) !== null };
}

/** The same place in the pattern as it is told now: in other terms, or with rows that were written since. */
function inPieces({ piece, row, copy }: Place, pieces: readonly Piece[]): Place | null {
  const now = pieces.find(({ key }) => key === piece.key);
  const there = now?.rows.find(({ key }) => key === row.key);
  return now && there ? { piece: now, row: there, copy } : null;
}
