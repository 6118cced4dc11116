import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Link } from "react-router";
import { Refused, asError } from "../api/client";
import { type Belongings, belongings, redeem } from "../api/devices";
import { Words } from "../ui/Field";
import { Leaf, Notice } from "../ui/parts";

const MOST_NAME = 40;
const MOST_CODE = 80;

/** Where a device's link leads: what will happen, and one button. Nothing is redeemed by merely opening it. */
export function LinkPage() {
  const secret = useSecret();
  const [code, setCode] = useState("");
  const [name, setName] = useState("");
  const [empty, setEmpty] = useState(false);
  const { send, sending, fault, done } = useRedeem();
  const mine = useQuery({ queryKey: ["belongings"], queryFn: belongings });
  const faultAt = (pointer: string) => (fault instanceof Refused ? (fault.problem.errors?.find((error) => error.pointer === pointer)?.detail ?? null) : null);

  if (done) return <Linked />;
  const link = () => {
    const typed = code.replaceAll(/\s/g, "");
    setEmpty(!secret && !typed);
    if (secret || typed) void send(secret ? { secret } : { code: typed }, name);
  };
  return (
    <>
      <title>Link this device · Knotty AI</title>
      <Typography variant="h1">Link this device</Typography>
      <Typography sx={{ mt: 1.5, maxWidth: "56ch", fontSize: "1.1875rem" }} color="textSecondary">
        {secret ? "You have opened a link from another device." : "Type the code that your other device shows, or the recovery code that you printed."} Once linked, both show the same patterns and the same ticks.
      </Typography>
      <Box component="form" noValidate onSubmit={(event: React.FormEvent) => { event.preventDefault(); link(); }} sx={{ mt: 3, display: "grid", gap: 2.5, maxWidth: 480 }}>
        {!secret && <Words name="Code" value={code} onChange={setCode} most={MOST_CODE} look="mono" placeholder="BCDF-GHJK" fault={empty ? "Type the code first. Capitals and hyphens do not matter." : faultAt("/code")} />}
        <Words name="A name for this device, if you like" value={name} onChange={setName} most={MOST_NAME} placeholder="the tablet by the yarn" fault={faultAt("/name")} />
        <Merging mine={mine} />
        {fault && <Fault fault={fault} />}
        {/* Not before it is said what comes along: words that come under a finger push the button from under it. */}
        {!mine.isLoading && (
          <Button type="submit" variant="contained" size="large" aria-busy={sending} sx={{ minHeight: 56, fontSize: "1.125rem" }}>
            {sending ? "Linking…" : "Link this device"}
          </Button>
        )}
      </Box>
    </>
  );
}

/** The secret behind the `#`, read once and taken out of the address: it must not lie in the browser's history. */
function useSecret(): string {
  const [secret] = useState(() => decoded(location.hash.slice(1)));
  useEffect(() => {
    if (location.hash) history.replaceState(history.state, "", location.pathname);
  }, []);
  return secret;
}

function decoded(hash: string): string {
  try {
    return decodeURIComponent(hash).trim();
  } catch {
    return hash;
  }
}

function useRedeem() {
  const queries = useQueryClient();
  const [sending, setSending] = useState(false);
  const [fault, setFault] = useState<Error | null>(null);
  const [done, setDone] = useState(false);
  const under = useRef(false); // two taps are one: the second would find the code used

  const send = async (...words: Parameters<typeof redeem>) => {
    if (under.current) return;
    under.current = true;
    setSending(true);
    setFault(null);
    try {
      await redeem(...words);
      queries.clear(); // what was read before was somebody else's
      setDone(true);
    } catch (reason) {
      setFault(asError(reason));
    }
    setSending(false);
    under.current = false;
  };
  return { send, sending, fault, done };
}

/** What comes along, before anybody presses anything. */
function Merging({ mine }: { mine: UseQueryResult<Belongings> }) {
  const many = mine.data?.patterns ?? 0;
  const words = many === 1 ? "One pattern" : `${many}${mine.data?.more ? " patterns and more" : " patterns"}`;
  return (
    <Leaf>
      <Typography component="h2" variant="h3" sx={{ mb: 1, fontSize: "1.0625rem", fontWeight: 600 }}>
        What will be merged
      </Typography>
      <Typography role="status">
        {mine.isPending && "Looking what this browser has…"}
        {mine.isError && "What this browser has could not be looked up. Whatever it has comes along."}
        {mine.isSuccess && many === 0 && "This browser has no patterns yet, so nothing changes hands."}
        {mine.isSuccess && many > 0 && `${words} of this browser, with ${many === 1 ? "its" : "their"} ticks, will belong to whoever gave you the code. Where both have ticked a row, the later tick holds.`}
      </Typography>
      <Typography sx={{ mt: 1 }} color="textSecondary">
        This cannot be undone. Other devices that you had linked to this browser are let go. Use only a code of your own.
      </Typography>
    </Leaf>
  );
}

function Fault({ fault }: { fault: Error }) {
  const stale = fault instanceof Refused && fault.problem.status === 404;
  return (
    <Notice tone="error">
      <p>{stale ? "This code is not good any more. A code works once, that of a device within five minutes, and a few wrong tries end it. Make a new one on the other device." : fault.message}</p>
      {fault instanceof Refused && fault.problem.request_id && (
        <Typography variant="body2" component="p" color="textSecondary">
          If you ask us about it: {fault.problem.request_id}
        </Typography>
      )}
    </Notice>
  );
}

function Linked() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []); // else whoever listens hears nothing of it
  return (
    <>
      <title>Linked · Knotty AI</title>
      <Typography variant="h1" ref={heading} tabIndex={-1} sx={{ outline: "none" }}>
        This device is linked
      </Typography>
      <Typography sx={{ mt: 1.5, mb: 3, maxWidth: "56ch" }} color="textSecondary">
        A row that you tick here is ticked there too, and the other way round.
      </Typography>
      <Button component={Link} to="/mine" variant="contained">
        Show my patterns
      </Button>
    </>
  );
}
