/** usePattern: one pattern, as it stands and as it grows. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { showJob } from "../api/jobs";
import { begin, fold, unfinished } from "../api/making";
import type { Making } from "../api/making";
import { fullId, showPattern } from "../api/patterns";
import { Refused } from "../api/client";
import { keepPattern, keptPattern } from "../api/storage";
import { follow } from "../api/stream";

const keyOf = (short: string) => ["making", short] as const;

/** The pattern as the server has it. Nobody answers: what this browser kept, but only where nothing newer is shown. */
async function fetchMaking(short: string, shown: Making | undefined): Promise<Making> {
  const id = fullId(short);
  try {
    const pattern = await showPattern(id);
    // The job tells why it failed and what was wished; of a finished pattern nothing of that is shown.
    const job = pattern.job.status === "succeeded" ? null : await showJob(pattern.job.id);
    void keepPattern(pattern);
    return begin(pattern, job);
  } catch (fault) {
    const kept = fault instanceof Refused || shown ? null : await keptPattern(id);
    if (kept) return begin(kept, null);
    throw fault;
  }
}

/** Whether this is what the browser kept of a pattern that was still being written. */
export const isOld = ({ pattern, job }: Making): boolean => job === null && (pattern.job.status === "queued" || pattern.job.status === "running");

/** The pattern of this page and the job that writes it; the log is followed while the job is unfinished. */
export function usePattern(short: string) {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: keyOf(short),
    queryFn: () => fetchMaking(short, client.getQueryData<Making>(keyOf(short))),
    staleTime: Infinity,
    networkMode: "always",
    retry: (count, fault) => !(fault instanceof Refused) && count < 2,
    refetchInterval: ({ state: { data } }) => (data && isOld(data) ? 5000 : false),
  });
  const job = query.data?.job ?? null;
  const running = unfinished(job) ? job?.id : undefined;

  useEffect(() => {
    if (!running) return;
    const again = () => void client.invalidateQueries({ queryKey: keyOf(short) });
    return follow(running, {
      // From the start: the document may hold rows of events that came after the job was read, and folding twice is harmless.
      after: 0,
      onEvent: (event) => {
        client.setQueryData<Making>(keyOf(short), (making) => making && fold(making, event));
        if (event.type === "job.succeeded") again();
      },
      onSilence: again,
    });
  }, [running, short, client]);

  return { making: query.data ?? null, fault: query.error, refetch: query.refetch };
}
