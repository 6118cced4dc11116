import type { CSSProperties } from "react";
import type { Colour } from "../api/types";
import "./rows.css";

/** A swatch with its keyline and letter: black yarn vanishes on a dark page, bone on cream. */
export function YarnTile({ colour, size = 28 }: { colour: Pick<Colour, "letter" | "hex"> | null; size?: number }) {
  if (!colour) return null;
  const look = { "--tile": `${size}px`, background: colour.hex, color: isLight(colour.hex) ? "#1E2430" : "#FFFDF8" } as CSSProperties;
  return (
    <span className="yarn-tile" aria-hidden style={look}>
      {colour.letter}
    </span>
  );
}

/** Whether ink reads better than cream on a colour; where the two contrasts are equal the luminance is 0.18. */
function isLight(hex: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.19;
}
