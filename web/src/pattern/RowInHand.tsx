import type { ReactNode } from "react";
import type { Pattern, Row } from "../api/types";
import { Seal } from "./Seal";
import { Unbroken } from "./Unbroken";
import { YarnTile } from "./YarnTile";
import { inFull as expanded } from "./inFull";
import { asWorked } from "./kinds";
import type { Place } from "./place";
import { instruction, rowCount, rowName } from "./words";

type RowInHandProps = { place: Place; pattern: Pattern; size: number; inFull: boolean; children?: ReactNode };

/** The row in hand, what belongs to it, and the one before it and the one after it in a quiet line each. */
export function RowInHand({ place, pattern, size, inFull, children }: RowInHandProps) {
  const { piece, row } = asWorked(place, pattern.pieces, pattern.layout);
  const terms = pattern.terms ?? "us";
  const yarn = pattern.colours.find((colour) => colour.letter === row.colour) ?? null;
  const at = piece.rows.indexOf(row);
  const said = (words: string) => (inFull ? expanded(words, terms) : words);
  const count = said(rowCount(row, terms));
  const findings = row.findings.filter((finding) => finding.severity !== "warning");
  return (
    <div className="row-in-hand">
      <Neighbour row={piece.rows[at - 1]} />
      <div className="name">
        <YarnTile colour={yarn} size={44} />
        <h2>
          {rowName(row)}
          {yarn && <span>, {yarn.name}</span>}
        </h2>
      </div>
      <p className="words" style={{ fontSize: size }}>
        <Unbroken words={said(instruction(row))} /> {count && <b><Unbroken words={`(${count})`} /></b>}
      </p>
      <Seal row={row} terms={terms} />
      {findings.map((finding) => (
        <p key={finding.id + finding.message} className={`finding verdict-${row.verdict === "error" ? "error" : "unchecked"}`}>
          {finding.message}
        </p>
      ))}
      {children}
      <Neighbour row={piece.rows[at + 1]} />
    </div>
  );
}

function Neighbour({ row }: { row: Row | undefined }) {
  return (
    <p className="neighbour" aria-hidden>
      {row && `${rowName(row)}: ${instruction(row)}`}
    </p>
  );
}
