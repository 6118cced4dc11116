"""vstitch: a square of V-stitches, (dc, ch 1, dc).

Odd rounds have n V-stitches a side, of which two stand in its corners. Even rounds turn with single stitches and have
n - 1: so 8n stitches in all, which lies flat.
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
        items = _first(style) if n == 1 else _even(style, n, yarns) if n % 2 == 0 else _odd(style, n, yarns)
        made = style.made(8 * n, 4 * (n if n % 2 else n - 1), 2 * n)
        lines.append(turned.finished(style, items, made, n, yarns))
    return lines


def _first(style: Style) -> list[str]:
    s, corner = style.stitch, f"ch {style.corner}"
    start = [f"{style.ring}. {style.spaced_chain(1).capitalize()}", f"{s} in ring", corner]
    return [*start, style.rest([f"({s}, ch 1, {s}) in ring", corner]), style.closing(False, 1)]


def _even(style: Style, n: int, yarns: Sequence[str]) -> list[str]:
    side = _side(style, n - 1)
    plain = replace(style, same_yarn="to") if n == 2 else style
    return turned.later(plain, n, yarns, 1, side, side, 0)


def _odd(style: Style, n: int, yarns: Sequence[str]) -> list[str]:
    s, place, same = style.stitch, style.corner_place(), style.same_place()
    side = _side(style, n - 2)
    corner = f"(V-st, ch {style.corner}, V-st) in next {place}"
    standing = yarns[n - 1] != yarns[n - 2] and style.new_yarn == "standing"
    inside = f"{s}, ch {style.corner}, V-st"
    start = turned.arrived(style, n, yarns, 0, style.spaced_chain(1))
    start.append(f"(ch 1, {inside}) in {same}" if standing else f"({inside}) in {same}")
    close = style.closing(standing, 1)
    if style.chain_first:
        return [*start, style.rest([*side, corner], free=True), *side, close]
    return [*start, *side, style.rest([corner, *side], free=True), close]


def _side(style: Style, k: int) -> list[str]:
    """A V-stitch in each of the k V-stitches of a side below."""
    if style.inner == "each":
        return [f"V-st in each ch-1 sp to next {style.corner_place()}"]
    return style.times(["V-st in next ch-1 sp"], k)


def suit(rng: random.Random, style: Style) -> Style:
    """The corners are wider than a V-stitch."""
    return replace(style, corner=rng.choice((2, 2, 3)), side=1)
