"""granny: squares of three-stitch groups, with a chain between the groups (classic) or none (no-chain).

Round n has 3n stitches a side: two half corners and n - 2 groups. So 12n stitches, 4(n - 1) spaces between groups.
"""

from __future__ import annotations

from collections.abc import Sequence

from llm.families.style import Style


def rounds(style: Style, yarns: Sequence[str]) -> list[str]:
    """The rounds' lines in the author's terms, one for each letter of `yarns`."""
    lines: list[str] = []
    for n in range(1, len(yarns) + 1):
        changes = n < len(yarns) and yarns[n] != yarns[n - 1]
        last = n == len(yarns)
        items = _first(style) if n == 1 else _later(style, n, yarns, may_split=changes or last)
        bare = style.family == "no-chain granny square"
        made = style.made(12 * n, 0 if bare else 4 * (n - 1), 4 * n, 3 * n)
        lines.append(style.speak(style.write(items, made, last, changes)))
    return lines


def _first(style: Style) -> list[str]:
    s, corner = style.stitch, f"ch {style.corner}"
    group = f"3 {s} in ring"
    start = [f"{style.ring}. {style.starting_chain(True).capitalize()}", f"2 {s} in ring"]
    if style.chain_first:
        return [*start, style.thrice([corner, group]), corner, style.closing(False)]
    return [*start, corner, style.thrice([group, corner]), style.closing(False)]


def _later(style: Style, n: int, yarns: Sequence[str], may_split: bool) -> list[str]:
    s = style.stitch
    corner = f"(3 {s}, ch {style.corner}, 3 {s}) in next {style.corner_place()}"
    new = yarns[n - 1] != yarns[n - 2]
    standing = new and style.new_yarn == "standing"
    split = style.split and new and may_split
    half = f"2 {s}" if split else f"(2 {s}, ch {style.corner}, 3 {s})"
    start = [*corner_start(style, n, yarns, slips=2), f"{half} in {style.same_place()}"]
    lead, trail = _side(style, n - 2)
    close = style.closing(standing)
    if split:
        finish = [f"3 {s} in first {style.corner_place()}", f"ch {style.corner}"]
        return [*start, *trail, style.thrice([corner, *trail]), *finish, close]
    if style.chain_first:
        return [*start, style.thrice([*lead, corner], free=True), *lead, close]
    return [*start, *trail, style.thrice([corner, *trail], free=True), close]


def _side(style: Style, groups: int) -> tuple[list[str], list[str]]:
    """The groups between two corners, with the chain before each group or after it (the two are the same fabric)."""
    s = style.stitch
    corner = style.corner_place()
    if style.family == "no-chain granny square":
        if style.inner == "each" and groups:
            side = [f"3 {s} in each {style.gap} to next {corner}"]
        else:
            side = style.times([f"3 {s} in next {style.gap}"], groups)
        return side, side
    chain, space = f"ch {style.side}", f"ch-{style.side} sp"
    if style.inner == "each" and groups:
        trail = [chain, f"(3 {s}, {chain}) in each {space} to next {corner}"]
        return [*trail], trail
    group = f"3 {s} in next {space}"
    return [*style.times([chain, group], groups), chain], [chain, *style.times([group, chain], groups)]


def corner_start(style: Style, n: int, yarns: Sequence[str], slips: int) -> list[str]:
    """How round n comes to a corner: new yarn is joined in any, the same yarn slips there over `slips` stitches."""
    s, corner, letter = style.stitch, style.corner_place(), yarns[n - 1]
    chain = style.starting_chain(False)
    if letter != yarns[n - 2]:
        if style.new_yarn == "standing":
            return [f"join {letter} with a standing {s} in any {corner}"]
        verb = "attach" if style.new_yarn == "attach" else "join"
        how = " with sl st" if style.new_yarn == "sl st" else ""
        return [f"{verb} {letter}{how} in any {corner}. {chain.capitalize()}"]
    over = s if slips == 1 else f"{slips} {s}"
    if style.same_yarn == "to":
        return [f"sl st to next {corner}", chain]
    if style.same_yarn == "each" and slips > 1:
        return [f"sl st in each of next {over} and in next {corner}", chain]
    return [f"sl st in next {over}", f"sl st in next {corner}", chain]
