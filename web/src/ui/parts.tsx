/** Plain parts: a titled section, a notice, a card with a keyline, words for screen readers. */

import Box from "@mui/material/Box";
import { useId } from "react";
import type { ReactNode } from "react";
import type { SxProps, Theme } from "@mui/material/styles";

export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className="section" aria-labelledby={id}>
      <div className="section-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** Paper with a keyline. `flush`: what lies on it reaches the edge. */
export function Leaf({ children, sx, flush = false }: { children: ReactNode; sx?: SxProps<Theme>; flush?: boolean }) {
  const look = flush ? "leaf flush" : "leaf";
  return sx ? <Box className={look} sx={sx}>{children}</Box> : <div className={look}>{children}</div>;
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

/** Heard, not seen. */
export const Spoken = ({ children }: { children: ReactNode }) => <span className="hidden">{children}</span>;
