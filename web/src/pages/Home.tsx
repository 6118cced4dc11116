import Button from "@mui/material/Button";
import { useRef, useState } from "react";
import { useNavigate } from "react-router";
import { Refused, asError, randomId } from "../api/client";
import { createJob } from "../api/jobs";
import { shortId } from "../api/patterns";
import hero from "./hero.svg";
import { Continue } from "../pattern/Continue";
import { useTerms } from "../pattern/terms";
import { Choice, Words } from "../ui/Field";
import { Notice } from "../ui/parts";
import { Samples } from "./Samples";
import { IDEAS, OPEN, ROUNDS, SIZES, TERMS, YARNS, choicesInWords, toOptions } from "./wish";
import type { Choices } from "./wish";
import "./home.css";

const MOST = 500;

/** The wish: type an idea, and its pattern's page opens at once. */
export function Home() {
  const [prompt, setPrompt] = useState("");
  const [terms] = useTerms();
  // Who reads in UK terms gets rows that are written so: they need not turn when the last has come.
  const [choices, setChoices] = useState<Choices>({ ...OPEN, terms: terms ?? "" });
  const { send, sending, fault, faultAt } = useWish();
  const [empty, setEmpty] = useState(false);

  const write = () => {
    setEmpty(prompt.trim() === "");
    if (prompt.trim()) void send(prompt, choices);
  };

  return (
    <>
      <title>Knotty AI: granny squares, every stitch counted</title>
      <Continue />
      <div className="greeting">
        <div>
          <h1 className="title">What shall we make?</h1>
          <p>Type an idea and get a granny-square pattern whose every stitch count was worked out by machine. Print it, or tick it off on any device.</p>
        </div>
        <img src={hero} alt="" width={196} height={196} />
      </div>
      <form noValidate onSubmit={(event) => { event.preventDefault(); write(); }}>
        <Words name="Your idea" value={prompt} onChange={setPrompt} rows={2} most={MOST} look="large" placeholder={IDEAS[0]} fault={empty ? "Write an idea first, or take one of those below. A few words are enough." : faultAt("/prompt")} onSend={write} />
        <div role="group" aria-label="Ideas that fill the field" className="ideas">
          {IDEAS.map((idea) => (
            <button key={idea} type="button" onClick={() => { setPrompt(idea); setEmpty(false); }}>
              {idea}
            </button>
          ))}
        </div>
        <Fold choices={choices} onChange={setChoices} faultAt={faultAt} />
        {fault && (
          <Notice tone="error">
            <p>{fault.message}</p>
            {fault instanceof Refused && fault.problem.request_id && (
              <p className="quiet">If you ask us about it: {fault.problem.request_id}</p>
            )}
          </Notice>
        )}
        <div className="send-wish">
          <Button type="submit" variant="contained" aria-busy={sending}>
            {sending ? "Sending your wish…" : "Write the pattern"}
          </Button>
        </div>
      </form>
      <Samples />
      <p className="quiet written-by">
        Written by a language model, counted by a program. A row that does not add up says so. No account: this browser remembers you.
      </p>
    </>
  );
}

type FoldProps = { choices: Choices; onChange: (choices: Choices) => void; faultAt: (pointer: string) => string | null };

/** What may be fixed and need not be. */
function Fold({ choices, onChange, faultAt }: FoldProps) {
  const [open, setOpen] = useState(false);
  // A fault inside must not stay folded away.
  const faulty = faultAt("/options") !== null;
  const set = (name: keyof Choices) => (value: string) => onChange({ ...choices, [name]: value });
  return (
    <details open={open || faulty} onToggle={(event) => setOpen(event.currentTarget.open)} className="fixed-choices">
      <summary>
        <b>Size, yarn, colours, terms:</b> {choicesInWords(choices)}
      </summary>
      <div>
        <Choice name="Size" value={choices.size} options={SIZES} onChange={set("size")} hint={faultAt("/options/size")} />
        <Choice name="Yarn" value={choices.yarn} options={YARNS} onChange={set("yarn")} hint={faultAt("/options/yarn_weight")} />
        <Choice name="Terms" value={choices.terms} options={TERMS} onChange={set("terms")} hint={faultAt("/options/terms")} />
        <Choice name="Rounds in a square" value={choices.rounds} options={ROUNDS} onChange={set("rounds")} hint={faultAt("/options/rounds")} />
        <div className="colours">
          <Words name="Colours, up to six, with commas" value={choices.colours} onChange={set("colours")} placeholder="black, hot pink, bone" fault={faultAt("/options/colours")} />
        </div>
      </div>
    </details>
  );
}

/** Sends wishes. One key a wish: two taps make one job. */
function useWish() {
  const navigate = useNavigate();
  const key = useRef({ wish: "", key: "" });
  const [sending, setSending] = useState(false);
  const [fault, setFault] = useState<Error | null>(null);

  const send = async (prompt: string, choices: Choices) => {
    const wish = { prompt, options: toOptions(choices) };
    const text = JSON.stringify(wish);
    if (key.current.wish !== text) key.current = { wish: text, key: randomId() };
    setSending(true);
    setFault(null);
    try {
      const job = await createJob(wish, key.current.key);
      await navigate(`/p/${shortId(job.pattern.id)}`);
    } catch (reason) {
      setFault(asError(reason));
      setSending(false);
    }
  };

  const faultAt = (pointer: string): string | null => {
    const errors = fault instanceof Refused ? (fault.problem.errors ?? []) : [];
    return errors.find((error) => error.pointer === pointer || error.pointer.startsWith(`${pointer}/`))?.detail ?? null;
  };

  return { send, sending, fault, faultAt };
}
