"""Preview: the finished thing as a flat colour picture, squares in their places, border around them.

One `<symbol>` a kind of piece (a band a row), one `<use>` a place (`data-place="1"`, row by row), keylines in ink so
that bone on cream is seen, and the letters of the yarns below. Fills are attributes and classes (`fill-A`), no style.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from xml.sax.saxutils import escape, quoteattr

from crochet.craft.fabric import Course
from crochet.craft.layouts import extent, spots, swapped
from crochet.drawing.geometry import lay
from crochet.drawing.glyphs import number
from crochet.drawing.inks import FONT, INK, PLATE
from crochet.drawing.paper import Laid

CELL = 100
# More places than this show nothing, and would be too much for a page.
MOST = 2500
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")


def preview_svg(
    rows: int,
    columns: int,
    courses: Sequence[Course],
    colours: Mapping[str, str],
    *,
    border: Sequence[Course] = (),
    joining: str | None = None,
    exchange: tuple[str, str] | None = None,
    exchanged: Collection[int] = (),
    title: str = "",
) -> str:
    """The picture of rows by columns of one piece, joined in yarn `joining`, with its border.

    In the places `exchanged` the two yarns of `exchange` are exchanged. `courses` are the piece's worked rows, `border`
    the rounds around the whole. Unfinished is fine: what is there is drawn. At most 2,500 places: of more, a part in
    the same proportion.
    """
    rows, columns = _bounded(max(rows, 1), max(columns, 1))
    laid = [row for row in lay(courses) if row.marks]
    worked = [course for course in courses if course.stitches]
    shape = _Shape(laid, bool(worked) and worked[0].closed)
    ring = [course for course in border if course.stitches]
    name = f"piece-{zlib.crc32(repr((worked, sorted(colours.items()))).encode()):08x}"
    swap = _exchanged(worked, exchange) if exchange and exchanged else worked
    kinds = [(name, worked), (f"{name}x", swap)] if swap != worked else [(name, worked)]
    places = list(shape.places(rows, columns))
    width, height = shape.extent(rows, columns)
    bands = [(course.colour, shape.thickness(course)) for course in ring]
    # Around a point a border reaches further.
    edging = sum(thick for _, thick in bands) * {3: 2.0, 6: 1.16}.get(shape.corners, 1.0)
    letters = _letters([*worked, *swap, *ring], joining)
    scale = max(width, height) + 2 * edging
    legend = scale * 0.09 if letters else 0.0
    pad = scale * 0.02
    keyline = f'stroke="{INK}" stroke-width="{number(min(1.2, scale / 350))}" stroke-linejoin="round"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="preview" role="img" aria-label={quoteattr(_name(title))} '
        f'viewBox="{number(-edging - pad)} {number(-edging - pad)} {number(width + 2 * (edging + pad))} '
        f'{number(height + 2 * (edging + pad) + legend)}">',
        f"<title>{escape(_name(title))}</title>",
        f"<desc>{rows} rows of {columns}; {len(worked)} rows a piece; border of {len(ring)}.</desc>",
        *_border(bands, shape, (width, height), colours, keyline),
        *(
            f'<symbol id="{kind}" viewBox="{shape.box}" overflow="visible">'
            f"{''.join(shape.bands(made, colours, keyline))}</symbol>"
            for kind, made in kinds
        ),
    ]
    w, h = number(shape.width), number(shape.height)
    for i, (x, y, turned) in enumerate(places, 1):
        place = f'class="place" data-place="{i}" x="{number(x)}" y="{number(y)}" width="{w}" height="{h}"'
        if turned:
            place += f' transform="rotate(180 {number(x + shape.width / 2)} {number(y + shape.height / 2)})"'
        parts.append(f'<use href="#{kinds[-1][0] if i in exchanged else name}" {place}/>')
    if joining and len(places) > 1 and shape.corners == 4:
        parts.append(_seams(rows, columns, shape.height, joining, colours, scale))
    parts += _legend(letters, colours, height + edging + pad, scale, -edging)
    return "".join([*parts, "</svg>"])


def _exchanged(courses: Sequence[Course], exchange: tuple[str, str]) -> list[Course]:
    """The rows of the other kind."""
    return [replace(course, colour=swapped(course.colour or "A", exchange)) for course in courses]


def _bounded(rows: int, columns: int) -> tuple[int, int]:
    if rows * columns <= MOST:
        return rows, columns
    shrink = math.sqrt(MOST / (rows * columns))
    rows, columns = max(1, int(rows * shrink)), max(1, int(columns * shrink))
    return min(rows, MOST // columns or 1), min(columns, MOST)


def _name(title: str) -> str:
    return f"Preview: {title}" if title else "Preview in colour"


def _hex(letter: str | None, colours: Mapping[str, str]) -> str:
    """The hex of a yarn, paper white for one that has none."""
    code = colours.get(letter or "A", PLATE)
    return code if _HEX.fullmatch(code) else PLATE


def _class(letter: str | None) -> str:
    return f"fill-{letter}" if letter and re.fullmatch("[A-Z]", letter) else "fill-A"


def _letters(courses: Sequence[Course], joining: str | None) -> list[str]:
    """The yarns in use, in order of their letters."""
    used = {course.colour or "A" for course in courses} | ({joining} if joining else set())
    return sorted(letter for letter in used if re.fullmatch("[A-Z]", letter))


class _Shape:
    """The outline of one piece: how wide, how tall, which bands, and where its copies stand."""

    def __init__(self, laid: Sequence[Laid], closed: bool) -> None:
        self.laid = laid
        self.closed = closed or not laid
        self.corners = (laid[-1].corners if laid else 4) if self.closed else 4
        self.level = laid[-1].level if laid else 1.0
        self.width, self.height = float(CELL), float(CELL)
        if not self.closed:
            across = max(abs(row.marks[0].top - row.marks[-1].top) + 1 for row in laid)
            self.height = CELL * max(0.1, min(10.0, self.level / across))
            self.unit = CELL / across
        else:
            aside = laid[-1].aside if laid and self.corners == 4 else self.level
            self.unit = CELL / 2 / aside
            self.height = CELL * self.level / aside
        if self.corners == 3:  # hangs from a side
            self.width, self.height = CELL * math.sqrt(3), 1.5 * CELL
        elif self.corners == 6:  # stands on a corner
            self.height = CELL / math.cos(math.pi / 6)
        left, top = (-self.width / 2, -self.height / 2 if self.corners != 3 else -CELL / 2) if self.closed else (0, 0)
        self.box = f"{number(left)} {number(top)} {number(self.width)} {number(self.height)}"

    def thickness(self, course: Course) -> float:
        """How thick a round of the border is in the picture."""
        return self.unit * (2.35 if _tall(course) else 1.35)

    def places(self, rows: int, columns: int) -> Iterator[tuple[float, float, bool]]:
        """The upper left corner of each copy, row by row, and whether it is turned upside down."""
        for x, y, turned in spots(self.corners, rows, columns):
            yield x * self.width, y * self.height, turned

    def extent(self, rows: int, columns: int) -> tuple[float, float]:
        wide, high = extent(self.corners, rows, columns)
        return wide * self.width, high * self.height

    def bands(self, courses: Sequence[Course], colours: Mapping[str, str], stroke: str) -> Iterator[str]:
        """The rows as filled shapes: rounds from the outside in, rows from the bottom up."""
        pairs = list(zip(self.laid, courses, strict=True))
        below = 0.0
        for row, course in reversed(pairs) if self.closed else pairs:
            fill = f'class="{_class(course.colour)}" fill="{_hex(course.colour, colours)}" {stroke}'
            if not self.closed:
                top = self.height - self.height * row.level / self.level
                tall = self.height * (row.level - below) / self.level
                below = row.level
                yield f'<rect x="0" y="{number(top)}" width="{number(self.width)}" height="{number(tall)}" {fill}/>'
            elif row.corners == 4:
                x, y = row.aside * self.unit, row.level * self.unit
                corner = f'x="{number(-x)}" y="{number(-y)}"'
                yield f'<rect {corner} width="{number(2 * x)}" height="{number(2 * y)}" {fill}/>'
            elif row.corners:
                yield f'<polygon points="{_polygon(row.corners, row.level * self.unit)}" {fill}/>'
            else:
                yield f'<circle r="{number(row.level * self.unit)}" {fill}/>'
        if self.closed and pairs:
            yield f'<circle r="{number(0.7 * self.unit)}" fill="{PLATE}" {stroke}/>'


def _tall(course: Course) -> bool:
    """Whether a round is of dc or taller."""
    return not {"sc", "sl st"} >= set(course.counts())


def _polygon(corners: int, apothem: float) -> str:
    """The corners of a regular polygon with a side on top; a hexagon stands on a corner."""
    radius, first = apothem / math.cos(math.pi / corners), math.pi / 2 - (corners != 6) * math.pi / corners
    angles = [first + 2 * math.pi * j / corners for j in range(corners)]
    return " ".join(f"{number(radius * math.cos(a))},{number(-radius * math.sin(a))}" for a in angles)


def _border(
    bands: Sequence[tuple[str | None, float]],
    shape: _Shape,
    extent: tuple[float, float],
    colours: Mapping[str, str],
    keyline: str,
) -> Iterator[str]:
    """The border behind everything, the outermost round first: in the outline of the whole."""
    out = sum(thick for _, thick in bands)
    width, height = extent
    for letter, thick in reversed(bands):
        fill = f'class="border {_class(letter)}" fill="{_hex(letter, colours)}" {keyline}'
        if shape.closed and shape.corners != 4:
            move = (
                f'transform="translate({number(width / 2)} {number(CELL / 2 if shape.corners == 3 else height / 2)})"'
            )
            outline = f'points="{_polygon(shape.corners, CELL / 2 + out)}"' if shape.corners else ""
            drawn = f"polygon {outline}" if outline else f'circle r="{number(CELL / 2 + out)}"'
            yield f"<{drawn} {move} {fill}/>"
        else:
            yield (
                f'<rect x="{number(-out)}" y="{number(-out)}" width="{number(width + 2 * out)}" '
                f'height="{number(height + 2 * out)}" {fill}/>'
            )
        out -= thick


def _seams(rows: int, columns: int, tall: float, joining: str, colours: Mapping[str, str], scale: float) -> str:
    """The seams between squares as one path, in ink and in the joining yarn."""
    across = "".join(f"M0 {number(tall * r)}h{CELL * columns}" for r in range(1, rows))
    down = "".join(f"M{CELL * c} 0v{number(tall * rows)}" for c in range(1, columns))
    wide = max(3.0, scale / 250)
    return (
        f'<g fill="none"><path stroke="{INK}" stroke-width="{number(wide + 2)}" d="{across}{down}"/>'
        f'<path class="{_class(joining).replace("fill", "yarn")}" stroke="{_hex(joining, colours)}" '
        f'stroke-width="{number(wide)}" d="{across}{down}"/></g>'
    )


def _legend(letters: Sequence[str], colours: Mapping[str, str], top: float, scale: float, left: float) -> Iterator[str]:
    """A swatch and a letter for each yarn; the letter beside it, so that it reads on any colour."""
    size = scale * 0.05
    for i, letter in enumerate(letters):
        x, y = left + i * size * 2.6, top + size * 0.2
        yield (
            f'<rect class="fill-{letter}" x="{number(x)}" y="{number(y)}" width="{number(size)}" '
            f'height="{number(size)}" fill="{_hex(letter, colours)}" stroke="{INK}" '
            f'stroke-width="{number(size / 20)}"/>'
            f'<text x="{number(x + size * 1.25)}" y="{number(y + size * 0.85)}" font-family="{FONT}" '
            f'font-size="{number(size)}" font-weight="600" fill="{INK}">{letter}</text>'
        )
