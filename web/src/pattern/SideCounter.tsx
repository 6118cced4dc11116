import { useState } from "react";
import "./hand.css";

/** Counts the sides of a round: a press a side, one more press begins anew. Each round starts at none. */
export function SideCounter({ sides }: { sides: number }) {
  const [worked, setWorked] = useState(0);
  return (
    <button type="button" className="handle" onClick={() => setWorked((worked + 1) % (sides + 1))} aria-label={`Sides worked: ${worked} of ${sides}`}>
      Sides
      {Array.from({ length: sides }, (_, side) => (
        <span key={side} aria-hidden className={side < worked ? "side worked" : "side"} />
      ))}
    </button>
  );
}
