import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { check } from "../api/patterns";
import { ReportView } from "../pattern/ReportView";
import { Choice, Words } from "../ui/Field";
import { Notice } from "../ui/parts";

const TERMS = [
  ["auto", "Find out"],
  ["us", "US"],
  ["uk", "UK"],
] as const;

const IMPOSSIBLE = `Rnd 1: Ch 4, join to form ring. Ch 3 (counts as dc), 2 dc in ring, ch 2, *3 dc in ring, ch 2; rep from * 2 more times, join. (12 dc, 4 ch-2 sps)
Rnd 2: Ch 3, 2 dc in same sp, *ch 1, (3 dc, ch 2, 3 dc) in next ch-2 sp; rep from * around, join. (24 dc, 4 corner sps)`;

/** Any pattern's text, and what of it adds up. */
export function Check() {
  const [text, setText] = useState("");
  const [terms, setTerms] = useState<"auto" | "us" | "uk">("auto");
  const [empty, setEmpty] = useState(false);
  const report = useMutation({ mutationFn: (words: string) => check(words, terms) });
  const send = (words: string) => {
    setEmpty(words.trim() === "");
    if (words.trim()) report.mutate(words);
  };
  return (
    <>
      <title>Check a pattern · Knotty AI</title>
      <Typography variant="h1">Does it add up?</Typography>
      <Typography color="textSecondary" sx={{ mt: 1.5, mb: 3, maxWidth: "60ch" }}>
        Paste any granny-square pattern. Each round is worked stitch by stitch; what was not understood never counts as right. Nothing is stored.
      </Typography>
      <Box component="form" noValidate onSubmit={(event: React.FormEvent) => { event.preventDefault(); send(text); }} sx={{ display: "grid", gap: 2 }}>
        <Words name="The pattern" value={text} onChange={setText} rows={8} mono fault={empty ? "Paste a pattern first." : null} onSend={() => send(text)} />
        <Box sx={{ display: "flex", flexWrap: "wrap", gap: 2, alignItems: "flex-end" }}>
          <Box sx={{ width: 160 }}>
            <Choice name="Terms" value={terms} options={TERMS} onChange={(value) => setTerms(value as typeof terms)} />
          </Box>
          <Button type="submit" variant="contained" aria-busy={report.isPending}>
            {report.isPending ? "Counting…" : "Check it"}
          </Button>
          <Button type="button" variant="outlined" color="secondary" onClick={() => { setText(IMPOSSIBLE); send(IMPOSSIBLE); }}>
            Try one that cannot be made
          </Button>
        </Box>
      </Box>
      {report.error && <Notice tone="error"><p>{report.error.message}</p></Notice>}
      {report.data && <ReportView report={report.data} onFixed={(fixed) => { setText(fixed); send(fixed); }} text={report.variables} />}
    </>
  );
}
