import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { asError } from "../api/client";
import { deletePattern } from "../api/patterns";
import type { Pattern } from "../api/types";
import { Words } from "../ui/Field";
import { Leaf } from "../ui/parts";
import { forgetHere } from "./forget";
import { useEdit } from "./useEdit";

const LONGEST_TITLE = 80;

/** What is its maker's alone: what it is called, who can read it, and whether it stays. */
export function More({ id, pattern, onClose }: { id: string; pattern: Pattern; onClose: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Leaf sx={{ mt: 1.5, flexBasis: "100%" }}>
      <Box id={id} role="group" aria-labelledby={`${id}-title`} onKeyDown={(event: React.KeyboardEvent) => event.key === "Escape" && onClose()} sx={{ display: "grid", gap: 3, maxWidth: "60ch" }}>
        <Typography variant="h3" component="h2" id={`${id}-title`} ref={heading} tabIndex={-1} sx={{ outline: "none" }}>
          Your pattern
        </Typography>
        <Title pattern={pattern} />
        <Readers pattern={pattern} />
        <Deletion pattern={pattern} />
        <div>
          <Button variant="outlined" onClick={onClose}>
            Close
          </Button>
        </div>
      </Box>
    </Leaf>
  );
}

function Title({ pattern }: { pattern: Pattern }) {
  const [title, setTitle] = useState(pattern.title ?? "");
  const { mutate, isPending, isSuccess, error } = useEdit(pattern);
  const [empty, setEmpty] = useState(false);
  const changed = title.trim() !== (pattern.title ?? "");
  const keep = () => {
    setEmpty(title.trim() === "");
    if (title.trim() && changed) mutate({ title: title.trim() });
  };
  return (
    <Box component="form" noValidate onSubmit={(event: React.FormEvent) => { event.preventDefault(); keep(); }}>
      <Words name="Title" value={title} most={LONGEST_TITLE} onChange={setTitle} fault={empty ? "A pattern needs a title." : (error?.message ?? null)} />
      <Box sx={{ display: "flex", alignItems: "center", gap: 1.5, mt: 1 }}>
        <Button type="submit" variant="outlined" aria-busy={isPending}>
          Keep the title
        </Button>
        <Box role="status" sx={said}>
          {isSuccess && !changed && "Kept."}
        </Box>
      </Box>
    </Box>
  );
}

const WHO = [
  ["link", "Everybody who has the link"],
  ["private", "I alone"],
] as const;

function Readers({ pattern }: { pattern: Pattern }) {
  const { mutate, isPending, variables, error } = useEdit(pattern);
  const shown = (isPending && variables.visibility) || pattern.visibility;
  return (
    <Box component="fieldset" sx={{ m: 0, p: 0, border: 0 }}>
      <Box component="legend" sx={{ p: 0, fontWeight: 600, fontSize: "0.9375rem" }}>
        Who can read it
      </Box>
      {WHO.map(([who, words]) => (
        <Box component="label" key={who} sx={{ display: "flex", alignItems: "center", gap: 1.25, minHeight: 48, cursor: "pointer" }}>
          <Box component="input" type="radio" name="visibility" checked={shown === who} onChange={() => mutate({ visibility: who })} sx={{ width: 22, height: 22, m: 0, accentColor: "var(--mui-palette-primary-main)" }} />
          {words}
        </Box>
      ))}
      <Box role="status" sx={said}>
        {shown === "private" ? "To everybody else its link answers as if it had never been, also to those who work from it." : "They read, print and tick a copy of their own. Nobody sees your ticks."}
      </Box>
      {error && <Fault error={error} />}
    </Box>
  );
}

function Deletion({ pattern }: { pattern: Pattern }) {
  const client = useQueryClient();
  const [sure, setSure] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const question = useRef<HTMLParagraphElement>(null);
  const ask = useRef<HTMLButtonElement>(null);
  useEffect(() => void (sure && question.current?.focus()), [sure]);
  const keep = () => {
    setSure(false);
    ask.current?.focus();
  };
  const remove = async () => {
    setDeleting(true);
    try {
      await deletePattern(pattern.id);
      await forgetHere(client, pattern.id);
    } catch (fault) {
      setDeleting(false);
      setError(asError(fault));
    }
  };
  return (
    <div>
      <Button ref={ask} color="error" variant="outlined" aria-expanded={sure} onClick={() => setSure(!sure)}>
        Delete this pattern
      </Button>
      {sure && (
        <Box sx={{ mt: 1.5, pl: 2, borderLeft: "3px solid", borderColor: "error.main" }}>
          <Typography ref={question} tabIndex={-1} sx={{ outline: "none" }}>
            Delete “{pattern.title ?? "this pattern"}” for good? Its rows, your ticks and your notes are gone on every device of yours, and its link is dead. Nobody can bring it back.
          </Typography>
          <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1, mt: 1.5 }}>
            <Button color="error" variant="contained" aria-busy={deleting} onClick={() => void remove()}>
              Delete for good
            </Button>
            <Button variant="outlined" onClick={keep}>
              Keep it
            </Button>
          </Box>
          {error && <Fault error={error} />}
        </Box>
      )}
    </div>
  );
}

function Fault({ error }: { error: Error }) {
  return (
    <Box role="alert" sx={{ mt: 0.75, color: "error.main", fontSize: "0.9375rem" }}>
      {error.message}
    </Box>
  );
}

const said = { color: "text.secondary", fontSize: "0.9375rem" } as const;
