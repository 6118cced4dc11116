import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import IconButton from "@mui/material/IconButton";
import Typography from "@mui/material/Typography";
import { useEffect, useRef, useState } from "react";
import { Link, useNavigate } from "react-router";
import { shortId } from "../api/patterns";
import type { Pattern } from "../api/types";
import { AwakeIcon, ChartIcon, CloseIcon, ListIcon, MinusIcon, PlusIcon, UndoIcon } from "../ui/icons";
import { Notice, hidden } from "../ui/parts";
import { useKeys } from "../ui/useKeys";
import { useWakeLock } from "../ui/useWakeLock";
import { Chart } from "./Chart";
import { JumpTo } from "./JumpTo";
import { RowInHand } from "./RowInHand";
import { SideCounter } from "./SideCounter";
import { after, cellOf, sidesOf, yarnCue } from "./hand";
import { asWorked } from "./kinds";
import { placeWords, share } from "./place";
import type { Place } from "./place";
import { useHand } from "./useHand";
import { useKeptVisit } from "./useKeptVisit";
import { useTicks } from "./useTicks";
import { instruction, rowName } from "./words";

const SIZES = [28, 34, 40] as const; // px, of the row in hand
const SIZE_KEY = "knotty-in-hand";

type InHandProps = { pattern: Pattern; ticks: ReturnType<typeof useTicks> };

