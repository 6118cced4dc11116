import type { Row } from "../api/types";
import { BrokenRingIcon, DottedRingIcon, KnotIcon } from "../ui/icons";
import { sealWords } from "./words";
import type { Terms } from "./words";
import "./rows.css";

const SIGNS = { ok: KnotIcon, error: BrokenRingIcon, unchecked: DottedRingIcon } as const;

/** Whether a row's counts agree: by shape and words first, then by colour. Never a tick: that reads as "worked". */
export function Seal({ row, terms }: { row: Row; terms: Terms }) {
  const words = sealWords(row, terms);
  if (!words) return null;
  const Sign = SIGNS[row.verdict];
  return (
    <span className={`seal verdict-${row.verdict}`}>
      <Sign size={18} />
      {words}
    </span>
  );
}
