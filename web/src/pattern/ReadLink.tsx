import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { Suspense, lazy, useState } from "react";

const Qr = lazy(() => import("../ui/Qr"));

/** The pattern's link, to be copied, handed on or scanned. */
export function ReadLink({ url, title, own }: { url: string; title: string; own: boolean }) {
  const [said, setSaid] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      setSaid("Link copied.");
    } catch {
      setSaid("This browser does not copy: press the link for long, or mark it."); // plain HTTP, or refused
    }
  };
  return (
    <Box sx={{ display: "flex", flexWrap: "wrap", gap: 3, alignItems: "center" }}>
      <Box sx={{ flex: "1 1 260px", minWidth: 0 }}>
        <Typography>Anyone with the link can read, print and start their own copy. Your ticks stay yours.</Typography>
        <Typography sx={{ my: 1, fontWeight: 600, overflowWrap: "anywhere" }}>{url}</Typography>
        <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1 }}>
          <Button variant="outlined" onClick={() => void copy()}>
            Copy the link
          </Button>
          {"share" in navigator && (
            // Closed without sending: nothing to say.
            <Button variant="outlined" onClick={() => void navigator.share({ title, url }).catch(() => undefined)}>
              Share …
            </Button>
          )}
        </Box>
        <Typography role="status" variant="body2" sx={{ mt: 1, minHeight: "1.5em" }}>
          {said}
        </Typography>
        {own && (
          <Typography variant="body2" color="textSecondary">
            To take it back make the pattern private, or delete it.
          </Typography>
        )}
      </Box>
      <Box sx={{ lineHeight: 0, border: 1, borderColor: "edge", minWidth: 160, minHeight: 160 }}>
        <Suspense fallback={null}>
          <Qr text={url} size="160px" name="QR code of the link" />
        </Suspense>
      </Box>
    </Box>
  );
}
