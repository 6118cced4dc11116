import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import GlobalStyles from "@mui/material/GlobalStyles";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { Refused } from "../api/client";
import { Sheet } from "../pattern/Sheet";
import { isDone } from "../pattern/place";
import { usePattern } from "../pattern/usePattern";
import { useTicks } from "../pattern/useTicks";
import type { Pattern } from "../api/types";
import { PrintIcon } from "../ui/icons";
import { BODY } from "../ui/theme";
import { NotFound } from "./NotFound";

/** The sheet and its settings. The browser prints it, or saves the PDF. */
export function PrintPage() {
  const { id = "" } = useParams();
  const { making, fault } = usePattern(id);
  if (making) return <Desk pattern={making.pattern} short={id} />;
  if (fault instanceof Refused) return <NotFound deleted={fault.problem.status === 410} />;
  return <Typography role="status">{fault ? fault.message : "Fetching the pattern…"}</Typography>;
}

function Desk({ pattern, short }: { pattern: Pattern; short: string }) {
  const { marks } = useTicks(pattern.id);
  const [large, setLarge] = useState(false);
  const [chart, setChart] = useState(true);
  const [ticks, setTicks] = useState(false);
  const address = `${location.host}/p/${short}`;
  return (
    <Box sx={{ display: "grid", gridTemplateColumns: { xs: "minmax(0, 1fr)", md: "220px minmax(0, 1fr)" }, gap: 3, "@media print": { display: "block" } }}>
      <title>{`${pattern.title ?? "Pattern"} · Knotty AI`}</title>
      <GlobalStyles styles={page(large, address)} />
      <Box component="form" aria-label="Settings of the sheet" onSubmit={(event: React.FormEvent) => event.preventDefault()} sx={{ "@media print": { display: "none" } }}>
        <Typography variant="h2" component="p" sx={{ mb: 1 }}>
          On paper
        </Typography>
        <Switch name="Large print" value={large} onChange={setLarge} />
        <Switch name="Chart" value={chart} onChange={setChart} />
        <Switch name="My ticks" value={ticks} onChange={setTicks} />
        <Button variant="contained" startIcon={<PrintIcon />} onClick={() => print()} fullWidth sx={{ mt: 2 }}>
          Print
        </Button>
        <Button component={Link} to={`/p/${short}`} fullWidth sx={{ mt: 1 }}>
          Back to the pattern
        </Button>
        <Typography variant="body2" color="textSecondary" sx={{ mt: 2 }}>
          Your browser can save it as a PDF, on A4 or Letter.
        </Typography>
      </Box>
      <Box sx={{ bgcolor: "#fff", border: 1, borderColor: "edge", p: { xs: 2, sm: "15mm" }, overflow: "hidden", "@media print": { border: 0, p: 0, overflow: "visible" } }}>
        <Sheet pattern={pattern} settings={{ large, chart, ticks: (row, piece) => ticks && piece.make === 1 && isDone(marks, row.key) }} />
      </Box>
    </Box>
  );
}

function Switch({ name, value, onChange }: { name: string; value: boolean; onChange: (value: boolean) => void }) {
  return (
    <Box component="label" sx={{ display: "flex", alignItems: "center", gap: 1.5, minHeight: 48, cursor: "pointer" }}>
      <Box component="input" type="checkbox" checked={value} onChange={(event) => onChange(event.target.checked)} sx={{ width: 24, height: 24, m: 0, accentColor: "var(--mui-palette-primary-main)" }} />
      {name}
    </Box>
  );
}

// No fixed size: A4 and Letter both. The page's number stands in the foot, but in large print nothing does.
const page = (large: boolean, address: string) => ({
  "@page": {
    margin: large ? "25mm" : "15mm",
    ...(!large && {
      "@bottom-left": { content: JSON.stringify(address), fontSize: "9pt", fontFamily: BODY },
      "@bottom-right": { content: 'counter(page) " / " counter(pages)', fontSize: "9pt", fontFamily: BODY },
    }),
  },
  "@media print": { "#main": { padding: "0 !important", maxWidth: "none !important" }, body: { background: "#fff !important" } },
});
