"""Counted: which stitches a declared kind may mean. `12 dc` may include fpdc, `8 cl` those written as dc3tog."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from crochet.craft.stitches import BUNDLES, START, base

_TOG = re.compile(r"(.+?)\d+tog")


def counted(counts: Mapping[str, int], kind: str, n: int) -> int:
    """How many of a kind the row makes: `n` where one way of counting comes to it, else the plainest that has any."""
    ways = list(_ways(counts, kind))
    return n if n in ways else next((way for way in ways if way), 0)


def _ways(counts: Mapping[str, int], kind: str) -> Iterator[int]:
    exact = counts.get(kind, 0)
    if kind in BUNDLES:
        yield exact
        yield exact + sum(m for k, m in counts.items() if _TOG.fullmatch(k))
        return
    if (closed := _TOG.fullmatch(kind)) is not None:
        yield sum(m for k, m in counts.items() if (found := _TOG.fullmatch(k)) and found[1] == closed[1])
        yield exact
        return  # the first of a round is one leg short, as its chain is the other
    tog = sum(m for k, m in counts.items() if (found := _TOG.fullmatch(k)) and found[1] == kind)
    yield exact + tog
    yield exact
    yield exact + sum(m for k, m in counts.items() if k not in START and k not in BUNDLES and base(k) == kind)


def unnamed(counts: Mapping[str, int], named: set[str]) -> list[str]:
    """Plain kinds that a count leaves out, though it names others."""
    return [key for key in counts if key in START and key not in named and key != "sl st"]
