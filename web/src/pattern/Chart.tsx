import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { showChart } from "../api/patterns";
import { Plate } from "./Plate";
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

  return svg && <Plate svg={svg} name={name} />;
}

// While rows come the chart is asked for once a second at most.
function useSettled(value: number): number {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 1000);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
