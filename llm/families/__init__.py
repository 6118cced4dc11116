"""families: the kinds of square that the corpus knows, each written round by round from a formula."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from llm.families import granny, solid
from llm.families.style import Style

# family -> (style, the yarn's letter of each round) -> the rounds' lines without their label
FAMILIES: dict[str, Callable[[Style, Sequence[str]], list[str]]] = {
    "classic": granny.rounds,
    "no-chain": granny.rounds,
    "solid": solid.rounds,
}
