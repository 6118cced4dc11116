import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import { useState } from "react";
import { useNavigate } from "react-router";
import { randomId } from "../api/client";
import { createJob } from "../api/jobs";
import { shortId } from "../api/patterns";
import type { Job } from "../api/types";
import { Notice } from "../ui/parts";

const REASONS: Record<string, string> = {
  "model-unavailable": "The writer was away for too long.",
  "model-output-invalid": "The writer did not get a round to stand.",
  "attempts-exhausted": "The writer broke off three times.",
  "timed-out": "The writer took too long.",
  internal: "Something broke on our side.",
};

/** A job that failed or was stopped: the wish, the reason, what is left, and a way on. */
export function Ended({ job, rows }: { job: Job; rows: number }) {
  const navigate = useNavigate();
  const [fault, setFault] = useState<string | null>(null);
  const stopped = job.status === "canceled";
  const reason = stopped ? "Stopped, as you asked." : (job.error?.detail ?? REASONS[job.error?.type ?? "internal"]);

  const again = async () => {
    try {
      const next = await createJob({ prompt: job.prompt, options: job.options }, randomId());
      await navigate(`/p/${shortId(next.pattern.id)}`);
    } catch (why) {
      setFault(why instanceof Error ? why.message : String(why));
    }
  };

  return (
    <Notice
      tone={stopped ? "secondary" : "error"}
      action={
        <Button variant="contained" onClick={() => void again()}>
          Write it again
        </Button>
      }
    >
      <p>
        <b>{reason}</b> {rows > 0 && `${rows === 1 ? "The row" : `The ${rows} rows`} below ${rows === 1 ? "is" : "are"} good and stay.`}
      </p>
      <p>
        Your wish is kept: <Box component="q">{job.prompt}</Box>
      </p>
      {fault && <p role="alert">{fault}</p>}
    </Notice>
  );
}
