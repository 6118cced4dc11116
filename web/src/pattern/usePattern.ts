/** usePattern: one pattern, as it stands and as it grows, in the terms and the yarns that its reader chose. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { showJob } from "../api/jobs";
import { begin, fold, unfinished } from "../api/making";
import type { Making, Yarns } from "../api/making";
import { fullId, shortId, showPattern } from "../api/patterns";
import { Refused } from "../api/client";
import { forgetPattern, keepPattern, keptMeta, keptPattern, loadProgress } from "../api/storage";
import { follow } from "../api/stream";
import { ticksOf } from "../api/ticks";
import type { Pattern } from "../api/types";
import { useTerms } from "./terms";
import type { Terms } from "./words";
import { dyed } from "./yarns";

export const makingKey = (id: string) => ["making", shortId(id)] as const;
export const yarnsKey = (id: string) => `yarns ${id}`;

/**
 * The pattern as the server has it. Nobody answers: what this browser kept, but only where nothing newer is shown. Its
 * maker deleted it: what this browser kept, where somebody else was working from it; elsewhere no trace of it stays.
 */
async function fetchMaking(short: string, shown: Making | undefined): Promise<Making> {
  const id = fullId(short);
  ticksOf(id); // are read from this browser's memory meanwhile
  const chosen = keptMeta<Yarns>(yarnsKey(id));
  try {
    const pattern = await showPattern(id);
    // The job tells why it failed and what was wished; of a finished pattern nothing of that is shown.
    const job = pattern.job && pattern.job.status !== "succeeded" ? await showJob(pattern.job.id) : null;
    void keepPattern(pattern);
    return begin(pattern, job, (await chosen) ?? {});
  } catch (fault) {
    const [kept, yarns] = [await keptPattern(id), (await chosen) ?? {}];
    if (isDeleted(fault)) {
      if (kept && (await isOthersInWork(kept))) return { ...begin(kept, null, yarns), gone: true };
      await forgetPattern(id);
    }
    if (!kept || shown || fault instanceof Refused) throw fault;
    return begin(kept, null, yarns);
  }
}

const isDeleted = (fault: unknown): boolean => fault instanceof Refused && fault.problem.status === 410 && !fault.problem.type?.endsWith("/taken-down");

// Who deletes his own wants it gone on his other devices too.
async function isOthersInWork({ id, own }: Pattern): Promise<boolean> {
  if (own) return false;
  const { marks, notes } = await loadProgress(id);
  return Object.values(marks).some(({ done }) => done) || Object.values(notes).some(({ text }) => text !== "");
}

/** Whether this is what the browser kept of a pattern that was still being written. */
export const isOld = ({ pattern, job, gone }: Making): boolean => !gone && job === null && (pattern.job?.status === "queued" || pattern.job?.status === "running");

/** The pattern of this page and the job that writes it; the log is followed while the job is unfinished. */
export function usePattern(short: string) {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: makingKey(short),
    queryFn: () => fetchMaking(short, client.getQueryData<Making>(makingKey(short))),
    staleTime: Infinity,
    networkMode: "always",
    retry: (count, fault) => !(fault instanceof Refused) && count < 2,
    refetchInterval: ({ state: { data } }) => (data && isOld(data) ? 5000 : false),
  });
  const job = query.data?.job ?? null;
  const running = unfinished(job) ? job?.id : undefined;

  useEffect(() => {
    if (!running) return;
    const again = () => void client.invalidateQueries({ queryKey: makingKey(short) });
    return follow(running, {
      // From the start: the document may hold rows of events that came after the job was read, and folding twice is harmless.
      after: 0,
      onEvent: (event) => {
        client.setQueryData<Making>(makingKey(short), (making) => making && fold(making, event));
        if (event.type === "job.succeeded") again();
      },
      onSilence: again,
    });
  }, [running, short, client]);

  const written = query.data ?? null;
  const told = useTold(written);
  return { ...told, fault: query.error, refetch: query.refetch };
}

/**
 * The other terms of a pattern that is written. They are fetched with it, chosen or not: so the switch answers at once,
 * and without a network too. Only the words are taken: title and yarns are the document's.
 */
function useTold(written: Making | null) {
  const [chosen] = useTerms();
  const pattern = written?.pattern ?? null;
  const to = pattern && written && !unfinished(written.job) && !isOld(written) && pattern.pieces.length > 0 ? other(pattern.terms) : null;
  const { data, error, isPending } = useQuery({
    queryKey: ["told", pattern?.id, to, pattern?.job?.id],
    queryFn: () => fetchTold((pattern as Pattern).id, to as Terms),
    enabled: to !== null,
    staleTime: Infinity,
    networkMode: "always",
    refetchOnReconnect: true,
    retry: false,
  });
  const gone = written?.gone ?? false; // what is not here yet will never come
  const wanted = to !== null && chosen === to;
  // Not first in one and then in the other: the row in hand would change its words under the finger.
  const making = wanted && isPending ? null : written;
  const told = wanted ? data : undefined;
  return {
    making: useMemo(() => making && { ...making, pattern: dyed(told ? inTerms(making.pattern, told) : making.pattern, making.yarns) }, [making, told]),
    other: useMemo((): Other | null => (to && !(gone && error) ? { terms: to, ready: data !== undefined, fault: error } : null), [to, gone, data, error]),
  };
}

/** The terms that a pattern was not written in: whether they are here, and why not. */
export type Other = { terms: Terms; ready: boolean; fault: Error | null };

const other = (terms: Pattern["terms"]): Terms | null => (terms === "us" ? "uk" : terms === "uk" ? "us" : null);

const inTerms = (pattern: Pattern, { terms, gauge, pieces, notes }: Pattern): Pattern => ({ ...pattern, terms, gauge, pieces, notes });

async function fetchTold(id: string, terms: Terms): Promise<Pattern> {
  try {
    const told = await showPattern(id, terms);
    void keepPattern(told, terms);
    return told;
  } catch (fault) {
    const kept = await keptPattern(id, terms);
    if (kept) return kept;
    throw fault;
  }
}
