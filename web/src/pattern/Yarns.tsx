import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import ButtonBase from "@mui/material/ButtonBase";
import Typography from "@mui/material/Typography";
import { Suspense, lazy, memo, useId, useRef, useState } from "react";
import type { Colour, Pattern } from "../api/types";
import { Notice, Spoken } from "../ui/parts";
import type { Ring } from "./ProgressSquare";
import { YarnTile } from "./YarnTile";
import { useSwap } from "./useEdit";
import { amount } from "./words";

const YarnShelf = lazy(async () => ({ default: (await import("./YarnShelf")).YarnShelf }));

/** What to buy. A tap on a yarn opens the shelf; another one shows at once in tiles, words, chart and picture. */
export const Yarns = memo(function Yarns({ pattern, busy }: { pattern: Pattern; busy: boolean }) {
  const [open, setOpen] = useState<string | null>(null);
  const { swap, fault } = useSwap(pattern);
  const shelf = useId();
  const buttons = useRef<Record<string, HTMLButtonElement | null>>({});
  const colour = pattern.colours.find(({ letter }) => letter === open);
  const swapped = pattern.colours.filter(({ written }) => written);
  const rings = (pattern.pieces[0]?.rows ?? []).map((row): Ring => ({ hex: pattern.colours.find(({ letter }) => letter === row.colour)?.hex ?? null, state: "done" }));
  const close = () => {
    if (open) buttons.current[open]?.focus();
    setOpen(null);
  };
  return (
    <>
      <Box component="ul" sx={{ m: 0, mx: -1, p: 0, listStyle: "none", display: "grid", gridTemplateColumns: "repeat(auto-fill, minmax(min(340px, 100%), 1fr))", gap: 0.5 }}>
        {pattern.colours.map((each) => (
          <li key={each.letter}>
            {busy ? (
              <Box sx={item}>
                <Known colour={each} />
              </Box>
            ) : (
              <ButtonBase
                ref={(button: HTMLButtonElement | null) => void (buttons.current[each.letter] = button)}
                aria-expanded={open === each.letter}
                aria-controls={open === each.letter ? shelf : undefined}
                onClick={() => setOpen(open === each.letter ? null : each.letter)}
                sx={[item, tap]}
              >
                <Known colour={each} />
                <Box component="span" sx={{ ml: "auto", color: "text.secondary", fontSize: "0.9375rem", textDecoration: "underline dotted", textUnderlineOffset: "0.2em" }}>
                  Change
                </Box>
              </ButtonBase>
            )}
          </li>
        ))}
      </Box>
      {colour && (
        <Suspense fallback={null}>
          <YarnShelf key={colour.letter} id={shelf} colour={colour} rings={rings} own={pattern.own} onPick={(yarn) => swap([[colour, yarn]])} onClose={close} />
        </Suspense>
      )}
      {fault && (
        <Notice tone="error">
          <p>The yarn stays as it was. {fault.message}</p>
        </Notice>
      )}
      {!busy && swapped.length > 0 && (
        <Button variant="outlined" color="secondary" sx={{ mt: 1.5 }} onClick={() => swap(swapped.map((each) => [each, null]))}>
          {swapped.length === 1 ? "Back to the yarn as written" : "Back to the yarns as written"}
        </Button>
      )}
      {pattern.colours.some(({ metres }) => metres) && (
        <Typography variant="body2" color="textSecondary" sx={{ mt: 1.5 }}>
          Amounts are estimates, give or take 30 %. Make one square and weigh it before you buy for all.
        </Typography>
      )}
    </>
  );
});

function Known({ colour }: { colour: Colour }) {
  const metres = amount(colour);
  return (
    <>
      <YarnTile colour={colour} size={44} />
      <Box component="span" sx={{ minWidth: 0 }}>
        <Box component="span" sx={{ display: "block", fontWeight: 600 }}>
          <Spoken>{colour.letter},</Spoken> {colour.name}
        </Box>
        {metres && <Box component="span" sx={quiet}>{metres}</Box>}
        {colour.written && <Box component="span" sx={quiet}>written in {colour.written.name}</Box>}
      </Box>
    </>
  );
}

const quiet = { display: "block", color: "text.secondary", fontSize: "0.9375rem", fontVariantNumeric: "tabular-nums" } as const;

const item = { display: "flex", alignItems: "center", justifyContent: "flex-start", gap: 1.5, width: "100%", minHeight: 60, px: 1, py: 0.75, borderRadius: "10px", font: "inherit", lineHeight: 1.4, textAlign: "left" } as const;

const tap = { cursor: "pointer", "&:hover, &[aria-expanded=true]": { bgcolor: "background.paper" } } as const;
