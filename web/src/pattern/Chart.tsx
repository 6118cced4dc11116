import Box from "@mui/material/Box";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { showChart } from "../api/patterns";
import { cleanSvg } from "./svg";

type ChartProps = { pattern: string; rows: number; current: string | null; name: string };

/** The symbol chart, on a light plate in both schemes; the round in hand is drawn bold. The text of the rounds says the same. */
export function Chart({ pattern, rows, current, name }: ChartProps) {
  const drawn = useSettled(rows);
  const { data: text } = useQuery({
    queryKey: ["chart", pattern, drawn],
    queryFn: () => showChart(pattern),
    enabled: drawn > 0,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    retry: false,
  });
  const plate = useRef<HTMLDivElement>(null);

  // Drawn anew only when the drawing changes; a tick only moves the classes.
  const svg = useMemo(() => (text ? cleanSvg(text) : null), [text]);

  useEffect(() => {
    plate.current?.replaceChildren(...(svg ? [svg] : []));
  }, [svg]);

  useEffect(() => {
    const groups = [...(svg?.querySelectorAll("[data-row]") ?? [])];
    const at = groups.findIndex((group) => group.getAttribute("data-row") === current);
    groups.forEach((group, index) => {
      group.classList.toggle("now", index === at);
      group.classList.toggle("later", at >= 0 && index > at);
    });
  }, [svg, current]);

  if (!svg) return null;
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

// While rows come the chart is asked for once a second at most.
function useSettled(value: number): number {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 1000);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
