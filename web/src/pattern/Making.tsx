import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import type { Making as MakingState } from "../api/making";
import { StopIcon } from "../ui/icons";
import { Leaf } from "../ui/parts";
import { ProgressSquare } from "./ProgressSquare";
import type { Ring } from "./ProgressSquare";
import { spoken, uncapitalized } from "./words";

/** What is going on while a pattern is being written: true steps only, no invented percent. */
export function Making({ making, onStop }: { making: MakingState; onStop: (() => void) | null }) {
  const said = status(making);
  return (
    <Leaf sx={{ display: "flex", flexWrap: "wrap", columnGap: 2, rowGap: 1.5, alignItems: "center", mt: 3, p: { xs: 1.5, sm: 2 }, position: { sm: "sticky" }, top: 8, zIndex: 1 }}>
      <ProgressSquare rings={rings(making)} size={72} />
      <Box sx={{ flex: "1 1 200px" }}>
        <Typography role="status" sx={{ fontWeight: 600 }}>
          {said}
        </Typography>
        {making.rewriting && (
          <Typography variant="body2" color="warning">
            {tried(making.rewriting)} Rewriting.
          </Typography>
        )}
        <Typography variant="body2" color="textSecondary">
          You can close this page; it carries on.
        </Typography>
      </Box>
      {onStop && (
        <Button variant="outlined" color="secondary" startIcon={<StopIcon />} onClick={onStop}>
          Stop
        </Button>
      )}
    </Leaf>
  );
}

/** "Round 5: makes 46 dc, not 48." */
function tried({ text, message }: { text: string; message: string }): string {
  const label = /^[a-z]+(?: [a-z]+)?(?: \d+)?(?=\s*[(:])/i.exec(text)?.[0];
  return label ? `${spoken(label)}: ${uncapitalized(message)}` : message;
}

export function status({ job, pattern }: MakingState): string {
  if (!job || job.status === "queued") {
    const place = job?.progress.queue_position ?? 0;
    return place > 0 ? `Waiting: ${place} ${place === 1 ? "wish" : "wishes"} before yours` : "Your wish is next in line";
  }
  if (job.phase === "waking_model") return "Waking the writer. Your wish is kept and starts as soon as it is up.";
  if (job.phase === "finishing") return "Working out yarn and size";
  const rows = pattern.pieces.flatMap((piece) => piece.rows);
  if (pattern.colours.length === 0) return "Choosing yarns";
  const all = job.progress.rows_expected;
  return `Writing row ${rows.length + 1}${all && all > rows.length ? ` of about ${all}` : ""}`;
}

function rings({ pattern, job }: MakingState): Ring[] {
  const written = pattern.pieces[0]?.rows ?? [];
  // Of the rows to come about three are seam, edge and finishing.
  const expected = (job?.progress.rows_expected ?? 0) - 3 - written.length;
  const more = pattern.pieces.length > 1 ? 0 : Math.max(1, Math.min(expected, 12));
  return [
    ...written.map((row): Ring => ({ hex: pattern.colours.find((colour) => colour.letter === row.colour)?.hex ?? null, state: "done" })),
    ...Array.from({ length: written.length === 0 ? Math.max(more, 4) : more }, (): Ring => ({ hex: null, state: "coming" })),
  ];
}
