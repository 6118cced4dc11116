import Box from "@mui/material/Box";
import { useTerms } from "./terms";
import type { Other } from "./usePattern";
import type { Terms } from "./words";

const BOTH: readonly Terms[] = ["us", "uk"];

/** US or UK: one switch for the rows, their counts, the chart's key, the sheet and the row in hand. */
export function TermsSwitch({ terms, other, labelledBy }: { terms: Terms; other: Other; labelledBy: string }) {
  const [, choose] = useTerms();
  return (
    <>
      <Box role="radiogroup" aria-labelledby={labelledBy} sx={{ display: "flex", gap: 2, my: "-10px" }}>
        {BOTH.map((one) => (
          <Box component="label" key={one} sx={{ display: "flex", alignItems: "center", gap: 0.75, minHeight: 48, minWidth: 48, cursor: "pointer" }}>
            <Box component="input" type="radio" name="terms" value={one} checked={one === terms} disabled={one !== terms && !other.ready} onChange={() => choose(one)} sx={radio} />
            {one.toUpperCase()}
          </Box>
        ))}
      </Box>
      {other.fault && (
        <Box role="status" sx={{ fontWeight: 400, fontSize: "0.875rem", color: "text.secondary" }}>
          The {other.terms.toUpperCase()} words come with the next connection.
        </Box>
      )}
    </>
  );
}

const radio = { width: 22, height: 22, m: 0, accentColor: "var(--mui-palette-primary-main)", cursor: "inherit" } as const;
