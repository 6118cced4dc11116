import Box from "@mui/material/Box";
import { useEffect, useRef } from "react";

/** A drawing as the API made it, on a light plate in both schemes. */
export function Plate({ svg, name }: { svg: SVGSVGElement; name: string }) {
  const plate = useRef<HTMLDivElement>(null);
  useEffect(() => {
    plate.current?.replaceChildren(svg);
  }, [svg]);
  return <Box ref={plate} role="img" aria-label={name} sx={look} />;
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
