/** useTicks: the boxes of one pattern, read from the synchronous store. */

import { useEffect, useSyncExternalStore } from "react";
import { ticksOf } from "../api/ticks";

// While something is made, often enough to see what another device says.
const AGAIN = 30_000;

/** `often`: looks again every half a minute while the page is seen. */
export function useTicks(pattern: string, often = false) {
  const store = ticksOf(pattern);
  const ticked = useSyncExternalStore(store.subscribe, store.read);
  useEffect(() => void store.pull(), [store]);
  useEffect(() => {
    if (!often) return;
    const timer = setInterval(() => document.visibilityState === "visible" && void store.pull(), AGAIN);
    return () => clearInterval(timer);
  }, [store, often]);
  return { ...ticked, say: store.say, note: store.note };
}
