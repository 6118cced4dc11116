import Box from "@mui/material/Box";
import type { Row } from "../api/types";
import { BrokenRingIcon, DottedRingIcon, KnotIcon } from "../ui/icons";
import { sealWords } from "./words";
import type { Terms } from "./words";

const LOOK = {
  ok: { Icon: KnotIcon, colour: "success.main" },
  error: { Icon: BrokenRingIcon, colour: "error.main" },
  unchecked: { Icon: DottedRingIcon, colour: "warning.main" },
} as const;

/** Whether a row's counts agree: by shape and words first, then by colour. Never a tick: that reads as "worked". */
export function Seal({ row, terms }: { row: Row; terms: Terms }) {
  const words = sealWords(row, terms);
  if (!words) return null;
  const { Icon, colour } = LOOK[row.verdict];
  return (
    <Box component="span" sx={{ display: "inline-flex", alignItems: "center", gap: 0.5, color: colour, fontSize: "0.875rem", whiteSpace: "nowrap" }}>
      <Icon sx={{ fontSize: 18 }} />
      {words}
    </Box>
  );
}
