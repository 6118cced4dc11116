/** Settings: how this browser shows the row in hand. */

import { useKeptSwitch } from "../ui/kept";

/** Whether the sides of a round are counted beside it. */
export const useCounter = () => useKeptSwitch("knotty-sides", true);

/** Whether stitches are written in full: "double crochet" for "dc". */
export const useInFull = () => useKeptSwitch("knotty-in-full", false);
