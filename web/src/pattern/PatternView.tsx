import Button from "@mui/material/Button";
import { Suspense, lazy, memo, useCallback, useDeferredValue, useId, useRef, useState } from "react";
import { Link } from "react-router";
import { asError } from "../api/client";
import { cancelJob } from "../api/jobs";
import type { Making as MakingState } from "../api/making";
import { shortId } from "../api/patterns";
import type { Pattern, Piece } from "../api/types";
import { MoreIcon, PrintIcon } from "../ui/icons";
import { Notice, Section } from "../ui/parts";
import { Chart } from "./Chart";
import { Ended } from "./Ended";
import { Kept } from "./Kept";
import { Keys } from "./Keys";
import { Making } from "./Making";
import { Rounds } from "./Rounds";
import { Send } from "./Send";
import { Checked } from "./Checked";
import { Abbreviations, Facts } from "./Leaflet";
import { Overview } from "./Overview";
import { copyAtWork, placeAtWork, placeWords, share } from "./place";
import { Whole } from "./Whole";
import { Yarns } from "./Yarns";
import { useKeptVisit } from "./useKeptVisit";
import { useTicks } from "./useTicks";
import type { Other } from "./usePattern";
import { chartKey, listed, rowName, unproven } from "./words";
import "./leaflet.css";

const More = lazy(async () => ({ default: (await import("./More")).More }));

type PatternProps = { making: MakingState; other: Other | null; busy: boolean };

/** A pattern with the maker's ticks in it. While it is `busy` being written, what is there can already be read and ticked. */
export function PatternView(props: PatternProps) {
  const ticks = useTicks(props.making.pattern.id);
  // A box reads its own tick. What stands around the boxes follows in small steps, when the finger has seen it painted.
  return <Opened {...props} ticks={useDeferredValue(ticks)} />;
}

const Opened = memo(function Opened({ making, other, busy, ticks }: PatternProps & { ticks: ReturnType<typeof useTicks> }) {
  const { pattern, job } = making;
  const [copies, setCopies] = useState<Record<string, number>>({});
  const [trouble, setTrouble] = useState<string | null>(null);
  const terms = pattern.terms ?? "us";
  const main = pattern.pieces[0];
  const place = placeAtWork(pattern.pieces, ticks.marks, copies);
  const started = Object.values(ticks.marks).some((mark) => mark.done);
  const done = share(pattern.pieces, ticks.marks);
  const title = pattern.title ?? job?.prompt ?? "A pattern to be";
  useKeptVisit({ pattern, marks: ticks.marks, ready: ticks.ready && !busy && pattern.pieces.length > 0, share: done, words: placeWords(place), copy: place?.copy ?? 1 });

  const hold = useCallback((piece: string, copy: number) => setCopies((old) => (old[piece] === copy ? old : { ...old, [piece]: copy })), []);
  const stop = () => {
    if (job) cancelJob(job.id).catch((fault: unknown) => setTrouble(asError(fault).message));
  };

  // While rows come they stand above the drawings, so that each is seen as it arrives.
  const drawings = main && (
    <>
      <Whole pattern={pattern} />
      <Section title="Chart">
        <Chart pattern={pattern} zoom current={started && place?.piece === main ? place.row.key : null} name={`Symbol chart of ${title}. The rounds say the same in words.`} />
        <p className="quiet">{chartKey(main, terms)}</p>
      </Section>
    </>
  );

  // Boxes that paint before the browser's own memory was read would flicker from open to ticked.
  if (!ticks.ready) return <p role="status">Fetching your ticks…</p>;

  return (
    <article>
      <title>{`${title} · Knotty AI`}</title>
      <h1 className="title">{title}</h1>
      {pattern.about && <p className="about">{pattern.about}</p>}
      {busy && job && <Making making={making} onStop={pattern.own ? stop : null} />}
      {trouble && <Notice tone="error"><p>{trouble}</p></Notice>}
      {!busy && job && <Ended job={job} own={pattern.own} rows={pattern.pieces.flatMap((piece) => piece.rows).length} />}
      <Facts pattern={pattern} other={other} />
      <Unproven pieces={pattern.pieces} />
      {pattern.notes.length > 0 && (
        <Notice>
          {pattern.notes.map((note) => (
            <p key={note.code + note.text}>{note.text}</p>
          ))}
        </Notice>
      )}
      {!busy && (main || pattern.own) && <Ways making={making} title={title} started={place && started} />}
      {pattern.visibility === "private" && <p className="quiet">Private: you alone can read it.</p>}
      {!busy && main && <Overview pattern={pattern} marks={ticks.marks} place={place} share={done} copy={place?.piece === main ? place.copy : (copies[main.key] ?? main.make)} />}
      <Kept ticks={ticks} />
      {pattern.colours.length > 0 && (
        <Section title="You’ll need">
          <Yarns pattern={pattern} busy={busy} />
        </Section>
      )}
      {!busy && drawings}
      {pattern.pieces.map((piece) => (
        <Rounds
          key={piece.key}
          pattern={pattern.id}
          piece={piece}
          title={pieceTitle(piece, pattern.pieces)}
          layout={piece === main ? pattern.layout : null}
          colours={pattern.colours}
          terms={terms}
          marks={ticks.marks}
          copy={copies[piece.key] ?? copyAtWork(piece, ticks.marks)}
          place={place}
          busy={busy}
          report={!busy && !making.gone}
          onCopy={hold}
          onSay={ticks.say}
        />
      ))}
      {busy && drawings}
      {!busy && main && (
        <>
          <Section title="Abbreviations">
            <Abbreviations pieces={pattern.pieces} terms={terms} />
          </Section>
          <Section title="What was checked, and what was not">
            <Checked pattern={pattern} />
          </Section>
          <Keys pattern={pattern} other={other} />
        </>
      )}
    </article>
  );
});

