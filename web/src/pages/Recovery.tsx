import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import GlobalStyles from "@mui/material/GlobalStyles";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { createPortal } from "react-dom";
import { asError } from "../api/client";
import { makeRecovery, revokeRecovery } from "../api/devices";
import type { RecoveryCode } from "../api/types";
import { dayOf } from "../ui/day";
import { PrintIcon } from "../ui/icons";
import { Notice, Section } from "../ui/parts";

type RecoveryProps = {
  /** When the code that is good now was made; null: there is none. */
  made: string | null;
  onChange: () => void;
};

/** A code on paper: the way back when every device is lost. */
export function Recovery({ made, onChange }: RecoveryProps) {
  const [code, setCode] = useState<RecoveryCode | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const attempt = async (work: () => Promise<RecoveryCode | null>) => {
    setFault(null);
    try {
      setCode(await work());
      onChange();
    } catch (why) {
      setFault(asError(why).message);
    }
  };
  const make = () => attempt(makeRecovery);
  const revoke = () => attempt(() => revokeRecovery().then(() => null));
  return (
    <Section title="Recovery code">
      <Typography sx={{ maxWidth: "60ch" }}>
        {made
          ? `You made one on ${dayOf(made)}. It brings your patterns and ticks back when every device is lost. A new one ends it.`
          : "When every device is lost, a code on paper brings your patterns and ticks back. Print it and put it with your hooks."}
      </Typography>
      {fault && <Notice tone="error"><p>{fault}</p></Notice>}
      {code && <Card made={code} />}
      <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1, mt: 1.5 }}>
        {code && (
          <Button variant="contained" startIcon={<PrintIcon />} onClick={() => print()}>
            Print the code
          </Button>
        )}
        {!code && (
          <Button variant="outlined" onClick={() => void make()}>
            {made ? "Make a new one" : "Make a recovery code"}
          </Button>
        )}
        {made && (
          <Button color="secondary" onClick={() => void revoke()}>
            The paper is lost: end the code
          </Button>
        )}
      </Box>
    </Section>
  );
}

/** The code, shown this once; on paper it stands alone on its page. */
function Card({ made: { code, created_at } }: { made: RecoveryCode }) {
  const words = (
    <>
      <Typography sx={{ fontWeight: 600 }}>Knotty AI, recovery code of {dayOf(created_at)}</Typography>
      <Typography sx={{ my: 1.5, fontSize: "1.75rem", fontWeight: 700, letterSpacing: "0.06em", overflowWrap: "anywhere" }}>{code}</Typography>
      <Typography variant="body2">
        Open <b>{location.host}/link</b> on any device and type it. It works once. Whoever has it has your patterns and your progress, so keep it as you keep a key.
      </Typography>
    </>
  );
  return (
    <>
      <GlobalStyles styles={{ "@media print": { "#root": { display: "none" } } }} />
      <Box role="status" sx={card}>
        {words}
        <Typography variant="body2" sx={{ mt: 1, fontWeight: 600 }}>It is shown only now.</Typography>
      </Box>
      {createPortal(<Box sx={{ ...card, display: "none", color: "#000", "@media print": { display: "block" } }}>{words}</Box>, document.body)}
    </>
  );
}

const card = { mt: 2, p: 3, maxWidth: 480, border: "2px dashed", borderColor: "edge", borderRadius: "10px", bgcolor: "background.paper", overflowWrap: "anywhere" } as const;
