/** Client: one request to the API. What goes wrong comes back in the server's own words. */

import type { Problem } from "./types";

const ROOT = "/api/v1";

/** The API said no, and why. `problem` is its RFC 9457 answer. */
export class Refused extends Error {
  readonly problem: Problem;
  readonly retryAfter: number | null;

  constructor(problem: Problem, retryAfter: number | null = null) {
    super(problem.detail ?? problem.title);
    this.name = "Refused";
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** Nobody answered: no network, or no server. */
export class Unreachable extends Error {
  constructor() {
    super("The shop does not answer. Is there a connection?");
    this.name = "Unreachable";
  }
}

/** What was thrown, as an error whose message can be shown. */
export const asError = (fault: unknown): Error => (fault instanceof Error ? fault : new Error(String(fault)));

/** Whether what was asked about was deleted, or is nobody's but its maker's: asking again is no use. */
export const isGone = (fault: unknown): boolean => fault instanceof Refused && [404, 410].includes(fault.problem.status);

type Ask = {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  body?: unknown;
  headers?: Record<string, string>;
  keepalive?: boolean;
  signal?: AbortSignal;
};

/** Asks the API and gives the raw answer. Raises Refused or Unreachable. */
export async function ask(path: string, { method = "GET", body, headers, keepalive, signal }: Ask = {}): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(ROOT + path, {
      method,
      headers: { Accept: "application/json", ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
      keepalive,
      signal,
    });
  } catch (fault) {
    if (signal?.aborted) throw fault;
    throw new Unreachable();
  }
  if (!answer.ok) throw new Refused(await problemOf(answer), seconds(answer.headers.get("Retry-After")));
  return answer;
}

/** Asks the API and reads the JSON of the answer. */
export async function read<T>(path: string, how: Ask = {}): Promise<T> {
  return (await (await ask(path, how)).json()) as T;
}

async function problemOf(answer: Response): Promise<Problem> {
  const plain = { type: "about:blank", title: `The server answered ${answer.status}.`, status: answer.status };
  try {
    return { ...plain, ...((await answer.json()) as Partial<Problem>) };
  } catch {
    return plain; // A proxy on the way may answer in HTML; its words help nobody.
  }
}

function seconds(header: string | null): number | null {
  const value = Number(header);
  return header !== null && Number.isFinite(value) ? value : null;
}

/** A random id of 128 bits. Not crypto.randomUUID: that is missing on a phone that visits a laptop by plain HTTP. */
export function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
