import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { shortId } from "../api/patterns";
import { SendIcon } from "../ui/icons";

type SendProps = { pattern: string; title: string };

/** Sends the pattern's link on: by the phone's own sheet, else it is copied; where neither may be, it is shown. */
export function Send({ pattern, title }: SendProps) {
  const [said, setSaid] = useState<"copied" | "shown" | null>(null);
  const url = `${location.origin}/p/${shortId(pattern)}`;
  const send = async () => {
    if (navigator.share) {
      // Closed without sending: nothing to say.
      await navigator.share({ title, url }).catch(() => undefined);
      return;
    }
    try {
      await navigator.clipboard.writeText(url);
      setSaid("copied");
    } catch {
      setSaid("shown"); // plain HTTP, or refused
    }
  };
  return (
    <>
      <Button variant="outlined" startIcon={<SendIcon />} onClick={() => void send()}>
        Send
      </Button>
      {said && (
        <Box role="status" sx={{ flexBasis: "100%" }}>
          <Typography sx={{ fontWeight: 600, overflowWrap: "anywhere" }}>{said === "copied" ? "Link copied." : url}</Typography>
          <Typography variant="body2" color="textSecondary">
            Anyone with the link can read, print and start their own copy. Your ticks stay yours.
          </Typography>
        </Box>
      )}
    </>
  );
}
