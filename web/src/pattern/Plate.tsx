import Box from "@mui/material/Box";
import { useEffect, useRef, useState } from "react";
import type { Colour } from "../api/types";
import { IconButton } from "../ui/IconButton";
import { MinusIcon, PlusIcon } from "../ui/icons";

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

  return (
    <>
      <Box ref={frame} role={wide > 1 ? "group" : undefined} aria-label={wide > 1 ? `${name} Scroll to move it.` : undefined} tabIndex={wide > 1 ? 0 : undefined} sx={wide > 1 ? [look, large] : look} style={Object.fromEntries(colours.map(({ letter, hex }) => [`--yarn-${letter}`, hex]))}>
        <div ref={paper} role="img" aria-label={name} style={{ width: `${wide * 100}%` }} />
      </Box>
      {zoom && (
        <Box sx={{ display: "flex", alignItems: "center", gap: 0.5, mt: 0.5 }}>
          <IconButton aria-label="Smaller drawing" disabled={step === 0} onClick={() => setStep(step - 1)}>
            <MinusIcon />
          </IconButton>
          <Box role="status" sx={{ minWidth: "4ch", textAlign: "center", fontSize: "0.9375rem", color: "text.secondary", fontVariantNumeric: "tabular-nums" }}>
            {wide * 100} %
          </Box>
          <IconButton aria-label="Larger drawing" disabled={step === STEPS.length - 1} onClick={() => setStep(step + 1)}>
            <PlusIcon />
          </IconButton>
        </Box>
      )}
    </>
  );
}

const look = {
  bgcolor: "#FFFDF8",
  color: "#1E2430",
  border: "1px solid",
  borderColor: "edge",
  borderRadius: "10px",
  p: { xs: 1, sm: 2 },
  "& svg": { display: "block", width: "100%", height: "auto", maxHeight: "min(80vh, 640px)" },
  // The drawing's own attributes, over-ruled by class: bold is a wider stroke, a later round ink alone.
  "& .now .ink": { strokeWidth: 3.6 },
  "& .now .yarn": { strokeWidth: 2.2 },
  "& .later .yarn": { display: "none" },
  "& .later .ink": { stroke: "#8A8F99", strokeWidth: 0.9 },
} as const;

const large = { overflow: "auto", maxHeight: "min(80vh, 640px)", overscrollBehavior: "contain", "& svg": { display: "block", width: "100%", height: "auto", maxHeight: "none" } } as const;
