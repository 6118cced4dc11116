"""tiles: a triangle worked from its corner in rows of tiles, a chain of three and three stitches each: r in row r."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from llm.families.mitred import finished
from llm.families.style import Style


def rows(style: Style, yarns: Sequence[str]) -> list[str]:
    """The rows' lines in the author's terms, one for each letter of `yarns`."""
    s = style.stitch
    over = f"{s} in each of next 2 ch" if style.run == "number" else f"{s} in next 2 ch"
    lines = []
    for r, yarn in enumerate(yarns, 1):
        change = [f"change to {yarn}"] if r > 1 and yarn != yarns[r - 2] else []
        start = [*change, "ch 6", *(["turn"] if r > 1 else []), f"{s} in 4th ch from hook", over]
        more = style.times(["sl st in next ch-3 sp", "ch 3", f"3 {s} in same sp"], r - 1)
        lines.append(finished(style, [*start, *more], style.told(f"{r} tile{'s' * (r > 1)}"), r, yarns))
    return lines


def suit(_rng: random.Random, style: Style) -> Style:
    """Tiles are counted out."""
    return replace(style, corner=2, inner="square" if style.inner == "each" else style.inner)
