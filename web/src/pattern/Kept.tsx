import { useEffect, useState } from "react";
import type { Ticked } from "../api/ticks";
import { Notice } from "../ui/parts";
import { keptWords } from "./keeping";

/** What the maker should know about his ticks: unsent, refused, or kept nowhere. Quiet while all is well. */
export function Kept({ ticks }: { ticks: Ticked }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const hours = setInterval(() => setNow(Date.now()), 3600 * 1000);
    return () => clearInterval(hours);
  }, []);
  const words = keptWords(ticks, now);
  return (
    words && (
      <Notice tone="warning">
        <p role="status">{words}</p>
      </Notice>
    )
  );
}
