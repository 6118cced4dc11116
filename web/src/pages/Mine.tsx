import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import MuiLink from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { myPatterns, shortId } from "../api/patterns";
import { visits } from "../api/storage";
import type { Visit } from "../api/storage";
import type { PatternEntry, Status } from "../api/types";
import { ProgressSquare } from "../pattern/ProgressSquare";
import type { Ring } from "../pattern/ProgressSquare";
import { dayOf } from "../ui/day";
import { Leaf, Notice } from "../ui/parts";
import { Devices } from "./Devices";

/** My patterns, the newest worked first. */
export function Mine() {
  const patterns = useInfiniteQuery({
    queryKey: ["mine"],
    queryFn: ({ pageParam }) => myPatterns(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const worked = useQuery({ queryKey: ["visits"], queryFn: visits, networkMode: "always" });
  const mine = patterns.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <>
      <title>My patterns · Knotty AI</title>
      <Typography variant="h1">My patterns</Typography>
      {patterns.error && <Notice tone="error"><p>{patterns.error.message}</p></Notice>}
      {patterns.isPending && <Typography role="status" sx={{ mt: 2 }}>Looking through the basket…</Typography>}
      {patterns.isSuccess && mine.length === 0 && (
        <Box sx={{ mt: 2, display: "grid", gap: 2, justifyItems: "start" }}>
          <Typography>Nothing in the basket yet. Every pattern you ask for will lie here.</Typography>
          <Button component={Link} to="/" variant="contained">
            Write the first one
          </Button>
        </Box>
      )}
      <Box component="ul" sx={{ m: 0, mt: 3, p: 0, listStyle: "none", display: "grid", gap: 1.5 }}>
        {mine.map((entry) => (
          <Card key={entry.id} entry={entry} visit={worked.data?.find((visit) => visit.pattern === entry.id)} />
        ))}
      </Box>
      {patterns.hasNextPage && (
        <Button variant="outlined" sx={{ mt: 2 }} onClick={() => void patterns.fetchNextPage()}>
          Show older ones
        </Button>
      )}
      <Devices />
    </>
  );
}

const STATUS: Record<Status, string> = {
  queued: "Waiting to be written since",
  running: "Being written since",
  succeeded: "Written",
  failed: "Not finished,",
  canceled: "Stopped",
};

/** A job that ended long ago is gone: then the pattern itself says whether it was written. */
const statusOf = ({ job, verdict }: PatternEntry): Status => job?.status ?? (verdict ? "succeeded" : "failed");

const LATER = 60_000; // ms; what was ticked here is with the server a little after

/** What this browser remembers of a pattern, unless it was worked on elsewhere since. */
const fresh = (visit: Visit | undefined, { worked_at }: PatternEntry) => (visit && Date.parse(worked_at) <= visit.at + LATER ? visit : undefined);

/** A square of its yarns, filled from the middle as far as it is worked; dashed while it is not written. */
function ringsOf({ colours, progress: { done, of } }: PatternEntry, written: boolean): Ring[] {
  if (!written || colours.length === 0) return Array.from({ length: 4 }, () => ({ hex: null, state: "coming" }));
  const filled = of > 0 ? Math.floor((done / of) * colours.length) : 0;
  return colours.map(({ hex }, at) => ({ hex, state: at < filled ? "done" : "open" }));
}

function Card({ entry, visit: kept }: { entry: PatternEntry; visit: Visit | undefined }) {
  const status = statusOf(entry);
  const visit = fresh(kept, entry);
  const { done, of } = entry.progress;
  const rings = visit?.rings.map(({ hex, done: is }): Ring => ({ hex, state: is ? "done" : "open" })) ?? ringsOf(entry, status === "succeeded");
  const day = dayOf(entry.worked_at);
  const words = visit && visit.share > 0 ? visit.words : `${done} of ${of} ${of === 1 ? "row" : "rows"} done`;
  const page = `/p/${shortId(entry.id)}`;
  return (
    <li>
      <Leaf sx={{ p: { xs: 1.5, sm: 2 }, display: "flex", flexWrap: "wrap", gap: 2, alignItems: "center" }}>
        <ProgressSquare rings={rings} size={56} />
        <Box sx={{ flex: "1 1 180px", minWidth: 0 }}>
          <MuiLink component={Link} to={page} sx={{ fontWeight: 600, fontSize: "1.125rem", overflowWrap: "anywhere" }}>
            {entry.title ?? entry.prompt ?? "A pattern to be"}
          </MuiLink>
          <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: "anywhere" }}>
            {done > 0 ? `${words}. Last worked ${day}` : `${STATUS[status]} ${day}`}
            {!entry.own && ". Somebody else’s pattern, your ticks"}
          </Typography>
        </Box>
        {done > 0 && done < of && (
          <Button component={Link} to={`${page}/make`} variant="outlined" aria-label={`Resume ${entry.title ?? "the pattern"}`}>
            Resume
          </Button>
        )}
      </Leaf>
    </li>
  );
}
