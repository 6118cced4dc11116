import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import MuiLink from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { myJobs } from "../api/jobs";
import { shortId } from "../api/patterns";
import { visits } from "../api/storage";
import type { Visit } from "../api/storage";
import type { Job } from "../api/types";
import { ProgressSquare } from "../pattern/ProgressSquare";
import { Leaf, Notice } from "../ui/parts";
import { Devices } from "./Devices";

/** My patterns, the newest first. */
export function Mine() {
  const jobs = useInfiniteQuery({
    queryKey: ["mine"],
    queryFn: ({ pageParam }) => myJobs(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const worked = useQuery({ queryKey: ["visits"], queryFn: visits, networkMode: "always" });
  const mine = jobs.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <>
      <title>My patterns · Knotty AI</title>
      <Typography variant="h1">My patterns</Typography>
      {jobs.error && <Notice tone="error"><p>{jobs.error.message}</p></Notice>}
      {jobs.isPending && <Typography role="status" sx={{ mt: 2 }}>Looking through the basket…</Typography>}
      {jobs.isSuccess && mine.length === 0 && (
        <Box sx={{ mt: 2, display: "grid", gap: 2, justifyItems: "start" }}>
          <Typography>Nothing in the basket yet. Every pattern you ask for will lie here.</Typography>
          <Button component={Link} to="/" variant="contained">
            Write the first one
          </Button>
        </Box>
      )}
      <Box component="ul" sx={{ m: 0, mt: 3, p: 0, listStyle: "none", display: "grid", gap: 1.5 }}>
        {mine.map((job) => (
          <Card key={job.id} job={job} visit={worked.data?.find((visit) => visit.pattern === job.pattern.id)} />
        ))}
      </Box>
      {jobs.hasNextPage && (
        <Button variant="outlined" sx={{ mt: 2 }} onClick={() => void jobs.fetchNextPage()}>
          Show older ones
        </Button>
      )}
      <Devices />
    </>
  );
}

const STATUS: Record<Job["status"], string> = {
  queued: "Waiting to be written",
  running: "Being written",
  succeeded: "Written",
  failed: "Not finished",
  canceled: "Stopped",
};

function Card({ job, visit }: { job: Job; visit: Visit | undefined }) {
  const rings = visit?.rings.map(({ hex, done }) => ({ hex, state: done ? ("done" as const) : ("open" as const) })) ?? Array.from({ length: 4 }, () => ({ hex: null, state: job.status === "succeeded" ? ("open" as const) : ("coming" as const) }));
  const day = new Date(job.created_at).toLocaleDateString(undefined, { day: "numeric", month: "long", year: "numeric" });
  return (
    <li>
      <Leaf sx={{ p: { xs: 1.5, sm: 2 }, display: "flex", flexWrap: "wrap", gap: 2, alignItems: "center" }}>
        <ProgressSquare rings={rings} size={56} />
        <Box sx={{ flex: "1 1 180px", minWidth: 0 }}>
          <MuiLink component={Link} to={`/p/${shortId(job.pattern.id)}`} sx={{ fontWeight: 600, fontSize: "1.125rem", overflowWrap: "anywhere" }}>
            {job.pattern.title ?? job.prompt}
          </MuiLink>
          <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: "anywhere" }}>
            {visit && visit.share > 0 ? visit.words : STATUS[job.status]}, {day}
          </Typography>
        </Box>
      </Leaf>
    </li>
  );
}
