import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import { useId, useState } from "react";
import { asError } from "../api/client";
import { LONGEST_REPORT, reportRow } from "../api/patterns";
import type { Row } from "../api/types";
import { Words } from "../ui/Field";
import { wordsOf } from "./glossary";
import { instruction, rowName, uncapitalized } from "./words";
import type { Terms } from "./words";

type RowHelpProps = {
  id: string;
  row: Row;
  terms: Terms;
  /** The pattern to report the row of; null while nothing can be sent of it. */
  report: string | null;
  onClose: () => void;
};

/**
 * What the words of a row mean, under the row itself: beside a dialog over it the words asked for would be hidden, and
 * one stop for the keyboard is enough for all of them.
 */
export function RowHelp({ id, row, terms, report, onClose }: RowHelpProps) {
  const words = wordsOf(instruction(row), terms);
  return (
    <Box id={id} role="group" aria-label={`Words in ${uncapitalized(rowName(row))}`} onKeyDown={(event: React.KeyboardEvent) => event.key === "Escape" && onClose()} sx={{ my: 1, p: 2, border: 1, borderColor: "keyline", borderRadius: "10px", bgcolor: "background.default", maxWidth: "70ch" }}>
      {words.length > 0 && (
        <Box component="dl" sx={{ m: 0, display: "grid", gap: 1.25 }}>
          {words.map(({ short, means, how }) => (
            <div key={short}>
              <Box component="dt" sx={{ fontWeight: 700, display: "inline" }}>
                {short}
              </Box>
              <Box component="dd" sx={{ m: 0, display: "inline" }}>
                {" "}
                {means}
                {how && <Box component="span" sx={{ display: "block", color: "text.secondary", fontSize: "0.9375rem" }}>{how}</Box>}
              </Box>
            </div>
          ))}
        </Box>
      )}
      {report && <Wrong pattern={report} row={row} />}
      <Button variant="outlined" onClick={onClose} sx={{ mt: 1.5 }}>
        Close
      </Button>
    </Box>
  );
}

/** What a hook calls wrong, told to whoever runs the server. */
function Wrong({ pattern, row }: { pattern: string; row: Row }) {
  const panel = useId();
  const [open, setOpen] = useState(false);
  const [says, setSays] = useState("");
  const [told, setTold] = useState<"no" | "going" | "yes">("no");
  const [fault, setFault] = useState<string | null>(null);
  const send = async () => {
    if (!says.trim()) return setFault("Say in a few words what is wrong.");
    setFault(null);
    setTold("going");
    try {
      await reportRow(pattern, row.key, says.trim());
      setTold("yes");
      setOpen(false);
    } catch (reason) {
      setFault(asError(reason).message);
      setTold("no");
    }
  };
  return (
    <Box sx={{ mt: 1.5, pt: 1, borderTop: 1, borderColor: "keyline" }}>
      <Button color="secondary" aria-expanded={open} aria-controls={open ? panel : undefined} onClick={() => setOpen(!open)} sx={{ ml: -2.5 }}>
        Is this row wrong?
      </Button>
      <Box role="status">{told === "yes" && !open && "Thank you. It is kept beside the row, for whoever runs this shop."}</Box>
      {open && (
        <Box id={panel} component="form" noValidate onSubmit={(event: React.FormEvent) => { event.preventDefault(); void send(); }} sx={{ display: "grid", gap: 1, justifyItems: "start" }}>
          <Box sx={{ width: "100%" }}>
            <Words name="What is wrong" rows={2} most={LONGEST_REPORT} value={says} onChange={setSays} placeholder="The corner has three chains, not two." fault={fault} onSend={() => void send()} />
          </Box>
          <Button type="submit" variant="outlined" aria-busy={told === "going"}>
            Report it
          </Button>
        </Box>
      )}
    </Box>
  );
}
