/** Makers: who this browser is. Nobody signs up; the first write makes a maker, kept in an HttpOnly cookie. */

import { Refused, ask, read } from "./client";

let known: Promise<void> | null = null;
let met = false;

/** Whether this browser is known. The cookie cannot be seen from here, so the server is asked, until it says yes. */
async function isKnown(): Promise<boolean> {
  met ||= (await read<{ id: string | null }>("/makers")).id !== null;
  return met;
}

/** What only makers have, or `none` for a browser that nobody knows: it asks for nothing that would be refused. */
export async function ifMaker<T>(work: () => Promise<T>, none: T): Promise<T> {
  if (!(await isKnown())) return none;
  try {
    return await work();
  } catch (fault) {
    if (!isStranger(fault)) throw fault;
    forgetMaker(); // removed meanwhile, from another device
    return none;
  }
}

/** Makes sure that the browser bears a maker's cookie. Two writes at once make one maker. */
function ensureMaker(): Promise<void> {
  known ??= meet().catch((fault: unknown) => {
    known = null;
    throw fault;
  });
  return known;
}

/** The server does not know the cookie any more: the next write starts over. */
export function forgetMaker(): void {
  [known, met] = [null, false];
}

/** Whether a fault means that the browser has no maker. */
function isStranger(fault: unknown): boolean {
  return fault instanceof Refused && fault.problem.status === 401;
}

/** Sends what needs a maker; one who was forgotten meanwhile is made anew, once. */
export async function asMaker<T>(send: () => Promise<T>): Promise<T> {
  await ensureMaker();
  try {
    return await send();
  } catch (fault) {
    if (!isStranger(fault)) throw fault;
    forgetMaker();
    await ensureMaker();
    return send();
  }
}

// The cookie cannot be seen from here and outlives our own storage: who still bears one stays who he is.
async function meet(): Promise<void> {
  await ask("/makers", { method: "POST", body: {} });
  met = true;
}
