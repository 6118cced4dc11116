"""mixed: granny and solid rounds in turns, in a square.

Both have room for 4n - 1 stitches on a side of round n: 3n and n - 1 chains in groups, 4n - 1 side by side. So a solid
round has a stitch in each stitch and chain below it, and a granny round on a solid one skips three for each group.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from llm.families import granny, solid, turned
from llm.families.style import Style

GRANNY, SOLID = "granny", "solid"


def rounds(style: Style, yarns: Sequence[str]) -> list[str]:
    """The rounds' lines in the author's terms, one for each letter of `yarns`."""
    first = turned.finished(style, turned.first(style, 3), style.made(12, 0, 3, 4), 1, yarns)
    kinds = kinds_of(style, len(yarns))
    return [first, *(line(style, n, yarns, kinds[n - 2 : n]) for n in range(2, len(yarns) + 1))]


def kinds_of(style: Style, n: int) -> list[str]:
    """What each of n rounds is, by the author's habit. The first can be taken for either."""
    kinds = {
        "in turn": [GRANNY, SOLID],
        "out of step": [SOLID, GRANNY],
        "two by two": [GRANNY, GRANNY, SOLID, SOLID],
        "one of three": [GRANNY, GRANNY, SOLID],
        "two of three": [GRANNY, SOLID, SOLID],
    }.get(style.mix)
    if kinds:
        return [kinds[i % len(kinds)] for i in range(n)]
    inner, outer = (GRANNY, SOLID) if style.mix == "solid edge" else (SOLID, GRANNY)
    return [inner if i < max(2, n // 2 + 1) else outer for i in range(n)]


def line(style: Style, n: int, yarns: Sequence[str], kinds: Sequence[str]) -> str:
    """Round n, of the second of two kinds, on a round of the first."""
    below, own = kinds
    if own == SOLID:
        over = f"st and ch-{style.side} sp" if below == GRANNY and n > 2 else ""
        slips = 2 if below == GRANNY or n == 2 else 1
        side = 4 * n - 1
        return solid.line(style, n, yarns, side, solid.later(style, n, yarns, side, over, slips))
    if below == GRANNY or n == 2:
        return granny.line(style, n, yarns, granny.later(style, n, yarns))
    s, skip = style.stitch, "sk 3 sts"
    middle = [*style.times([f"ch {style.side}", skip, f"3 {s} in next st"], n - 2), f"ch {style.side}", skip]
    return granny.line(style, n, yarns, turned.later(style, n, yarns, 3, middle, middle, 1))


def suit(rng: random.Random, style: Style) -> Style:
    """Sides of one chain between groups; corners wider than that."""
    mixes = ("in turn", "out of step", "two by two", "one of three", "two of three", "solid edge", "granny edge")
    return replace(
        style, side=1, corner=max(2, style.corner), mix=rng.choice(mixes), from_corner=True, split=False
    )  # fmt: skip
