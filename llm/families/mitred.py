"""mitred: squares worked in rows around one corner.

Single stitches, from the corner outwards: row r has 2r + 1, three of them in the middle one of the row below. Or from
the outside in: of n rows, row r has 2(n - r) + 1, its middle three worked together. In groups: row r has r groups on
either side of the corner.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from llm.families.style import Style, capital


def rows(style: Style, yarns: Sequence[str]) -> list[str]:
    """The rows' lines in the author's terms, one for each letter of `yarns`."""
    lines = []
    for r in range(1, len(yarns) + 1):
        items, made = (_inwards if style.mix == "inwards" else _outwards)(style, r, len(yarns))
        lines.append(finished(style, [*_turned(style, r, yarns, "ch 1"), *items], style.told(made), r, yarns))
    return lines


def granny(style: Style, yarns: Sequence[str]) -> list[str]:
    """Rows of groups around the corner."""
    s, c = style.stitch, style.corner
    lines = []
    for r in range(1, len(yarns) + 1):
        chain = style.starting_chain(r == 1)
        if r == 1:
            items = ["ch 4", f"(2 {s}, ch {c}, 3 {s}) in 4th ch from hook"]
        else:
            arm = [*style.times([f"3 {s} in next ch-1 sp", "ch 1"], r - 2)]
            corner = f"(3 {s}, ch {c}, 3 {s}) in next ch-{c} sp"
            items = [*_turned(style, r, yarns, chain), f"2 {s} in same st", "ch 1", *arm, corner, "ch 1", *arm]
            items.append(f"3 {s} in last st")
        spaces = f", {2 * (r - 1)} ch-1 sps" if r > 1 else ""
        made = f"{6 * r} {s}, 1 ch-{c} sp{spaces}" if style.declare in ("all", "dash all") else f"{6 * r} {s}"
        lines.append(finished(style, items, style.told(made), r, yarns))
    return lines


def _outwards(style: Style, r: int, _rows: int) -> tuple[list[str], str]:
    if r == 1:
        return ["ch 2", "3 sc in 2nd ch from hook"], "3 sc"
    return [_run(style, r - 1), "3 sc in next sc", _run(style, r - 1, last=True)], f"{2 * r + 1} sc"


def _inwards(style: Style, r: int, rows: int) -> tuple[list[str], str]:
    k = rows - r
    if r == 1:
        return [f"ch {2 * rows}", "sc in 2nd ch from hook and in each ch across"], f"{2 * k + 1} sc"
    if not k:
        return ["sc3tog"], "1 st"
    return [_run(style, k), "sc3tog", _run(style, k, last=True)], f"{2 * k + 1} sts"


def _run(style: Style, k: int, last: bool = False) -> str:
    if k == 1:
        return "sc in next sc"
    if last and style.run in ("to corner", "across"):
        return "sc in each st to end" if style.run == "to corner" else "sc in each rem sc"
    return f"sc in each of next {k} sc" if style.run == "number" else f"sc in next {k} sc"


def _turned(style: Style, r: int, yarns: Sequence[str], chain: str) -> list[str]:
    """How a row after the first begins: turned, in another yarn or the same."""
    if r == 1:
        return []
    if yarns[r - 1] != yarns[r - 2]:
        return [f"change to {yarns[r - 1]}", "turn", chain] if style.new_yarn == "join" else [
            f"with {yarns[r - 1]}, turn", chain
        ]  # fmt: skip
    return ["turn", chain] if style.same_yarn == "plain" else [chain, "turn"]


def finished(style: Style, items: Sequence[str], made: str, r: int, yarns: Sequence[str]) -> str:
    """The whole line of row r; a row is not fastened off before the last."""
    plain = replace(style, fasten_off=style.fasten_off and r == len(yarns))
    return style.speak(capital(plain.write(items, made, r == len(yarns), False)))


def single(rng: random.Random, style: Style) -> Style:
    """Worked outwards or inwards."""
    return replace(style, stitch="sc", mix=rng.choice(("inwards", "outwards")))


def groups(rng: random.Random, style: Style) -> Style:
    """The corner is wider than the spaces beside it."""
    return replace(style, corner=rng.choice((2, 2, 3)), side=1)
