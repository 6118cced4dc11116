/** Leaflet: what stands around the rounds: facts and abbreviations. */

import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { memo, useId } from "react";
import type { Pattern, Piece } from "../api/types";
import { TermsSwitch } from "./TermsSwitch";
import type { Other } from "./usePattern";
import { abbreviations } from "./glossary";
import { facts } from "./words";
import type { Terms } from "./words";

export const Facts = memo(function Facts({ pattern, other }: { pattern: Pattern; other: Other | null }) {
  const known = facts(pattern);
  const id = useId();
  if (known.length === 0) return null;
  return (
    <Box component="dl" sx={{ display: "flex", flexWrap: "wrap", columnGap: 4, rowGap: 1.5, mt: 3, mb: 0 }}>
      {known.map(([name, value]) => (
        <Box key={name}>
          <Box component="dt" id={id + name} sx={{ color: "text.secondary", fontSize: "0.875rem" }}>
            {name}
          </Box>
          <Box component="dd" sx={{ m: 0, fontWeight: 600 }}>
            {name === "Terms" && other && pattern.terms ? <TermsSwitch terms={pattern.terms} other={other} labelledBy={id + name} /> : value}
          </Box>
        </Box>
      ))}
    </Box>
  );
});

export const Abbreviations = memo(function Abbreviations({ pieces, terms }: { pieces: readonly Piece[]; terms: Terms }) {
  return (
    <>
      <Box component="dl" sx={{ m: 0, display: "grid", gridTemplateColumns: "repeat(auto-fill, minmax(min(260px, 100%), 1fr))", columnGap: 3, rowGap: 0.75 }}>
        {abbreviations(pieces, terms).map(([short, means]) => (
          <Box key={short} sx={{ display: "flex", gap: 1 }}>
            <Box component="dt" sx={{ fontWeight: 700, whiteSpace: "nowrap" }}>
              {short}
            </Box>
            <Box component="dd" sx={{ m: 0 }}>
              {means}
            </Box>
          </Box>
        ))}
      </Box>
      <Typography variant="body2" color="textSecondary" sx={{ mt: 1.5 }}>
        {terms === "uk" ? "UK terms." : "US terms."}
      </Typography>
    </>
  );
});
