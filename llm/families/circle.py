"""circle: a round of b stitches that grows by b a round, squared in one round of tall corners, then solid.

The squared round has a corner of two trebles on either side in every quarter of the circle, and lower stitches between:
4 more a side than the solid round after it stands on.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from llm.families import solid, turned
from llm.families.style import Style

TALL = "tr"


def rounds(style: Style, yarns: Sequence[str]) -> list[str]:
    """The rounds' lines in the author's terms, one for each letter of `yarns`."""
    lines: list[str] = []
    m = min(style.circle, len(yarns) - 1)
    for n in range(1, len(yarns) + 1):
        if n <= m:
            made = style.told(f"{style.around * n} {style.stitch}")
            lines.append(turned.finished(style, _circle(style, n, yarns), made, n, yarns))
        elif n == m + 1:
            lines.append(_squared(style, n, yarns))
        else:
            side = style.around * m // 4 + 3 + 4 * (n - m - 1)
            items = solid.later(style, n, yarns, side, "st" if n == m + 2 else "", 1)
            lines.append(solid.line(style, n, yarns, side, items))
    return lines


def _circle(style: Style, n: int, yarns: Sequence[str]) -> list[str]:
    s, b = style.stitch, style.around
    chain, close = style.starting_chain(n == 1), style.closing(False)
    if n == 1:
        return [f"{style.ring}. {chain.capitalize()}", f"{b - 1} {s} in ring", close]
    start = _came(style, n, yarns, chain)
    if n == 2:
        return [*start, f"{s} in same st", f"2 {s} in each st around", close]
    plain = f"{s} in next st" if n == 3 else f"{s} in next {n - 2} sts"
    again = style.rest([f"2 {s} in next st", plain], True, passes=b - 1)
    return [*start, f"{s} in same st", plain, again, close]


def _came(style: Style, n: int, yarns: Sequence[str], chain: str) -> list[str]:
    letter = yarns[n - 1]
    if letter == yarns[n - 2]:
        return [chain]
    verb = "attach" if style.new_yarn == "attach" else "join"
    how = " with sl st" if style.new_yarn == "sl st" else ""
    return [f"{verb} {letter}{how} in any st. {chain.capitalize()}"]


def _squared(style: Style, n: int, yarns: Sequence[str]) -> str:
    c, between = style.corner, style.around * (n - 1) // 4 - 1
    counts, side = _side(style, between)
    start = _came(style, n, yarns, f"ch 4 (counts as {TALL})")
    corner = f"(2 {TALL}, ch {c}, 2 {TALL}) in next st"
    items = [*start, f"({TALL}, ch {c}, 2 {TALL}) in same st", *side, style.rest([corner, *side], True), "join"]
    if style.declare in ("sts", "equals", "square"):
        made = style.told(f"{4 * (between + 4)} sts")
    elif style.declare in ("side", "corners", "groups"):
        made = style.told(f"{between + 4} sts per side")
    else:
        kinds = ", ".join(f"{4 * k} {kind}" for kind, k in {TALL: 4, **counts}.items() if k)
        made = style.told(f"{kinds}, 4 ch-{c} sps")
    return turned.finished(style, items, made, n, yarns)


def _side(style: Style, k: int) -> tuple[dict[str, int], list[str]]:
    """The k stitches between two corners, lower towards the middle: how many of each, and the items."""
    tall = 1 if k < 7 else 2
    middle = k - 2 * tall
    low = middle - 2 if style.mix == "low" and middle > 2 else 0
    half = (middle - low) // 2 if low else 0
    if style.mix == "plain":
        return {"dc": k}, [_run("dc", k)]
    if low:
        return {"dc": 2 * tall, "hdc": 2 * half, "sc": low}, [
            _run("dc", tall), _run("hdc", half), _run("sc", low), _run("hdc", half), _run("dc", tall),
        ]  # fmt: skip
    return {"dc": 2 * tall, "hdc": middle}, [_run("dc", tall), _run("hdc", middle), _run("dc", tall)]


def _run(stitch: str, k: int) -> str:
    return f"{stitch} in next st" if k == 1 else f"{stitch} in next {k} sts"


def suit(rng: random.Random, style: Style) -> Style:
    """A circle of 12 or 16 in its first round, of one to four rounds."""
    around = rng.choice((12, 12, 12, 16))
    return replace(
        style, around=around, circle=rng.choice((1, 2, 2, 3) if around == 16 else (2, 2, 3, 3, 4)),
        corner=2, turn=2, from_corner=True, mix=rng.choice(("low", "low", "half", "plain")),
    )  # fmt: skip
