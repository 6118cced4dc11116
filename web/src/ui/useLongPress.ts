/** useLongPress: what a press does that lasts. The click that ends it does nothing more. */

import { useEffect, useRef } from "react";

const LONG = 700; // ms

export function useLongPress(long: () => void, click: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const was = useRef(false);
  const end = () => clearTimeout(timer.current);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    onPointerDown: () => {
      was.current = false;
      end();
      timer.current = setTimeout(() => {
        was.current = true;
        long();
      }, LONG);
    },
    onPointerUp: end,
    onPointerLeave: end,
    onPointerCancel: end,
    onContextMenu: (event: React.SyntheticEvent) => event.preventDefault(), // a phone's own answer to a long press
    onClick: () => {
      if (!was.current) click();
      was.current = false;
    },
  };
}
