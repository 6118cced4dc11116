import Box from "@mui/material/Box";

export type Ring = { hex: string | null; state: "done" | "now" | "open" | "coming" };

/**
 * A square seen from above, one ring a round: worked rounds in their yarn, open ones as outlines, those still to be
 * written dashed. A picture beside words, so it is hidden from screen readers.
 */
export function ProgressSquare({ rings, size = 96 }: { rings: readonly Ring[]; size?: number }) {
  const step = 50 / (rings.length + 0.6);
  return (
    <Box component="svg" aria-hidden viewBox="0 0 100 100" sx={{ width: size, height: size, flex: "none", color: "edge", display: "block" }}>
      {rings.map((_, at) => rings.length - 1 - at).map((index) => {
        const ring = rings[index] as Ring;
        const half = Math.min(49, step * (index + 1.6) - 1);
        const filled = ring.state === "done" || ring.state === "now";
        return (
          <rect
            key={index}
            x={50 - half}
            y={50 - half}
            width={half * 2}
            height={half * 2}
            rx={Math.min(6, half / 2)}
            fill={ring.state === "done" && ring.hex ? ring.hex : "var(--mui-palette-background-paper)"}
            stroke={ring.state === "now" ? "var(--mui-palette-primary-main)" : "currentColor"}
            strokeWidth={ring.state === "now" ? 2.6 : 1.2}
            strokeDasharray={filled || ring.state === "open" ? undefined : "3 3"}
          />
        );
      })}
    </Box>
  );
}
