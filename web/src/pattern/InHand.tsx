import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import ButtonBase from "@mui/material/ButtonBase";
import Typography from "@mui/material/Typography";
import { useEffect, useRef, useState } from "react";
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
    <Box component="main" sx={screen}>
      <title>{`${words} · ${title}`}</title>
      <Box component="header" sx={{ position: "relative", display: "flex", flexWrap: "wrap", justifyContent: "flex-end", alignItems: "center", columnGap: 1, px: 1, borderBottom: 1, borderColor: "keyline" }}>
        <Box sx={{ flex: "1 1 9rem", minWidth: 0, pl: 1, py: 1 }}>
          <Typography component="h1" ref={heading} tabIndex={-1} sx={{ fontWeight: 600, fontSize: "1rem", whiteSpace: "nowrap", overflow: "hidden", textOverflow: "ellipsis" }}>
            {title}
          </Typography>
          <Typography variant="body2" color="textSecondary" sx={{ fontVariantNumeric: "tabular-nums" }}>
            {words}
          </Typography>
        </Box>
        {awake.supported && (
          <IconButton aria-label="Keep the screen on" aria-pressed={awake.on} onClick={awake.toggle}>
            <AwakeIcon off={!awake.on} />
          </IconButton>
        )}
        <Link to={back} className="icon-button" aria-label="Close: back to the pattern">
          <CloseIcon />
        </Link>
        <Box aria-hidden sx={{ position: "absolute", left: 0, bottom: -2, height: 3, bgcolor: "primary.main" }} style={{ width: `${done * 100}%` }} />
      </Box>
      {/* It may scroll, so a keyboard must reach it. */}
      <Box ref={middle} role="group" aria-label="The row in hand" tabIndex={0} sx={{ overflowY: "auto", px: 2, py: 2, display: "flex", flexDirection: "column" }}>
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
          <Box sx={chart && place ? beside : { my: "auto" }}>
            {chart && place && main && (
              <Chart pattern={pattern} current={place.piece === main ? place.row.key : null} name={`Symbol chart of ${title}, this round in bold`} />
            )}
            {place ? (
              <Box sx={{ my: "auto", minWidth: 0 }}>
                <RowInHand place={place} pattern={pattern} size={SIZES[size] ?? SIZES[0]} inFull={inFull}>
                  <RowNote key={place.row.key} row={rowName(place.row)} text={ticks.notes[place.row.key]?.text ?? ""} open={writing} onOpen={setWriting} onKeep={(text) => ticks.note(place.row.key, text)} />
                </RowInHand>
              </Box>
            ) : (
              <AllDone back={back} />
            )}
          </Box>
        )}
      </Box>
      <Box component="footer" sx={{ borderTop: 1, borderColor: "keyline", bgcolor: "background.paper", px: 2, pb: "max(12px, env(safe-area-inset-bottom))" }}>
        {place && (
          <>
            <ButtonBase aria-expanded={chart} onClick={toggleChart} sx={handle}>
              {chart ? <DownIcon /> : <UpIcon />} Chart
            </ButtonBase>
            {/* Kept open, so that the button does not jump when a cue comes. */}
            <Typography sx={{ minHeight: "1.6em", textAlign: "center", fontWeight: cue ? 600 : 400 }} color={cue ? "primary" : "textSecondary"}>
              {cue ?? (next ? `Then ${placeWords(next).toLowerCase()}` : "This is the last row")}
            </Typography>
            {counter && sidesOf(place.row) > 0 && <SideCounter key={cellOf(place)} sides={sidesOf(place.row)} />}
            <Button variant="contained" fullWidth onClick={goOn} sx={{ minHeight: 96, fontSize: "1.375rem", my: 1 }}>
              {next ? `Done, next ${place.row.label.startsWith("Row") ? "row" : "round"}` : "Done, that was all"}
            </Button>
          </>
        )}
        <Box sx={{ display: "grid", gridTemplateColumns: "repeat(3, 1fr)", gap: 1, mt: place ? 0 : 1.5 }}>
          <Button startIcon={<UndoIcon />} disabled={!hand.begun} {...undo} sx={{ touchAction: "manipulation", userSelect: "none" }}>Undo</Button>
          <Button startIcon={<ListIcon />} aria-expanded={over === "list"} disabled={!place} onClick={() => toggle("list")}>Rounds</Button>
          <Button startIcon={<MoreIcon />} aria-expanded={over === "more"} disabled={!place} onClick={() => toggle("more")}>More</Button>
        </Box>
      </Box>
      <div role="status" className="hidden">
        {place ? `${rowName(place.row)}. ${instruction(worked(place).row)}` : "All done"}
      </div>
    </Box>
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

// The thumb's part stays where it is, whatever stands above it. The row never shrinks to nothing: with large letters on
// a small screen the page scrolls instead.
const screen = { height: "100dvh", display: "grid", gridTemplateColumns: "minmax(0, 1fr)", gridTemplateRows: "auto minmax(10rem, 1fr) auto", maxWidth: 900, mx: "auto" } as const;

const beside = { my: "auto", display: "grid", gridTemplateColumns: { xs: "minmax(0, 1fr)", md: "minmax(0, 1fr) minmax(0, 1fr)" }, gap: 3 } as const;

const handle = { display: "flex", width: "100%", minHeight: 48, gap: 0.5, fontSize: "0.9375rem", fontWeight: 600, color: "text.secondary", borderRadius: "10px" } as const;
