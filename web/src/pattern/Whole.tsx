import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { memo, useMemo } from "react";
import { showPreview } from "../api/patterns";
import type { Pattern } from "../api/types";
import { Section } from "../ui/parts";
import { Plate } from "./Plate";
import { keptDrawing, useSettled } from "./drawing";
import { layoutWords } from "./kinds";
import { cleanSvg } from "./svg";

// Each piece is a node; more would make the page slow, and show nothing.
const MOST = 400;

/** The whole as it will lie, seen flat: every piece in its yarns, and the border around them. */
export const Whole = memo(function Whole({ pattern }: { pattern: Pattern }) {
  const { layout, colours } = pattern;
  const words = layoutWords(layout, colours);
  const drawn = useSettled(pattern.pieces.reduce((sum, piece) => sum + piece.rows.length, 0));
  const { data: text } = useQuery({
    queryKey: ["preview", pattern.id, drawn],
    queryFn: () => keptDrawing(`preview ${pattern.id}`, () => showPreview(pattern.id)),
    networkMode: "always",
    enabled: layout !== null && layout.rows * layout.columns <= MOST && drawn > 0,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    retry: false,
  });
  const svg = useMemo(() => (text ? cleanSvg(text) : null), [text]);
  if (!svg) return null;
  return (
    <Section title="The whole">
      <Plate svg={svg} colours={colours} name={`The whole, flat and in colour${words ? `: ${words}` : ""}`} />
      <p className="quiet">
        {words ? `${words}. ` : ""}A plan, not a photograph: nobody has made it yet.
      </p>
    </Section>
  );
});
