"""Chart: the symbol chart of a piece as SVG, drawn from the worked rows.

The same rows give the same bytes. A row is `<g class="row" data-row="p1/r3">`: its marks in ink, wide, and over them in
yarn, so that white yarn shows on a white plate; without yarns, two inks in turn. Colours are presentation attributes
and classes (`yarn-A`), no style: it can be inlined under a strict `style-src`, and a page can recolour a yarn by one
rule. In detail each stitch says what it is and where it stands: `data-st="p1/r3s7" data-into="p1/r2g4"`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from crochet.craft.fabric import Course, Foot
from crochet.drawing.geometry import foundation, lay
from crochet.drawing.glyphs import UNIT, chains, dot, number, oval, point, stitch
from crochet.drawing.inks import FAINT, FOUND, INK, INKS, PLATE
from crochet.drawing.legend import legend
from crochet.drawing.numbers import arrow, found, number_of, numbers
from crochet.drawing.paper import RING, Laid, on_ring
from crochet.drawing.view import View, drawn_of, frame, view

# So many stitches may have an element each, and a millimetre of paper is so much of a stitch's width.
MOST_IN_DETAIL = 2_500
LEAST_MM, MOST_MM, PAGE_MM = 3.0, 4.5, 170.0
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class Look:
    """How a chart is drawn: mirrored for a left hand, each stitch with its key, sized in mm for paper.

    `terms`: with a key to its symbols, in these terms. `found`: rows that have a finding, each with the places of the
    row below that it names (2i: stitch i, 2i + 1: gap i); those are ringed, or, if it names none, the row's number.
    """

    left: bool = False
    detail: bool = False
    paper: bool = False
    terms: str | None = None
    found: Mapping[str, Sequence[int]] = field(default_factory=dict)


def svg(
    courses: Sequence[tuple[str, Course]],
    colours: Mapping[str, str],
    *,
    upto: str | None = None,
    title: str = "",
    look: Look | None = None,
) -> str:
    """The chart of one piece: that of `upto`, else that of the first row. `courses` are (row key, worked row).

    With `upto` that row is bold and later ones are ink only; the picture keeps its size. Of a big piece a part is shown
    (see crochet.drawing.view). No rows: an empty plate.
    """
    look = look or Look()
    rows = [(key, course) for key, course in courses if course.stitches]
    piece = (upto or (rows[0][0] if rows else "")).split("/")[0]
    rows = [(key, course) for key, course in rows if key.split("/")[0] == piece]
    laid = lay([course for _, course in rows])
    part = view([course for _, course in rows], laid)
    drawn = drawn_of(laid, part)
    low, high = frame([row for _, row in drawn], part)
    if look.left:
        low, high = complex(-high.real, low.imag), complex(-low.real, high.imag)
    now = next((i for i, (key, _) in enumerate(rows) if key == upto), None)
    most = 2.0 if not laid or laid[0].around else 1.4
    size = max(1.3, min(most, 0.024 * max((high - low).real, (high - low).imag)))
    signs = legend([course for _, course in rows], low, (high - low).real, look.terms) if look.terms else None
    low -= 1j * (signs.height if signs else 0)
    plate = "#FFFFFF" if look.paper else PLATE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-label={quoteattr(_name(title))} '
        f'viewBox="{_box(low, high)}"{_millimetres(high - low) if look.paper else ""}>',
        f"<title>{escape(_name(title))}</title>",
        f"<desc>{escape(describe(rows))}</desc>",
        f'<rect class="plate" x="{number(UNIT * low.real)}" y="{number(-UNIT * high.imag)}" '
        f'width="{number(UNIT * (high - low).real)}" height="{number(UNIT * (high - low).imag)}" fill="{plate}"/>',
        f'<g fill="none" stroke-linecap="round" stroke-linejoin="round"{_mirrored(look)}>',
    ]
    parts += _ground(rows, laid)
    detail = look.detail and sum(part.shows(mark) for _, row in drawn for mark in row.marks) <= MOST_IN_DETAIL
    for i, row in drawn:
        place = "" if now is None or i < now else " now" if i == now else " later"
        below = (rows[i - 1][0] if i else _chain_key(*rows[0])) if detail else None
        parts.append(_row(*rows[i], row, _stroke(rows[i][1], colours, i), place, part, below))
    parts.append("</g>")
    rings, ringed = found([key for key, _ in rows], dict(drawn), part, look.found)
    if rings:
        parts += [f'<g class="found" fill="none" stroke="{FOUND}" stroke-width="1.8"{_mirrored(look)}>', *rings, "</g>"]
    parts += numbers([(rows[i][0], row) for i, row in drawn], size, part, look.left, ringed)
    if laid and part.whole:
        parts.append(arrow(drawn[-1][1], rows[-1][1].closed, _mirrored(look)))
    parts += signs.parts if signs else []
    return "".join([*parts, "</svg>"])


def _box(low: complex, high: complex) -> str:
    size = high - low
    return f"{point(complex(low.real, high.imag))} {number(UNIT * size.real)} {number(UNIT * size.imag)}"


def _millimetres(size: complex) -> str:
    """As large as a page has room for, and never so small that a stitch is less than 3 mm wide."""
    unit = min(MOST_MM, max(LEAST_MM, PAGE_MM / size.real))
    return f' width="{number(unit * size.real)}mm" height="{number(unit * size.imag)}mm"'


def _mirrored(look: Look) -> str:
    return ' transform="scale(-1 1)"' if look.left else ""


def _name(title: str) -> str:
    return f"Chart: {title}" if title else "Crochet chart"


def _ground(rows: Sequence[tuple[str, Course]], laid: Sequence[Laid]) -> list[str]:
    """What the first row stands on: the ring, or the foundation chain."""
    if not rows:
        return []
    first, chain = rows[0][1], foundation(rows[0][1])
    if first.closed and on_ring(first):
        return [f'<path class="ground" stroke="{INK}" stroke-width="1.6" d="{dot(0j, RING)}"/>']
    if chain:
        # The chains before a starting chain that counts are that chain itself.
        below = chain.marks[first.stitches[0].foot[1] + 1 if first.stitches[0].chain else 0 :]
        ovals = "".join(oval(mark.top - 0.3j, 1 + 0j) for mark in below)
    elif not first.closed or (not first.corners() and all(one.foot.place == "st" for one in first.stitches)):
        ovals = "".join(oval(mark.feet[0] - 0.3 * mark.out, -1j * mark.out) for mark in laid[0].marks)
    else:
        return []
    return [f'<path class="ground" stroke="{INK}" stroke-width="1.2" d="{ovals}"/>']


def _stroke(course: Course, colours: Mapping[str, str], i: int) -> tuple[str, str]:
    """(class, colour) of a row's yarn; without yarns, that of its ink."""
    if not colours:
        return f"ink ink-{i % len(INKS) + 1}", INKS[i % len(INKS)]
    letter = course.colour if course.colour and re.fullmatch(r"[A-Z]", course.colour) else "A"
    yarn = colours.get(letter, INK)
    return f"yarn yarn-{letter}", yarn if _HEX.fullmatch(yarn) else INK


