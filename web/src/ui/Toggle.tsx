import Box from "@mui/material/Box";
import type { ReactNode } from "react";

type ToggleProps = { name: ReactNode; value: boolean; onChange: (value: boolean) => void };

/** A labelled switch, 48 px high: the browser's own checkbox. */
export function Toggle({ name, value, onChange }: ToggleProps) {
  return (
    <Box component="label" sx={{ display: "flex", alignItems: "center", gap: 1.5, minHeight: 48, cursor: "pointer" }}>
      <Box component="input" type="checkbox" checked={value} onChange={(event) => onChange(event.target.checked)} sx={{ width: 24, height: 24, m: 0, flex: "none", accentColor: "var(--mui-palette-primary-main)" }} />
      <span>{name}</span>
    </Box>
  );
}
