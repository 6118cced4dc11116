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
  queued: "Waiting to be written",
  running: "Being written",
  succeeded: "Written",
  failed: "Not finished",
  canceled: "Stopped",
};

/** A job that ended long ago is gone: then the pattern itself says whether it was written. */
const statusOf = ({ job, verdict }: PatternEntry): Status => job?.status ?? (verdict ? "succeeded" : "failed");

function Card({ entry, visit }: { entry: PatternEntry; visit: Visit | undefined }) {
  const status = statusOf(entry);
  const rings = visit?.rings.map(({ hex, done }) => ({ hex, state: done ? ("done" as const) : ("open" as const) })) ?? Array.from({ length: 4 }, () => ({ hex: null, state: status === "succeeded" ? ("open" as const) : ("coming" as const) }));
  const day = new Date(entry.created_at).toLocaleDateString(undefined, { day: "numeric", month: "long", year: "numeric" });
  return (
    <li>
      <Leaf sx={{ p: { xs: 1.5, sm: 2 }, display: "flex", flexWrap: "wrap", gap: 2, alignItems: "center" }}>
        <ProgressSquare rings={rings} size={56} />
        <Box sx={{ flex: "1 1 180px", minWidth: 0 }}>
          <MuiLink component={Link} to={`/p/${shortId(entry.id)}`} sx={{ fontWeight: 600, fontSize: "1.125rem", overflowWrap: "anywhere" }}>
            {entry.title ?? entry.prompt ?? "A pattern to be"}
          </MuiLink>
          <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: "anywhere" }}>
            {visit && visit.share > 0 ? visit.words : STATUS[status]}, {day}
          </Typography>
        </Box>
      </Leaf>
    </li>
  );
}
