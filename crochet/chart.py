"""Chart: the symbol chart of a piece as SVG, drawn from the worked rows.

The same rows give the same bytes. A row is `<g class="row" data-row="p1/r3">`: its marks in ink, wide, and over them in
yarn, so that white yarn shows on a white plate. Colours are presentation attributes and classes (`yarn-A`), no style:
it can be inlined under a strict `style-src`, and a page can recolour a yarn by one rule.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from crochet.fabric import Course, Foot, Stitch
from crochet.geometry import lay
from crochet.glyphs import UNIT, chains, dot, line, number, oval, point, stitch
from crochet.paper import RING, Laid, Mark, on_ring
from crochet.symbols import symbol
from crochet.view import QUARTER_TO, View, abridged, frame, view

INK = "#1E2430"
FAINT = "#8A8F99"
PLATE = "#FFFDF8"
FONT = "Atkinson Hyperlegible Next, Atkinson Hyperlegible, Helvetica, Arial, sans-serif"
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")


def svg(
    courses: Sequence[tuple[str, Course]], colours: Mapping[str, str], *, upto: str | None = None, title: str = ""
) -> str:
    """The chart of one piece: that of `upto`, else that of the first row. `courses` are (row key, worked row).

    With `upto` that row is bold and later ones are ink only; the picture keeps its size. Of a big piece a part is shown
    (see crochet.view). No rows: an empty plate.
    """
    rows = [(key, course) for key, course in courses if course.stitches]
    piece = (upto or (rows[0][0] if rows else "")).split("/")[0]
    rows = [(key, course) for key, course in rows if key.split("/")[0] == piece]
    laid = lay([course for _, course in rows])
    part = view([course for _, course in rows], laid)
    big = part.part == "quarter" and len(rows) > QUARTER_TO
    drawn = abridged(laid) if big else list(enumerate(laid))
    low, high = frame([row for _, row in drawn], part)
    size = high - low
    now = next((i for i, (key, _) in enumerate(rows) if key == upto), None)
    text = max(1.3, min(2.0, 0.024 * max(size.real, size.imag)))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-label={quoteattr(_name(title))} '
        f'viewBox="{point(complex(low.real, high.imag))} {number(UNIT * size.real)} {number(UNIT * size.imag)}">',
        f"<title>{escape(_name(title))}</title>",
        f"<desc>{escape(describe(rows))}</desc>",
        f'<rect class="plate" x="{number(UNIT * low.real)}" y="{number(-UNIT * high.imag)}" '
        f'width="{number(UNIT * size.real)}" height="{number(UNIT * size.imag)}" fill="{PLATE}"/>',
        '<g fill="none" stroke-linecap="round" stroke-linejoin="round">',
    ]
    parts += _ground(rows, laid)
    for i, row in drawn:
        place = "" if now is None or i < now else " now" if i == now else " later"
        parts.append(_row(*rows[i], row, colours, place, part))
    parts.append("</g>")
    parts += _numbers([(rows[i][0], row) for i, row in drawn], text, part)
    if laid and part.whole:
        parts.append(_arrow(laid[-1], rows[-1][1].closed))
    return "".join([*parts, "</svg>"])


def _name(title: str) -> str:
    return f"Chart: {title}" if title else "Crochet chart"


def _ground(rows: Sequence[tuple[str, Course]], laid: Sequence[Laid]) -> list[str]:
    """What the first row stands on: the ring, or the foundation chain."""
    if not rows:
        return []
    if rows[0][1].closed and not on_ring(rows[0][1]):
        return []
    if rows[0][1].closed:
        ring = dot(0j, RING)
        return [f'<path class="ground" stroke="{INK}" stroke-width="1.6" d="{ring}"/>']
    feet = "".join(oval(mark.feet[0] - 0.3j, 1 + 0j) for mark in laid[0].marks)
    return [f'<path class="ground" stroke="{INK}" stroke-width="1.2" d="{feet}"/>']


def _row(key: str, course: Course, row: Laid, colours: Mapping[str, str], place: str, part: View) -> str:
    """One row: all its marks as one path, in ink and in yarn."""
    data: list[str] = []
    for made, mark in zip(course.stitches, row.marks, strict=True):
        if part.shows(mark):
            data += stitch(made, mark)
    for link in row.links:
        if part.has(link.at(0.5)):
            data += chains(link)
    first = row.marks[0]
    if course.closed and course.stitches[0].chain and part.shows(first):
        data.append(dot(first.top + 0.3 * first.out))
    path = "".join(data)
    letter = course.colour if course.colour and re.fullmatch(r"[A-Z]", course.colour) else "A"
    yarn = colours.get(letter, INK)
    yarn = yarn if _HEX.fullmatch(yarn) else INK
    if place == " later":
        drawn = f'<path class="ink" stroke="{FAINT}" stroke-width="0.9" d="{path}"/>'
    else:
        wide, narrow = ("3.4", "2.1") if place else ("2.6", "1.6")
        drawn = (
            f'<path class="ink" stroke="{INK}" stroke-width="{wide}" d="{path}"/>'
            f'<path class="yarn yarn-{letter}" stroke="{yarn}" stroke-width="{narrow}" d="{path}"/>'
        )
    return f'<g class="row{place}" data-row={quoteattr(key)}>{drawn}</g>'


def _numbers(rows: Sequence[tuple[str, Laid]], size: float, part: View) -> list[str]:
    """The number of each row where it starts, on a halo of plate; dots where rows are left out."""
    parts = [
        f'<g class="numbers" font-family="{FONT}" font-size="{number(UNIT * size)}" font-weight="600" '
        f'text-anchor="middle" fill="{INK}" stroke="{PLATE}" stroke-width="3.5" stroke-linejoin="round" '
        'paint-order="stroke">'
    ]
    before = 0
    for i, (key, row) in enumerate(rows):
        where = part.label(row)
        this = _number(key, i)
        if i and this > before + 1 and part.part == "quarter":
            dots = (where + part.label(rows[i - 1][1])) / 2
            parts.append(_text("\N{VERTICAL ELLIPSIS}", dots, size))
        parts.append(_text(str(this), where, size, f" data-for={quoteattr(key)}"))
        before = this
    return [*parts, "</g>"]


def _text(words: str, where: complex, size: float, more: str = "") -> str:
    """Words with their middle at a point."""
    x, y = number(UNIT * where.real), number(UNIT * (0.35 * size - where.imag))
    return f'<text{more} x="{x}" y="{y}">{words}</text>'


def _number(key: str, i: int) -> int:
    """The number of a row: that of its key, `p1/r12`, else its place."""
    found = re.search(r"(\d{1,4})$", key)
    return int(found[1]) if found else i + 1


def _arrow(row: Laid, closed: bool) -> str:
    """Which way the last row is worked: a small arrow outside its start."""
    first, up = row.marks[0], row.marks[0].out
    tail = first.top + 0.9 * up if closed else row.label - 1.25 * up - 0.8 * row.forward
    head = tail + 1.6 * row.forward
    barbs = (head - 0.45 * row.forward + 0.3 * row.forward * 1j, head - 0.45 * row.forward - 0.3 * row.forward * 1j)
    path = line(tail, head) + f"M{point(barbs[0])}L{point(head)}L{point(barbs[1])}"
    return f'<path class="arrow" fill="none" stroke="{INK}" stroke-width="1.4" stroke-linecap="round" d="{path}"/>'


def describe(rows: Sequence[tuple[str, Course]]) -> str:
    """The chart in words: what each row has, for whoever does not see it."""
    said = []
    for i, (key, course) in enumerate(rows):
        counts = [f"{n} {kind}" for kind, n in course.counts().items()]
        counts += [f"{n} ch-{chain} {'space' if n == 1 else 'spaces'}" for chain, n in sorted(course.spaces().items())]
        said.append(f"{'Round' if course.closed else 'Row'} {_number(key, i)}: {', '.join(counts)}.")
    return " ".join(said)


def symbol_svg(kind: str) -> str:
    """One stitch's symbol alone, in ink, for a key beside its words. `ch` is the chain."""
    if kind == "ch":
        path = oval(1j, 1 + 0j)
    else:
        top = 0.3j + 1j * max(symbol(kind).height, 0.7)
        feet = tuple(complex(x, 0.1) for x in ((-0.35, 0.35) if symbol(kind).spread else (0.0,)))
        path = "".join(stitch(Stitch(kind, Foot("st")), Mark(feet, top, 1j)))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="symbol" viewBox="-10 -40 20 42" aria-hidden="true">'
        f'<path fill="none" stroke="{INK}" stroke-width="1.6" stroke-linecap="round" d="{path}"/></svg>'
    )
