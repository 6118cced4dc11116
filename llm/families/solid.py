"""solid: a square of single stitches with (2, chains, 2) in each corner.

A side of round n has 4n - 1 stitches, so the round has 16n - 4. Rounds begin in a corner, or, by other authors,
where the round before was joined: then 2n - 2 stitches of the first side lie before its start.
"""

from __future__ import annotations

from collections.abc import Sequence

from llm.families.granny import corner_start
from llm.families.style import Style


def rounds(style: Style, yarns: Sequence[str]) -> list[str]:
    """The rounds' lines in the author's terms, one for each letter of `yarns`."""
    lines: list[str] = []
    for n in range(1, len(yarns) + 1):
        changes = n < len(yarns) and yarns[n] != yarns[n - 1]
        if n == 1:
            items = _first(style)
        elif style.from_corner:
            items = _from_corner(style, n, yarns)
        else:
            items = _from_join(style, n, yarns)
        made = style.made(16 * n - 4, 0, 0, 4 * n - 1)
        lines.append(style.speak(style.write(items, made, n == len(yarns), changes)))
    return lines


def _first(style: Style) -> list[str]:
    s, corner = style.stitch, f"ch {style.corner}"
    start = [f"{style.ring}. {style.starting_chain(True).capitalize()}", f"2 {s} in ring"]
    if style.chain_first:
        return [*start, style.thrice([corner, f"3 {s} in ring"]), corner, style.closing(False)]
    return [*start, corner, style.thrice([f"3 {s} in ring", corner]), style.closing(False)]


def _from_corner(style: Style, n: int, yarns: Sequence[str]) -> list[str]:
    s = style.stitch
    corner = _corner(style, "next")
    side = _run(style, 4 * n - 5)
    start = corner_start(style, n, yarns, slips=2 if n == 2 else 1)
    start.append(f"({s}, ch {style.corner}, 2 {s}) in {style.same_place()}")
    standing = style.new_yarn == "standing" and yarns[n - 1] != yarns[n - 2]
    if style.chain_first:
        return [*start, style.thrice([side, corner]), _run(style, 4 * n - 5, last=True), style.closing(standing)]
    return [*start, side, style.thrice([corner, side], free=True), style.closing(standing)]


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
    start.append(_run(style, 2 * n - 2))
    body = style.thrice([_corner(style, "next"), _run(style, 4 * n - 5)])
    finish = [_corner(style, "last")]
    if n > 2:
        finish.append(_run(style, 2 * n - 4, last=True))
    return [*start, body, *finish, style.closing(standing)]


def _corner(style: Style, which: str) -> str:
    s = style.stitch
    return f"(2 {s}, ch {style.corner}, 2 {s}) in {which} {style.corner_place()}"


def _run(style: Style, k: int, last: bool = False) -> str:
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
