"""Exchanged: two chains of a round that stand in each other's place.

The count is met, and the next round trips over it: `(3 dc, ch 1, 3 dc) in corner, ch 2` where all others have ch 2 in
the corner and ch 1 beside it. A round that is the same time after time but for two chains, which are those of the
others in the wrong order, is never meant so.
"""

from __future__ import annotations

from collections.abc import Callable

from crochet.craft.fabric import Course
from crochet.findings import Finding
from crochet.grammar.pattern import Span

FEWEST, MOST = 3, 12  # repeats of a round


def exchanged(course: Course, where: Callable[[int, bool], Span]) -> Finding | None:
    """What is told of the one repeat that has two chains in the wrong order."""
    size = len(course.stitches)
    if len({gap.chains for gap in course.gaps}) < 2:
        return None
    for many in range(MOST, FEWEST - 1, -1):
        pair = _pair(course.looks, many) if size % many == 0 else None
        if pair:
            (at, have), (_, other) = pair
            says = f"One repeat has {_ch(have)}, {_ch(other)} where the others have {_ch(other)}, {_ch(have)}."
            return Finding("corner-differs", says, where(at, True))
    return None


def _pair(parts: tuple[tuple[str, int], ...], many: int) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The two gaps of a round of so many repeats that have each other's chains, and what they have."""
    size = len(parts)
    period = size // many
    odd: list[tuple[int, tuple[str, int]]] = []
    for k in range(period):
        column = parts[k::period]
        usual = column[0] if column.count(column[0]) > 1 else column[1]
        n = column.count(usual)
        if n < many - 1:
            return None
        if n < many:
            odd += [(i, usual) for i in range(k, size, period) if parts[i] != usual]
        if len(odd) > 2:
            return None
    if len(odd) != 2:
        return None
    (i, (kind, chains)), (j, (other, others)) = sorted(odd)
    crossed = parts[i] == (kind, others) and parts[j] == (other, chains)
    if not crossed or not 0 < min(j - i, size - j + i) < period:
        return None
    first, last = (i, j) if j - i < period else (j, i)
    return (first, parts[first][1]), (last, parts[last][1])


def _ch(n: int) -> str:
    return f"ch {n}" if n else "no chain"
