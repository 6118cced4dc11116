/** Devices: those of a maker, a way in for one more, and this browser becoming one. */

import { ask, read } from "./client";
import { asMaker, forgetMaker, ifMaker } from "./makers";
import { wipe } from "./storage";
import type { DeviceLink, Devices, PatternList, RecoveryCode, Redeemed } from "./types";

/** What a link's address carries, or what was read out. */
export type Pass = { secret: string } | { code: string };

/** Redeems it, once. The answer sets the cookie; whoever this browser was before becomes one with the giver. */
export async function redeem(pass: Pass, name: string): Promise<Redeemed> {
  const made = await read<Redeemed>("/devices/redeem", { method: "POST", body: name.trim() ? { ...pass, name: name.trim() } : pass });
  forgetMaker();
  return made;
}

/** What a browser would bring along: patterns it asked for or ticks, as far as one page of them goes. */
export type Belongings = { patterns: number; more: boolean };

/** Those of this browser. */
export async function belongings(): Promise<Belongings> {
  const mine = await ifMaker(() => read<PatternList>("/patterns?limit=100"), { data: [], next_cursor: null });
  return { patterns: mine.data.length, more: mine.next_cursor !== null };
}

/** The maker's devices; null for a browser that has no maker yet. */
export const myDevices = () => ifMaker<Devices | null>(() => read<Devices>("/devices"), null);

/** Takes a device's key away: it keeps what it shows and gets nothing new. */
export const removeDevice = (id: string) => ask(`/devices/${id}`, { method: "DELETE" });

/** A way in for one more device, once, for a few minutes. The one before it is worth nothing from now on. */
export const openLink = () => asMaker(() => read<DeviceLink>("/devices/links", { method: "POST" }));

/** A code to print, told this once: the way back when every device is lost. The one before it is worth nothing from now on. */
export const makeRecovery = () => asMaker(() => read<RecoveryCode>("/devices/recovery", { method: "POST" }));

export const revokeRecovery = () => ask("/devices/recovery", { method: "DELETE" });

/** This browser is nobody any more: its key is worth nothing, and nothing of ours stays in it. */
export async function forgetMe(current: string | null): Promise<void> {
  if (current) await removeDevice(current);
  forgetMaker();
  await wipe();
}
