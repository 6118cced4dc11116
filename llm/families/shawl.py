"""shawl: half a granny square, worked in rows from the middle of its long edge.

Row r has r groups on either side of the point and a stitch at both ends: 6r + 2 stitches, 2r spaces, a point.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from llm.families.mitred import finished
from llm.families.style import Style


def rows(style: Style, yarns: Sequence[str]) -> list[str]:
    """The rows' lines in the author's terms, one for each letter of `yarns`."""
    s, c = style.stitch, style.corner
    lines = []
    for r in range(1, len(yarns) + 1):
        start = style.spaced_chain(1)
        if r == 1:
            begin = [f"{style.ring}. {start.capitalize()}", f"3 {s} in ring", f"ch {c}", f"3 {s} in ring", "ch 1"]
            items = [*begin, f"{s} in ring"]
        else:
            items = [*_turned(style, r, yarns, start), *_half(style, r - 1, f"ch-{c} sp")]
            items += [f"(3 {s}, ch {c}, 3 {s}) in next ch-{c} sp", "ch 1", *_half(style, r - 1, "end")]
            items.append(f"{s} in last st")
        full = f"{6 * r + 2} {s}, 1 ch-{c} sp, {2 * r} ch-1 sps"
        made = full if style.declare in ("all", "dash all", "groups") else f"{6 * r + 2} {s}"
        lines.append(finished(style, items, style.told(made), r, yarns))
    return lines


def _half(style: Style, groups: int, to: str) -> list[str]:
    if style.inner == "each":
        return [f"(3 {style.stitch}, ch 1) in each ch-1 sp to {'next ' if to != 'end' else ''}{to}"]
    return style.times([f"3 {style.stitch} in next ch-1 sp", "ch 1"], groups)


def _turned(style: Style, r: int, yarns: Sequence[str], chain: str) -> list[str]:
    if yarns[r - 1] == yarns[r - 2]:
        return ["turn", chain] if style.same_yarn == "plain" else [chain, "turn"]
    return [f"change to {yarns[r - 1]}", "turn", chain]


def suit(rng: random.Random, style: Style) -> Style:
    """The point is wider than the spaces beside it."""
    return replace(style, corner=rng.choice((2, 2, 3)), side=1)
