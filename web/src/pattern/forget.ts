/** Forget: a pattern leaves this browser, with its ticks, notes, drawings and yarns. */

import type { QueryClient } from "@tanstack/react-query";
import { forgetPattern } from "../api/storage";
import { dropTicks } from "../api/ticks";
import { makingKey } from "./usePattern";

/** Forgets all that this browser keeps of a pattern, and asks the server anew where the page still shows it. */
export async function forgetHere(client: QueryClient, id: string): Promise<void> {
  dropTicks(id);
  await forgetPattern(id);
  await Promise.all([
    client.resetQueries({ queryKey: makingKey(id) }),
    client.invalidateQueries({ queryKey: ["mine"] }),
    client.invalidateQueries({ queryKey: ["visits"] }),
  ]);
}
