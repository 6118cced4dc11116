import Box from "@mui/material/Box";
import { useCallback } from "react";
import { cell } from "../api/progress";
import type { Marks } from "../api/progress";
import type { Colour, Layout, Piece } from "../api/types";
import { Leaf, Section } from "../ui/parts";
import { Copies } from "./Copies";
import { RowLine } from "./RowLine";
import { copyDone, isDone } from "./place";
import type { Place } from "./place";
import type { Terms } from "./words";

type RoundsProps = {
  piece: Piece;
  title: string;
  layout: Layout | null;
  colours: readonly Colour[];
  terms: Terms;
  marks: Marks;
  copy: number;
  place: Place | null;
  /** More rows may come: copies are not counted yet. */
  busy: boolean;
  onCopy: (piece: string, copy: number) => void;
  onSay: (cells: readonly string[], done: boolean) => void;
};

/** The rows of one piece as a list to tick, with the copies counted where it is made many times. */
export function Rounds({ piece, title, layout, colours, terms, marks, copy, place, busy, onCopy, onSay }: RoundsProps) {
  // Ticking the last round of a square must not swap the list under the finger: the copy in hand stays.
  const say = useCallback(
    (cells: readonly string[], done: boolean) => {
      onCopy(piece.key, copy);
      onSay(cells, done);
    },
    [onCopy, onSay, piece.key, copy],
  );
  const onTick = useCallback((at: string, done: boolean) => say([at], done), [say]);
  const current = place && place.piece.key === piece.key && place.copy === copy ? place.row.key : null;
  return (
    <Section title={title}>
      {piece.make > 1 && !busy && (
        <Copies
          piece={piece}
          layout={layout}
          colours={colours}
          copy={copy}
          done={Array.from({ length: piece.make }, (_, index) => copyDone(piece, index + 1, marks))}
          onCopy={(next) => onCopy(piece.key, next)}
          onWhole={(done) => say(piece.rows.map((row) => cell(row.key, piece.make, copy)).filter((at) => isDone(marks, at) !== done), done)}
        />
      )}
      <Leaf flush>
        <Box component="ol" sx={{ m: 0, p: 0 }}>
          {piece.rows.map((row) => {
            const at = cell(row.key, piece.make, copy);
            return (
              <RowLine
                key={row.key}
                row={row}
                at={at}
                yarn={colours.find((colour) => colour.letter === row.colour) ?? null}
                terms={terms}
                done={isDone(marks, at)}
                current={row.key === current}
                onTick={onTick}
              />
            );
          })}
        </Box>
      </Leaf>
    </Section>
  );
}
