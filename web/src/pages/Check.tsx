import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { MOST_KB, check, kilobytes } from "../api/patterns";
import type { Asked } from "../api/patterns";
import { ReportView, verdictWords } from "../pattern/ReportView";
import { goTo, rowId } from "../pattern/CheckedRow";
import { Choice, Words } from "../ui/Field";
import { Notice, Spoken } from "../ui/parts";

const TERMS = [
  ["auto", "Let Knotty find out"],
  ["us", "US"],
  ["uk", "UK"],
] as const;

const IMPOSSIBLE = `Rnd 1: Ch 4, join to form ring. Ch 3 (counts as dc), 2 dc in ring, ch 2, *3 dc in ring, ch 2; rep from * 2 more times, join. (12 dc, 4 ch-2 sps)
Rnd 2: Ch 3, 2 dc in same sp, *ch 1, (3 dc, ch 2, 3 dc) in next ch-2 sp; rep from * around, join. (24 dc, 4 corner sps)
Rnd 3: Sl st to next ch-2 sp, ch 3, (2 dc, ch 2, 3 dc) in same sp, *ch 1, 3 dc in next ch-1 sp, ch 1, (3 dc, ch 2, 3 dc) in next ch-2 sp; rep from * 2 more times, ch 1, 3 dc in next ch-1 sp, ch 1, join. (36 dc)`;

/** How long no key must be pressed before what was typed is checked again. */
const PAUSE = 700;

/** Any pattern's text, and what of it adds up. */
export function Check() {
  const [text, setText] = useState("");
  const [terms, setTerms] = useState<Asked["terms"]>("auto");
  const [fault, setFault] = useState<string | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  // Where the focus goes once the answer is there: a button that made a change is gone by then.
  const wanted = useRef<string | null>(null);

  const { data, error, isFetching } = useQuery({
    queryKey: ["check", asked?.text, asked?.terms],
    queryFn: async () => ({ asked: asked as Asked, report: await check(asked as Asked) }),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 60_000,
    retry: false,
  });

  const send = useCallback(
    (words: string, focus: string | null) => {
      const next = { text: words, terms };
      const wrong = unfit(next);
      setFault(wrong);
      if (wrong) return;
      wanted.current = focus;
      setAsked(next);
    },
    [terms],
  );

  // After the first check the report follows what is typed.
  const following = asked !== null && !same(asked, { text, terms });
  useEffect(() => {
    if (!following || !text.trim()) return;
    const timer = setTimeout(() => send(text, null), PAUSE);
    return () => clearTimeout(timer);
  }, [following, text, send]);

  useEffect(() => {
    if (!data || !asked || !same(data.asked, asked) || wanted.current === null) return;
    if (!goTo(wanted.current)) goTo(RESULT);
    wanted.current = null;
  }, [data, asked]);

  const onFixed = useCallback(
    (words: string, row: string | null) => {
      setText(words);
      send(words, row ? rowId(row) : RESULT);
    },
    [send],
  );

  const stale = data !== undefined && !same(data.asked, { text, terms });
  return (
    <>
      <title>Check a pattern · Knotty AI</title>
      <Typography variant="h1">Does it add up?</Typography>
      <Typography color="textSecondary" sx={{ mt: 1.5, mb: 3, maxWidth: "60ch" }}>
        Paste any crochet pattern, with all that stands around it. Each row is worked stitch by stitch into the row below; what was not understood never counts as right. Nothing is stored.
      </Typography>
      <Box component="form" noValidate onSubmit={(event: React.FormEvent) => { event.preventDefault(); send(text, RESULT); }} sx={{ display: "grid", gridTemplateColumns: "minmax(0, 1fr)", gap: 2 }}>
        <Words name="The pattern" value={text} onChange={setText} rows={8} fault={fault} onSend={() => send(text, RESULT)} />
        <Box sx={{ display: "flex", flexWrap: "wrap", gap: 2, alignItems: "flex-end" }}>
          <Box sx={{ width: "14rem", maxWidth: "100%" }}>
            <Choice name="Terms" value={terms} options={TERMS} onChange={(value) => setTerms(value as Asked["terms"])} />
          </Box>
          <Button type="submit" variant="contained" aria-busy={isFetching}>
            {isFetching ? "Counting…" : "Check it"}
          </Button>
          <Button type="button" variant="outlined" color="secondary" onClick={() => onFixed(IMPOSSIBLE, null)}>
            Try one that cannot be made
          </Button>
        </Box>
      </Box>
      {error && (
        <Notice tone="error">
          <p>{error.message}</p>
          <p>Your text is still in the field.</p>
        </Notice>
      )}
      <Box role="status">{data && !error && !stale && <Spoken>{verdictWords(data.report)}</Spoken>}</Box>
      {data && !error && (
        <Box component="section" aria-labelledby={RESULT} sx={{ mt: 5 }}>
          <Typography variant="h2" id={RESULT} tabIndex={-1} sx={{ mb: 1.5, scrollMarginTop: "16px" }}>
            {verdictWords(data.report)}
          </Typography>
          <ReportView asked={data.asked} report={data.report} stale={stale} onFixed={onFixed} />
        </Box>
      )}
    </>
  );
}

const RESULT = "result";

const same = (one: Asked, other: Asked) => one.text === other.text && one.terms === other.terms;

/** Why a text is not sent; null: it is. */
function unfit(asked: Asked): string | null {
  if (asked.text.trim() === "") return "Paste a pattern first.";
  const size = kilobytes(asked);
  return size > MOST_KB ? `This is ${size} kB, and at most ${MOST_KB} kB fit. Paste one pattern at a time.` : null;
}
