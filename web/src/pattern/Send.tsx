import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { Suspense, lazy, useState } from "react";
import { shortId } from "../api/patterns";
import type { Pattern } from "../api/types";
import { PhoneIcon, SendIcon } from "../ui/icons";
import { Leaf } from "../ui/parts";

const ReadLink = lazy(async () => ({ default: (await import("./ReadLink")).ReadLink }));
const CarryOn = lazy(async () => ({ default: (await import("./CarryOn")).CarryOn }));

type SendProps = { pattern: Pick<Pattern, "id" | "visibility" | "own">; title: string };

/** Two plainly different things: the pattern's link for anybody, and, for its maker alone, his own other device. */
export function Send({ pattern, title }: SendProps) {
  const [open, setOpen] = useState<"send" | "carry" | null>(null);
  const toggle = (what: "send" | "carry") => setOpen(open === what ? null : what);
  return (
    <>
      {pattern.visibility === "link" && (
        <Button variant="outlined" startIcon={<SendIcon />} aria-expanded={open === "send"} onClick={() => toggle("send")}>
          Send
        </Button>
      )}
      {pattern.own && (
        <Button variant="outlined" startIcon={<PhoneIcon />} aria-expanded={open === "carry"} onClick={() => toggle("carry")}>
          On my other device
        </Button>
      )}
      {open && (
        <Leaf sx={{ flexBasis: "100%", minWidth: 0, order: 1 }}>
          <Typography variant="h3" component="h2" sx={{ mb: 1 }}>
            {open === "send" ? "Send the pattern" : "Carry on on my other device"}
          </Typography>
          <Suspense fallback={null}>
            {open === "send" ? <ReadLink url={`${location.origin}/p/${shortId(pattern.id)}`} title={title} own={pattern.own} /> : <CarryOn />}
          </Suspense>
        </Leaf>
      )}
    </>
  );
}
