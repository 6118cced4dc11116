import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { cell } from "../api/progress";
import type { Marks } from "../api/progress";
import type { Pattern } from "../api/types";
import { Leaf } from "../ui/parts";
import { ProgressSquare } from "./ProgressSquare";
import type { Ring } from "./ProgressSquare";
import { rowsOf } from "./kinds";
import { isDone, placeWords } from "./place";
import type { Place } from "./place";

type OverviewProps = { pattern: Pattern; marks: Marks; place: Place | null; share: number; copy: number };

/** Where the maker is: the square in hand, ring by ring, and the share of all stitches that is worked. */
export function Overview({ pattern, marks, place, share, copy }: OverviewProps) {
  const main = pattern.pieces[0];
  if (!main) return null;
  const rings = rowsOf(main, pattern.layout, copy).map((row): Ring => {
    const hex = pattern.colours.find((colour) => colour.letter === row.colour)?.hex ?? null;
    if (isDone(marks, cell(row.key, main.make, copy))) return { hex, state: "done" };
    return { hex, state: place?.row.key === row.key ? "now" : "open" };
  });
  const percent = share > 0 && share < 0.01 ? "under 1" : String(Math.floor(share * 100));
  const words = share === 0 ? "Not begun" : `${percent} % of all stitches`;
  return (
    <Leaf sx={{ display: "flex", flexWrap: "wrap", alignItems: "center", gap: 2.5, mt: 3 }}>
      <ProgressSquare rings={rings} size={88} />
      <Box sx={{ flex: "1 1 180px" }}>
        <Typography sx={{ fontWeight: 600 }}>{share === 0 ? `Begin with ${placeWords(place).toLowerCase()}` : placeWords(place)}</Typography>
        <Box role="progressbar" aria-label="Worked so far" aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.floor(share * 100)} aria-valuetext={words} sx={{ height: 12, my: 1, border: 1, borderColor: "edge", borderRadius: "6px", overflow: "hidden" }}>
          <Box sx={{ height: "100%", bgcolor: "primary.main" }} style={{ width: `${share * 100}%` }} />
        </Box>
        <Typography variant="body2" color="textSecondary">
          {words}
        </Typography>
      </Box>
    </Leaf>
  );
}
