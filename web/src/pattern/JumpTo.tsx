import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { cell } from "../api/progress";
import type { Marks } from "../api/progress";
import type { Piece } from "../api/types";
import { Choice } from "../ui/Field";
import { IconButton } from "../ui/IconButton";
import { NextIcon, PreviousIcon } from "../ui/icons";
import { copyAtWork, copyDone, isDone } from "./place";
import type { Place } from "./place";
import { rowName } from "./words";

type JumpToProps = { place: Place; pieces: readonly Piece[]; marks: Marks; onGo: (to: Place) => void };

/** The rounds of a piece and of one of its copies, to go to one of them: forward, or back after ripping out. */
export function JumpTo({ place, pieces, marks, onGo }: JumpToProps) {
  const [looked, setLooked] = useState({ piece: place.piece.key, copy: place.copy });
  const piece = pieces.find(({ key }) => key === looked.piece) ?? place.piece;
  const copy = Math.min(looked.copy, piece.make);
  const name = piece.name ?? "Square";
  const choose = (key: string) => {
    const chosen = pieces.find((each) => each.key === key);
    if (chosen) setLooked({ piece: key, copy: key === place.piece.key ? place.copy : copyAtWork(chosen, marks) });
  };
  const to = (next: number) => setLooked({ piece: piece.key, copy: next });
  return (
    <Box component="section" aria-label="Go to a round" sx={{ display: "grid", gap: 2, alignContent: "start" }}>
      {pieces.length > 1 && <Choice name="Part" value={piece.key} options={pieces.map(({ key, name: part }) => [key, part ?? "Rounds"] as const)} onChange={choose} />}
      {piece.make > 1 && (
        <Box sx={{ display: "flex", alignItems: "center", gap: 1 }}>
          <IconButton aria-label={`Previous ${name.toLowerCase()}`} disabled={copy <= 1} onClick={() => to(copy - 1)}>
            <PreviousIcon />
          </IconButton>
          <Typography role="status" sx={{ fontWeight: 600, fontVariantNumeric: "tabular-nums" }}>
            {name} {copy} of {piece.make}
            {copyDone(piece, copy, marks) && ", done"}
          </Typography>
          <IconButton aria-label={`Next ${name.toLowerCase()}`} disabled={copy >= piece.make} onClick={() => to(copy + 1)}>
            <NextIcon />
          </IconButton>
        </Box>
      )}
      <Typography variant="body2" color="textSecondary">
        Ripping back? Choose a round: it and those after it are open again. Undo takes that back.
      </Typography>
      <Box component="ol" sx={{ m: 0, p: 0, listStyle: "none", display: "grid", gridTemplateColumns: "repeat(auto-fill, minmax(132px, 1fr))", gap: 1 }}>
        {piece.rows.map((row) => {
          const here = row.key === place.row.key && copy === place.copy;
          return (
            <li key={row.key}>
              <Button fullWidth variant={here ? "contained" : "outlined"} color="secondary" aria-current={here ? "step" : undefined} onClick={() => onGo({ piece, copy, row })}>
                {rowName(row)}
                {isDone(marks, cell(row.key, piece.make, copy)) && ", done"}
              </Button>
            </li>
          );
        })}
      </Box>
    </Box>
  );
}
