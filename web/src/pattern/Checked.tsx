import { memo } from "react";
import type { Pattern } from "../api/types";
import { foot, listed, rowName, sealWords } from "./words";
import "./leaflet.css";

/** What a program made sure of, and what nobody did: side by side, so that the first is not taken for all. */
export const Checked = memo(function Checked({ pattern }: { pattern: Pattern }) {
  const [sure, open] = checkedWords(pattern);
  return (
    <div className="checked">
      <h3>Checked by a program</h3>
      <List lines={sure} />
      <h3>Not checked</h3>
      <List lines={open} />
      <p className="quiet">{foot(pattern)}</p>
    </div>
  );
});

function List({ lines }: { lines: readonly string[] }) {
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

/** The lines of both lists: what is sure, and what is open. */
export function checkedWords({ pieces, terms, size, colours }: Pick<Pattern, "pieces" | "terms" | "size" | "colours">): [string[], string[]] {
  const rows = pieces.flatMap((piece) => piece.rows);
  const said = terms ?? "us";
  const counted = rows.filter((row) => row.verdict === "ok" && sealWords(row, said) !== null);
  const uncounted = rows.filter((row) => row.verdict === "ok" && sealWords(row, said) === null);
  const all = rows.length - uncounted.length;
  const mended = rows.filter((row) => row.verdict === "ok" && row.result === "fixed");
  const sure = [
    `${counted.length === all ? `All ${all}` : `${counted.length} of ${all}`} rows with stitches add up: every phrase was understood, every stitch has a place to stand on, every count that is written was met.`,
    mended.length > 0 && `${listed(mended.map(rowName))}: one number was wrong and was put right by the program, then counted anew.`,
  ];
  const open = [
    ...rows.filter((row) => row.verdict !== "ok").map((row) => `${rowName(row)}: ${sealWords(row, said) ?? "not understood"}.`),
    uncounted.length > 0 && `${listed(uncounted.map(rowName))}: read, but nothing in ${uncounted.length === 1 ? "it" : "them"} can be counted.`,
    (size !== null || colours.some(({ metres }) => metres)) && "Size and yarn: worked out from the gauge. Hands and yarns differ.",
    "How it looks, lies and wears.",
  ];
  return [sure.filter((line) => line !== false), open.filter((line) => line !== false)];
}
