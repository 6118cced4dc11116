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
from crochet.geometry import RING, Laid, Mark, lay, moved
from crochet.glyphs import UNIT, chains, dot, line, number, oval, point, stitch
from crochet.symbols import symbol

INK = "#1E2430"
FAINT = "#8A8F99"
PLATE = "#FFFDF8"
FONT = "Atkinson Hyperlegible Next, Atkinson Hyperlegible, Helvetica, Arial, sans-serif"
WHOLE_TO = 12
QUARTER_TO = 26
FIRST, LAST = 6, 2
# Where the numbers of a quarter stand, right of its last stitches.
ASIDE = 3.0
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")


def svg(
    courses: Sequence[tuple[str, Course]], colours: Mapping[str, str], *, upto: str | None = None, title: str = ""
) -> str:
    """The chart of one piece: that of `upto`, else that of the first row. `courses` are (row key, worked row).

    With `upto` that row is bold and later ones are ink only; the picture keeps its size. Whole to 12 rounds, a quarter
    to 26, above that a quarter of the first 6 and the last 2. No rows: an empty plate.
    """
    rows = [(key, course) for key, course in courses if course.stitches]
    piece = (upto or (rows[0][0] if rows else "")).split("/")[0]
    rows = [(key, course) for key, course in rows if key.split("/")[0] == piece]
    laid = lay([course for _, course in rows])
    quarter = len(rows) > WHOLE_TO and rows[0][1].closed
    said = describe(rows)
    if quarter and len(rows) > QUARTER_TO:
        rows, laid = _abridged(rows, laid)
    low, high = _frame(laid, quarter)
    size = high - low
    keys = [key for key, _ in rows]
    now = keys.index(upto) if upto in keys else None
    text = max(1.3, min(2.0, 0.024 * max(size.real, size.imag)))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-label={quoteattr(_name(title))} '
        f'viewBox="{point(complex(low.real, high.imag))} {number(UNIT * size.real)} {number(UNIT * size.imag)}">',
        f"<title>{escape(_name(title))}</title>",
        f"<desc>{escape(said)}</desc>",
        f'<rect class="plate" x="{number(UNIT * low.real)}" y="{number(-UNIT * high.imag)}" '
        f'width="{number(UNIT * size.real)}" height="{number(UNIT * size.imag)}" fill="{PLATE}"/>',
        '<g fill="none" stroke-linecap="round" stroke-linejoin="round">',
    ]
    parts += _ground(rows, laid)
    for i, ((key, course), row) in enumerate(zip(rows, laid, strict=True)):
        place = "" if now is None or i < now else " now" if i == now else " later"
        parts.append(_row(key, course, row, colours, place, quarter))
    parts.append("</g>")
    parts += _numbers(rows, laid, text, quarter)
    return "".join([*parts, "</svg>"])


def _name(title: str) -> str:
    return f"Chart: {title}" if title else "Crochet chart"


def _abridged(rows: Sequence[tuple[str, Course]], laid: Sequence[Laid]) -> tuple[list[tuple[str, Course]], list[Laid]]:
    """The first and the last rounds only, the last moved in along the diagonal to where the first end."""
    gap = laid[-LAST - 1].level - laid[FIRST - 1].level - 2.5
    last = [moved(row, complex(gap, -gap)) for row in laid[-LAST:]]
    return [*rows[:FIRST], *rows[-LAST:]], [*laid[:FIRST], *last]


def _in_quarter(place: complex, margin: float = 1.5) -> bool:
    """Whether a point is in the quarter of the first corner, or near enough to it."""
    return place.real <= margin and place.imag >= -margin


def _shown(mark: Mark) -> bool:
    """Whether a stitch is drawn in a quarter: a fan is drawn whole or not at all."""
    return _in_quarter(mark.feet[0]) and _in_quarter(mark.top, 2.4)


def _frame(laid: Sequence[Laid], quarter: bool) -> tuple[complex, complex]:
    """Lower left and upper right of the picture: everything drawn, and a margin."""
    marks = [mark for row in laid for mark in row.marks if not quarter or _shown(mark)]
    points = [p for mark in marks for p in (*mark.feet, mark.top)]
    points += [link.at(0.5) for row in laid for link in row.links]
    points += [row.label for row in laid] or [0j]
    if laid and laid[0].level > RING:
        points += [complex(-RING, -RING), complex(RING, RING)]
    if quarter:
        points = [p for p in points if _in_quarter(p, 2.4)] + [complex(ASIDE + 0.5, 0)]
    xs, ys = [p.real for p in points], [p.imag for p in points]
    margin = 1.5
    return complex(min(xs) - margin, min(ys) - margin), complex(max(xs) + margin, max(ys) + margin)


def _ground(rows: Sequence[tuple[str, Course]], laid: Sequence[Laid]) -> list[str]:
    """What the first row stands on: the ring, or the foundation chain."""
    if not rows:
        return []
    if rows[0][1].closed:
        ring = dot(0j, RING)
        return [f'<path class="ground" stroke="{INK}" stroke-width="1.6" d="{ring}"/>']
    feet = "".join(oval(mark.feet[0] - 0.3j, 1 + 0j) for mark in laid[0].marks)
    return [f'<path class="ground" stroke="{INK}" stroke-width="1.2" d="{feet}"/>']


def _row(key: str, course: Course, row: Laid, colours: Mapping[str, str], place: str, quarter: bool) -> str:
    """One row: all its marks as one path, in ink and in yarn."""
    data: list[str] = []
    for made, mark in zip(course.stitches, row.marks, strict=True):
        if not quarter or _shown(mark):
            data += stitch(made, mark)
    for link in row.links:
        if not quarter or _in_quarter(link.at(0.5)):
            data += chains(link)
    first = row.marks[0]
    if course.closed and course.stitches[0].chain and (not quarter or _shown(first)):
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


def _numbers(rows: Sequence[tuple[str, Course]], laid: Sequence[Laid], size: float, quarter: bool) -> list[str]:
    """The number of each row where it starts, on a halo of plate, and an arrow the way it is worked."""
    parts = [
        f'<g class="numbers" font-family="{FONT}" font-size="{number(UNIT * size)}" font-weight="600" '
        f'text-anchor="middle" fill="{INK}" stroke="{PLATE}" stroke-width="{number(3.5)}" stroke-linejoin="round" '
        'paint-order="stroke">'
    ]
    for i, ((key, _), row) in enumerate(zip(rows, laid, strict=True)):
        where = complex(ASIDE, row.level - 1.2) if quarter else row.label
        parts.append(
            f'<text data-for={quoteattr(key)} x="{number(UNIT * where.real)}" '
            f'y="{number(-UNIT * where.imag + UNIT * size * 0.35)}">{_number(key, i)}</text>'
        )
        if quarter and i and _number(key, i) > _number(rows[i - 1][0], i - 1) + 1:
            dots = complex(ASIDE, (laid[i - 1].level + row.level) / 2 - 1.3)
            parts.append(
                f'<text x="{number(UNIT * dots.real)}" y="{number(-UNIT * dots.imag)}">\N{VERTICAL ELLIPSIS}</text>'
            )
    parts.append("</g>")
    if laid and not quarter:
        parts.append(_arrow(laid[-1], rows[-1][1].closed))
    return parts


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
    for number_, (_, course) in enumerate(rows, 1):
        counts = [f"{n} {kind}" for kind, n in course.counts().items()]
        counts += [f"{n} ch-{chain} {'space' if n == 1 else 'spaces'}" for chain, n in sorted(course.spaces().items())]
        said.append(f"{'Round' if course.closed else 'Row'} {number_}: {', '.join(counts)}.")
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
