import { Suspense, lazy, memo, useId, useRef, useState } from "react";
import type { Colour, Row } from "../api/types";
import { IconButton } from "../ui/IconButton";
import { HelpIcon } from "../ui/icons";
import { NoteButton, RowNote } from "./RowNote";
import { Seal } from "./Seal";
import { YarnTile } from "./YarnTile";
import { marked } from "./glossary";
import { useDone, useNote } from "./useTicks";
import { boxName, instruction, rowCount, rowName } from "./words";
import type { Terms } from "./words";
import "./rows.css";

const RowHelp = lazy(async () => ({ default: (await import("./RowHelp")).RowHelp }));

type RowLineProps = {
  row: Row;
  /** The pattern it is of, and the cell of its box. */
  pattern: string;
  at: string;
  yarn: Colour | null;
  terms: Terms;
  current: boolean;
  /** Whether what is wrong in it can be told. */
  report: boolean;
  onTick: (cell: string, done: boolean) => void;
};

// It reads its own box: a tick draws one row, not all 120, before it is painted. Few elements: a pattern may have that many rows, and the page 3000.
/** One row: the maker's tick, its words, and the seal that says whether its counts agree. */
export const RowLine = memo(function RowLine({ row, pattern, at, yarn, terms, current, report, onTick }: RowLineProps) {
  const done = useDone(pattern, at);
  const [note, keep] = useNote(pattern, row.key);
  const [writing, setWriting] = useState(false);
  const [helped, setHelped] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const words = useId();
  const help = useId();
  const close = () => {
    setHelped(false);
    button.current?.focus();
  };
  // For a finger; keys and screen readers have the button beside the row's name, one stop for all its words.
  const askWord = (event: React.MouseEvent) => {
    if (event.target instanceof Element && event.target.matches("p > span")) setHelped(!helped);
  };
  const count = rowCount(row, terms);
  const said = row.findings.filter((finding) => finding.severity !== "warning");
  return (
    <li className="row" aria-current={current ? "step" : undefined}>
      <div className="row-head">
        <label>
          <input type="checkbox" checked={done} onChange={(event) => onTick(at, event.target.checked)} aria-label={boxName(row, yarn)} aria-describedby={words} />
          <YarnTile colour={yarn ?? unlisted(row)} />
          <b>{rowName(row)}</b>
          {yarn?.name}
        </label>
        <IconButton ref={button} aria-label={`Words in ${rowName(row)}`} aria-expanded={helped} aria-controls={helped ? help : undefined} onClick={() => setHelped(!helped)} onKeyDown={(event) => event.key === "Escape" && setHelped(false)}>
          <HelpIcon size={20} />
        </IconButton>
        <NoteButton row={rowName(row)} open={writing} onOpen={setWriting} />
      </div>
      <div id={words} className="row-words">
        {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- keys have the button */}
        <p className={done ? "done" : undefined} onClick={askWord}>
          {marked(instruction(row), terms).map((part, index) => (part.marked ? <span key={index}>{part.words}</span> : part.words))} {count && <b>({count})</b>}
        </p>
        <Seal row={row} terms={terms} />
        {row.result === "fixed" && <span className="fixed">one number put right</span>}
        {said.map((finding) => (
          <p key={finding.id + finding.message} className={`finding verdict-${row.verdict === "error" ? "error" : "unchecked"}`}>
            {finding.message}
          </p>
        ))}
      </div>
      {helped && (
        <div className="row-more">
          <Suspense fallback={null}>
            <RowHelp id={help} row={row} terms={terms} report={report ? pattern : null} onClose={close} />
          </Suspense>
        </div>
      )}
      {(note || writing) && (
        <div className="row-more">
          <RowNote row={rowName(row)} text={note} open={writing} onOpen={setWriting} onKeep={keep} />
        </div>
      )}
    </li>
  );
});

// A letter that the list of yarns does not have still stands beside its row.
const unlisted = (row: Row) => (row.colour ? { letter: row.colour, hex: "#FFFFFF" } : null);
