import Box from "@mui/material/Box";
import type { Colour, Layout, Pattern, Piece, Row } from "../api/types";
import { TITLE } from "../ui/theme";
import { Chart } from "./Chart";
import { exchangeOf, exchangeWords } from "./kinds";
import { abbreviations, amount, chartKey, facts, foot, instruction, rowCount } from "./words";
import type { Terms } from "./words";

export type SheetSettings = { large: boolean; chart: boolean; ticks: (row: Row, piece: Piece) => boolean };

/** The sheet of paper: black on white, no fills, a box to tick beside each row. A drawing of its own, not the screen with parts hidden. */
export function Sheet({ pattern, settings }: { pattern: Pattern; settings: SheetSettings }) {
  const terms: Terms = pattern.terms ?? "us";
  const { large } = settings;
  const main = pattern.pieces[0];
  return (
    <Box sx={large ? [paper, largePrint] : paper}>
      <Box component="h1" sx={{ fontFamily: large ? "inherit" : TITLE, fontSize: large ? "1.4em" : "20pt", lineHeight: 1.15, m: 0 }}>
        {pattern.title}
      </Box>
      {pattern.about && <Box component="p" sx={{ mt: "2mm", mb: 0 }}>{pattern.about}</Box>}
      <Facts pattern={pattern} />
      <Heading>Materials</Heading>
      <Yarns colours={pattern.colours} />
      <Heading>Abbreviations ({terms.toUpperCase()} terms)</Heading>
      <Box component="p" sx={{ m: 0 }}>
        {abbreviations(pattern.pieces, terms).map(([short, means]) => `${short} = ${means}`).join("; ")}.
      </Box>
      {pattern.pieces.map((piece) => (
        <PieceRows key={piece.key} piece={piece} layout={piece === main ? pattern.layout : null} colours={pattern.colours} terms={terms} ticks={settings.ticks} />
      ))}
      {settings.chart && main && (
        <Box sx={{ breakInside: "avoid", mt: "6mm" }}>
          <Heading>Chart</Heading>
          <Box sx={{ maxWidth: "150mm", "& > div": { border: 0, p: 0 }, "& .plate": { fill: "#fff" } }}>
            <Chart pattern={pattern} current={null} name={`Symbol chart of ${pattern.title}`} />
          </Box>
          <Box component="p" sx={{ mt: "2mm", mb: 0 }}>{chartKey(main, terms)}</Box>
        </Box>
      )}
      <Heading>What was checked</Heading>
      <Box component="p" sx={{ m: 0 }}>{foot(pattern)}</Box>
      <Heading>Notes</Heading>
      {Array.from({ length: 4 }, (_, index) => (
        <Box key={index} sx={{ borderBottom: "0.3mm solid #000", height: "9mm" }} />
      ))}
    </Box>
  );
}

function Heading({ children }: { children: React.ReactNode }) {
  return (
    <Box component="h2" sx={{ fontSize: "1.1em", m: 0, mt: "5mm", mb: "1.5mm", breakAfter: "avoid" }}>
      {children}
    </Box>
  );
}

function Facts({ pattern }: { pattern: Pattern }) {
  return (
    <Box component="dl" sx={{ display: "flex", flexWrap: "wrap", columnGap: "6mm", m: 0, mt: "3mm", "& dt": { fontWeight: 700 }, "& dd": { m: 0 } }}>
      {facts(pattern).map(([name, value]) => (
        <Box key={name} sx={{ display: "flex", gap: "1.5mm" }}>
          <dt>{name}:</dt>
          <dd>{value}</dd>
        </Box>
      ))}
    </Box>
  );
}

function Yarns({ colours }: { colours: readonly Colour[] }) {
  return (
    <Box component="ul" sx={{ m: 0, p: 0, listStyle: "none", display: "flex", flexWrap: "wrap", columnGap: "8mm", rowGap: "1.5mm" }}>
      {colours.map((colour) => (
        <Box component="li" key={colour.letter} sx={{ display: "flex", alignItems: "center", gap: "2mm" }}>
          <b>{colour.letter}</b>
          <Box aria-hidden sx={{ width: "4mm", height: "4mm", border: "0.3mm solid #000", printColorAdjust: "exact" }} style={{ background: colour.hex }} />
          {colour.name}
          {amount(colour) && `, ${amount(colour)}`}
        </Box>
      ))}
    </Box>
  );
}

type PieceRowsProps = { piece: Piece; layout: Layout | null; colours: readonly Colour[]; terms: Terms; ticks: SheetSettings["ticks"] };

function PieceRows({ piece, layout, colours, terms, ticks }: PieceRowsProps) {
  const many = piece.make > 1;
  const exchange = exchangeWords(layout, colours);
  return (
    <>
      <Heading>
        {piece.name ?? "Rounds"}
        {many && `: make ${piece.make}`}
      </Heading>
      {exchange && (
        <Box component="p" sx={{ m: 0, mb: "2mm" }}>
          {piece.make - (layout?.exchanged?.length ?? 0)} as written; {layout?.exchanged?.length} with {exchange}, the boxes with a dot: there read {layout?.exchange?.join(" for ")}, and {layout?.exchange?.toReversed().join(" for ")}.
        </Box>
      )}
      {many && <Tally piece={piece} layout={layout} />}
      <Box component="ol" sx={{ m: 0, p: 0, listStyle: "none" }}>
        {piece.rows.map((row) => (
          <Box component="li" key={row.key} sx={rowOnPaper}>
            <Box aria-hidden sx={tick}>{ticks(row, piece) && "✓"}</Box>
            <Box>
              <b>
                {row.label}
                {row.colour && ` (${row.colour})`}:
              </b>{" "}
              {instruction(row)} <b>{rowCount(row, terms) && `(${rowCount(row, terms)})`}</b>
              {row.verdict !== "ok" && (
                <Box component="span" sx={{ fontWeight: 700, whiteSpace: "nowrap" }}>
                  {" "}
                  ◁ not proven
                </Box>
              )}
            </Box>
          </Box>
        ))}
      </Box>
    </>
  );
}

/** A box a copy: paper's answer to "square 3 of 48". */
function Tally({ piece, layout }: { piece: Piece; layout: Layout | null }) {
  return (
    <Box role="img" aria-label={`${piece.make} boxes, one for each`} sx={{ display: "flex", flexWrap: "wrap", gap: "1.2mm", mb: "2mm", breakInside: "avoid" }}>
      {Array.from({ length: piece.make }, (_, index) => (
        <Box key={index} sx={{ ...tick, mt: 0, fontSize: "6pt", color: "#000", fontWeight: 400 }}>
          {exchangeOf(layout, index + 1) && "•"}
          {(index + 1) % 5 === 0 ? index + 1 : ""}
        </Box>
      ))}
    </Box>
  );
}

const tick = { width: "5mm", height: "5mm", border: "0.3mm solid #000", borderRadius: "0.6mm", flex: "none", mt: "0.4mm", display: "grid", placeItems: "center", fontSize: "10pt", lineHeight: 1, fontWeight: 700 } as const;

const rowOnPaper = { display: "flex", gap: "3mm", breakInside: "avoid", py: "1.2mm", "& > div:last-of-type": { flex: 1 } } as const;

const paper = { bgcolor: "#fff", color: "#000", fontSize: "11pt", lineHeight: 1.4, fontVariantNumeric: "tabular-nums lining-nums" } as const;

const largePrint = { fontSize: "24pt", lineHeight: 1.35, "& em, & i": { fontStyle: "normal" } } as const;
