import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import type { Row } from "../api/types";
import { Toggle } from "../ui/Toggle";
import { MinusIcon, PlusIcon } from "../ui/icons";
import { useLetterKeys } from "../ui/kept";
import { useCounter, useInFull } from "./settings";
import { rowName } from "./words";

type MoreProps = { row: Row; size: number; sizes: number; onSize: (size: number) => void; onNote: () => void; onJump: () => void; onKeys: () => void; onAgain: () => void };

/** What is wanted now and then while making. */
export function MoreInHand({ row, size, sizes, onSize, onNote, onJump, onKeys, onAgain }: MoreProps) {
  const [counter, setCounter] = useCounter();
  const [inFull, setInFull] = useInFull();
  const [letters, setLetters] = useLetterKeys();
  return (
    <Box component="section" aria-label="More" sx={{ my: "auto", display: "grid", gap: 1, width: "100%", maxWidth: 480, mx: "auto" }}>
      <Button variant="outlined" onClick={onNote}>Write a note at {rowName(row).toLowerCase()}</Button>
      <Button variant="outlined" onClick={onJump}>Go to another round</Button>
      <Box role="group" aria-label="Size of the words" sx={{ display: "flex", alignItems: "center", gap: 1 }}>
        <Typography sx={{ flex: 1 }}>Size of the words</Typography>
        <Button variant="outlined" aria-label="Smaller words" disabled={size <= 0} onClick={() => onSize(size - 1)}><MinusIcon /></Button>
        <Button variant="outlined" aria-label="Larger words" disabled={size >= sizes - 1} onClick={() => onSize(size + 1)}><PlusIcon /></Button>
      </Box>
      <Toggle name="Write stitches in full" value={inFull} onChange={setInFull} />
      <Toggle name="Count the sides of a round" value={counter} onChange={setCounter} />
      <Toggle name="Letters work as keys" value={letters} onChange={setLetters} />
      <Button color="secondary" onClick={onKeys}>Keys and pedals</Button>
      <Button color="secondary" onClick={onAgain}>Begin this one again</Button>
    </Box>
  );
}

const KEYS: readonly [string, string][] = [
  ["Space, Enter, →, Page Down", "done, next round"],
  ["←, Backspace, Page Up", "undo"],
  ["N", "note"],
  ["C", "chart"],
  ["J", "go to another round"],
  ["R", "begin this one again, after a question"],
  ["+ and −", "size of the words"],
  ["W", "keep the screen on"],
  ["M", "more"],
  ["?", "this list"],
  ["Esc", "close, then back to the pattern"],
];

/** Which key does what; pedals and presenters send the same. */
export function KeyList() {
  const [letters] = useLetterKeys();
  return (
    <Box component="section" aria-label="Keys" sx={{ my: "auto", width: "100%", maxWidth: 480, mx: "auto" }}>
      <Typography variant="h2" sx={{ mb: 1.5 }}>Keys and pedals</Typography>
      <Box component="dl" sx={{ m: 0, display: "grid", gridTemplateColumns: "auto 1fr", columnGap: 2, rowGap: 0.75 }}>
        {KEYS.map(([key, does]) => (
          <Box key={key} sx={{ display: "contents" }}>
            <Box component="dt" sx={{ fontWeight: 700 }}>{key}</Box>
            <Box component="dd" sx={{ m: 0 }}>{does}</Box>
          </Box>
        ))}
      </Box>
      <Typography variant="body2" color="textSecondary" sx={{ mt: 1.5 }}>
        {letters ? "Letters and signs can be switched off under More." : "Letters and signs are switched off, under More."} A pedal or presenter that turns pages works as it is.
      </Typography>
    </Box>
  );
}
