/**
 * Terms: the words a maker reads in, US or UK. The last choice holds for every pattern; before there is one, each is
 * told as it was written.
 */

import { useSyncExternalStore } from "react";
import type { Terms } from "./words";

const KEY = "knotty-terms";

const listeners = new Set<() => void>();
// A choice that the storage refused holds until the page is left.
let unkept: Terms | null = null;

/** The terms that were chosen last; null while none were. */
export function keptTerms(): Terms | null {
  if (unkept) return unkept;
  try {
    const kept = localStorage.getItem(KEY);
    return kept === "us" || kept === "uk" ? kept : null;
  } catch {
    return null;
  }
}

/** Everything is told in these terms from now on, in every tab. */
export function keepTerms(terms: Terms): void {
  try {
    localStorage.setItem(KEY, terms);
    unkept = null;
  } catch {
    unkept = terms;
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener("storage", listener); // another tab's choice
  return () => {
    listeners.delete(listener);
    removeEventListener("storage", listener);
  };
}

export const useTerms = (): Terms | null => useSyncExternalStore(subscribe, keptTerms);