def _row(
    key: str, course: Course, row: Laid, stroke: tuple[str, str], place: str, part: View, below: str | None
) -> str:
    """One row: all its marks as one path, in ink and in yarn. `below`: each stitch of its own, standing on that row."""
    marks = list(zip(course.stitches, row.marks, strict=True))
    own = [(i, made, "".join(stitch(made, mark))) for i, (made, mark) in enumerate(marks) if part.shows(mark)]
    rest = "".join("".join(chains(link)) for link in row.links if part.has(link.at(0.5)))
    first = row.marks[0]
    if course.closed and course.stitches[0].chain and part.shows(first):
        rest += dot(first.top + 0.3 * first.out)
    path = "".join(data for *_, data in own) + rest
    shown, colour = stroke
    if place == " later":
        drawn = f'<path class="ink" stroke="{FAINT}" stroke-width="0.9" d="{path}"/>'
    else:
        wide, narrow = ("3.4", "2.1") if place else ("2.6", "1.6")
        yarn = shown.startswith("yarn")
        drawn = f'<path class="ink" stroke="{INK}" stroke-width="{wide}" d="{path}"/>' if yarn else ""
        paint = f'class="{shown}" stroke="{colour}" stroke-width="{narrow}"'
        if below is None:
            drawn += f'<path {paint} d="{path}"/>'
        else:
            each = "".join(f'<path {_place(key, i, made.foot, below)} d="{data}"/>' for i, made, data in own)
            drawn += f'<g {paint}>{each}<path d="{rest}"/></g>'
    return f'<g class="row{place}" data-row={quoteattr(key)}>{drawn}</g>'


def _chain_key(key: str, first: Course) -> str:
    """The key of the foundation chain below a first row: `p1/r0`; empty: it is not drawn."""
    return f"{key.split('/')[0]}/r0" if foundation(first) else ""


def _place(key: str, i: int, foot: Foot, below: str) -> str:
    """A stitch's own key, and that of the place it stands in; on what is not drawn it has none."""
    there = f"{below}{'s' if foot.place == 'st' else 'g'}{foot.index}" if below else ""
    into = "ring" if foot.place == "ring" else there
    return f"data-st={quoteattr(f'{key}s{i}')}" + (f" data-into={quoteattr(into)}" if into else "")


def describe(rows: Sequence[tuple[str, Course]]) -> str:
    """The chart in words: what each row has, for whoever does not see it."""
    said = []
    for i, (key, course) in enumerate(rows):
        counts = [f"{n} {kind}" for kind, n in course.counts().items()]
        counts += [f"{n} ch-{chain} {'space' if n == 1 else 'spaces'}" for chain, n in sorted(course.spaces().items())]
        said.append(f"{'Round' if course.closed else 'Row'} {number_of(key, i)}: {', '.join(counts)}.")
    return " ".join(said)
