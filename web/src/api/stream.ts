/**
 * Stream: a job's log as it grows.
 *
 * EventSource reconnects with Last-Event-ID by itself; one that is opened anew cannot, so it asks with `?after=`.
 * Closed for good (a 204, or a server that is full): the log is polled as JSON, and streamed again after a minute.
 */

import { read } from "./client";
import type { LogEvent } from "./types";

const KINDS: LogEvent["type"][] = [
  "job.queued",
  "job.started",
  "job.phase",
  "head.written",
  "row.written",
  "row.rewritten",
  "job.requeued",
  "job.succeeded",
  "job.failed",
  "job.canceled",
];

// Comments (the pings) do not reach scripts, so silence is told from death by asking.
const SILENCE = 40_000;
const POLL_FIRST = 2_000;
const POLL_SLOWEST = 10_000;
const STREAM_AGAIN = 60_000;

type Follow = {
  after: number;
  onEvent: (event: LogEvent) => void;
  /** Nothing has come for a while: the caller looks whether the job still stands. */
  onSilence: () => void;
};

/** Follows a job's log until the returned function is called. Hidden pages hold no stream. */
export function follow(job: string, { after, onEvent, onSilence }: Follow): () => void {
  let last = after;
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(() => {
      onSilence();
      heard();
    }, SILENCE);
  };

  const take = (event: LogEvent) => {
    if (event.id <= last) return;
    last = event.id;
    heard();
    onEvent(event);
  };

  const open = () => {
    if (stopped || document.visibilityState === "hidden") return;
    source = new EventSource(`/api/v1/jobs/${job}/events?after=${last}`);
    for (const type of KINDS) {
      source.addEventListener(type, (message: MessageEvent<string>) => {
        take(JSON.parse(message.data) as LogEvent);
      });
    }
    source.addEventListener("error", () => {
      if (source?.readyState !== EventSource.CLOSED) return;
      void poll(POLL_FIRST, Date.now() + STREAM_AGAIN);
    });
    heard();
  };

  const poll = async (wait: number, until: number): Promise<void> => {
    if (stopped || document.visibilityState === "hidden") return;
    try {
      for (const event of await logged(job, last)) take(event);
    } catch {
      // Away for now; the next turn tries again, and the silence timer asks after the job.
    }
    if (stopped) return;
    const turn = () => (Date.now() > until ? open() : void poll(Math.min(POLL_SLOWEST, wait * 1.5), until));
    timer = setTimeout(turn, wait);
  };

  const close = () => {
    source?.close();
    source = null;
    clearTimeout(timer);
    clearTimeout(silence);
  };

  const seen = () => {
    close();
    open();
  };

  document.addEventListener("visibilitychange", seen);
  open();
  return () => {
    stopped = true;
    document.removeEventListener("visibilitychange", seen);
    close();
  };
}

type Logged = { data: LogEvent[] };

const logged = async (job: string, after: number) => (await read<Logged>(`/jobs/${job}/events?after=${after}`)).data;
