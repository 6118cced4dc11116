/** Makers: who this browser is. Nobody signs up; the first write makes a maker, kept in an HttpOnly cookie. */

import { Refused, ask } from "./client";

let known: Promise<void> | null = null;

/** Makes sure that the browser bears a maker's cookie. Two writes at once make one maker. */
export function ensureMaker(): Promise<void> {
  known ??= meet().catch((fault: unknown) => {
    known = null;
    throw fault;
  });
  return known;
}

/** The server does not know the cookie any more: the next write starts over. */
export function forgetMaker(): void {
  known = null;
}

/** Whether a fault means that the browser has no maker. */
export function isStranger(fault: unknown): boolean {
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
}