/** One row at a time, large, for one thumb. */
export function InHand({ pattern, ticks }: InHandProps) {
  const hand = useHand(pattern, ticks);
  const { place } = hand;
  const [size, setSize] = useKeptSize();
  const [open, setOpen] = useState<"chart" | "list" | null>(null);
  const awake = useWakeLock();
  const leave = useNavigate();
  const back = `/p/${shortId(pattern.id)}`;
  const done = share(pattern.pieces, ticks.marks);
  const words = placeWords(place);
  useKeptVisit({ pattern, marks: ticks.marks, ready: true, share: done, words, copy: place?.copy ?? 1 });

  const toggle = (what: "chart" | "list") => setOpen((old) => (old === what ? null : what));
  const larger = (by: number) => setSize(Math.min(SIZES.length - 1, Math.max(0, size + by)));
  useKeys({
    " ": hand.done, Enter: hand.done, ArrowRight: hand.done, PageDown: hand.done,
    ArrowLeft: hand.undo, Backspace: hand.undo, PageUp: hand.undo,
    c: () => toggle("chart"), j: () => toggle("list"), w: awake.toggle,
    "+": () => larger(1), "-": () => larger(-1),
    Escape: () => void (open ? setOpen(null) : leave(back)),
  });

  // A screen reader begins at the heading; keys are heard wherever the focus is.
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);

  const title = pattern.title ?? "A pattern";
  const next = place && after(pattern.pieces, { ...ticks.marks, [cellOf(place)]: { done: true, stamp: "" } }, place);
  const worked = (at: Place) => asWorked(at, pattern.pieces, pattern.layout);
  const cue = place && yarnCue(worked(place), next && worked(next), pattern.colours);
  return (
    <Box component="main" sx={screen}>
      <title>{`${words} · ${title}`}</title>
      <Box component="header" sx={{ display: "flex", flexWrap: "wrap", justifyContent: "flex-end", alignItems: "center", columnGap: 1, px: 1, borderBottom: 1, borderColor: "keyline" }}>
        <Box sx={{ flex: "1 1 9rem", minWidth: 0, pl: 1, py: 1 }}>
          <Typography component="h1" ref={heading} tabIndex={-1} sx={{ fontWeight: 600, fontSize: "1rem", whiteSpace: "nowrap", overflow: "hidden", textOverflow: "ellipsis" }}>
            {title}
          </Typography>
          <Typography variant="body2" color="textSecondary" sx={{ fontVariantNumeric: "tabular-nums" }}>
            {words}
          </Typography>
        </Box>
        {awake.supported && (
          <IconButton aria-label="Keep the screen on" aria-pressed={awake.on} onClick={awake.toggle} sx={awake.on ? { color: "primary.main" } : undefined}>
            <AwakeIcon />
          </IconButton>
        )}
        <IconButton aria-label="Smaller words" disabled={size === 0} onClick={() => larger(-1)}>
          <MinusIcon />
        </IconButton>
        <IconButton aria-label="Larger words" disabled={size === SIZES.length - 1} onClick={() => larger(1)}>
          <PlusIcon />
        </IconButton>
        <IconButton component={Link} to={back} aria-label="Close: back to the pattern">
          <CloseIcon />
        </IconButton>
      </Box>
      <Box role="group" aria-label="The row in hand" tabIndex={0} sx={{ overflowY: "auto", px: 2, py: 2, display: "flex", flexDirection: "column" }}>
        {hand.ahead && (
          <Notice action={<Button variant="outlined" onClick={hand.follow}>Go there</Button>}>
            <p>Ticked on your other device, which is at {placeWords(hand.ahead).toLowerCase()}.</p>
          </Notice>
        )}
        {ticks.trouble && ticks.unsent > 0 && (
          <Typography variant="body2" color="textSecondary" role="status">
            Offline. {ticks.unsent} {ticks.unsent === 1 ? "tick is" : "ticks are"} kept and will be sent.
          </Typography>
        )}
        {open === "chart" && place && pattern.pieces[0] && (
          <Chart pattern={pattern.id} rows={pattern.pieces[0].rows.length} current={place.piece === pattern.pieces[0] ? place.row.key : null} name={`Symbol chart of ${title}, this round in bold`} />
        )}
        {open === "list" && place && <JumpTo place={place} marks={ticks.marks} onGo={(to) => { hand.goTo(to); setOpen(null); }} />}
        {open === null && (place ? <RowInHand place={place} pattern={pattern} size={SIZES[size] ?? SIZES[0]} /> : <AllDone back={back} />)}
      </Box>
      <Box component="footer" sx={{ borderTop: 1, borderColor: "keyline", bgcolor: "background.paper", px: 2, pt: 1.5, pb: "max(16px, env(safe-area-inset-bottom))" }}>
        {place && (
          <>
            {/* Kept open, so that the button does not jump when a cue comes. */}
            <Typography sx={{ minHeight: "1.6em", textAlign: "center", fontWeight: cue ? 600 : 400 }} color={cue ? "primary" : "textSecondary"}>
              {cue ?? (next ? `Then ${placeWords(next).toLowerCase()}` : "This is the last row")}
            </Typography>
            {sidesOf(place.row) > 0 && <SideCounter key={cellOf(place)} sides={sidesOf(place.row)} />}
            <Button variant="contained" fullWidth onClick={hand.done} sx={{ minHeight: 96, fontSize: "1.375rem", my: 1 }}>
              {next ? `Done, next ${place.row.label.startsWith("Row") ? "row" : "round"}` : "Done, that was all"}
            </Button>
          </>
        )}
        <Box sx={{ display: "grid", gridTemplateColumns: "repeat(3, 1fr)", gap: 1 }}>
          <Button startIcon={<UndoIcon />} onClick={hand.undo} disabled={!hand.begun}>Undo</Button>
          <Button startIcon={<ChartIcon />} aria-expanded={open === "chart"} onClick={() => toggle("chart")}>Chart</Button>
          <Button startIcon={<ListIcon />} aria-expanded={open === "list"} onClick={() => toggle("list")}>Rounds</Button>
        </Box>
      </Box>
      <Box role="status" sx={hidden}>
        {place ? `${rowName(place.row)}. ${instruction(worked(place).row)}` : "All done"}
      </Box>
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

function useKeptSize(): [number, (size: number) => void] {
  const [size, setSize] = useState(() => {
    try {
      return Math.min(SIZES.length - 1, Math.max(0, Math.trunc(Number(localStorage.getItem(SIZE_KEY)) || 0)));
    } catch {
      return 0;
    }
  });
  const keep = (value: number) => {
    setSize(value);
    try {
      localStorage.setItem(SIZE_KEY, String(value));
    } catch {
      // Storage is off: the size holds until the page is left.
    }
  };
  return [size, keep];
}

// The thumb's part stays where it is, whatever stands above it. The row never shrinks to nothing: with large letters on
// a small screen the page scrolls instead.
const screen = { height: "100dvh", display: "grid", gridTemplateColumns: "minmax(0, 1fr)", gridTemplateRows: "auto minmax(10rem, 1fr) auto", maxWidth: 900, mx: "auto" } as const;
