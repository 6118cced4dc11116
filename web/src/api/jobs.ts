/** Jobs: a wish on its way to being a pattern. */

import { ask, read } from "./client";
import { asMaker } from "./makers";
import type { Job, Wish } from "./types";

/** Sends a wish. The same key and wish twice make one job. */
export const createJob = (wish: Wish, key: string) => asMaker(() => read<Job>("/jobs", { method: "POST", body: wish, headers: { "Idempotency-Key": key } }));

export const showJob = (id: string) => read<Job>(`/jobs/${id}`);

export const cancelJob = (id: string) => ask(`/jobs/${id}/cancel`, { method: "POST" });

/** Goes on with a pattern whose job failed or was stopped: its good rows stay. Gives the new job, of the same pattern. */
export const retryJob = (id: string, key: string) => read<Job>(`/jobs/${id}/retry`, { method: "POST", headers: { "Idempotency-Key": key } });
