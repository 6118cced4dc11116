/** Leaflet: what stands around the rounds: facts and abbreviations. */

import { memo, useId } from "react";
import type { Pattern, Piece } from "../api/types";
import { TermsSwitch } from "./TermsSwitch";
import type { Other } from "./usePattern";
import { abbreviations } from "./glossary";
import { facts } from "./words";
import type { Terms } from "./words";
import "./leaflet.css";

export const Facts = memo(function Facts({ pattern, other }: { pattern: Pattern; other: Other | null }) {
  const known = facts(pattern);
  const id = useId();
  if (known.length === 0) return null;
  return (
    <dl className="facts">
      {known.map(([name, value]) => (
        <div key={name}>
          <dt id={id + name}>{name}</dt>
          <dd>{name === "Terms" && other && pattern.terms ? <TermsSwitch terms={pattern.terms} other={other} labelledBy={id + name} /> : value}</dd>
        </div>
      ))}
    </dl>
  );
});

export const Abbreviations = memo(function Abbreviations({ pieces, terms }: { pieces: readonly Piece[]; terms: Terms }) {
  return (
    <>
      <dl className="abbreviations">
        {abbreviations(pieces, terms).map(([short, means]) => (
          <div key={short}>
            <dt>{short}</dt>
            <dd>{means}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet">{terms === "uk" ? "UK terms." : "US terms."}</p>
    </>
  );
});
