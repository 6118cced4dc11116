import { cell } from "../api/progress";
import type { Marks } from "../api/progress";
import type { Pattern } from "../api/types";
import { ProgressSquare } from "./ProgressSquare";
import type { Ring } from "./ProgressSquare";
import { rowsOf } from "./kinds";
import { isDone, placeWords } from "./place";
import type { Place } from "./place";
import "./leaflet.css";

type OverviewProps = { pattern: Pattern; marks: Marks; place: Place | null; share: number; copy: number };

/** Where the maker is: the square in hand, ring by ring, and the share of all stitches that is worked. */
export function Overview({ pattern, marks, place, share, copy }: OverviewProps) {
  const main = pattern.pieces[0];
  if (!main) return null;
  const rings = rowsOf(main, pattern.layout, copy).map((row): Ring => {
    const hex = pattern.colours.find((colour) => colour.letter === row.colour)?.hex ?? null;
    if (isDone(marks, cell(row.key, main.make, copy))) return { hex, state: "done" };
    return { hex, state: place?.row.key === row.key ? "now" : "open" };
  });
  const percent = share > 0 && share < 0.01 ? "under 1" : String(Math.floor(share * 100));
  const words = share === 0 ? "Not begun" : `${percent} % of all stitches`;
  return (
    <div className="leaf overview">
      <ProgressSquare rings={rings} size={88} />
      <div>
        <b>{share === 0 ? `Begin with ${placeWords(place).toLowerCase()}` : placeWords(place)}</b>
        <div role="progressbar" aria-label="Worked so far" aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.floor(share * 100)} aria-valuetext={words}>
          <div style={{ width: `${share * 100}%` }} />
        </div>
        <p className="quiet">{words}</p>
      </div>
    </div>
  );
}
