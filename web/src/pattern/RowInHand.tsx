import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
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
    <Box>
      <Neighbour row={piece.rows[at - 1]} />
      <Box sx={{ display: "flex", alignItems: "center", gap: 1.5, mt: 1.5 }}>
        <YarnTile colour={yarn} size={44} />
        <Typography component="h2" variant="h3">
          {rowName(row)}
          {yarn && <Box component="span" sx={{ color: "text.secondary", fontWeight: 400 }}>, {yarn.name}</Box>}
        </Typography>
      </Box>
      <Box component="p" sx={{ m: 0, mt: 1.5, lineHeight: 1.4, fontVariantNumeric: "tabular-nums", overflowWrap: "anywhere" }} style={{ fontSize: size }}>
        <Unbroken words={said(instruction(row))} /> {count && <b><Unbroken words={`(${count})`} /></b>}
      </Box>
      <Box sx={{ mt: 1 }}>
        <Seal row={row} terms={terms} />
        {findings.map((finding) => (
          <Box component="p" key={finding.id + finding.message} sx={{ m: 0, mt: 0.5, color: row.verdict === "error" ? "error.main" : "warning.main" }}>
            {finding.message}
          </Box>
        ))}
      </Box>
      {children}
      <Box sx={{ mt: 1.5 }}>
        <Neighbour row={piece.rows[at + 1]} />
      </Box>
    </Box>
  );
}

function Neighbour({ row }: { row: Row | undefined }) {
  return (
    <Typography variant="body2" color="textSecondary" aria-hidden sx={{ whiteSpace: "nowrap", overflow: "hidden", textOverflow: "ellipsis", minHeight: "1.5em" }}>
      {row && `${rowName(row)}: ${instruction(row)}`}
    </Typography>
  );
}
