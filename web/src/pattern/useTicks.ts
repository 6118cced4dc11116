/** useTicks: the boxes of one pattern, read from the synchronous store. */

import { useEffect, useSyncExternalStore } from "react";
import { ticksOf } from "../api/ticks";

export function useTicks(pattern: string) {
  const store = ticksOf(pattern);
  const ticked = useSyncExternalStore(store.subscribe, store.read);
  useEffect(() => void store.pull(), [store]);
  return { ...ticked, say: store.say, note: store.note };
}
