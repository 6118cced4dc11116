import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { showChart } from "../api/patterns";
import type { Pattern } from "../api/types";
import { Plate } from "./Plate";
import { keptDrawing, useSettled } from "./drawing";
import { cleanSvg } from "./svg";

type ChartProps = { pattern: Pattern; current: string | null; name: string; zoom?: boolean };

/** The symbol chart, on a light plate in both schemes; the round in hand is drawn bold. The text of the rounds says the same. */
export function Chart({ pattern, current, name, zoom }: ChartProps) {
  const drawn = useSettled(pattern.pieces[0]?.rows.length ?? 0);
  const { data: text } = useQuery({
    queryKey: ["chart", pattern.id, drawn],
    queryFn: () => keptDrawing(`chart ${pattern.id}`, () => showChart(pattern.id)),
    networkMode: "always",
    enabled: drawn > 0,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    retry: false,
  });
  // Drawn anew only when the drawing changes; a tick only moves the classes.
  const svg = useMemo(() => (text ? cleanSvg(text) : null), [text]);

  useEffect(() => {
    const groups = [...(svg?.querySelectorAll("[data-row]") ?? [])];
    const at = groups.findIndex((group) => group.getAttribute("data-row") === current);
    groups.forEach((group, index) => {
      group.classList.toggle("now", index === at);
      group.classList.toggle("later", at >= 0 && index > at);
    });
  }, [svg, current]);

  return svg && <Plate svg={svg} name={name} colours={pattern.colours} zoom={zoom} />;
}
