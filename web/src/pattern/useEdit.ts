/** useEdit: what a maker changes of his own pattern, and the yarns that anybody swaps. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { Making, Yarn } from "../api/making";
import { editPattern } from "../api/patterns";
import type { Change } from "../api/patterns";
import { keepMeta, keepPattern } from "../api/storage";
import type { Colour, Pattern } from "../api/types";
import { makingKey, yarnsKey } from "./usePattern";
import { asWritten, inYarn } from "./yarns";

/** Changes title, yarns and who may see my pattern. A yarn shows at once; one that is not taken goes back. */
export function useEdit({ id }: Pattern) {
  const client = useQueryClient();
  const show = (change: (pattern: Pattern) => Partial<Pattern>) =>
    client.setQueryData<Making>(makingKey(id), (making) => making && { ...making, pattern: { ...making.pattern, ...change(making.pattern) } });
  return useMutation({
    mutationKey: ["edit", id],
    scope: { id: `edit ${id}` },
    networkMode: "always",
    mutationFn: (change: Change) => editPattern(id, change),
    onMutate: (change) => {
      const before = client.getQueryData<Making>(makingKey(id))?.pattern.colours ?? [];
      show(({ colours }) => ({ colours: change.colours ? colours.map((colour) => withChange(colour, change.colours)) : colours }));
      return before;
    },
    onError: (_, change, before) => void (change.colours && before && show(() => ({ colours: before }))),
    onSuccess: (edited) => {
      void keepPattern(edited);
      void client.invalidateQueries({ queryKey: ["mine"] });
      // Of two yarns chosen quickly the answer to the first must not show over the second.
      if (client.isMutating({ mutationKey: ["edit", id] }) <= 1) show(() => ({ title: edited.title, visibility: edited.visibility, colours: edited.colours }));
    },
  });
}

function withChange(colour: Colour, changes: Change["colours"]): Colour {
  const swap = changes?.find(({ letter }) => letter === colour.letter);
  return swap ? inYarn(colour, swap) : colour;
}

/** Puts other yarns in the place of some; null: as it was written. */
export function useSwap(pattern: Pattern): { swap: (yarns: readonly (readonly [Colour, Yarn | null])[]) => void; fault: Error | null } {
  const client = useQueryClient();
  const { mutate, error } = useEdit(pattern);
  const { id, own } = pattern;
  const swap = useCallback(
    (yarns: readonly (readonly [Colour, Yarn | null])[]) => {
      if (own) return mutate({ colours: yarns.map(([colour, yarn]) => ({ letter: colour.letter, ...(yarn ?? asWritten(colour)) })) });
      client.setQueryData<Making>(makingKey(id), (making) => {
        if (!making) return making;
        const kept = { ...making.yarns };
        for (const [{ letter }, yarn] of yarns) {
          if (yarn) kept[letter] = yarn;
          else delete kept[letter];
        }
        void keepMeta(yarnsKey(id), kept);
        return { ...making, yarns: kept };
      });
    },
    [client, id, own, mutate],
  );
  return { swap, fault: error };
}
