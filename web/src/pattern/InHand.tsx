import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useDeferredValue, useEffect, useRef, useState } from "react";
import { Link, useNavigate } from "react-router";
import { shortId } from "../api/patterns";
import type { Pattern } from "../api/types";
import { IconButton } from "../ui/IconButton";
import { AwakeIcon, CloseIcon, DownIcon, ListIcon, MoreIcon, UndoIcon, UpIcon } from "../ui/icons";
import { useKept } from "../ui/kept";
import { Notice } from "../ui/parts";
import { useKeys } from "../ui/useKeys";
import { useLongPress } from "../ui/useLongPress";
import { useWakeLock } from "../ui/useWakeLock";
import { BeginAgain } from "./BeginAgain";
import { Chart } from "./Chart";
import { JumpTo } from "./JumpTo";
import { Kept } from "./Kept";
import { KeyList, MoreInHand } from "./MoreInHand";
import { RowInHand } from "./RowInHand";
import { RowNote } from "./RowNote";
import { SideCounter } from "./SideCounter";
import { cellOf, sidesOf, yarnCue } from "./hand";
import { asWorked } from "./kinds";
import { placeWords, share } from "./place";
import type { Place } from "./place";
import { useCounter, useInFull } from "./settings";
import { useHand } from "./useHand";
import { useKeptVisit } from "./useKeptVisit";
import { useTicks } from "./useTicks";
import { instruction, rowName } from "./words";
import "./hand.css";

const SIZES = [28, 34, 40] as const; // px, of the row in hand

/** What lies over the row in hand. */
type Over = "list" | "more" | "keys" | "again" | null;

type InHandProps = { pattern: Pattern; ticks: ReturnType<typeof useTicks> };

