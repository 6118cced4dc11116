import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useCallback, useMemo, useState } from "react";
import type { Asked } from "../api/patterns";
import type { Edit, Report, Row } from "../api/types";
import { Toggle } from "../ui/Toggle";
import { Leaf, Notice } from "../ui/parts";
import { CheckedRow, Said, goTo, rowId } from "./CheckedRow";
import { TextChart } from "./TextChart";
import { applied, pointsOf } from "./spans";
import { rowName } from "./words";

/** `stale`: the words in the field are newer than this report, so none of its changes can be made in them. */
type ReportViewProps = { asked: Asked; report: Report; stale: boolean; onFixed: (text: string, row: string | null) => void };

// So many rows that need a look are named at the top; more would hide the rows themselves.
const MOST_NAMED = 6;

/** The checker's report in the order of the rows: seal, arithmetic, the words at fault, and fixes that were tried. */
export function ReportView({ asked, report, stale, onFixed }: ReportViewProps) {
  const [few, setFew] = useState(false);
  const text = useMemo(() => pointsOf(asked.text), [asked.text]);
  const onFix = useCallback((edits: readonly Edit[], row: string | null) => onFixed(applied(asked.text, edits), row), [asked.text, onFixed]);
  const open = report.pieces.flatMap(({ rows }) => rows).filter(needsALook);
  const unread = report.summary.unchecked ?? 0;
  const rows = report.summary.rows ?? 0;
  return (
    <>
      {open.length > 0 && <Named rows={open} />}
      {unread > 0 && (
        <Notice tone="warning">
          <p>
            {unread === 1 ? "One row is" : `${unread} rows are`} not checked: Knotty cannot read all of {unread === 1 ? "its" : "their"} words yet, or of the row below. The pattern may well be right there.
          </p>
        </Notice>
      )}
      {report.findings.map((finding) => <Said key={finding.id + finding.message} finding={finding} text={text} stale={stale} onFix={(edits) => onFix(edits, null)} />)}
      {rows > 8 && open.length > 0 && open.length < rows && (
        <Toggle name="Only rows that need a look" value={few} onChange={setFew} />
      )}
      {report.pieces.map((piece, index) => (
        <Leaf key={piece.key} sx={{ my: 2 }}>
          {piece.name && <Typography variant="h3" sx={{ mb: 1 }}>{piece.name}</Typography>}
          <Box component="ol" sx={{ m: 0, p: 0, listStyle: "none" }}>
            {(few ? piece.rows.filter(needsALook) : piece.rows).map((row) => (
              <CheckedRow key={row.key} row={row} terms={report.terms} text={text} stale={stale} onFix={onFix} />
            ))}
          </Box>
          {piece.rows.some(({ stitches }) => stitches) && (
            <TextChart asked={asked} piece={piece.key} name={`Chart of ${piece.name ?? "the pattern"}; the rows above say the same in words`} open={index === 0} />
          )}
        </Leaf>
      ))}
    </>
  );
}

const needsALook = (row: Row) => row.verdict !== "ok";

/** The rows that need a look, each a way to it. */
function Named({ rows }: { rows: readonly Row[] }) {
  return (
    <Box sx={{ display: "flex", flexWrap: "wrap", alignItems: "center", gap: 1 }}>
      <span>Look at</span>
      {rows.slice(0, MOST_NAMED).map((row) => (
        <Button key={row.key} variant="outlined" color={row.verdict === "error" ? "error" : "warning"} sx={{ px: 1.5 }} onClick={() => goTo(rowId(row.key))}>
          {rowName(row)}
        </Button>
      ))}
      {rows.length > MOST_NAMED && <span>and {rows.length - MOST_NAMED} more</span>}
    </Box>
  );
}

/** The whole report in one line: "All 7 rows add up", "1 of 7 does not add up, 2 not checked". */
export function verdictWords({ summary: { rows = 0, error = 0, unchecked = 0 }, verdict: said }: Report): string {
  if (rows === 0) return "No row found in it";
  if (said === "ok") return rows === 1 ? "The one row adds up" : `All ${rows} rows add up`;
  if (error + unchecked === 0) return `All ${rows} rows add up, but not all was read`;
  const words = [error > 0 && `${error} of ${rows} ${error === 1 ? "does" : "do"} not add up`, unchecked > 0 && `${unchecked}${error > 0 ? "" : ` of ${rows}`} not checked`];
  return words.filter(Boolean).join(", ");
}
