/** Devices: this browser becomes one of a maker's. */

import { read } from "./client";
import { forgetMaker, isStranger } from "./makers";
import type { PatternList, Redeemed } from "./types";

/** What a link's address carries, or what was read out. */
export type Pass = { secret: string } | { code: string };

/** Redeems it, once. The answer sets the cookie; whoever this browser was before becomes one with the giver. */
export async function redeem(pass: Pass, name: string): Promise<Redeemed> {
  const made = await read<Redeemed>("/devices/redeem", { method: "POST", body: name.trim() ? { ...pass, name: name.trim() } : pass });
  forgetMaker();
  return made;
}

/** What this browser would bring along: patterns it asked for or ticks, as far as one page of them goes. */
export async function belongings(): Promise<{ patterns: number; more: boolean }> {
  try {
    const mine = await read<PatternList>("/patterns?limit=100");
    return { patterns: mine.data.length, more: mine.next_cursor !== null };
  } catch (fault) {
    if (isStranger(fault)) return { patterns: 0, more: false };
    throw fault;
  }
}
