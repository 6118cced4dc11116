import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { Suspense, lazy, useEffect, useState } from "react";
import { asError } from "../api/client";
import { openLink } from "../api/devices";
import type { DeviceLink } from "../api/types";
import { Leaf, Notice } from "../ui/parts";

const Qr = lazy(() => import("../ui/Qr"));

const GOOD_FOR = 5 * 60; // seconds; the server's, told here because the two clocks may not agree

/** A way in for one more device of the same maker. Not a way to show a pattern to somebody: it opens everything. */
export function CarryOn() {
  const [link, setLink] = useState<DeviceLink | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const make = async () => {
    setFault(null);
    try {
      setLink(await openLink());
    } catch (why) {
      setFault(asError(why).message);
    }
  };
  return (
    <Box>
      <Typography sx={{ maxWidth: "60ch" }}>
        This opens <b>your</b> patterns and progress. Keep it to yourself. To show somebody a pattern, send its link instead.
      </Typography>
      {fault && <Notice tone="error"><p>{fault}</p></Notice>}
      {link ? (
        <Way key={link.code} link={link} onAgain={() => void make()} />
      ) : (
        <Button variant="outlined" sx={{ mt: 1.5 }} onClick={() => void make()}>
          Show a code for it
        </Button>
      )}
    </Box>
  );
}

function Way({ link, onAgain }: { link: DeviceLink; onAgain: () => void }) {
  const left = useSecondsLeft();
  const url = new URL(link.url, location.href).href;
  if (left === 0) {
    return (
      <Notice action={<Button variant="outlined" onClick={onAgain}>Make a new one</Button>}>
        <p role="status">That code is over.</p>
      </Notice>
    );
  }
  return (
    <Leaf sx={{ mt: 2, display: "flex", flexWrap: "wrap", gap: 3, alignItems: "center" }}>
      <Box sx={{ lineHeight: 0, border: 1, borderColor: "edge", minWidth: 176, minHeight: 176 }}>
        <Suspense fallback={null}>
          <Qr text={url} size="176px" name="QR code that links a device" />
        </Suspense>
      </Box>
      <Box sx={{ flex: "1 1 240px", minWidth: 0, overflowWrap: "anywhere" }}>
        <Box role="status">
          <Typography>Scan this with the other device. Or open <b>{location.host}/link</b> there and type</Typography>
          <Typography sx={{ my: 1.5, fontSize: "2rem", fontWeight: 700, letterSpacing: "0.08em", overflowWrap: "anywhere" }}>{link.code}</Typography>
        </Box>
        <Typography variant="body2" color="textSecondary" sx={{ fontVariantNumeric: "tabular-nums" }}>
          It works once. {Math.floor(left / 60)}:{String(left % 60).padStart(2, "0")} minutes left. Whom you let in you can remove again, under My devices.
        </Typography>
      </Box>
    </Leaf>
  );
}

function useSecondsLeft(): number {
  const [until] = useState(() => Date.now() + GOOD_FOR * 1000);
  const [left, setLeft] = useState(GOOD_FOR);
  useEffect(() => {
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000))), 1000);
    return () => clearInterval(timer);
  }, [until]);
  return left;
}
