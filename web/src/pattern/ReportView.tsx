import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import type { Finding, Report, Row } from "../api/types";
import { Leaf, Section } from "../ui/parts";
import { Seal } from "./Seal";
import { applied, cut } from "./spans";
import { countWords, rowName } from "./words";
import type { Terms } from "./words";

type ReportViewProps = { report: Report; text: string; onFixed: (text: string) => void };

/** The checker's report in the order of the rows: seal, arithmetic, the words at fault, and fixes that were tried. */
export function ReportView({ report, text, onFixed }: ReportViewProps) {
  return (
    <Section title={verdict(report)}>
      {report.findings.map((finding) => <Said key={finding.message} finding={finding} text={text} onFixed={onFixed} />)}
      {report.pieces.map((piece) => (
        <Leaf key={piece.key} sx={{ mb: 2 }}>
          {piece.name && <Typography variant="h3" sx={{ mb: 1 }}>{piece.name}</Typography>}
          <Box component="ol" sx={{ m: 0, p: 0, listStyle: "none", display: "grid", gap: 2 }}>
            {piece.rows.map((row) => (
              <CheckedRow key={row.key} row={row} terms={report.terms} text={text} onFixed={onFixed} />
            ))}
          </Box>
        </Leaf>
      ))}
    </Section>
  );
}

function verdict({ summary: { rows = 0, error = 0, unchecked = 0 }, verdict: said }: Report): string {
  if (rows === 0) return "No round found in it";
  if (said === "ok") return rows === 1 ? "The one row adds up" : `All ${rows} rows add up`;
  const parts = [error > 0 && `${error} of ${rows} ${error === 1 ? "does" : "do"} not add up`, unchecked > 0 && `${unchecked} not understood`];
  return parts.filter(Boolean).join(", ");
}

type CheckedRowProps = { row: Row; terms: Terms; text: string; onFixed: (text: string) => void };

function CheckedRow({ row, terms, text, onFixed }: CheckedRowProps) {
  const makes = countWords(row.counts, row.spaces, terms);
  return (
    <Box component="li">
      <Box sx={{ display: "flex", flexWrap: "wrap", alignItems: "center", columnGap: 1.5 }}>
        <b>{rowName(row)}</b>
        <Seal row={row} terms={terms} />
        {makes && <Box component="span" sx={{ color: "text.secondary", fontSize: "0.9375rem" }}>makes {makes}</Box>}
      </Box>
      {row.findings.map((finding) => (
        <Said key={finding.id + finding.message} finding={finding} text={text} onFixed={onFixed} />
      ))}
    </Box>
  );
}

const TONE = { error: "error.main", unchecked: "warning.main", warning: "text.secondary" } as const;

function Said({ finding, text, onFixed }: { finding: Finding; text: string; onFixed: (text: string) => void }) {
  const [before, fault, after] = finding.span ? cut(text, finding.span) : ["", "", ""];
  return (
    <Box sx={{ mt: 0.75, pl: 2, borderLeft: "3px solid", borderColor: TONE[finding.severity] }}>
      <Box component="p" sx={{ m: 0, color: TONE[finding.severity] }}>{finding.message}</Box>
      {fault && (
        <Box component="p" sx={{ m: 0, mt: 0.5, fontFamily: "ui-monospace, monospace", fontSize: "0.875rem", overflowWrap: "anywhere" }}>
          {tail(before)}
          <Box component="mark" sx={{ bgcolor: "transparent", color: "inherit", fontWeight: 700, textDecoration: "underline wavy", textUnderlineOffset: "0.25em" }}>{fault}</Box>
          {head(after)}
        </Box>
      )}
      {finding.fixes.map((fix) => (
        <Button key={fix.says} variant="outlined" color="secondary" sx={{ mt: 1, mr: 1, textAlign: "left" }} onClick={() => onFixed(applied(text, fix.edits))}>
          {fix.says}
        </Button>
      ))}
    </Box>
  );
}

// Enough around the fault to find it, and no other row.
const tail = (words: string) => (words.split("\n").at(-1) ?? "").slice(-40);
const head = (words: string) => (words.split("\n")[0] ?? "").slice(0, 40);
