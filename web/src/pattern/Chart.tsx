import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { showChart } from "../api/patterns";
import { keepMeta, keptMeta } from "../api/storage";
import { Plate } from "./Plate";
import { cleanSvg } from "./svg";

type ChartProps = { pattern: string; rows: number; current: string | null; name: string };

/** The symbol chart, on a light plate in both schemes; the round in hand is drawn bold. The text of the rounds says the same. */
export function Chart({ pattern, rows, current, name }: ChartProps) {
  const drawn = useSettled(rows);
  const { data: text } = useQuery({
    queryKey: ["chart", pattern, drawn],
    queryFn: () => fetchChart(pattern),
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

  return svg && <Plate svg={svg} name={name} />;
}

/** The drawing as the API makes it now; without a network the one that was seen last. */
async function fetchChart(pattern: string): Promise<string | null> {
  const key = `chart ${pattern}`;
  try {
    const text = await showChart(pattern);
    if (text) void keepMeta(key, text);
    return text;
  } catch (fault) {
    const kept = await keptMeta<string>(key);
    if (kept) return kept;
    throw fault;
  }
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
