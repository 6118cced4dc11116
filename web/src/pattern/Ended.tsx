import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { asError, randomId } from "../api/client";
import { createJob, retryJob } from "../api/jobs";
import { shortId } from "../api/patterns";
import type { Job } from "../api/types";
import { Notice } from "../ui/parts";
import { makingKey } from "./usePattern";

const REASONS: Record<string, string> = {
  "model-unavailable": "The writer was away for too long.",
  "model-output-invalid": "The writer did not get a round to stand.",
  "attempts-exhausted": "The writer broke off three times.",
  "timed-out": "The writer took too long.",
  internal: "Something broke on our side.",
};

type EndedProps = { job: Job; rows: number; own: boolean };

/** A job that failed or was stopped: the wish, the reason, what is left, and for its maker a way on. */
export function Ended({ job, rows, own }: EndedProps) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [fault, setFault] = useState<string | null>(null);
  const stopped = job.status === "canceled";
  const reason = stopped ? (own ? "Stopped, as you asked." : "Its maker stopped it before it was finished.") : (job.error?.detail ?? REASONS[job.error?.type ?? "internal"]);

  const attempt = async (work: () => Promise<void>) => {
    setFault(null);
    await work().catch((why: unknown) => setFault(asError(why).message));
  };
  const again = async () => {
    const next = await createJob({ prompt: job.prompt, options: job.options }, randomId());
    await navigate(`/p/${shortId(next.pattern.id)}`);
  };
  const goOn = async () => {
    await retryJob(job.id, randomId());
    await client.invalidateQueries({ queryKey: makingKey(job.pattern.id) });
  };

  return (
    <Notice
      tone={stopped ? "secondary" : "error"}
      action={
        own && <>
          {rows > 0 && (
            <Button variant="contained" onClick={() => void attempt(goOn)}>
              Finish it
            </Button>
          )}
          <Button variant={rows > 0 ? "outlined" : "contained"} onClick={() => void attempt(again)}>
            Write it again
          </Button>
        </>
      }
    >
      <p>
        <b>{reason}</b> {rows > 0 && `${rows === 1 ? "The row" : `The ${rows} rows`} below ${rows === 1 ? "stays" : "stay"}.`}
      </p>
      {own && (
        <p>
          Your wish is kept: <Box component="q">{job.prompt}</Box>
        </p>
      )}
      {fault && <p role="alert">{fault}</p>}
    </Notice>
  );
}
