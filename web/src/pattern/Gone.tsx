import Button from "@mui/material/Button";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Notice } from "../ui/parts";
import { forgetHere } from "./forget";

/** Over the copy of a pattern that its maker deleted: whoever worked from it keeps it until he removes it. */
export function Gone({ id }: { id: string }) {
  const client = useQueryClient();
  const [sure, setSure] = useState(false);
  return (
    <Notice
      tone="warning"
      action={
        sure ? (
          <>
            <Button variant="contained" color="error" onClick={() => void forgetHere(client, id)}>
              Remove it for good
            </Button>
            <Button variant="outlined" onClick={() => setSure(false)}>
              Keep my copy
            </Button>
          </>
        ) : (
          <Button variant="outlined" onClick={() => setSure(true)}>
            Remove my copy
          </Button>
        )
      }
    >
      <p>
        <b>Its maker deleted this pattern.</b> You were working from it, so this browser keeps a copy: read it, print it and tick on. Your ticks stay here and go nowhere else.
      </p>
    </Notice>
  );
}
