import { useEffect, useRef, useState } from "react";
import type { Colour } from "../api/types";
import { IconButton } from "../ui/IconButton";
import { MinusIcon, PlusIcon } from "../ui/icons";
import "./rows.css";

/** How much wider than the plate a drawing can be. */
const STEPS = [1, 1.5, 2, 3, 4] as const;

type PlateProps = {
  svg: SVGSVGElement;
  name: string;
  /** The yarns as they are now; those of the drawing itself where none are given. */
  colours?: readonly Colour[];
  zoom?: boolean;
};

/** A drawing as the API made it, on a light plate in both schemes; larger by buttons, then moved by scrolling. */
export function Plate({ svg, name, colours = [], zoom = false }: PlateProps) {
  const [step, setStep] = useState(0);
  const frame = useRef<HTMLDivElement>(null);
  const paper = useRef<HTMLDivElement>(null);
  const wide = STEPS[step] ?? 1;

  useEffect(() => {
    paper.current?.replaceChildren(svg);
  }, [svg]);

  // What was in the middle stays there.
  const before = useRef(wide);
  useEffect(() => {
    const at = frame.current;
    if (!at || before.current === wide) return;
    const grown = wide / before.current;
    before.current = wide;
    at.scrollTo((at.scrollLeft + at.clientWidth / 2) * grown - at.clientWidth / 2, (at.scrollTop + at.clientHeight / 2) * grown - at.clientHeight / 2);
  }, [wide]);

  const moved = wide > 1 ? { role: "group", "aria-label": `${name} Scroll to move it.`, tabIndex: 0 } : {};
  return (
    <>
      <div ref={frame} {...moved} className={wide > 1 ? "plate large" : "plate"} style={Object.fromEntries(colours.map(({ letter, hex }) => [`--yarn-${letter}`, hex]))}>
        <div ref={paper} role="img" aria-label={name} style={{ width: `${wide * 100}%` }} />
      </div>
      {zoom && (
        <div className="zoom">
          <IconButton aria-label="Smaller drawing" disabled={step === 0} onClick={() => setStep(step - 1)}>
            <MinusIcon />
          </IconButton>
          <div role="status">{wide * 100} %</div>
          <IconButton aria-label="Larger drawing" disabled={step === STEPS.length - 1} onClick={() => setStep(step + 1)}>
            <PlusIcon />
          </IconButton>
        </div>
      )}
    </>
  );
}
