import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { asError } from "../api/client";
import { forgetMe } from "../api/devices";
import { Notice, Section } from "../ui/parts";

type ForgetProps = {
  /** This browser's own device; null: the server does not know it. */
  current: string | null;
  /** No other device and no recovery code: nothing leads back. */
  last: boolean;
};

/** Takes everything of ours out of this browser, after two questions. What is on the server stays. */
export function Forget({ current, last }: ForgetProps) {
  const [asked, setAsked] = useState(0);
  const [fault, setFault] = useState<string | null>(null);
  const forget = async () => {
    setFault(null);
    try {
      await forgetMe(current);
      location.assign("/"); // a page that starts anew remembers nothing either
    } catch (why) {
      setFault(asError(why).message);
    }
  };
  return (
    <Section title="Forget me on this browser">
      <Typography sx={{ maxWidth: "60ch" }}>For a borrowed or a shared computer. Patterns, ticks and settings leave this browser; your other devices keep theirs.</Typography>
      {fault && <Notice tone="error"><p>{fault}</p></Notice>}
      <Box role="status" sx={{ mt: 1.5 }}>
        {asked === 1 && <Typography>Ticks that were not sent yet are lost. Forget me here?</Typography>}
        {asked === 2 && (
          <Typography sx={{ maxWidth: "60ch" }}>
            {last && current ? <b>This is your only device, and there is no recovery code: nobody can open your patterns and ticks as theirs again, you neither. </b> : "Your other devices, or your recovery code, lead back. "}
            Really?
          </Typography>
        )}
      </Box>
      <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1, mt: 1 }}>
        {asked === 0 && <Button variant="outlined" color="secondary" onClick={() => setAsked(1)}>Forget me</Button>}
        {asked === 1 && <Button variant="outlined" onClick={() => setAsked(2)}>Yes, go on</Button>}
        {asked === 2 && <Button variant="contained" onClick={() => void forget()}>Forget everything here</Button>}
        {asked > 0 && <Button onClick={() => setAsked(0)}>Keep me</Button>}
      </Box>
    </Section>
  );
}
