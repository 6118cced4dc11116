/** Drawing: how a picture of a pattern is fetched, kept and asked for anew. */

import { useEffect, useState } from "react";
import { keepMeta, keptMeta } from "../api/storage";

/** The drawing as the API makes it now; where it cannot be had, the one that was seen last. */
export async function keptDrawing(key: string, draw: () => Promise<string | null>): Promise<string | null> {
  try {
    const text = await draw();
    if (text) void keepMeta(key, text);
    return text;
  } catch (fault) {
    const kept = await keptMeta<string>(key);
    if (kept) return kept;
    throw fault;
  }
}

/** A number once it has stood for a second: while rows come, a drawing is asked for once a second at most. */
export function useSettled(value: number): number {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 1000);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
