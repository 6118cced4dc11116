import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import Typography from "@mui/material/Typography";
import { showPreview } from "../api/patterns";
import type { Pattern } from "../api/types";
import { Section } from "../ui/parts";
import { Plate } from "./Plate";
import { layoutWords } from "./kinds";
import { cleanSvg } from "./svg";

// Each piece is a node; more would make the page slow, and show nothing.
const MOST = 400;

/** The whole as it will lie, seen flat: every piece in its yarns, and the border around them. */
export function Whole({ pattern }: { pattern: Pattern }) {
  const { layout, colours } = pattern;
  const words = layoutWords(layout, colours);
  const { data: text } = useQuery({
    queryKey: ["preview", pattern.id, ...colours.map(({ hex }) => hex)],
    queryFn: () => showPreview(pattern.id),
    enabled: layout !== null && layout.rows * layout.columns <= MOST,
    staleTime: Infinity,
    retry: false,
  });
  const svg = useMemo(() => (text ? cleanSvg(text) : null), [text]);
  if (!svg) return null;
  return (
    <Section title="The whole">
      <Plate svg={svg} name={`The whole, flat and in colour${words ? `: ${words}` : ""}`} />
      <Typography variant="body2" color="textSecondary" sx={{ mt: 1 }}>
        {words ? `${words}. ` : ""}A plan, not a photograph: nobody has made it yet.
      </Typography>
    </Section>
  );
}
