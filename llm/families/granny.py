"""granny: groups of stitches in the spaces of the round below, with a chain between the groups (classic) or none.

With K corners and groups of g, round n has gn stitches a side: two half corners and n - 2 groups. So Kgn stitches and
K(n - 1) spaces between groups.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from llm.families import turned
from llm.families.style import Style

NO_CHAIN = "no-chain granny square"


def rounds(style: Style, yarns: Sequence[str]) -> list[str]:
    """The rounds' lines in the author's terms, one for each letter of `yarns`."""
    return [
        line(style, n, yarns, turned.first(style, style.group) if n == 1 else None) for n in range(1, len(yarns) + 1)
    ]


def line(style: Style, n: int, yarns: Sequence[str], items: Sequence[str] | None = None) -> str:
    """Round n, with these items, or as granny rounds usually go on."""
    k, g = style.corners, style.group
    last = n == len(yarns)
    items = items or later(style, n, yarns, may_split=last or yarns[n] != yarns[n - 1])
    made = style.made(k * g * n, 0 if style.side == 0 else k * (n - 1), g * n, k * n)
    return turned.finished(style, items, made, n, yarns)


def later(style: Style, n: int, yarns: Sequence[str], may_split: bool = False, slips: int | None = None) -> list[str]:
    """The items of round n: the halves of its corners, and n - 2 groups between two corners."""
    s, new = style.stitch, yarns[n - 1] != yarns[n - 2]
    lead, trail = sides(style, n - 2)
    if not (style.split and new and may_split):
        return turned.later(style, n, yarns, style.group, lead, trail, style.group - 1 if slips is None else slips)
    corner = f"({style.group} {s}, ch {style.corner}, {style.group} {s}) in next {style.corner_place()}"
    start, close = turned.begun(style, n, yarns, style.group, 0)
    start[-1] = f"{turned.many(style.group - 1, s)} in {style.same_place()}"
    finish = [f"{style.group} {s} in first {style.corner_place()}", f"ch {style.corner}"]
    return [*start, *trail, style.rest([corner, *trail]), *finish, close]


def sides(style: Style, groups: int) -> tuple[list[str], list[str]]:
    """The groups between two corners, with the chain before each group or after it (the two are the same fabric)."""
    cluster, corner = turned.many(style.group, style.stitch), style.corner_place()
    if style.side == 0:
        if style.inner == "each" and groups:
            side = [f"{cluster} in each {style.gap} to next {corner}"]
        else:
            side = style.times([f"{cluster} in next {style.gap}"], groups)
        return side, side
    chain, space = f"ch {style.side}", f"ch-{style.side} sp"
    if style.inner == "each" and groups:
        trail = [chain, f"({cluster}, {chain}) in each {space} to next {corner}"]
        return [*trail], trail
    group = f"{cluster} in next {space}"
    return [*style.times([chain, group], groups), chain], [chain, *style.times([group, chain], groups)]


def classic(rng: random.Random, style: Style) -> Style:
    """Sometimes in half trebles or trebles. A corner of one chain is told from a side's by its place."""
    style = replace(style, stitch=rng.choices(["dc", "hdc", "tr"], [94, 4, 2])[0])
    return style if style.corner > style.side else replace(style, corner=2)


def big(rng: random.Random, style: Style) -> Style:
    """A side of many groups is worded as shortly as one of few."""
    return replace(
        style, stitch="dc", corner=rng.choice((2, 2, 3)), side=1, split=False, inner="each", chain_first=False
    )


def no_chain(rng: random.Random, style: Style) -> Style:
    """No chain between the groups."""
    return replace(style, side=0, stitch=rng.choices(["dc", "hdc", "tr"], [95, 3, 2])[0])


def hexagon(rng: random.Random, style: Style) -> Style:
    """Groups of two lie flat around six corners."""
    bare = rng.random() < 0.5
    return replace(
        style, corners=6, group=2, corner=rng.choice((2, 2, 3)), side=0 if bare else 1, split=False,
        corner_word="ch" if style.corner == 1 else style.corner_word,
    )  # fmt: skip


def moss(rng: random.Random, style: Style) -> Style:
    """Single stitches in the spaces of the round below: linen stitch, in rounds."""
    return replace(style, stitch="sc", group=1, corner=rng.choice((2, 2, 3)), side=1, split=False)


def triangle(rng: random.Random, style: Style) -> Style:
    """Sharp corners take a long chain."""
    return replace(
        style, corners=3, group=rng.choice((3, 3, 4)), corner=3, side=1 if rng.random() < 0.7 else 0, split=False
    )
