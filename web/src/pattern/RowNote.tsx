import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import ButtonBase from "@mui/material/ButtonBase";
import { useEffect, useId, useRef, useState } from "react";
import { LONGEST_NOTE } from "../api/ticks";
import { IconButton } from "../ui/IconButton";
import { PencilIcon } from "../ui/icons";
import { uncapitalized } from "./words";

type RowNoteProps = {
  /** What the row is called: "Round 4". */
  row: string;
  text: string;
  open: boolean;
  onOpen: (open: boolean) => void;
  onKeep: (text: string) => void;
};

/** The maker's own note at a row: nothing while there is none, a tap opens it to be written. */
export function RowNote({ row, text, open, onOpen, onKeep }: RowNoteProps) {
  if (open) return <Writing row={row} text={text} onKeep={onKeep} onClose={() => onOpen(false)} />;
  if (!text) return null;
  return (
    <ButtonBase onClick={() => onOpen(true)} aria-label={`Note at ${row}: ${text}. Change it`} sx={slip}>
      <Box component="span" sx={{ mt: "3px", lineHeight: 0, color: "text.secondary" }}>
        <PencilIcon size={18} />
      </Box>
      <span>{text}</span>
    </ButtonBase>
  );
}

/** Opens the note at a row; for a row that has none it is the way to the first. */
export function NoteButton({ row, open, onOpen }: Pick<RowNoteProps, "row" | "open" | "onOpen">) {
  const button = useRef<HTMLButtonElement>(null);
  const was = useRef(open);
  useEffect(() => {
    // The field is gone with the focus in it: back to what opened it.
    if (was.current && !open && document.activeElement === document.body) button.current?.focus();
    was.current = open;
  }, [open]);
  return (
    <IconButton ref={button} aria-label={`Note at ${row}`} aria-expanded={open} onClick={() => onOpen(!open)}>
      <PencilIcon size={20} />
    </IconButton>
  );
}

type WritingProps = Pick<RowNoteProps, "row" | "text" | "onKeep"> & { onClose: () => void };

// Kept whenever the field is left, however it is left: a note is written with one hand, and the other holds the yarn.
function Writing({ row, text, onKeep, onClose }: WritingProps) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [before] = useState(text);
  const [draft, setDraft] = useState(text);
  const kept = useRef({ text, draft, onKeep });
  const keep = (words: string) => {
    if (words.trim() === kept.current.text) return;
    kept.current.text = words.trim();
    onKeep(words);
  };
  useEffect(() => {
    kept.current.draft = draft;
    kept.current.onKeep = onKeep;
  });
  useEffect(() => {
    const at = field.current;
    at?.focus();
    at?.setSelectionRange(at.value.length, at.value.length);
    const { current } = kept;
    return () => {
      if (current.draft.trim() !== current.text) current.onKeep(current.draft);
    };
  }, []);
  const close = (words: string) => {
    keep(words);
    kept.current.draft = kept.current.text;
    onClose();
  };
  return (
    <Box sx={{ my: 1, maxWidth: "60ch" }}>
      <Box component="label" htmlFor={id} sx={{ display: "block", mb: 0.5, fontWeight: 600, fontSize: "0.9375rem" }}>
        Note at {uncapitalized(row)}
      </Box>
      <Box
        component="textarea"
        ref={field}
        id={id}
        rows={3}
        maxLength={LONGEST_NOTE}
        value={draft}
        placeholder="5 mm hook from here on"
        onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) => setDraft(event.target.value)}
        onBlur={() => keep(draft)}
        onKeyDown={(event: React.KeyboardEvent) => {
          if (event.key === "Escape") close(before);
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) close(draft);
        }}
        sx={area}
      />
      <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1, mt: 0.5 }}>
        <Button variant="outlined" onClick={() => close(draft)}>
          Keep the note
        </Button>
        {before && (
          <Button color="secondary" onClick={() => close("")}>
            Take it away
          </Button>
        )}
      </Box>
    </Box>
  );
}

const slip = {
  display: "flex",
  alignItems: "flex-start",
  justifyContent: "flex-start",
  gap: 1,
  width: "fit-content",
  maxWidth: "60ch",
  minHeight: 48,
  px: 1.5,
  py: 1.25,
  my: 0.5,
  borderRadius: "10px",
  border: "1px dashed",
  borderColor: "edge",
  bgcolor: "background.paper",
  font: "inherit",
  fontSize: "1rem",
  lineHeight: 1.45,
  textAlign: "left",
  whiteSpace: "pre-wrap",
  overflowWrap: "anywhere",
} as const;

const area = {
  display: "block",
  boxSizing: "border-box",
  width: "100%",
  p: 1.5,
  border: "1px solid",
  borderColor: "edge",
  borderRadius: "10px",
  bgcolor: "background.paper",
  color: "text.primary",
  font: "inherit",
  fontSize: "1rem",
  lineHeight: 1.45,
  resize: "vertical",
  "&::placeholder": { color: "text.secondary", opacity: 1, fontStyle: "italic" },
} as const;
