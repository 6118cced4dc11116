import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useEffect, useRef } from "react";
import type { Marks } from "../api/progress";
import { rippedFrom } from "./hand";
import { isDone } from "./place";
import type { Place } from "./place";

type BeginAgainProps = { place: Place; marks: Marks; onAgain: (to: Place) => void; onKeep: () => void };

/** The question before a whole square is ripped out. */
export function BeginAgain({ place: { piece, copy }, marks, onAgain, onKeep }: BeginAgainProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const [row] = piece.rows;
  if (!row) return null;
  const open = rippedFrom(marks, { piece, row, copy }).filter((at) => isDone(marks, at)).length;
  const name = piece.make > 1 ? `${(piece.name ?? "square").toLowerCase()} ${copy}` : (piece.name ?? "this").toLowerCase();
  return (
    <Box component="section" sx={{ my: "auto", mx: "auto", maxWidth: 480 }}>
      <Typography variant="h2" ref={heading} tabIndex={-1} sx={{ outline: "none" }}>
        Begin {name} again?
      </Typography>
      <Typography sx={{ my: 2 }}>
        {open === 0 ? "Nothing of it is ticked yet." : `${open === 1 ? "Its one ticked row is" : `Its ${open} ticked rows are`} open again then. Undo takes that back.`}
      </Typography>
      <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1 }}>
        <Button variant="contained" disabled={open === 0} onClick={() => onAgain({ piece, copy, row })}>
          Begin again
        </Button>
        <Button onClick={onKeep}>Leave it as it is</Button>
      </Box>
    </Box>
  );
}
