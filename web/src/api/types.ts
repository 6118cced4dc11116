/**
 * Types: the JSON that the API speaks. Generated in `schema.d.ts` (see `apigen/`); here they get their short names,
 * and what the document leaves open (events, what a row declares) is told.
 */

import type { components } from "./schema";

type Schemas = components["schemas"];

export type Counts = Record<string, number>;
export type Verdict = Schemas["CheckedRow"]["verdict"];
export type Status = Schemas["JobState"]["status"];
export type Phase = NonNullable<Schemas["Job"]["phase"]>;
export type Edit = Schemas["Edit"];
export type Finding = Schemas["Finding"];
/** A yarn; in a job's log it does not tell which one it was written in. */
export type Colour = Omit<Schemas["Colour"], "written"> & Partial<Pick<Schemas["Colour"], "written">>;
export type Layout = Schemas["Layout"];

/** What a row's words say that it makes. */
export type Declared = { counts: Counts; stitches?: number | null; spaces?: Counts; corners?: number | null };

/** A row as the page shows it; one of `/check` does not tell how it came to be. */
export type Row = Omit<Schemas["CheckedRow"], "declared"> & { declared: Declared | null } & Partial<Pick<Schemas["Row"], "result" | "original">>;

export type PieceHead = Omit<Schemas["Piece"], "rows">;
export type Piece = Pick<PieceHead, "key" | "name" | "make"> & { kind?: PieceHead["kind"]; rows: Row[] };
export type Pattern = Omit<Schemas["Pattern"], "pieces" | "colours"> & { pieces: Piece[]; colours: Colour[] };
export type Head = Pick<
  Pattern,
  "title" | "about" | "item" | "palette" | "terms" | "yarn" | "hook" | "gauge" | "motif" | "colours" | "layout" | "size" | "notes"
>;

export type Job = Schemas["Job"];
export type PatternList = Schemas["PatternList"];
export type PatternEntry = Schemas["PatternEntry"];
export type Devices = Schemas["DeviceList"];
export type Device = Schemas["Device"];
export type DeviceLink = Schemas["Link"];
export type RecoveryCode = Schemas["Recovery"];
export type Redeemed = Schemas["Redeemed"];
export type Options = Partial<Schemas["Options"]>;
export type Wish = { prompt: string; options: Options };
export type Report = Omit<Schemas["Report"], "pieces"> & { pieces: Piece[] };
export type Problem = Partial<Schemas["Problem"]> & Pick<Schemas["Problem"], "title" | "status">;

/** One register of a maker's progress: a row's tick, or the note at it. */
export type Mark = Schemas["Cell"];
export type Note = Schemas["RowNote"];
/** What is said of one, and what became of it on the server. */
export type Op = Schemas["Op"] | Schemas["RangeOp"];
export type NoteOp = Schemas["NoteOp"];
export type Merged = Schemas["Merged"];
export type MergedNotes = Schemas["MergedNotes"];

type Said<Type extends Schemas["Event"]["type"], Data> = { id: number; type: Type; data: Data };

/** One line of a job's log. */
export type LogEvent =
  | Said<"job.queued", object>
  | Said<"job.started", { attempt: number; started_at: string }>
  | Said<"job.phase", { phase: Phase }>
  | Said<"head.written", { head: Partial<Head>; rows_expected: number | null; title: string | null }>
  | Said<"row.written", { row: Row; piece?: PieceHead }>
  | Said<"row.rewritten", { key: string; text: string; message: string; reason: string }>
  | Said<"job.requeued", { reason: string }>
  | Said<"job.succeeded", { finished_at: string; verdict: Verdict; head: Partial<Head>; pieces: PieceHead[] }>
  | Said<"job.failed", { error: NonNullable<Job["error"]> }>
  | Said<"job.canceled", object>;