/** One row at a time, large, for one thumb. */
export function InHand({ pattern, ticks }: InHandProps) {
  const hand = useHand(pattern, ticks);
  const { place, next } = hand;
  const [size, setSize] = useKept("knotty-in-hand", 0);
  const [counter] = useCounter();
  const [inFull] = useInFull();
  const [over, setOver] = useState<Over>(null);
  const [chart, setChart] = useState(false);
  const [writing, setWriting] = useState(false);
  const awake = useWakeLock();
  const leave = useNavigate();
  const back = `/p/${shortId(pattern.id)}`;
  const done = share(pattern.pieces, ticks.marks);
  const words = placeWords(place);
  useKeptVisit({ pattern, marks: ticks.marks, ready: true, share: done, words, copy: place?.copy ?? 1 });

  // Another row, or another thing over it, is read from its beginning.
  const middle = useRef<HTMLDivElement>(null);
  const show = (what: Over, drawn = chart) => {
    setOver(what);
    setChart(drawn);
    if (middle.current) middle.current.scrollTop = 0;
  };
  const toggle = (what: Over) => show(over === what ? null : what);
  const toggleChart = () => show(null, over !== null || !chart);
  const larger = (by: number) => setSize(Math.min(SIZES.length - 1, Math.max(0, size + by)));
  // The next row must be seen when this one is done.
  const step = (move: () => void) => () => {
    show(null);
    setWriting(false);
    move();
  };
  const [goOn, goBack] = [step(hand.done), step(hand.undo)];
  const note = () => {
    show(null);
    setWriting(place !== null);
  };
  const out = () => {
    if (over) show(null);
    else if (chart) show(null, false);
    else void leave(back);
  };
  useKeys({
    " ": goOn, Enter: goOn, ArrowRight: goOn, PageDown: goOn,
    ArrowLeft: goBack, Backspace: goBack, PageUp: goBack,
    n: note, c: toggleChart, j: () => toggle("list"), m: () => toggle("more"), r: () => toggle("again"), w: awake.toggle,
    "+": () => larger(1), "-": () => larger(-1), "?": () => toggle("keys"), Escape: out,
  });
  const undo = useLongPress(() => show("again"), goBack);

  // A screen reader begins at the heading; keys are heard wherever the focus is.
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);

  const title = pattern.title ?? "A pattern";
  const worked = (at: Place) => asWorked(at, pattern.pieces, pattern.layout);
  const cue = place && yarnCue(worked(place), next && worked(next), pattern.colours);
  const main = pattern.pieces[0];
  return (
    <main className="hand">
      <header>
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          <p>{words}</p>
        </div>
        {awake.supported && (
          <IconButton aria-label="Keep the screen on" aria-pressed={awake.on} onClick={awake.toggle}>
            <AwakeIcon off={!awake.on} />
          </IconButton>
        )}
        <Link to={back} className="icon-button" aria-label="Close: back to the pattern">
          <CloseIcon />
        </Link>
        <div aria-hidden className="share" style={{ width: `${done * 100}%` }} />
      </header>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it may scroll, so a keyboard must reach it */}
      <div ref={middle} role="group" aria-label="The row in hand" tabIndex={0}>
        {hand.ahead && (
          <Notice action={<Button variant="outlined" onClick={hand.follow}>Go there</Button>}>
            <p>Your other device is at {placeWords(hand.ahead).toLowerCase()}.</p>
          </Notice>
        )}
        <Kept ticks={ticks} />
        {over === "more" && place && (
          <MoreInHand size={size} sizes={SIZES.length} row={place.row} onSize={setSize} onNote={note} onJump={() => show("list")} onKeys={() => show("keys")} onAgain={() => show("again")} />
        )}
        {over === "keys" && <KeyList />}
        {over === "list" && place && <JumpTo place={place} pieces={pattern.pieces} marks={ticks.marks} onGo={(to) => step(() => hand.goTo(to))()} />}
        {over === "again" && place && <BeginAgain place={place} marks={ticks.marks} onAgain={(to) => step(() => hand.goTo(to))()} onKeep={() => show(null)} />}
        {over === null && (
          <div className={chart && place ? "middle beside" : "middle"}>
            {chart && place && main && (
              <Chart pattern={pattern} current={place.piece === main ? place.row.key : null} name={`Symbol chart of ${title}, this round in bold`} />
            )}
            {place ? (
              <RowInHand place={place} pattern={pattern} size={SIZES[size] ?? SIZES[0]} inFull={inFull}>
                <RowNote key={place.row.key} row={rowName(place.row)} text={ticks.notes[place.row.key]?.text ?? ""} open={writing} onOpen={setWriting} onKeep={(text) => ticks.note(place.row.key, text)} />
              </RowInHand>
            ) : (
              <AllDone back={back} />
            )}
          </div>
        )}
      </div>
      <footer>
        {place && (
          <>
            <button type="button" className="handle" aria-expanded={chart} onClick={toggleChart}>
              {chart ? <DownIcon /> : <UpIcon />} Chart
            </button>
            <p className={cue ? "then cue" : "then"}>{cue ?? (next ? `Then ${placeWords(next).toLowerCase()}` : "This is the last row")}</p>
            {counter && sidesOf(place.row) > 0 && <SideCounter key={cellOf(place)} sides={sidesOf(place.row)} />}
            <button type="button" className="done" onClick={goOn}>
              {next ? `Done, next ${place.row.label.startsWith("Row") ? "row" : "round"}` : "Done, that was all"}
            </button>
          </>
        )}
        <div className="below">
          <button type="button" disabled={!hand.begun} {...undo}>
            <UndoIcon /> Undo
          </button>
          <button type="button" aria-expanded={over === "list"} disabled={!place} onClick={() => toggle("list")}>
            <ListIcon /> Rounds
          </button>
          <button type="button" aria-expanded={over === "more"} disabled={!place} onClick={() => toggle("more")}>
            <MoreIcon /> More
          </button>
        </div>
      </footer>
      <Told title={`${words} · ${title}`} row={place ? `${rowName(place.row)}. ${instruction(worked(place).row)}` : "All done"} />
    </main>
  );
}

/** What the eye does not wait for: the tab's title and the words for a screen reader follow when the row is painted. */
function Told(now: { title: string; row: string }) {
  const [title, row] = [useDeferredValue(now.title), useDeferredValue(now.row)];
  return (
    <>
      <title>{title}</title>
      <div role="status" className="hidden">
        {row}
      </div>
    </>
  );
}

function AllDone({ back }: { back: string }) {
  return (
    <Box sx={{ m: "auto", textAlign: "center", maxWidth: "36ch" }}>
      <Typography variant="h2">Every row is ticked</Typography>
      <Typography color="textSecondary" sx={{ my: 2 }}>
        If one was ticked too early, Undo opens it again.
      </Typography>
      <Button component={Link} to={back} variant="contained">
        Back to the pattern
      </Button>
    </Box>
  );
}
