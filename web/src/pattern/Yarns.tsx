import Button from "@mui/material/Button";
import { Suspense, lazy, memo, useId, useRef, useState } from "react";
import type { Colour, Pattern } from "../api/types";
import { Notice, Spoken } from "../ui/parts";
import type { Ring } from "./ProgressSquare";
import { YarnTile } from "./YarnTile";
import { useSwap } from "./useEdit";
import { amount } from "./words";
import "./leaflet.css";

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
      <ul className="yarns">
        {pattern.colours.map((each) => (
          <li key={each.letter}>
            {busy ? (
              <div>
                <Known colour={each} />
              </div>
            ) : (
              <button
                type="button"
                ref={(button) => void (buttons.current[each.letter] = button)}
                aria-expanded={open === each.letter}
                aria-controls={open === each.letter ? shelf : undefined}
                onClick={() => setOpen(open === each.letter ? null : each.letter)}
              >
                <Known colour={each} />
                <span className="change">Change</span>
              </button>
            )}
          </li>
        ))}
      </ul>
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
        <p className="quiet">Amounts are estimates, give or take 30 %. Make one square and weigh it before you buy for all.</p>
      )}
    </>
  );
});

function Known({ colour }: { colour: Colour }) {
  const metres = amount(colour);
  return (
    <>
      <YarnTile colour={colour} size={44} />
      <span className="known">
        <b>
          <Spoken>{colour.letter},</Spoken> {colour.name}
        </b>
        {metres && <span>{metres}</span>}
        {colour.written && <span>written in {colour.written.name}</span>}
      </span>
    </>
  );
}
