import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import { memo } from "react";
import type { Edit, Finding, Row } from "../api/types";
import { Spoken } from "../ui/parts";
import { Seal } from "./Seal";
import { change, parts } from "./spans";
import type { Points } from "./spans";
import { countWords, rowName } from "./words";
import type { Terms } from "./words";

export type OnFix = (edits: readonly Edit[], row: string) => void;

type CheckedRowProps = { row: Row; terms: Terms; text: Points; stale: boolean; onFix: OnFix };

/** One row of a checked text: its seal, what it makes, its words with those at fault underlined, and what was found. */
export const CheckedRow = memo(function CheckedRow({ row, terms, text, stale, onFix }: CheckedRowProps) {
  const makes = countWords(row.counts, row.spaces, terms);
  return (
    <Box component="li" id={rowId(row.key)} tabIndex={-1} sx={{ py: 1.5, borderTop: "1px solid", borderColor: "keyline", "&:first-of-type": { borderTop: 0 }, scrollMarginTop: "16px", contentVisibility: "auto", containIntrinsicSize: "auto 96px" }}>
      <Box sx={{ display: "flex", flexWrap: "wrap", alignItems: "center", columnGap: 1.5 }}>
        <b>{rowName(row)}</b>
        <Seal row={row} terms={terms} />
        {makes && <Box component="span" sx={{ color: "text.secondary", fontSize: "0.9375rem", fontVariantNumeric: "tabular-nums" }}>makes {makes}</Box>}
      </Box>
      <Box component="p" sx={{ m: 0, mt: 0.25, maxWidth: "75ch", fontSize: "var(--knotty-reading, 1.0625rem)", lineHeight: 1.6, whiteSpace: "pre-line", overflowWrap: "anywhere", color: row.findings.length ? "text.primary" : "text.secondary" }}>
        {parts(text, row).map(({ at, words, fault }) => (fault ? <Fault key={at} words={words} /> : words))}
      </Box>
      {row.findings.map((finding) => (
        <Said key={finding.id + finding.message} finding={finding} text={text} stale={stale} onFix={(edits) => onFix(edits, row.key)} />
      ))}
    </Box>
  );
});

export const rowId = (key: string) => `row-${key}`;

/** Brings a part of the report to the top of the window, and the focus to it. False: it is not there. */
export function goTo(id: string): boolean {
  const part = document.getElementById(id);
  part?.scrollIntoView?.({ block: "start" });
  part?.focus({ preventScroll: true });
  return part !== null;
}

function Fault({ words }: { words: string }) {
  return (
    <Box component="mark" sx={{ bgcolor: "transparent", color: "inherit", fontWeight: 700, textDecoration: "underline wavy", textDecorationThickness: "2px", textUnderlineOffset: "0.2em" }}>
      {words}
    </Box>
  );
}

const TONE = { error: "error.main", unchecked: "warning.main", warning: "text.secondary" } as const;
const KIND = { error: "Does not add up: ", unchecked: "Not checked: ", warning: "Note: " } as const;

type SaidProps = { finding: Finding; text: Points; stale: boolean; onFix: (edits: readonly Edit[]) => void };

/** One finding in words, and a button for each change that was tried and adds up. */
export function Said({ finding, text, stale, onFix }: SaidProps) {
  return (
    <Box sx={{ mt: 0.75, pl: 2, borderLeft: "3px solid", borderColor: TONE[finding.severity] }}>
      <Box component="p" sx={{ m: 0, maxWidth: "75ch", color: TONE[finding.severity], overflowWrap: "anywhere" }}>
        <Spoken>{KIND[finding.severity]}</Spoken>
        {finding.message}
      </Box>
      {finding.fixes.map((fix) => (
        <Button key={fix.says + fix.edits.map(({ span }) => span.join("-")).join()} variant="outlined" color="secondary" aria-disabled={stale} sx={{ mt: 1, mr: 1, py: 0.75, textAlign: "left", justifyContent: "flex-start", lineHeight: 1.35 }} onClick={() => stale || onFix(fix.edits)}>
          <span>
            {fix.says}
            {fix.edits.map((edit) => <Changed key={edit.span.join("-")} words={change(text, edit)} />)}
          </span>
        </Button>
      ))}
    </Box>
  );
}

function Changed({ words: [before, after] }: { words: [string, string] }) {
  return (
    <Box component="span" sx={{ display: "block", fontWeight: 400, overflowWrap: "anywhere" }}>
      <del>{before}</del> <span aria-hidden>→</span> <Box component="ins" sx={{ textDecoration: "none", fontWeight: 600 }}>{after}</Box>
    </Box>
  );
}
