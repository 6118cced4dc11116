import "./rows.css";

export type Ring = { hex: string | null; state: "done" | "now" | "open" | "coming" };

/**
 * A square seen from above, one ring a round: worked rounds filled with their yarn, open ones with a thread of it,
 * those still to be written dashed. A picture beside words, so it is hidden from screen readers.
 */
export function ProgressSquare({ rings: all, size = 96 }: { rings: readonly Ring[]; size?: number }) {
  const rings = thinned(all);
  const step = 50 / (rings.length + 0.6);
  return (
    <svg className="progress-square" aria-hidden viewBox="0 0 100 100" width={size} height={size}>
      {rings.map((_, at) => rings.length - 1 - at).map((index) => {
        const ring = rings[index] as Ring;
        const half = Math.min(49, step * (index + 1.6) - 1);
        const worked = ring.state === "done";
        const thread = half - step * 0.45;
        return (
          <g key={index}>
          <rect
            x={50 - half}
            y={50 - half}
            width={half * 2}
            height={half * 2}
            rx={Math.min(6, half / 2)}
            fill={worked && ring.hex ? ring.hex : "var(--mui-palette-background-paper)"}
            stroke={ring.state === "now" ? "var(--mui-palette-primary-main)" : "currentColor"}
            strokeWidth={ring.state === "now" ? 2.6 : 1.2}
            strokeDasharray={ring.state === "coming" ? "3 3" : undefined}
          />
          {ring.hex && !worked && thread > 1 && (
            <rect x={50 - thread} y={50 - thread} width={thread * 2} height={thread * 2} rx={Math.min(4, thread / 2)} fill="none" stroke={ring.hex} strokeWidth={step * 0.28} />
          )}
          </g>
        );
      })}
    </svg>
  );
}

const MOST = 24;

/** As many rings as can be told apart: of more, one stands for its neighbours, done when they all are. */
function thinned(rings: readonly Ring[]): readonly Ring[] {
  if (rings.length <= MOST) return rings;
  const end = (at: number) => Math.floor((at * rings.length) / MOST);
  return Array.from({ length: MOST }, (_, at) => {
    const near = rings.slice(end(at), end(at + 1));
    return (near.find(({ state }) => state === "now") ?? near.find(({ state }) => state !== "done") ?? near.at(-1)) as Ring;
  });
}
