import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import ButtonBase from "@mui/material/ButtonBase";
import Typography from "@mui/material/Typography";
import { useEffect, useId, useRef, useState } from "react";
import type { Yarn } from "../api/making";
import type { Colour } from "../api/types";
import { Words } from "../ui/Field";
import { Leaf } from "../ui/parts";
import { ProgressSquare } from "./ProgressSquare";
import type { Ring } from "./ProgressSquare";
import { YarnTile } from "./YarnTile";
import { SHELF, asWritten, nearest } from "./yarns";

type YarnShelfProps = {
  id: string;
  colour: Colour;
  /** A square in the yarns as they are now: the drawings are out of sight while the shelf is open. */
  rings: readonly Ring[];
  /** Its maker's choice stands with the pattern. */
  own: boolean;
  onPick: (yarn: Yarn | null) => void;
  onClose: () => void;
};

/** Other yarns for one letter. It stays open, so that several can be tried. */
export function YarnShelf({ id, colour, rings, own, onPick, onClose }: YarnShelfProps) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const { letter, name, hex, written } = colour;
  return (
    <Leaf sx={{ mt: 1.5 }}>
      <Box id={id} role="group" aria-labelledby={`${id}-title`} onKeyDown={(event: React.KeyboardEvent) => event.key === "Escape" && onClose()}>
        <Box sx={{ display: "flex", gap: 2, alignItems: "center", position: "sticky", top: 0, zIndex: 1, py: 1, mt: -1, bgcolor: "background.paper" }}>
          <ProgressSquare rings={rings} size={80} />
          <Box>
            <Typography variant="h3" id={`${id}-title`} ref={title} tabIndex={-1} sx={{ outline: "none" }}>
              Another yarn for {letter}
            </Typography>
            <Typography variant="body2" color="textSecondary">
              {own ? "Kept with the pattern: whoever has the link sees it too." : "Kept in this browser and yours alone: the pattern of its maker stays as it is."}
            </Typography>
          </Box>
        </Box>
        <Box sx={{ display: "grid", gridTemplateColumns: "repeat(auto-fill, minmax(128px, 1fr))", columnGap: 0.5 }}>
          {SHELF.map((yarn) => {
            const here = yarn.name === name && yarn.hex === hex;
            return (
              <ButtonBase key={yarn.name} aria-pressed={here} onClick={() => onPick(yarn)} sx={here ? [ball, held] : ball}>
                <YarnTile colour={{ letter: here ? letter : "", hex: yarn.hex }} size={32} />
                {yarn.name}
              </ButtonBase>
            );
          })}
        </Box>
        <Own letter={letter} hex={hex} onPick={onPick} />
        <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1, mt: 2 }}>
          <Button variant="contained" onClick={onClose}>
            Close
          </Button>
          {written && (
            <Button variant="outlined" color="secondary" onClick={() => onPick(null)}>
              As written: {asWritten(colour).name}
            </Button>
          )}
        </Box>
      </Box>
    </Leaf>
  );
}

/** A colour of the maker's own, mixed in the browser's own picker, and what he calls it. */
function Own({ letter, hex, onPick }: { letter: string; hex: string; onPick: (yarn: Yarn) => void }) {
  const id = useId();
  const [mixed, setMixed] = useState(hex);
  const [called, setCalled] = useState<string | null>(null);
  const name = called ?? nearest(mixed);
  return (
    <Box component="details" sx={{ mt: 1 }}>
      <Box component="summary" sx={{ minHeight: 48, lineHeight: "48px", display: "list-item", cursor: "pointer", fontWeight: 600 }}>
        Mix your own
      </Box>
      <Box component="form" onSubmit={(event: React.FormEvent) => { event.preventDefault(); onPick({ name: name.trim() || nearest(mixed), hex: mixed }); }} sx={{ display: "flex", flexWrap: "wrap", alignItems: "end", gap: 1.5 }}>
        <Box>
          <Box component="label" htmlFor={id} sx={{ display: "block", mb: 0.75, fontWeight: 600, fontSize: "0.9375rem" }}>
            Colour
          </Box>
          <Box component="input" type="color" id={id} value={mixed.toLowerCase()} onChange={(event) => setMixed(event.target.value.toUpperCase())} sx={{ width: 72, height: 48, p: 0.5, border: 1, borderColor: "edge", borderRadius: "10px", bgcolor: "background.paper", cursor: "pointer" }} />
        </Box>
        <Box sx={{ flex: "1 1 180px" }}>
          <Words name="What you call it" value={name} most={40} onChange={setCalled} />
        </Box>
        <Button type="submit" variant="outlined">
          Use it for {letter}
        </Button>
      </Box>
    </Box>
  );
}

const ball = { display: "flex", alignItems: "center", justifyContent: "flex-start", gap: 1, minHeight: 48, px: 1, borderRadius: "10px", font: "inherit", fontSize: "0.9375rem", textAlign: "left", border: "2px solid transparent", "&:hover": { bgcolor: "background.default" } } as const;

const held = { borderColor: "primary.main", fontWeight: 600 } as const;
