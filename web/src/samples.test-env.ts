/** A small pattern for the tests: two rounds of a square that is made twice, and what comes around it. */

import type { Job, LogEvent, Pattern, Row } from "./api/types";

export const round = (number: number, change: Partial<Row> = {}): Row => ({
  key: `p1/r${number}`,
  label: `Rnd ${number}`,
  number,
  colour: number % 2 ? "A" : "B",
  span: null,
  anchor: "computed",
  per_side: null,
  groups: null,
  text: `Rnd ${number} (${number % 2 ? "A" : "B"}): Ch 3, 2 dc in ring, join. (${12 * number} dc, 4 ch-2 sps)`,
  verdict: "ok",
  counts: { dc: 12 * number },
  stitches: 12 * number,
  spaces: { "2": 4 },
  corners: 4,
  declared: { counts: { dc: 12 * number }, stitches: null, spaces: { "2": 4 }, corners: null },
  findings: [],
  result: "first",
  ...change,
});

export const finishing: Row = { ...round(1), key: "p2/r1", label: "Finishing", number: null, colour: null, text: "Finishing: Weave in ends.", counts: {}, stitches: null, spaces: {}, declared: null };

export const blank: Pattern & { job: NonNullable<Pattern["job"]> } = {
  id: "pat_aaaaaaaaaaaaaaaaaaaaaaaaaa",
  title: null,
  about: null,
  item: null,
  palette: null,
  terms: null,
  yarn: null,
  hook: null,
  gauge: null,
  motif: null,
  colours: [],
  layout: null,
  size: null,
  notes: [],
  own: true,
  visibility: "link",
  job: { id: "job_aaaaaaaaaaaaaaaaaaaaaaaaaa", status: "queued" },
  verdict: null,
  pieces: [],
  model: null,
  created_at: "2026-01-01T00:00:00Z",
};

export const queued: Job = {
  id: blank.job.id,
  status: "queued",
  phase: null,
  attempt: 0,
  version: 1,
  model: null,
  usage: null,
  links: { self: "", events: "", cancel: "", pattern: "" },
  metadata: {},
  webhook: null,
  created_at: blank.created_at,
  started_at: null,
  finished_at: null,
  prompt: "moss cushion",
  options: {},
  progress: { queue_position: 0, seconds_left: null, rows_written: 0, rows_proven: 0, rows_expected: null },
  pattern: { id: blank.id, url: "/p/aaaaaaaaaaaaaaaaaaaaaaaaaa", title: null },
  error: null,
};

export const head = {
  title: "Moss Cushion",
  terms: "us" as const,
  colours: [
    { letter: "A", name: "moss", hex: "#5B6B2F", metres: null },
    { letter: "B", name: "bone", hex: "#F2EAD8", metres: null },
  ],
  layout: { rows: 1, columns: 2, plan: "one kind", exchange: null, exchanged: [] },
};

export const log: LogEvent[] = [
  { id: 1, type: "job.queued", data: {} },
  { id: 2, type: "job.started", data: { attempt: 1, started_at: "2026-01-01T00:00:01Z" } },
  { id: 3, type: "job.phase", data: { phase: "writing" } },
  { id: 4, type: "head.written", data: { head, rows_expected: 3, title: head.title } },
  { id: 5, type: "row.written", data: { row: round(1) } },
  { id: 6, type: "row.rewritten", data: { key: "p1/r2", text: "Rnd 2 (B): Ch 3, join.", message: "Makes 22 dc, not 24.", reason: "declared-mismatch" } },
  { id: 7, type: "row.written", data: { row: round(2) } },
  { id: 8, type: "row.written", data: { row: finishing } },
  {
    id: 9,
    type: "job.succeeded",
    data: {
      finished_at: "2026-01-01T00:00:02Z",
      verdict: "ok",
      head,
      pieces: [
        { key: "p1", name: "Square", make: 2, kind: "rounds" },
        { key: "p2", name: "Finishing", make: 1, kind: "finishing" },
      ],
    },
  },
];