/** What can be done with it. `started`: null where no row is to be made. */
const Ways = memo(function Ways({ making, title, started }: { making: MakingState; title: string; started: boolean | null }) {
  const { pattern, job, gone } = making;
  const page = `/p/${shortId(pattern.id)}`;
  const main = pattern.pieces.length > 0;
  return (
    <div className="ways">
      {main && started !== null && (
        <Button component={Link} to={`${page}/make`} variant={job ? "outlined" : "contained"}>
          {started ? "Go on making" : "Start making"}
        </Button>
      )}
      {main && (
        <Button component={Link} to={`${page}/print`} variant="outlined" startIcon={<PrintIcon />}>
          Print
        </Button>
      )}
      {main && !gone && <Send pattern={pattern} title={title} />}
      {pattern.own && <MoreButton pattern={pattern} />}
    </div>
  );
});

/** What only its maker can do is fetched when he asks for it. */
function MoreButton({ pattern }: { pattern: Pattern }) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const panel = useId();
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <>
      <Button ref={button} variant="outlined" startIcon={<MoreIcon />} aria-expanded={open} aria-controls={open ? panel : undefined} onClick={() => setOpen(!open)}>
        More
      </Button>
      {open && (
        <Suspense fallback={null}>
          <More id={panel} pattern={pattern} onClose={close} />
        </Suspense>
      )}
    </>
  );
}

function pieceTitle(piece: Piece, pieces: readonly Piece[]): string {
  const plain = piece === pieces[0] && piece.make === 1 ? "Rounds" : (piece.name ?? "Rounds");
  return piece.make > 1 ? `${plain}: make ${piece.make}` : plain;
}

const Unproven = memo(function Unproven({ pieces }: { pieces: readonly Piece[] }) {
  const rows = unproven(pieces);
  if (rows.length === 0) return null;
  return (
    <Notice tone="warning">
      <p>
        <b>
          {listed(rows.map(rowName))} {rows.length === 1 ? "is" : "are"} not proven.
        </b>{" "}
        The reason stands in the row.
      </p>
    </Notice>
  );
});
