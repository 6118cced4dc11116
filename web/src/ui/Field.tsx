import { useId } from "react";
import type { ReactNode } from "react";
import "./field.css";

type ChoiceProps = { name: string; value: string; options: readonly (readonly [string, string])[]; onChange: (value: string) => void; hint?: string | null };

/** A labelled choice: the browser's own list, which every phone and screen reader knows. */
export function Choice({ name, value, options, onChange, hint }: ChoiceProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="label">
        {name}
      </label>
      <select id={id} className="field" value={value} onChange={(event) => onChange(event.target.value)} aria-invalid={Boolean(hint)} aria-describedby={hint ? `${id}-hint` : undefined}>
        {options.map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </select>
      <Hint id={`${id}-hint`}>{hint}</Hint>
    </div>
  );
}

type WordsProps = {
  name: string;
  value: string;
  onChange: (value: string) => void;
  rows?: number;
  most?: number;
  placeholder?: string;
  fault?: string | null;
  look?: "large" | "mono";
  onSend?: () => void;
};

/** A labelled field for words. Ctrl or Cmd with Enter sends. */
export function Words({ name, value, onChange, rows = 1, most, placeholder, fault, look, onSend }: WordsProps) {
  const id = useId();
  const told = {
    id,
    className: look ? `field ${look}` : "field",
    value,
    placeholder,
    maxLength: most,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) onSend?.();
    },
    "aria-invalid": Boolean(fault),
    "aria-describedby": fault ? `${id}-fault` : undefined,
  };
  return (
    <div>
      <label htmlFor={id} className="label">
        {name}
      </label>
      {rows > 1 ? <textarea {...told} rows={rows} style={{ minHeight: `calc(${rows}lh + 26px)` }} /> : <input {...told} />}
      <Hint id={`${id}-fault`}>{fault}</Hint>
    </div>
  );
}

function Hint({ id, children }: { id: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <div id={id} role="alert" className="hint">
      {children}
    </div>
  );
}
