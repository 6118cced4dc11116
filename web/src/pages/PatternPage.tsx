import { useDeferredValue } from "react";
import { useParams } from "react-router";
import { Refused } from "../api/client";
import { unfinished } from "../api/making";
import { Gone } from "../pattern/Gone";
import { PatternView } from "../pattern/PatternView";
import { isOld, usePattern } from "../pattern/usePattern";
import { Notice } from "../ui/parts";
import Button from "@mui/material/Button";
import { NotFound } from "./NotFound";

/** One pattern: being written, then read and ticked. */
export function PatternPage() {
  const { id = "" } = useParams();
  const { making, other, fault, refetch } = usePattern(id);
  // All its rows at once are much for a slow phone: they are drawn in small steps, and it answers in between.
  const drawn = useDeferredValue(making !== null);
  if (making && drawn) {
    return (
      <>
        {isOld(making) && (
          <Notice tone="warning">
            <p>No connection. These are the rows that were here when you last looked.</p>
          </Notice>
        )}
        {making.gone && <Gone id={making.pattern.id} />}
        <PatternView key={id} making={making} other={other} busy={unfinished(making.job) || isOld(making)} />
      </>
    );
  }
  if (fault instanceof Refused && [400, 404, 410, 422].includes(fault.problem.status)) return <NotFound problem={fault.problem} />;
  if (fault) {
    return (
      <Notice tone="error" action={<Button variant="outlined" onClick={() => void refetch()}>Try again</Button>}>
        <p>{fault.message}</p>
      </Notice>
    );
  }
  return <p role="status">Fetching the pattern…</p>;
}
