/** useKeys: single keys for hands that hold yarn: a keyboard, a pedal, a presenter. Deaf while something is typed. */

import { useEffect, useRef } from "react";
import { useLetterKeys } from "./kept";

export function useKeys(keys: Readonly<Record<string, () => void>>) {
  const [letters] = useLetterKeys();
  const known = useRef({ keys, letters });
  useEffect(() => {
    known.current = { keys, letters };
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.repeat || typing(event.target)) return;
      // A button in focus takes its own Enter and Space.
      const pressed = event.key === " " || event.key === "Enter";
      if (pressed && event.target instanceof Element && event.target.closest("button, a, summary")) return;
      if (event.key.length === 1 && event.key !== " " && !known.current.letters) return;
      const act = known.current.keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", hear);
    return () => removeEventListener("keydown", hear);
  }, []);
}

const typing = (target: EventTarget | null) => target instanceof Element && target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], dialog") !== null;
