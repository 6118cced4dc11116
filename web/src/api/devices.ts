/** Devices: those of a maker, a way in for one more, and this browser becoming one. */

import { ask, read } from "./client";
import { ensureMaker, forgetMaker, isStranger } from "./makers";
import type { DeviceLink, Devices, PatternList, Redeemed } from "./types";

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

/** The maker's devices; null for a browser that has no maker yet. */
export async function myDevices(): Promise<Devices | null> {
  try {
    return await read<Devices>("/devices");
  } catch (fault) {
    if (isStranger(fault)) return null;
    throw fault;
  }
}

/** Takes a device's key away: it keeps what it shows and gets nothing new. */
export const removeDevice = (id: string) => ask(`/devices/${id}`, { method: "DELETE" });

/** A way in for one more device, once, for a few minutes. The one before it is worth nothing from now on. */
export async function openLink(): Promise<DeviceLink> {
  await ensureMaker();
  return read<DeviceLink>("/devices/links", { method: "POST" });
}
