/** Plain parts: a titled section, a notice, a card with a keyline, words for screen readers. */

import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useId } from "react";
import type { ReactNode } from "react";
import type { SxProps, Theme } from "@mui/material/styles";

export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <Box component="section" aria-labelledby={id} sx={{ mt: 5 }}>
      <Box sx={{ display: "flex", flexWrap: "wrap", alignItems: "center", justifyContent: "space-between", gap: 1, mb: 1.5 }}>
        <Typography variant="h2" id={id}>
          {title}
        </Typography>
        {aside}
      </Box>
      {children}
    </Box>
  );
}

/** Paper with a keyline. `flush`: what lies on it reaches the edge. */
export function Leaf({ children, sx, flush = false }: { children: ReactNode; sx?: SxProps<Theme>; flush?: boolean }) {
  return <Box sx={[{ bgcolor: "background.paper", border: 1, borderColor: "keyline", borderRadius: "10px", p: flush ? 0 : { xs: 2, sm: 3 }, overflow: flush ? "hidden" : undefined }, ...(Array.isArray(sx) ? sx : [sx])]}>{children}</Box>;
}

type Tone = "error" | "warning" | "secondary";

/** Something to know before going on. Errors are spoken at once. */
export function Notice({ tone = "secondary", children, action }: { tone?: Tone; children: ReactNode; action?: ReactNode }) {
  return (
    <Box
      role={tone === "error" ? "alert" : undefined}
      sx={{
        display: "flex",
        flexWrap: "wrap",
        alignItems: "center",
        gap: 1.5,
        p: 2,
        my: 2,
        bgcolor: "background.paper",
        border: 1,
        borderColor: "keyline",
        borderLeft: "6px solid",
        borderLeftColor: `${tone}.main`,
        borderRadius: "10px",
      }}
    >
      <Box sx={{ flex: "1 1 240px", "& p": { m: 0 }, "& p + p": { mt: 0.5 } }}>{children}</Box>
      {action}
    </Box>
  );
}

export const hidden = { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)", whiteSpace: "nowrap" } as const;

/** Heard, not seen. */
export function Spoken({ children }: { children: ReactNode }) {
  return (
    <Box component="span" sx={hidden}>
      {children}
    </Box>
  );
}
