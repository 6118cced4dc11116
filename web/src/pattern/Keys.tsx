import { Fragment, memo, useRef } from "react";
import { useNavigate } from "react-router";
import { shortId } from "../api/patterns";
import type { Pattern } from "../api/types";
import { Toggle } from "../ui/Toggle";
import { useLetterKeys } from "../ui/kept";
import { useKeys } from "../ui/useKeys";
import { useTerms } from "./terms";
import type { Other } from "./usePattern";
import "./leaflet.css";

const KEYS = [
  ["J, K", "to the next row, to the one before"],
  ["X", "tick it, or open it again"],
  ["M", "one row at a time"],
  ["P", "print"],
  ["U", "US terms, UK terms"],
  ["?", "this list"],
] as const;

/** Single keys of the pattern's page, and the list of them, for whoever has a keyboard. */
export const Keys = memo(function Keys({ pattern, other }: { pattern: Pattern; other: Other | null }) {
  const go = useNavigate();
  const [, choose] = useTerms();
  const [letters, setLetters] = useLetterKeys();
  const list = useRef<HTMLDetailsElement>(null);
  const page = `/p/${shortId(pattern.id)}`;
  const show = () => {
    if (!list.current) return;
    list.current.open = !list.current.open;
    if (list.current.open) list.current.querySelector("summary")?.focus();
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    x: () => boxInHand()?.click(),
    m: () => void go(`${page}/make`),
    p: () => void go(`${page}/print`),
    u: () => void (other?.ready && choose(pattern.terms === "us" ? "uk" : "us")),
    "?": show,
  });
  return (
    <details ref={list} className="keys">
      <summary>Keys</summary>
      <dl>
        {KEYS.map(([key, does]) => (
          <Fragment key={key}>
            <dt>{key}</dt>
            <dd>{does}</dd>
          </Fragment>
        ))}
      </dl>
      <Toggle name="Single letters work as keys" value={letters} onChange={setLetters} />
    </details>
  );
});

const boxes = () => [...document.querySelectorAll<HTMLInputElement>("article li > div:first-of-type input[type=checkbox]")];

/** The box that has the focus, else that of the row in hand. */
const boxInHand = () => boxes().find((box) => box === document.activeElement) ?? boxes().find((box) => box.closest("[aria-current]"));

function step(by: number): void {
  const all = boxes();
  const at = all.findIndex((box) => box === document.activeElement);
  const now = all.findIndex((box) => box.closest("[aria-current]"));
  const next = all[at < 0 ? Math.max(now, 0) : at + by];
  next?.focus();
  next?.closest("li")?.scrollIntoView?.({ block: "nearest" });
}
