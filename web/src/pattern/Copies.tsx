import Button from "@mui/material/Button";
import { useId } from "react";
import type { Colour, Layout, Piece } from "../api/types";
import { IconButton } from "../ui/IconButton";
import { NextIcon, PreviousIcon } from "../ui/icons";
import { exchangeOf, exchangeWords, rowsOf } from "./kinds";
import "./leaflet.css";

type CopiesProps = {
  piece: Piece;
  layout: Layout | null;
  colours: readonly Colour[];
  copy: number;
  done: readonly boolean[];
  onCopy: (copy: number) => void;
  onWhole: (done: boolean) => void;
};

/** A piece that is made many times: which one is in hand, and how many lie finished on the pile. */
export function Copies({ piece, layout, colours, copy, done, onCopy, onWhole }: CopiesProps) {
  const name = piece.name ?? "Square";
  const finished = done.filter(Boolean).length;
  const worked = done[copy - 1] ?? false;
  const exchange = exchangeWords(layout, colours);
  return (
    <div className="copies">
      <Pile piece={piece} layout={layout} colours={colours} done={done} copy={copy} />
      <div>
        <div className="which">
          <IconButton aria-label={`Previous ${name.toLowerCase()}`} disabled={copy <= 1} onClick={() => onCopy(copy - 1)}>
            <PreviousIcon />
          </IconButton>
          <p role="status">
            {name} {copy} of {piece.make}
          </p>
          <IconButton aria-label={`Next ${name.toLowerCase()}`} disabled={copy >= piece.make} onClick={() => onCopy(copy + 1)}>
            <NextIcon />
          </IconButton>
        </div>
        <p className="quiet">
          {finished} of {piece.make} finished
        </p>
        {exchange && <p>This one {exchangeOf(layout, copy) ? `with ${exchange}` : "as written"}</p>}
        <Button variant="outlined" color="secondary" onClick={() => onWhole(!worked)}>
          {worked ? `Open this ${name.toLowerCase()} again` : `Whole ${name.toLowerCase()} done`}
        </Button>
      </div>
    </div>
  );
}

/** The squares as they will lie: finished ones in their yarns, the others as outlines, the one in hand in bold. */
function Pile({ piece, layout, colours, done, copy }: Pick<CopiesProps, "piece" | "layout" | "colours" | "done" | "copy">) {
  const id = useId();
  const columns = layout && layout.rows * layout.columns === piece.make ? layout.columns : Math.ceil(Math.sqrt(piece.make));
  const rows = Math.ceil(piece.make / columns);
  const other = layout?.exchanged?.[0];
  const kinds = other ? [0, other] : [0]; // a copy of each; none is number 0
  return (
    <svg className="pile" aria-hidden viewBox={`-0.1 -0.1 ${columns + 0.2} ${rows + 0.2}`} width={columns > rows ? 200 : (200 * columns) / rows}>
      {kinds.map((of, at) => (
        <Kind key={of} id={id + at} hexes={rowsOf(piece, layout, of).map((row) => colours.find(({ letter }) => letter === row.colour)?.hex ?? "transparent")} />
      ))}
      {Array.from({ length: piece.make }, (_, index) => {
        const [x, y] = [index % columns, Math.floor(index / columns)];
        const current = index + 1 === copy;
        return (
          <g key={index} transform={`translate(${x} ${y})`}>
            {done[index] && <use href={`#${id}${exchangeOf(layout, index + 1) ? 1 : 0}`} width="1" height="1" />}
            <rect x="0.06" y="0.06" width="0.88" height="0.88" rx="0.06" fill="none" stroke={current ? "var(--mui-palette-primary-main)" : "currentColor"} strokeWidth={current ? 0.14 : 0.04} />
          </g>
        );
      })}
    </svg>
  );
}

/** One kind of square, its rounds from the outside in. */
function Kind({ id, hexes }: { id: string; hexes: readonly string[] }) {
  return (
    <symbol id={id} viewBox="0 0 1 1">
      {hexes.map((_, at) => hexes.length - 1 - at).map((index) => {
        const half = (0.44 * (index + 1)) / hexes.length;
        return <rect key={index} x={0.5 - half} y={0.5 - half} width={half * 2} height={half * 2} rx={0.04} fill={hexes[index]} />;
      })}
    </symbol>
  );
}
