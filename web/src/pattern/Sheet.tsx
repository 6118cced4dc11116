import Box from "@mui/material/Box";
import { Suspense, lazy } from "react";
import type { Marks, Notes } from "../api/progress";
import type { Colour, Layout, Pattern, Piece, Row } from "../api/types";
import { TITLE } from "../ui/theme";
import { Chart } from "./Chart";
import { isDone } from "./place";
import { Tally, largeTick, tick } from "./Tally";
import { Unbroken } from "./Unbroken";
import { abbreviationWords, dottedWords, pieceWords, readWords, rowWords, yarnWords } from "./sheetWords";
import type { Telling } from "./sheetWords";
import { chartKey, facts, foot, unprovenWords } from "./words";

const Qr = lazy(() => import("../ui/Qr"));

/** `marks`, `notes`: what is printed of them; null leaves boxes and lines empty. `link`: where the pattern is read; null for a private one. */
export type SheetSettings = { large: boolean; full: boolean; chart: boolean; marks: Marks | null; notes: Notes | null; link: string | null };

/** The sheet of paper: black on white, no fills, a box to tick beside each row. A drawing of its own, not the screen with parts hidden. */
export function Sheet({ pattern, settings }: { pattern: Pattern; settings: SheetSettings }) {
  const { large } = settings;
  const telling: Telling = { terms: pattern.terms ?? "us", large, full: settings.full };
  const main = pattern.pieces[0];
  const doubt = unprovenWords(pattern.pieces);
  return (
    <Box sx={large ? [paper, largePrint] : paper}>
      <Box sx={large ? undefined : { display: "flex", flexWrap: "wrap", gap: "6mm", alignItems: "flex-start" }}>
        <Box sx={{ flex: "1 1 60mm" }}>
          <Box component="h1" sx={{ fontFamily: large ? "inherit" : TITLE, fontSize: large ? "1.4em" : "20pt", lineHeight: 1.15, m: 0 }}>
            {pattern.title}
          </Box>
          {pattern.about && <Box component="p" sx={{ mt: "2mm", mb: 0 }}>{pattern.about}</Box>}
          <Facts pattern={pattern} large={large} />
          {doubt && <Box component="p" sx={{ mt: "2mm", mb: 0, fontWeight: 700 }}>{doubt}</Box>}
        </Box>
        {settings.link && !large && <ReadLink link={settings.link} />}
      </Box>
      <Heading>Materials</Heading>
      <Yarns colours={pattern.colours} large={large} />
      <Heading>Abbreviations ({telling.terms.toUpperCase()} terms)</Heading>
      <Abbreviations told={abbreviationWords(pattern.pieces, telling)} large={large} />
      {pattern.pieces.map((piece) => (
        <PieceRows key={piece.key} piece={piece} layout={piece === main ? pattern.layout : null} colours={pattern.colours} telling={telling} marks={settings.marks} notes={settings.notes} />
      ))}
      {settings.chart && main && (
        <Box sx={{ breakInside: "avoid", mt: "6mm" }}>
          <Heading>Chart</Heading>
          <Box sx={{ maxWidth: large ? "150mm" : "130mm", "& > div": { border: 0, p: 0, bgcolor: "#fff" }, "& .plate": { fill: "#fff" } }}>
            <Chart pattern={pattern} current={null} name={`Symbol chart of ${pattern.title}`} />
          </Box>
          <Box component="p" sx={{ mt: "2mm", mb: 0 }}>{chartKey(main, telling.terms)}</Box>
        </Box>
      )}
      <Box sx={{ breakInside: "avoid" }}>
        <Heading>What was checked</Heading>
        <Box component="p" sx={{ m: 0 }}>{foot(pattern)}</Box>
      </Box>
      <Box sx={{ breakInside: "avoid" }}>
        <Heading>Notes</Heading>
        {Array.from({ length: 4 }, (_, index) => (
          <Box key={index} sx={{ borderBottom: "0.3mm solid #000", height: large ? "14mm" : "9mm" }} />
        ))}
      </Box>
      {settings.link && large && (
        <Box sx={{ mt: "6mm" }}>
          <ReadLink link={settings.link} large />
        </Box>
      )}
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

/** The link that anyone may read by, to scan and in words. */
function ReadLink({ link, large = false }: { link: string; large?: boolean }) {
  return (
    <Box sx={{ display: "flex", flexWrap: { xs: "wrap", sm: "nowrap" }, flex: "none", alignItems: "center", gap: "3mm", maxWidth: "100%", breakInside: "avoid" }}>
      <Box sx={{ flex: "none", width: "28mm", height: "28mm", "& svg": { display: "block" } }}>
        <Suspense fallback={null}>
          <Qr text={link} size="28mm" name={`QR code of ${link}`} />
        </Suspense>
      </Box>
      <Box sx={{ width: large ? "100mm" : "34mm", fontSize: large ? "24pt" : "9pt", lineHeight: 1.3, overflowWrap: "anywhere" }}>
        {readWords(link)}
      </Box>
    </Box>
  );
}

function Facts({ pattern, large }: { pattern: Pattern; large: boolean }) {
  return (
    <Box component="dl" sx={{ display: large ? "block" : "flex", flexWrap: "wrap", columnGap: "6mm", m: 0, mt: "3mm", "& dt": { fontWeight: 700 }, "& dd": { m: 0 } }}>
      {facts(pattern).map(([name, value]) => (
        <Box key={name} sx={{ display: "flex", gap: "1.5mm" }}>
          <dt>{name}:</dt>
          <dd>{value}</dd>
        </Box>
      ))}
    </Box>
  );
}

function Yarns({ colours, large }: { colours: readonly Colour[]; large: boolean }) {
  return (
    <Box component="ul" sx={{ m: 0, p: 0, listStyle: "none", display: "flex", flexWrap: "wrap", flexDirection: large ? "column" : "row", columnGap: "8mm", rowGap: "1.5mm" }}>
      {colours.map((colour) => (
        <Box component="li" key={colour.letter} sx={{ display: "flex", alignItems: "baseline", gap: "2mm", breakInside: "avoid" }}>
          <b>{colour.letter}</b>
          <Box aria-hidden sx={{ flex: "none", width: large ? "7mm" : "4mm", height: large ? "7mm" : "4mm", border: "0.3mm solid #000", printColorAdjust: "exact" }} style={{ background: colour.hex }} />
          <span>{yarnWords(colour)}</span>
        </Box>
      ))}
    </Box>
  );
}

function Abbreviations({ told, large }: { told: readonly string[]; large: boolean }) {
  if (!large) return <Box component="p" sx={{ m: 0 }}>{told.join("; ")}.</Box>;
  return told.map((words) => <Box key={words}>{words}</Box>);
}

type PieceRowsProps = { piece: Piece; layout: Layout | null; colours: readonly Colour[]; telling: Telling } & Pick<SheetSettings, "marks" | "notes">;

function PieceRows({ piece, layout, colours, telling, marks, notes }: PieceRowsProps) {
  const many = piece.make > 1;
  const dotted = dottedWords(piece, layout, colours);
  return (
    <>
      <Heading>{pieceWords(piece)}</Heading>
      {dotted && <Box component="p" sx={{ m: 0, mb: "2mm" }}>{dotted}</Box>}
      {many && <Tally piece={piece} layout={layout} large={telling.large} marks={marks} />}
      <Box component="ol" sx={{ m: 0, p: 0, listStyle: "none" }}>
        {piece.rows.map((row) => (
          <RowOnPaper key={row.key} row={row} telling={telling} done={!many && marks !== null && isDone(marks, row.key)} note={notes?.[row.key]?.text ?? ""} />
        ))}
      </Box>
    </>
  );
}

function RowOnPaper({ row, telling, done, note }: { row: Row; telling: Telling; done: boolean; note: string }) {
  const { name, words, count, doubt } = rowWords(row, telling);
  return (
    <Box component="li" sx={rowOnPaper}>
      <Box aria-hidden sx={telling.large ? [tick, largeTick] : tick}>{done && "✓"}</Box>
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <b>{name}</b> <Unbroken words={words} /> {count && <b><Unbroken words={count} /></b>}
        {doubt !== null && <Box sx={{ fontWeight: 700 }}>{doubt}</Box>}
        {note && <Box sx={{ mt: "1mm", pl: "2mm", borderLeft: "0.6mm solid #000", whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>Note: {note}</Box>}
      </Box>
      {doubt !== null && <Box sx={{ flex: "none", width: "4.2em", fontWeight: 700, lineHeight: 1.15, borderLeft: "0.6mm solid #000", pl: "2mm" }}>not proven</Box>}
    </Box>
  );
}

const rowOnPaper = { display: "flex", gap: "3mm", breakInside: "avoid", py: "1.2mm" } as const;

const paper = { bgcolor: "#fff", color: "#000", fontSize: "11pt", lineHeight: 1.4, fontVariantNumeric: "tabular-nums lining-nums" } as const;

const largePrint = { fontSize: "24pt", lineHeight: 1.35, textAlign: "left", hyphens: "none", "& em, & i": { fontStyle: "normal" } } as const;
