import Box from "@mui/material/Box";
import NativeSelect from "@mui/material/NativeSelect";
import OutlinedInput from "@mui/material/OutlinedInput";
import { useId } from "react";
import type { ReactNode } from "react";

const label = { display: "block", mb: 0.75, fontWeight: 600, fontSize: "0.9375rem" } as const;

type ChoiceProps = { name: string; value: string; options: readonly (readonly [string, string])[]; onChange: (value: string) => void; hint?: string | null };

/** A labelled choice: the browser's own list, which every phone and screen reader knows. */
export function Choice({ name, value, options, onChange, hint }: ChoiceProps) {
  const id = useId();
  return (
    <Box>
      <Box component="label" htmlFor={id} sx={label}>
        {name}
      </Box>
      <NativeSelect
        fullWidth
        input={<OutlinedInput />}
        value={value}
        error={Boolean(hint)}
        onChange={(event) => onChange(event.target.value)}
        slotProps={{ input: { id, "aria-describedby": hint ? `${id}-hint` : undefined } }}
        sx={{ "& select": { py: 1.25 } }}
      >
        {options.map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </NativeSelect>
      <Hint id={`${id}-hint`}>{hint}</Hint>
    </Box>
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
  large?: boolean;
  mono?: boolean;
  onSend?: () => void;
};

/** A labelled field for words. Ctrl or Cmd with Enter sends. */
export function Words({ name, value, onChange, rows = 1, most, placeholder, fault, large, mono, onSend }: WordsProps) {
  const id = useId();
  return (
    <Box>
      <Box component="label" htmlFor={id} sx={label}>
        {name}
      </Box>
      <OutlinedInput
        id={id}
        fullWidth
        multiline={rows > 1}
        minRows={rows}
        maxRows={rows > 1 ? Math.max(rows, 18) : undefined}
        value={value}
        error={Boolean(fault)}
        placeholder={placeholder}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) onSend?.();
        }}
        slotProps={{ input: { maxLength: most, "aria-describedby": fault ? `${id}-fault` : undefined, "aria-invalid": Boolean(fault) } }}
        sx={{ fontSize: large ? "1.25rem" : "1rem", ...(mono && { fontFamily: "ui-monospace, monospace", fontSize: "0.9375rem" }) }}
      />
      <Hint id={`${id}-fault`}>{fault}</Hint>
    </Box>
  );
}

function Hint({ id, children }: { id: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <Box id={id} role="alert" sx={{ mt: 0.75, color: "error.main", fontSize: "0.9375rem" }}>
      {children}
    </Box>
  );
}
