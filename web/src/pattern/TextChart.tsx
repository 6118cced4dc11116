import Box from "@mui/material/Box";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { drawChart } from "../api/patterns";
import type { Asked } from "../api/patterns";
import { Plate } from "./Plate";
import { cleanSvg } from "./svg";

type TextChartProps = { asked: Asked; piece: string; name: string; open: boolean };

/** The chart of a checked text's piece, drawn when its fold is opened. What cannot be drawn says why. */
export function TextChart({ asked, piece, name, open: atFirst }: TextChartProps) {
  const [open, setOpen] = useState(atFirst);
  const { data, error } = useQuery({
    queryKey: ["text-chart", asked.text, asked.terms, piece],
    queryFn: () => drawChart(asked, piece),
    enabled: open,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 60_000,
    retry: false,
  });
  const svg = useMemo(() => (data ? cleanSvg(data) : null), [data]);
  return (
    <Box component="details" open={open} onToggle={(event: React.ToggleEvent<HTMLDetailsElement>) => setOpen(event.currentTarget.open)} sx={{ mt: 2 }}>
      <Box component="summary" sx={{ minHeight: 48, display: "list-item", lineHeight: "48px", fontWeight: 600, cursor: "pointer" }}>
        Chart
      </Box>
      {svg && !error && <Plate svg={svg} name={name} />}
      {svg && !error && (
        <Box component="p" sx={{ m: 0, mt: 1, color: "text.secondary", fontSize: "0.9375rem" }}>
          Numbers stand where a row starts. A ring marks what a finding is about.
        </Box>
      )}
      {error && <Box component="p" sx={{ m: 0, color: "text.secondary" }}>{error.message}</Box>}
    </Box>
  );
}
