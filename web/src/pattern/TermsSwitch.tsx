import { useTerms } from "./terms";
import type { Other } from "./usePattern";
import type { Terms } from "./words";

const BOTH: readonly Terms[] = ["us", "uk"];

/** US or UK: one switch for the rows, their counts, the chart's key, the sheet and the row in hand. */
export function TermsSwitch({ terms, other, labelledBy }: { terms: Terms; other: Other; labelledBy: string }) {
  const [, choose] = useTerms();
  return (
    <>
      <div role="radiogroup" aria-labelledby={labelledBy} className="terms">
        {BOTH.map((one) => (
          <label key={one}>
            <input type="radio" name="terms" value={one} checked={one === terms} disabled={one !== terms && !other.ready} onChange={() => choose(one)} />
            {one.toUpperCase()}
          </label>
        ))}
      </div>
      {other.fault && (
        <div role="status" className="later">
          The {other.terms.toUpperCase()} words come with the next connection.
        </div>
      )}
    </>
  );
}
