import Box from "@mui/material/Box";
import IconButton from "@mui/material/IconButton";
import { Suspense, lazy, memo, useId, useRef, useState } from "react";
import type { Colour, Row } from "../api/types";
import { HelpIcon } from "../ui/icons";
import { NoteButton, RowNote } from "./RowNote";
import { Seal } from "./Seal";
import { YarnTile } from "./YarnTile";
import { marked } from "./glossary";
import { boxName, instruction, rowCount, rowName } from "./words";
import type { Terms } from "./words";

const RowHelp = lazy(async () => ({ default: (await import("./RowHelp")).RowHelp }));

type RowLineProps = {
  row: Row;
  at: string;
  yarn: Colour | null;
  terms: Terms;
  done: boolean;
  current: boolean;
  note: string;
  /** The pattern to report this row of; null while nothing can be sent of it. */
  report: string | null;
  onTick: (cell: string, done: boolean) => void;
  onNote: (row: string, text: string) => void;
};

// memo: a tick paints one row, not all 120. Few elements: a pattern may have that many rows, and the page 3000.
/** One row: the maker's tick, its words, and the seal that says whether its counts agree. */
export const RowLine = memo(function RowLine({ row, at, yarn, terms, done, current, note, report, onTick, onNote }: RowLineProps) {
  const [writing, setWriting] = useState(false);
  const [helped, setHelped] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const words = useId();
  const help = useId();
  const close = () => {
    setHelped(false);
    button.current?.focus();
  };
  // For a finger; keys and screen readers have the button above, one stop for all words of the row.
  const askWord = (event: React.MouseEvent) => {
    if (event.target instanceof Element && event.target.matches("p > span")) setHelped(!helped);
  };
  const count = rowCount(row, terms);
  const said = row.findings.filter((finding) => finding.severity !== "warning");
  return (
    <Box component="li" aria-current={current ? "step" : undefined} sx={current ? [line, now] : line}>
      <Box sx={{ display: "flex", alignItems: "center" }}>
        <Box component="label" sx={{ flex: 1, minWidth: 0, display: "flex", alignItems: "center", gap: 1, minHeight: 48, cursor: "pointer", color: "text.secondary", fontSize: "0.9375rem" }}>
          <Box component="input" type="checkbox" checked={done} onChange={(event) => onTick(at, event.target.checked)} aria-label={boxName(row, yarn)} aria-describedby={words} sx={box} />
          <YarnTile colour={yarn ?? unlisted(row)} />
          <Box component="b" sx={{ color: "text.primary", fontSize: "1.0625rem" }}>
            {rowName(row)}
          </Box>
          {yarn?.name}
        </Box>
        <IconButton ref={button} aria-label={`Words in ${rowName(row)}`} aria-expanded={helped} aria-controls={helped ? help : undefined} onClick={() => setHelped(!helped)} onKeyDown={(event) => event.key === "Escape" && setHelped(false)} sx={{ color: "text.secondary" }}>
          <HelpIcon sx={{ fontSize: 20 }} />
        </IconButton>
        <NoteButton row={rowName(row)} open={writing} onOpen={setWriting} />
      </Box>
      <Box id={words} sx={{ pl: { xs: 0, sm: "56px" }, pb: 0.5, maxWidth: "70ch" }}>
        <Box component="p" onClick={askWord} sx={{ m: 0, fontSize: "var(--knotty-reading, 1.0625rem)", lineHeight: 1.6, color: done ? "text.secondary" : "text.primary", fontVariantNumeric: "tabular-nums", overflowWrap: "anywhere" }}>
          {marked(instruction(row), terms).map((part, index) => (part.marked ? <Box component="span" key={index} sx={short}>{part.words}</Box> : part.words))} {count && <Box component="b" sx={{ whiteSpace: "normal" }}>({count})</Box>}
        </Box>
        <Seal row={row} terms={terms} />
        {row.result === "fixed" && (
          <Box component="span" sx={{ ml: 2, color: "text.secondary", fontSize: "0.875rem" }}>
            one number put right
          </Box>
        )}
        {said.map((finding) => (
          <Box component="p" key={finding.id + finding.message} sx={{ m: 0, mt: 0.5, fontSize: "0.9375rem", color: row.verdict === "error" ? "error.main" : "warning.main" }}>
            {finding.message}
          </Box>
        ))}
      </Box>
      {helped && (
        <Box sx={{ pl: { xs: 0, sm: "56px" } }}>
          <Suspense fallback={null}>
            <RowHelp id={help} row={row} terms={terms} report={report} onClose={close} />
          </Suspense>
        </Box>
      )}
      {(note || writing) && (
        <Box sx={{ pl: { xs: 0, sm: "56px" } }}>
          <RowNote row={rowName(row)} text={note} open={writing} onOpen={setWriting} onKeep={(text) => onNote(row.key, text)} />
        </Box>
      )}
    </Box>
  );
});

// A letter that the list of yarns does not have still stands beside its row.
const unlisted = (row: Row) => (row.colour ? { letter: row.colour, hex: "#FFFFFF" } : null);

const short = { textDecoration: "underline dotted", textDecorationColor: "var(--mui-palette-edge)", textUnderlineOffset: "0.22em", cursor: "help" } as const;

const line = {
  listStyle: "none",
  px: { xs: 1, sm: 2 },
  py: 1,
  borderTop: "1px solid",
  borderColor: "keyline",
  borderLeft: "4px solid transparent",
  "&:first-of-type": { borderTopColor: "transparent" },
} as const;

const now = { borderLeftColor: "primary.main", bgcolor: "background.default" } as const;

const box = { width: 28, height: 28, m: "10px", ml: { xs: 0, sm: "2px" }, mr: { xs: "4px", sm: "10px" }, flex: "none", accentColor: "var(--mui-palette-primary-main)", cursor: "pointer" } as const;
