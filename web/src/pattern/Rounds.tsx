import Button from "@mui/material/Button";
import { useCallback, useMemo, useRef } from "react";
import { cell } from "../api/progress";
import type { Marks } from "../api/progress";
import type { Colour, Layout, Piece } from "../api/types";
import { Leaf, Section } from "../ui/parts";
import { Copies } from "./Copies";
import { rowsOf } from "./kinds";
import { RowLine } from "./RowLine";
import { copyDone } from "./place";
import type { Place } from "./place";
import type { Terms } from "./words";

type RoundsProps = {
  pattern: string;
  piece: Piece;
  title: string;
  /** Where its copies lie; null for a piece that is not laid out. */
  layout: Layout | null;
  colours: readonly Colour[];
  terms: Terms;
  marks: Marks;
  copy: number;
  place: Place | null;
  /** More rows may come: copies are not counted yet. */
  busy: boolean;
  /** Whether what is wrong in a row can be told. */
  report: boolean;
  onCopy: (piece: string, copy: number) => void;
  onSay: (cells: readonly string[], done: boolean) => void;
};

/** The rows of one piece as a list to tick, with the copies counted where it is made many times. */
export function Rounds({ pattern, piece, title, layout, colours, terms, marks, copy, place, busy, report, onCopy, onSay }: RoundsProps) {
  // Ticking the last round of a square must not swap the list under the finger: the copy in hand stays.
  const say = useCallback(
    (cells: readonly string[], is: boolean) => {
      onCopy(piece.key, copy);
      onSay(cells, is);
    },
    [onCopy, onSay, piece.key, copy],
  );
  const rows = useMemo(() => rowsOf(piece, layout, copy), [piece, layout, copy]);
  const onTick = useCallback((at: string, is: boolean) => say([at], is), [say]);
  const done = Array.from({ length: piece.make }, (_, index) => copyDone(piece, index + 1, marks));
  const next = piece.make > 1 ? done.indexOf(false) + 1 : 0;
  const name = (piece.name ?? "square").toLowerCase();
  const list = useRef<HTMLOListElement>(null);
  const goOn = (to: number) => {
    onCopy(piece.key, to);
    list.current?.scrollIntoView({ block: "start" });
    list.current?.querySelector("input")?.focus({ preventScroll: true });
  };
  const current = place && place.piece.key === piece.key && place.copy === copy ? place.row.key : null;
  return (
    <Section title={title}>
      {piece.make > 1 && !busy && (
        <Copies
          piece={piece}
          layout={layout}
          colours={colours}
          copy={copy}
          done={done}
          onCopy={(to) => onCopy(piece.key, to)}
          onWhole={(whole) => say(piece.rows.map((row) => cell(row.key, piece.make, copy)), whole)}
        />
      )}
      <Leaf flush>
        <ol ref={list} className="rows">
          {rows.map((row) => {
            const at = cell(row.key, piece.make, copy);
            return (
              <RowLine
                key={row.key}
                row={row}
                pattern={pattern}
                at={at}
                yarn={colours.find((colour) => colour.letter === row.colour) ?? null}
                terms={terms}
                current={row.key === current}
                report={report}
                onTick={onTick}
              />
            );
          })}
        </ol>
      </Leaf>
      {!busy && done[copy - 1] && next > 0 && (
        // At the end of the list, where the thumb is after the last round.
        <Button variant="contained" sx={{ mt: 1.5 }} onClick={() => goOn(next)}>
          On to {name} {next}
        </Button>
      )}
    </Section>
  );
}
