"""Mutations: how many slips of the good patterns are noticed, told once, on the right row, and put right again.

Run from the root: `python -m bench.mutations [HOW_MANY_OF_A_KIND]`. Without a number all of them are tried: minutes.
"""

from __future__ import annotations

import random
import sys
from collections import Counter

from tests.slips import Slip, declared, names, slips, told

COLUMNS = ("tried", "changes nothing", "noticed", "unnoticed", "one error", "right row", "put right")


def main() -> None:
    most = int(sys.argv[1]) if len(sys.argv) > 1 else None
    full = [name for name in names() if declared(name)]
    print(f"{len(full)} of {len(names())} good patterns declare everything.")
    kinds: dict[str, list[Slip]] = {}
    for name in full:
        for slip in slips(name):
            kinds.setdefault(slip.kind, []).append(slip)
    print(f"{'':16}" + "".join(f"{column:>17}" for column in COLUMNS))
    for kind, found in kinds.items():
        drawn = random.Random(1887).sample(found, min(most or len(found), len(found)))
        print(f"{kind:16}" + "".join(f"{cell:>17}" for cell in _cells(drawn)), flush=True)


def _cells(drawn: list[Slip]) -> list[str]:
    n: Counter[str] = Counter()
    for slip in drawn:
        said = told(slip)
        n["noticed"] += said.noticed
        n["same"] += said.same and not said.noticed
        n["one"] += said.noticed and said.one_error
        n["right"] += said.right_row
        n["restored"] += said.restored
    seen = max(1, n["noticed"])
    shares = [f"{n[what]} ({100 * n[what] / seen:.1f} %)" for what in ("one", "right", "restored")]
    return [str(len(drawn)), str(n["same"]), str(n["noticed"]), str(len(drawn) - n["noticed"] - n["same"]), *shares]


if __name__ == "__main__":
    main()
