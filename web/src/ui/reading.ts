/** Reading size: how large instructions are set. Of the rest of the page the browser's own zoom takes care. */

const KEY = "knotty-reading";

export const SIZES = [
  { words: "normal", size: "1.0625rem" },
  { words: "large", size: "1.3125rem" },
  { words: "very large", size: "1.625rem" },
] as const;

/** Which size is kept, 0 to 2. */
export function keptSize(): number {
  try {
    return Math.min(SIZES.length - 1, Math.max(0, Math.trunc(Number(localStorage.getItem(KEY)) || 0)));
  } catch {
    return 0;
  }
}

/** Sets instructions in this size, and keeps it. */
export function setSize(index: number): void {
  document.documentElement.style.setProperty("--knotty-reading", (SIZES[index] ?? SIZES[0]).size);
  try {
    localStorage.setItem(KEY, String(index));
  } catch {
    // Storage is off: the size holds until the page is left.
  }
}
