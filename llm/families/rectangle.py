"""rectangle: granny rounds around a chain, so that two sides have so many groups more than the other two.

A short side of round n has n groups, a long one n + EXTRA. So 12n + 6 EXTRA stitches, 4(n - 1) + 2 EXTRA spaces.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from llm.families import turned
from llm.families.style import STARTING_CHAIN, Style

EXTRA = 3


def rounds(style: Style, yarns: Sequence[str]) -> list[str]:
    """The rounds' lines in the author's terms, one for each letter of `yarns`."""
    lines = []
    for n in range(1, len(yarns) + 1):
        items = _first(style) if n == 1 else _later(style, n, yarns)
        counts = f"{12 * n + 6 * EXTRA} {style.stitch}"
        if style.declare in ("all", "dash all"):
            counts += f", 4 ch-{style.corner} sps, {4 * (n - 1) + 2 * EXTRA} ch-{style.side} sps"
        elif style.declare in ("corners", "groups"):
            counts += ", 4 corners"
        lines.append(turned.finished(style, items, style.told(counts), n, yarns))
    return lines


def _first(style: Style) -> list[str]:
    s, turn, chain = style.stitch, f"ch {style.corner}", f"ch {style.side}"
    over = style.side + 2
    long = [chain, *style.times([f"sk {over} ch, 3 {s} in next ch", chain], EXTRA - 1), f"sk {over} ch"]
    tall = STARTING_CHAIN[s]
    base = (over + 1) * EXTRA + 1 + tall
    return [
        f"ch {base}", f"2 {s} in {tall + 1}th ch from hook", *long,
        f"(3 {s}, {turn}, 3 {s}, {turn}, 3 {s}) in last ch. Working along other side of chain", *long,
        f"(3 {s}, {turn}, 3 {s}, {turn}) in last ch", "join",
    ]  # fmt: skip


def _later(style: Style, n: int, yarns: Sequence[str]) -> list[str]:
    s, place = style.stitch, style.corner_place()
    corner = f"(3 {s}, ch {style.corner}, 3 {s}) in next {place}"
    plain = replace(style, new_yarn="join") if style.new_yarn in ("standing", "with") else style
    start, close = turned.begun(plain, n, yarns, 3, 2)
    start = [item.replace("in any ", "in first ") for item in start]
    short, long = _side(style, n - 2), _side(style, n - 2 + EXTRA)
    half = [*short, corner, *long]
    half[0], half[-1] = f"*{half[0]}", f"{half[-1]}**"
    return [*start, *half, f"{corner}; rep from * to ** once more", close]


def _side(style: Style, groups: int) -> list[str]:
    chain = f"ch {style.side}"
    if style.inner == "each" and groups:
        return [chain, f"(3 {style.stitch}, {chain}) in each ch-{style.side} sp to next {style.corner_place()}"]
    return [chain, *style.times([f"3 {style.stitch} in next ch-{style.side} sp", chain], groups)]


def suit(rng: random.Random, style: Style) -> Style:
    """The corners are wider than the spaces beside them."""
    return replace(style, side=1, corner=rng.choice((2, 2, 3)), split=False)
