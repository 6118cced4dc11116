import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import type { Making as MakingState } from "../api/making";
import type { Piece, Row } from "../api/types";
import { StopIcon } from "../ui/icons";
import { Leaf } from "../ui/parts";
import { ProgressSquare } from "./ProgressSquare";
import type { Ring } from "./ProgressSquare";
import { rowName } from "./words";

/** What is going on while a pattern is being written: true steps only, no invented percent. */
export function Making({ making, onStop }: { making: MakingState; onStop: () => void }) {
  const said = status(making);
  return (
    <Leaf sx={{ display: "flex", flexWrap: "wrap", gap: 2.5, alignItems: "center", mt: 3 }}>
      <ProgressSquare rings={rings(making)} size={88} />
      <Box sx={{ flex: "1 1 260px" }}>
        <Typography role="status" sx={{ fontWeight: 600 }}>
          {said}
        </Typography>
        {making.rewriting && (
          <Typography variant="body2" color="warning.main">
            {making.rewriting} Rewriting.
          </Typography>
        )}
        <Typography variant="body2" color="text.secondary">
          You can close this page; it carries on.
        </Typography>
      </Box>
      <Button variant="outlined" color="secondary" startIcon={<StopIcon />} onClick={onStop}>
        Stop
      </Button>
    </Leaf>
  );
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
  return `Writing ${next(pattern.pieces, rows)}${expected(job.progress.rows_expected, rows)}`;
}

function next(pieces: readonly Piece[], rows: readonly Row[]): string {
  const last = rows.at(-1);
  if (!last) return "round 1";
  const piece = pieces.at(-1);
  return piece?.kind === "rounds" && last.number ? `what follows ${rowName(last).toLowerCase()}` : "the finishing";
}

const expected = (all: number | null, rows: readonly Row[]) => (all && all > rows.length ? `: row ${rows.length + 1} of about ${all}` : "");

function rings({ pattern, job }: MakingState): Ring[] {
  const written = pattern.pieces[0]?.rows ?? [];
  const more = pattern.pieces.length > 1 ? 0 : Math.max(job?.progress.rows_expected ? Math.min(job.progress.rows_expected, 12) - written.length : 1, 1);
  return [
    ...written.map((row): Ring => ({ hex: pattern.colours.find((colour) => colour.letter === row.colour)?.hex ?? null, state: "done" })),
    ...Array.from({ length: written.length === 0 ? Math.max(more, 4) : more }, (): Ring => ({ hex: null, state: "coming" })),
  ];
}
