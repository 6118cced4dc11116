/** Kept: a choice of this browser's, a number each; every part of the page sees it change. */

import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
// What the storage refused holds until the page is left.
const unkept = new Map<string, number>();

function kept(key: string, initial: number): number {
  const held = unkept.get(key);
  if (held !== undefined) return held;
  try {
    const text = localStorage.getItem(key);
    const value = Math.trunc(Number(text));
    return text === null || !Number.isFinite(value) ? initial : value;
  } catch {
    return initial;
  }
}

function keep(key: string, value: number): void {
  try {
    localStorage.setItem(key, String(value));
    unkept.delete(key);
  } catch {
    unkept.set(key, value);
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

/** A kept number and the way to change it. */
export function useKept(key: string, initial: number): [number, (value: number) => void] {
  const value = useSyncExternalStore(subscribe, () => kept(key, initial));
  return [value, (next) => keep(key, next)];
}

/** The same for a switch. */
export function useKeptSwitch(key: string, initial: boolean): [boolean, (on: boolean) => void] {
  const [value, set] = useKept(key, Number(initial));
  return [value === 1, (on) => set(Number(on))];
}

/** Whether single letters work as keys: one who speaks to his computer may switch them off. Arrows and pedals always do. */
export const useLetterKeys = () => useKeptSwitch("knotty-letter-keys", true);
