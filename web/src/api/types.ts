/** Types: the JSON that the API speaks, in its own words. */

export type Verdict = "ok" | "error" | "unchecked";
export type Status = "queued" | "running" | "succeeded" | "failed" | "canceled";
export type Phase = "waking_model" | "writing" | "rewriting" | "finishing";

export type Counts = Record<string, number>;

export type Declared = {
  counts: Counts;
  stitches: number | null;
  spaces: Counts;
  corners: number | null;
};

export type Edit = { span: [number, number]; new: string };
export type Fix = { says: string; edits: Edit[] };

export type Finding = {
  id: string;
  severity: "error" | "warning" | "unchecked";
  also: string[];
  message: string;
  span: [number, number] | null;
  fixes: Fix[];
};

export type Row = {
  key: string;
  label: string;
  number: number | null;
  colour: string | null;
  text: string;
  span?: [number, number] | null;
  verdict: Verdict;
  anchor?: string;
  counts: Counts | null;
  stitches: number | null;
  spaces: Counts | null;
  corners: number | null;
  declared: Declared | null;
  findings: Finding[];
  /** How the row came to be; absent in a report of /check. */
  result?: "first" | "fixed" | "rewritten" | "unproven";
  original?: string | null;
};

export type Piece = {
  key: string;
  name: string | null;
  make: number;
  kind?: "rounds" | "rows" | "seam" | "finishing";
  verdict?: Verdict;
  rows: Row[];
};

export type Colour = { letter: string; name: string; hex: string; metres: [number, number] | null };
export type Layout = { rows: number; columns: number; plan: string };
export type Note = { code: string; text: string };

/** What the head of a pattern says; null until it has been written. */
export type Head = {
  title: string | null;
  about: string | null;
  item: string | null;
  palette: string | null;
  terms: "us" | "uk" | null;
  yarn: { weight: string } | null;
  hook: { mm: number } | null;
  gauge: string | null;
  colours: Colour[];
  layout: Layout | null;
  size: { width_in: number; height_in: number } | null;
  notes: Note[];
};

export type Pattern = Head & {
  id: string;
  visibility: "link" | "private";
  job: { id: string; status: Status };
  verdict: Verdict | null;
  pieces: Piece[];
  model: { name: string } | null;
  created_at: string;
};

export type JobError = { type: string; detail?: string | null };

export type Job = {
  id: string;
  status: Status;
  phase: Phase | null;
  attempt: number;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  prompt: string;
  options: Options;
  progress: {
    queue_position: number | null;
    seconds_left: number | null;
    rows_written: number;
    rows_proven: number;
    rows_expected: number | null;
  };
  pattern: { id: string; url: string; title: string | null };
  error: JobError | null;
};

export type Options = {
  item?: string;
  size?: string;
  yarn_weight?: string;
  colours?: string[];
  terms?: "us" | "uk";
  rounds?: number;
  seed?: number;
};

export type Wish = { prompt: string; options: Options };

export type Page<T> = { data: T[]; next_cursor: string | null };

export type Problem = {
  type: string;
  title: string;
  status: number;
  detail?: string;
  request_id?: string;
  errors?: { pointer: string; code: string; detail: string }[];
};

/** One line of a job's log, as the stream sends it. */
export type LogEvent =
  | { id: number; type: "job.queued"; data: object }
  | { id: number; type: "job.started"; data: { attempt: number; started_at: string; model?: { name: string } | null } }
  | { id: number; type: "job.phase"; data: { phase: Phase } }
  | { id: number; type: "head.written"; data: { head: Partial<Head>; rows_expected: number | null; title: string | null } }
  | { id: number; type: "row.written"; data: { row: Row; piece?: Omit<Piece, "rows"> } }
  | { id: number; type: "row.rewritten"; data: { key: string; text: string; message: string; reason: string } }
  | { id: number; type: "job.requeued"; data: { reason: string } }
  | { id: number; type: "job.succeeded"; data: { finished_at: string; verdict: Verdict; head: Partial<Head>; pieces: Omit<Piece, "rows">[] } }
  | { id: number; type: "job.failed"; data: { error: JobError } }
  | { id: number; type: "job.canceled"; data: object };

/** One register of a maker's progress. */
export type Mark = { done: boolean; stamp: string };
export type Op = { id: string; cell: string; done: boolean; stamp: string };

export type Report = {
  verdict: Verdict;
  terms: "us" | "uk";
  summary: { rows: number; ok: number; error: number; unchecked: number };
  findings: Finding[];
  pieces: Piece[];
};
