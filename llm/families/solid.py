"""solid: single stitches side by side, with (k, chains, k) in each corner.

With K corners, f stitches a side in round 1 and k on either side of a corner, a side of round n has f + 2k(n - 1)
stitches. A square in double crochet has f = 3 and k = 2: 16n - 4 in all. Rounds begin in a corner, or, by other
authors, where the round before was joined: then half of the first side lies before its start.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from llm.families import turned
from llm.families.style import Style


def rounds(style: Style, yarns: Sequence[str]) -> list[str]:
    """The rounds' lines in the author's terms, one for each letter of `yarns`."""
    centre = turned.first(style, style.first)
    sides = [style.first + 2 * style.turn * n for n in range(len(yarns))]
    return [line(style, n, yarns, side, centre if n == 1 else None) for n, side in enumerate(sides, 1)]


def line(style: Style, n: int, yarns: Sequence[str], side: int, items: Sequence[str] | None = None) -> str:
    """Round n with so many stitches a side, with these items, or as solid rounds usually go on."""
    items = items or later(style, n, yarns, side)
    return turned.finished(style, items, style.made(style.corners * side, 0, side), n, yarns)


def later(style: Style, n: int, yarns: Sequence[str], side: int, over: str = "", slips: int | None = None) -> list[str]:
    """The items of round n. `over` names the places of the side below, where it is not plain stitches."""
    below = side - 2 * style.turn
    if not over and not style.from_corner and style.first == 3 and style.turn == 2 and style.corners == 4:
        return _from_join(style, n, yarns)
    if slips is None:
        slips = (style.first if n == 2 else style.turn) - 1
    middle = f"{style.stitch} in each {over} to next {style.corner_place()}" if over else run(style, below)
    end = f"{style.stitch} in each {over} to end" if over else run(style, below, last=True)
    start, close = turned.begun(style, n, yarns, style.turn, slips)
    k = turned.many(style.turn, style.stitch)
    corner = f"({k}, ch {style.corner}, {k}) in next {style.corner_place()}"
    if style.chain_first:
        return [*start, style.rest([middle, corner]), end, close]
    return [*start, middle, style.rest([corner, middle], free=True), close]


def _from_join(style: Style, n: int, yarns: Sequence[str]) -> list[str]:
    s, letter = style.stitch, yarns[n - 1]
    standing = False
    start = [style.starting_chain(False)]
    if letter != yarns[n - 2]:
        standing = style.new_yarn == "standing"
        verb = "attach" if style.new_yarn == "attach" else "join"
        how = " with sl st" if style.new_yarn == "sl st" else ""
        if standing:
            start = [f"join {letter} with a standing {s} in first st"]
        else:
            start = [f"{verb} {letter}{how} in first st. {start[0].capitalize()}"]
    start.append(run(style, 2 * n - 2))
    corner = f"(2 {s}, ch {style.corner}, 2 {s}) in "
    body = style.rest([f"{corner}next {style.corner_place()}", run(style, 4 * n - 5)])
    finish = [f"{corner}last {style.corner_place()}"]
    if n > 2:
        finish.append(run(style, 2 * n - 4, last=True))
    return [*start, body, *finish, style.closing(standing)]


def run(style: Style, k: int, last: bool = False) -> str:
    """A stitch in each of k stitches, up to the next corner, or up to the end of the round."""
    s = style.stitch
    if style.run == "to corner":
        return f"{s} in each st to end" if last else f"{s} in each st to next {style.corner_place()}"
    if style.run == "across":
        return f"{s} in each rem {s}" if last else f"{s} in each {s} across to next {style.corner_place()}"
    if k == 1:
        return f"{s} in next {s}"
    return {
        "number": f"{s} in each of next {k} {s}",
        "plain": f"{s} in next {k} {s}",
        "sts": f"{s} in next {k} sts",
    }[style.run]


def double(rng: random.Random, style: Style) -> Style:
    """In double crochet most."""
    return replace(style, stitch=rng.choices(["dc", "tr"], [97, 3])[0])


def single(rng: random.Random, style: Style) -> Style:
    """Low stitches take a corner of one on either side."""
    return replace(style, stitch="sc", first=rng.choice((1, 2, 2, 3)), turn=1, corner=rng.choice((1, 2, 2, 2)))


def half(rng: random.Random, style: Style) -> Style:
    """Two or three half doubles a side to begin with."""
    return replace(style, stitch="hdc", first=rng.choice((3, 3, 2)), turn=2)


def hexagon(rng: random.Random, style: Style) -> Style:
    """One on either side of six corners: twelve more a round."""
    return replace(style, corners=6, first=2, turn=1, corner=rng.choice((1, 2, 2)))


def triangle(rng: random.Random, style: Style) -> Style:
    """Three on either side of three corners: eighteen more a round."""
    return replace(style, corners=3, first=rng.choice((3, 4)), turn=3, corner=rng.choice((2, 3)))
