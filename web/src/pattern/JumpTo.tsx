import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { cell } from "../api/progress";
import type { Marks } from "../api/progress";
import { isDone } from "./place";
import type { Place } from "./place";
import { rowName } from "./words";

type JumpToProps = { place: Place; marks: Marks; onGo: (to: Place) => void };

/** The rounds of the piece in hand, to go to one of them: forward, or back after ripping out. */
export function JumpTo({ place, marks, onGo }: JumpToProps) {
  const { piece, copy } = place;
  return (
    <Box component="section" aria-label="Go to a round">
      <Typography sx={{ mb: 1 }}>Ripping back? Choose a round: it and those after it are open again. Undo takes that back.</Typography>
      <Box component="ol" sx={{ m: 0, p: 0, listStyle: "none", display: "grid", gridTemplateColumns: "repeat(auto-fill, minmax(132px, 1fr))", gap: 1 }}>
        {piece.rows.map((row) => {
          const here = row === place.row;
          const worked = isDone(marks, cell(row.key, piece.make, copy));
          return (
            <li key={row.key}>
              <Button fullWidth variant={here ? "contained" : "outlined"} color="secondary" aria-current={here ? "step" : undefined} onClick={() => onGo({ piece, copy, row })}>
                {rowName(row)}
                {worked && ", done"}
              </Button>
            </li>
          );
        })}
      </Box>
    </Box>
  );
}
