"""Numbers: where each row of a chart starts and which way it goes, and rings around what a finding names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import quoteattr

from crochet.drawing.glyphs import UNIT, dot, line, number, point
from crochet.drawing.inks import FONT, FOUND, INK, PLATE
from crochet.drawing.paper import Laid
from crochet.drawing.view import View


def numbers(rows: Sequence[tuple[str, Laid]], size: float, part: View, left: bool, ringed: frozenset[str]) -> list[str]:
    """The number of each row where it starts, on a halo of plate; dots where rows are left out."""
    parts = [
        f'<g class="numbers" font-family="{FONT}" font-size="{number(UNIT * size)}" font-weight="600" '
        f'text-anchor="middle" fill="{INK}" stroke="{PLATE}" stroke-width="3.5" stroke-linejoin="round" '
        'paint-order="stroke">'
    ]
    rings, before = [], 0
    for i, (key, row) in enumerate(rows):
        where = _flipped(part.label(row), left)
        this = number_of(key, i)
        dots = (where + _flipped(part.label(rows[i - 1][1]), left)) / 2
        if i and this > before + 1 and abs(where - dots) > size:
            parts.append(_text("\N{VERTICAL ELLIPSIS}", dots, size))
        parts.append(_text(str(this), where, size, f" data-for={quoteattr(key)}"))
        if key in ringed:
            ring = f'fill="none" stroke="{FOUND}" stroke-width="1.8" d="{dot(where, 0.72 * size)}"'
            rings.append(f'<path class="found" data-for={quoteattr(key)} {ring}/>')
        before = this
    return [*parts, "</g>", *rings]


def _flipped(where: complex, left: bool) -> complex:
    return complex(-where.real, where.imag) if left else where


def _text(words: str, where: complex, size: float, more: str = "") -> str:
    """Words with their middle at a point."""
    x, y = number(UNIT * where.real), number(UNIT * (0.35 * size - where.imag))
    return f'<text{more} x="{x}" y="{y}">{words}</text>'


def number_of(key: str, i: int) -> int:
    """The number of a row: that of its key, `p1/r12`, else its place."""
    found = re.search(r"(\d{1,4})$", key)
    return int(found[1]) if found else i + 1


def arrow(row: Laid, closed: bool, mirrored: str) -> str:
    """Which way the last row is worked: a small arrow outside its start."""
    first, up = row.marks[0], row.marks[0].out
    tail = first.top + 0.9 * up if closed else row.label - 1.25 * up - 0.8 * row.forward
    head = tail + 1.6 * row.forward
    barbs = (head - 0.45 * row.forward + 0.3 * row.forward * 1j, head - 0.45 * row.forward - 0.3 * row.forward * 1j)
    path = line(tail, head) + f"M{point(barbs[0])}L{point(head)}L{point(barbs[1])}"
    look = f'class="arrow" fill="none" stroke="{INK}" stroke-width="1.4" stroke-linecap="round"'
    return f'<path {look} d="{path}"{mirrored}/>'


def found(
    keys: Sequence[str], drawn: Mapping[int, Laid], part: View, named: Mapping[str, Sequence[int]]
) -> tuple[list[str], frozenset[str]]:
    """(rings around the places that findings name, rows whose number is ringed because theirs name none in sight)."""
    rings: list[str] = []
    alone: set[str] = set()
    for i, key in enumerate(keys):
        if key in named and i in drawn:
            here = [ring for place in named[key] for ring in _ring(keys, drawn, part, i - 1, place)]
            rings += here
            if not here:
                alone.add(key)
    return rings, frozenset(alone)


def _ring(keys: Sequence[str], drawn: Mapping[int, Laid], part: View, i: int, place: int) -> list[str]:
    """The ring around a place of row i; none where that is not shown."""
    row, at = drawn.get(i), place // 2
    if row is None or at >= len(row.marks):
        return []
    mark = row.marks[at]
    says, where = ("into", row.links[at].at(0.5)) if place % 2 else ("st", mark.top - 0.25 * mark.out)
    key = quoteattr(f"{keys[i]}{'g' if place % 2 else 's'}{at}")
    return [f'<path data-{says}={key} d="{dot(where, 0.62)}"/>'] if part.has(where, 0.0) else []
