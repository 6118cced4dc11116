import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { Link } from "react-router";
import type { Problem } from "../api/types";

const MISSING = ["No pattern here, or its maker keeps it private.", "Is the address complete? A pattern’s address ends in 26 letters and digits."] as const;
const DELETED = ["Its maker deleted this pattern.", "Its rows are gone for good, and this browser keeps nothing of it."] as const;

/** 404 and 410, in the words of the shop. */
export function NotFound({ problem }: { problem?: Problem }) {
  const taken = problem?.type?.endsWith("/taken-down");
  const [words, more] = taken ? ["This pattern was taken down.", problem?.detail] : problem?.status === 410 ? DELETED : MISSING;
  return (
    <Box sx={{ display: "grid", justifyItems: "start", gap: 2.5 }}>
      <title>Nothing here · Knotty AI</title>
      <DroppedStitch />
      <Typography variant="h1">{words}</Typography>
      <Typography color="textSecondary">{more}</Typography>
      <Button component={Link} to="/" variant="contained">
        Write a new pattern
      </Button>
    </Box>
  );
}

/** A square whose thread runs out at a corner. */
function DroppedStitch() {
  return (
    <Box component="svg" aria-hidden viewBox="0 0 120 100" sx={{ width: 144, color: "primary.main" }}>
      <g fill="none" stroke="currentColor" strokeWidth="4" strokeLinecap="round">
        <path d="M84 66V88a6 6 0 0 1-6 6H14a6 6 0 0 1-6-6V24a6 6 0 0 1 6-6h64a6 6 0 0 1 6 6v20" strokeDasharray="11 7" />
        <path d="M66 64v8a4 4 0 0 1-4 4H30a4 4 0 0 1-4-4V40a4 4 0 0 1 4-4h32a4 4 0 0 1 4 4v6" strokeDasharray="9 6" />
        <circle cx="46" cy="56" r="4" />
        <path d="M84 44c10 4 4 16 14 16s6-14 16-8" />
      </g>
    </Box>
  );
}
