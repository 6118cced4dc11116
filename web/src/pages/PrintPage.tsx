import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import GlobalStyles from "@mui/material/GlobalStyles";
import Typography from "@mui/material/Typography";
import { Link, useParams } from "react-router";
import { Refused } from "../api/client";
import { Sheet } from "../pattern/Sheet";
import type { SheetSettings } from "../pattern/Sheet";
import { fileName, sheetText } from "../pattern/sheetText";
import { usePattern } from "../pattern/usePattern";
import { useTicks } from "../pattern/useTicks";
import type { Pattern } from "../api/types";
import { Toggle } from "../ui/Toggle";
import { PrintIcon } from "../ui/icons";
import { save } from "../ui/save";
import { useKeptSwitch } from "../ui/kept";
import { BODY } from "../ui/theme";
import { NotFound } from "./NotFound";

/** The sheet and its settings. The browser prints it, or saves the PDF. */
export function PrintPage() {
  const { id = "" } = useParams();
  const { making, fault } = usePattern(id);
  if (making) return <Desk pattern={making.pattern} short={id} />;
  if (fault instanceof Refused) return <NotFound problem={fault.problem} />;
  return <Typography role="status">{fault ? fault.message : "Fetching the pattern…"}</Typography>;
}

function Desk({ pattern, short }: { pattern: Pattern; short: string }) {
  const { marks, notes } = useTicks(pattern.id);
  const [large, setLarge] = useKeptSwitch("knotty-print-large", false);
  const [full, setFull] = useKeptSwitch("knotty-print-full", false);
  const [chart, setChart] = useKeptSwitch("knotty-print-chart", true);
  const [ticked, setTicked] = useKeptSwitch("knotty-print-ticks", false);
  const [noted, setNoted] = useKeptSwitch("knotty-print-notes", true);
  const [scan, setScan] = useKeptSwitch("knotty-print-qr", true);
  const open = pattern.visibility === "link";
  const address = `/p/${short}`;
  const settings: SheetSettings = { large, full, chart, marks: ticked ? marks : null, notes: noted ? notes : null, link: open && scan ? location.origin + address : null };
  const has = Object.values(notes).some(({ text }) => text !== "");
  return (
    <Box sx={{ display: "grid", gridTemplateColumns: { xs: "minmax(0, 1fr)", md: "220px minmax(0, 1fr)" }, gap: 3, "@media print": { display: "block" } }}>
      <title>{`${pattern.title ?? "Pattern"} · Knotty AI`}</title>
      <GlobalStyles styles={page(large, open ? location.host + address : null)} />
      <Box component="form" aria-label="Settings of the sheet" onSubmit={(event: React.FormEvent) => event.preventDefault()} sx={{ alignSelf: "start", position: { md: "sticky" }, top: 16, "@media print": { display: "none" } }}>
        <Typography variant="h2" component="p" sx={{ mb: 1 }}>
          On paper
        </Typography>
        <Toggle name="Large print" value={large} onChange={setLarge} />
        <Toggle name="Stitches in full" value={full} onChange={setFull} />
        <Toggle name="Chart" value={chart} onChange={setChart} />
        <Toggle name="My ticks" value={ticked} onChange={setTicked} />
        {has && <Toggle name="My notes" value={noted} onChange={setNoted} />}
        {open ? (
          <Toggle name="QR code of the link" value={scan} onChange={setScan} />
        ) : (
          <Typography variant="body2" color="textSecondary" sx={{ my: 1.5 }}>
            This pattern is private, so its link is not printed.
          </Typography>
        )}
        <Button variant="contained" startIcon={<PrintIcon />} onClick={() => print()} fullWidth sx={{ mt: 2 }}>
          Print
        </Button>
        <Button variant="outlined" onClick={() => save(fileName(pattern.title), sheetText(pattern, settings))} fullWidth sx={{ mt: 1 }}>
          Save as text
        </Button>
        <Button component={Link} to={address} fullWidth sx={{ mt: 1 }}>
          Back to the pattern
        </Button>
        <Typography variant="body2" color="textSecondary" sx={{ mt: 2 }}>
          Your browser can save it as a PDF, on A4 or Letter.
        </Typography>
      </Box>
      <Box sx={{ bgcolor: "#fff", border: 1, borderColor: "edge", p: { xs: 2, sm: "15mm" }, overflow: "hidden", "@media print": { border: 0, p: 0, overflow: "visible" } }}>
        <Sheet pattern={pattern} settings={settings} />
      </Box>
    </Box>
  );
}

// No fixed size: A4 and Letter both. The page's number stands in the foot, but in large print nothing does.
const page = (large: boolean, address: string | null) => ({
  "@page": {
    margin: large ? "25mm" : "15mm",
    ...(!large && {
      ...(address && { "@bottom-left": { content: JSON.stringify(address), fontSize: "9pt", fontFamily: BODY } }),
      "@bottom-right": { content: 'counter(page) " / " counter(pages)', fontSize: "9pt", fontFamily: BODY },
    }),
  },
  "@media print": { "#main": { padding: "0 !important", maxWidth: "none !important" }, body: { background: "#fff !important" } },
});
