/**
 * Making: a pattern while it is being written. `fold` takes one event of the job's log into what the page shows.
 *
 * Folding an event twice changes nothing, so the page may start from a document that already holds some of the rows.
 */

import type { Job, LogEvent, Pattern, Piece, PieceHead, Row, Status } from "./types";

export type Yarn = { name: string; hex: string };

/** By letter the yarns that this browser has put in the place of others. */
export type Yarns = Readonly<Record<string, Yarn>>;

export type Making = {
  pattern: Pattern;
  job: Job | null;
  yarns: Yarns;
  /** Its maker deleted it: this is the copy of somebody who was working from it. */
  gone: boolean;
  /** The number of the last event taken in. */
  seq: number;
  /** The try at a row that was thrown away last, and why; null once its replacement is there. */
  rewriting: { text: string; message: string } | null;
};

export const begin = (pattern: Pattern, job: Job | null, yarns: Yarns = {}): Making => ({ pattern, job, yarns, gone: false, seq: 0, rewriting: null });

/** Whether more is to come. */
export const unfinished = (job: Job | null): boolean => job !== null && (job.status === "queued" || job.status === "running");

/** One event taken in. One that was already taken in is passed over. */
export function fold(making: Making, event: LogEvent): Making {
  if (event.id <= making.seq) return making;
  const next = { ...making, seq: event.id };
  switch (event.type) {
    case "job.started":
      return withJob(next, { status: "running", attempt: event.data.attempt, started_at: event.data.started_at });
    case "job.phase":
      return withJob(next, { status: "running", phase: event.data.phase });
    case "head.written": {
      const { head, title, rows_expected } = event.data;
      const pattern = { ...next.pattern, ...head, title: title ?? head.title ?? next.pattern.title };
      return expecting({ ...next, pattern }, rows_expected);
    }
    case "row.written":
      return { ...counted({ ...next, pattern: withRow(next.pattern, event.data.row, event.data.piece) }), rewriting: null };
    case "row.rewritten":
      return { ...next, rewriting: { text: event.data.text, message: event.data.message } };
    case "job.requeued":
      return withJob(next, { status: "queued", phase: null });
    case "job.succeeded": {
      const pattern = { ...next.pattern, ...event.data.head, verdict: event.data.verdict };
      const pieces = event.data.pieces ?? [];
      const named = { ...pattern, pieces: pattern.pieces.map((piece) => ({ ...piece, ...pieces.find((other) => other.key === piece.key), rows: piece.rows })) };
      return ended({ ...next, pattern: named }, "succeeded", { finished_at: event.data.finished_at });
    }
    case "job.failed":
      return ended(next, "failed", { error: event.data.error });
    case "job.canceled":
      return ended(next, "canceled", {});
    default:
      return next;
  }
}

function withJob(making: Making, change: Partial<Job>): Making {
  return making.job ? { ...making, job: { ...making.job, ...change } } : making;
}

function ended(making: Making, status: Status, change: Partial<Job>): Making {
  const pattern = { ...making.pattern, job: making.pattern.job && { ...making.pattern.job, status } };
  return withJob({ ...making, pattern, rewriting: null }, { ...change, status, phase: null });
}

function expecting(making: Making, rows: number | null): Making {
  return making.job ? withJob(making, { progress: { ...making.job.progress, rows_expected: rows } }) : making;
}

function counted(making: Making): Making {
  const rows = making.pattern.pieces.flatMap((piece) => piece.rows);
  const written = { rows_written: rows.length, rows_proven: rows.filter((row) => row.verdict === "ok").length };
  return making.job ? withJob(making, { progress: { ...making.job.progress, ...written } }) : making;
}

/** The pattern with this row in its place: rows stand in the order of their keys' numbers. */
function withRow(pattern: Pattern, row: Row, about?: PieceHead): Pattern {
  const key = row.key.split("/")[0] ?? row.key;
  const old = pattern.pieces.find((piece) => piece.key === key) ?? newPiece(key, row, pattern);
  const rows = [...old.rows.filter((other) => other.key !== row.key), row].toSorted((a, b) => order(a.key) - order(b.key));
  const piece = { ...old, ...about, rows };
  const pieces = [...pattern.pieces.filter((other) => other.key !== key), piece].toSorted((a, b) => order(a.key) - order(b.key));
  return { ...pattern, pieces };
}

const order = (key: string) => Number(/(\d+)$/.exec(key)?.[1] ?? 0);

// Until the job ends, a row alone says to which piece it belongs; the labels of seams and edges are fixed words.
function newPiece(key: string, row: Row, pattern: Pattern): Piece {
  if (/^joining/i.test(row.label)) return { key, name: "Joining", make: 1, kind: "seam", rows: [] };
  if (/^border/i.test(row.label)) return { key, name: "Border", make: 1, kind: "rounds", rows: [] };
  if (/^finishing/i.test(row.label)) return { key, name: "Finishing", make: 1, kind: "finishing", rows: [] };
  const make = key === "p1" && pattern.layout ? pattern.layout.rows * pattern.layout.columns : 1;
  return { key, name: "Square", make, kind: /^row/i.test(row.label) ? "rows" : "rounds", rows: [] };
}
