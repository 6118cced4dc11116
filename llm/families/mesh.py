"""mesh: a square of single stitches with a chain between any two.

Round n has 2n stitches a side, and 2n - 1 spaces between them.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from llm.families import turned
from llm.families.style import Style


def rounds(style: Style, yarns: Sequence[str]) -> list[str]:
    """The rounds' lines in the author's terms, one for each letter of `yarns`."""
    lines = []
    for n in range(1, len(yarns) + 1):
        items = _first(style) if n == 1 else _later(style, n, yarns)
        lines.append(turned.finished(style, items, style.made(8 * n, 4 * (2 * n - 1), 2 * n), n, yarns))
    return lines


def _first(style: Style) -> list[str]:
    s, corner = style.stitch, f"ch {style.corner}"
    start = [f"{style.ring}. {style.spaced_chain(1).capitalize()}", f"{s} in ring", corner]
    return [*start, style.rest([f"{s} in ring", "ch 1", f"{s} in ring", corner]), style.closing(False, 1)]


def _later(style: Style, n: int, yarns: Sequence[str]) -> list[str]:
    s, k = style.stitch, 2 * (n - 1)
    lead = [*style.times(["ch 1", f"{s} in next {s}"], k), "ch 1"]
    trail = ["ch 1", *style.times([f"{s} in next {s}", "ch 1"], k)]
    plain = replace(style, same_yarn="to") if n == 2 else style
    return turned.later(plain, n, yarns, 1, lead, trail, 0)


def suit(rng: random.Random, style: Style) -> Style:
    """The corners are wider than the mesh."""
    return replace(style, corner=rng.choice((2, 3, 3)), side=1)
