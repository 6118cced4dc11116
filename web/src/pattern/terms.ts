/**
 * Terms: the words a maker reads in, US or UK. The last choice holds for every pattern, in every tab; before there is one,
 * each is told as it was written.
 */

import { useKept } from "../ui/kept";
import type { Terms } from "./words";

const CHOICES: readonly (Terms | null)[] = [null, "us", "uk"];

/** The terms that were chosen last, null while none were, and the way to choose. */
export function useTerms(): [Terms | null, (terms: Terms) => void] {
  const [at, keep] = useKept("knotty-terms", 0);
  return [CHOICES[at] ?? null, (terms) => keep(CHOICES.indexOf(terms))];
}
