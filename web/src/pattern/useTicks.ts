/** useTicks: the boxes and the notes of one pattern, read from the synchronous store. */

import { useEffect, useMemo, useSyncExternalStore } from "react";
import { ticksOf } from "../api/ticks";
import { isDone } from "./place";

// While something is made, often enough to see what another device says.
const AGAIN = 30_000;

/** All of them. `often`: looks again every half a minute while the page is seen. */
export function useTicks(pattern: string, often = false) {
  const store = ticksOf(pattern);
  const ticked = useSyncExternalStore(store.subscribe, store.read);
  useEffect(() => void store.pull(), [store]);
  useEffect(() => {
    if (!often) return;
    const timer = setInterval(() => document.visibilityState === "visible" && void store.pull(), AGAIN);
    return () => clearInterval(timer);
  }, [store, often]);
  return useMemo(() => ({ ...ticked, say: store.say, note: store.note }), [ticked, store]);
}

/** Whether the box of one cell is ticked. */
export function useDone(pattern: string, at: string): boolean {
  const { subscribe, read } = ticksOf(pattern);
  return useSyncExternalStore(subscribe, () => isDone(read().marks, at));
}

/** The note at one row, no text where there is none, and the way to write it. */
export function useNote(pattern: string, row: string): [string, (text: string) => void] {
  const { subscribe, read, note } = ticksOf(pattern);
  const text = useSyncExternalStore(subscribe, () => read().notes[row]?.text ?? "");
  return [text, (words) => note(row, words)];
}
