"""turned: rounds that turn at corners of chains: how one is begun, goes around and is closed.

A corner is a group (left, chains, right) in the corner space below; between two corners lies a side, the same all
around.
"""

from __future__ import annotations

from collections.abc import Sequence

from llm.families.style import Style


def many(k: int, stitch: str) -> str:
    """`3 dc`, `dc`."""
    return stitch if k == 1 else f"{k} {stitch}"


def finished(style: Style, items: Sequence[str], made: str, n: int, yarns: Sequence[str]) -> str:
    """The whole line of round n: its items and what it has, in the author's terms."""
    changes = n < len(yarns) and yarns[n] != yarns[n - 1]
    return style.speak(style.write(items, made, n == len(yarns), changes))


def first(style: Style, stitches: int) -> list[str]:
    """A first round of so many stitches a side, worked into a ring."""
    s, corner = style.stitch, f"ch {style.corner}"
    group = f"{many(stitches, s)} in ring"
    if s == "sc":
        return [f"{style.ring}. Ch 1", style.rest([group, corner], passes=style.corners), style.closing(True)]
    if stitches == 1:
        start = f"{style.ring}. {style.spaced_chain(style.corner).capitalize()}"
        passes = style.corners - 2
        body = style.rest([group, corner], passes=passes + 1)
        return [start, body, style.closing(False, style.corner)]
    begin = [f"{style.ring}. {style.starting_chain(True).capitalize()}", f"{many(stitches - 1, s)} in ring"]
    if style.chain_first:
        return [*begin, style.rest([corner, group]), corner, style.closing(False)]
    return [*begin, corner, style.rest([group, corner]), style.closing(False)]


def later(
    style: Style,
    n: int,
    yarns: Sequence[str],
    halves: int,
    lead: Sequence[str],
    trail: Sequence[str],
    slips: int,
    place: str = "",
) -> list[str]:
    """Round n: `halves` stitches on either side of a corner. A side is worded with its chain before each group (`lead`)
    or after it (`trail`). `slips` stitches lie between the join below and the first corner, a `place` below."""
    half = many(halves, style.stitch)
    corner = f"({half}, ch {style.corner}, {half}) in next {place or style.corner_place()}"
    start, close = begun(style, n, yarns, halves, slips, place)
    if style.chain_first:
        return [*start, style.rest([*lead, corner], free=True), *lead, close]
    return [*start, *trail, style.rest([corner, *trail], free=True), close]


def begun(
    style: Style, n: int, yarns: Sequence[str], halves: int, slips: int, place: str = ""
) -> tuple[list[str], str]:
    """The first corner of round n, and how the round is closed."""
    s, c, same = style.stitch, style.corner, "same sp" if place else style.same_place()
    half, stands = many(halves, s), s == "sc"
    if yarns[n - 1] != yarns[n - 2] and style.new_yarn == "standing":
        chain, stands, half = "", True, many(halves - 1, s) if halves > 1 else ""
    elif stands:
        chain = "ch 1"
    elif halves == 1:
        chain = style.spaced_chain(c)
        return [*arrived(style, n, yarns, slips, chain, place), f"{s} in {same}"], style.closing(False, c)
    else:
        chain, half = style.starting_chain(False), many(halves - 1, s)
    inside = ", ".join(part for part in (half, f"ch {c}", many(halves, s)) if part)
    return [*arrived(style, n, yarns, slips, chain, place), f"({inside}) in {same}"], style.closing(stands)


def arrived(style: Style, n: int, yarns: Sequence[str], slips: int, chain: str, place: str = "") -> list[str]:
    """How round n comes to a corner, or another `place`, and its starting chain: new yarn is joined in any, the same
    yarn slips to the next over so many stitches."""
    s, letter, where = style.stitch, yarns[n - 1], place or style.corner_place()
    if letter != yarns[n - 2]:
        if style.new_yarn == "standing":
            return [f"join {letter} with a standing {s} in any {where}"]
        if style.new_yarn == "with":
            return [f"with {letter}, join in any {where}. {chain.capitalize()}"]
        verb = "attach" if style.new_yarn == "attach" else "join"
        how = " with sl st" if style.new_yarn == "sl st" else ""
        return [f"{verb} {letter}{how} in any {where}. {chain.capitalize()}"]
    if style.same_yarn == "to":
        return [f"sl st to next {where}", chain]
    if not slips:
        return [f"sl st in next {where}", chain]
    over = many(slips, "st" if s == "sc" else s)
    if style.same_yarn == "each" and slips > 1:
        return [f"sl st in each of next {over} and in next {where}", chain]
    return [f"sl st in next {over}", f"sl st in next {where}", chain]
