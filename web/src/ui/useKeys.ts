/** useKeys: single keys for hands that hold yarn: a keyboard, a pedal, a presenter. Deaf while something is typed. */

import { useEffect, useRef } from "react";

export function useKeys(keys: Readonly<Record<string, () => void>>) {
  const known = useRef(keys);
  useEffect(() => {
    known.current = keys;
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.repeat || typing(event.target)) return;
      // A button in focus takes its own Enter and Space.
      const pressed = event.key === " " || event.key === "Enter";
      if (pressed && event.target instanceof Element && event.target.closest("button, a, summary")) return;
      const act = known.current[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", hear);
    return () => removeEventListener("keydown", hear);
  }, []);
}

const typing = (target: EventTarget | null) => target instanceof Element && target.closest("input, textarea, select, [contenteditable], dialog") !== null;
