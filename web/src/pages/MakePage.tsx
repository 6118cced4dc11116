import Button from "@mui/material/Button";
import Box from "@mui/material/Box";
import { Link, useParams } from "react-router";
import { Refused } from "../api/client";
import type { Pattern } from "../api/types";
import { InHand } from "../pattern/InHand";
import { usePattern } from "../pattern/usePattern";
import { useTicks } from "../pattern/useTicks";
import { Notice } from "../ui/parts";
import { NotFound } from "./NotFound";

/** A pattern while it is made: one row, the whole screen. */
export function MakePage() {
  const { id = "" } = useParams();
  const { making, fault, refetch } = usePattern(id);
  if (making && making.pattern.pieces.length > 0) return <Ready key={id} pattern={making.pattern} />;
  return (
    <Box component="main" sx={{ p: 2, maxWidth: 900, mx: "auto" }}>
      {fault instanceof Refused ? (
        <NotFound problem={fault.problem} />
      ) : fault ? (
        <Notice tone="error" action={<Button variant="outlined" onClick={() => void refetch()}>Try again</Button>}>
          <p>{fault.message}</p>
        </Notice>
      ) : (
        <p role="status">{making ? "No row is written yet." : "Fetching the pattern…"}</p>
      )}
      <Button component={Link} to={`/p/${id}`} sx={{ mt: 2 }}>
        To the pattern
      </Button>
    </Box>
  );
}

// The row in hand is where the ticks end, so they must be there first.
function Ready({ pattern }: { pattern: Pattern }) {
  const ticks = useTicks(pattern.id, true);
  // Nothing is ticked here: perhaps it was on another device, and one begins where that is.
  const there = ticks.ready && (ticks.asked || Object.keys(ticks.marks).length > 0);
  return there ? <InHand pattern={pattern} ticks={ticks} /> : <p role="status">Fetching your ticks…</p>;
}
