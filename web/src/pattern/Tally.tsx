import Box from "@mui/material/Box";
import type { Marks } from "../api/progress";
import type { Layout, Piece } from "../api/types";
import { exchangeOf } from "./kinds";
import { copyDone } from "./place";

type TallyProps = { piece: Piece; layout: Layout | null; large: boolean; marks: Marks | null };

const LINE = 10; // boxes of a line in large print, which says its number beside it

/** A box a copy: paper's answer to "square 3 of 48". `marks`: what is ticked already; null: nothing. */
export function Tally({ piece, layout, large, marks }: TallyProps) {
  const boxes = Array.from({ length: piece.make }, (_, index) => {
    const done = marks !== null && copyDone(piece, index + 1, marks);
    const dot = exchangeOf(layout, index + 1) ? "•" : "";
    const number = !large && (index + 1) % 5 === 0 ? index + 1 : "";
    return (
      <Box key={index} sx={large ? [tick, largeTick, { mt: 0 }] : [tick, { mt: 0, fontSize: done ? "10pt" : "6pt", fontWeight: done ? 700 : 400 }]}>
        {done ? "✓" : `${dot}${number}`}
      </Box>
    );
  });
  const lines = Array.from({ length: Math.ceil(boxes.length / LINE) }, (_, line) => boxes.slice(line * LINE, (line + 1) * LINE));
  return (
    <Box role="img" aria-label={`${piece.make} boxes, one for each`} sx={large ? { mb: "4mm" } : { ...row, flexWrap: "wrap", mb: "2mm" }}>
      {large
        ? lines.map((line, at) => (
            <Box key={at} sx={[row, { alignItems: "center", mb: "2mm" }]}>
              {line}
              <Box component="span" sx={{ ml: "2mm", lineHeight: 1 }}>{at * LINE + line.length}</Box>
            </Box>
          ))
        : boxes}
    </Box>
  );
}

const row = { display: "flex", gap: "1.2mm", breakInside: "avoid" } as const;

/** The box of a row, or of a copy. */
export const tick = { width: "5mm", height: "5mm", border: "0.3mm solid #000", borderRadius: "0.6mm", flex: "none", mt: "0.4mm", display: "grid", placeItems: "center", fontSize: "10pt", lineHeight: 1, fontWeight: 700 } as const;
export const largeTick = { width: "9mm", height: "9mm", mt: "1.2mm", fontSize: "24pt" } as const;
