import type { ReactNode } from "react";
import "./field.css";

type ToggleProps = { name: ReactNode; value: boolean; onChange: (value: boolean) => void };

/** A labelled switch, 48 px high: the browser's own checkbox. */
export function Toggle({ name, value, onChange }: ToggleProps) {
  return (
    <label className="toggle">
      <input type="checkbox" checked={value} onChange={(event) => onChange(event.target.checked)} />
      <span>{name}</span>
    </label>
  );
}
