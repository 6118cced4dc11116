"""Yarn: weights, hooks, sizes, layouts, and how much of each colour a pattern takes.

Weights, gauges and hooks: Craft Yarn Council, Standard Yarn Weight System. The rate (inches of yarn in a square inch)
of worsted is the median of eight published blankets; the other rates scale it with the gauge, which is our assumption.
So amounts carry 30 % either way, and a maker should weigh one square.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from crochet.craft.fabric import Course, Gap
from crochet.craft.layouts import extent, swapped
from crochet.craft.symbols import height

CM_IN_AN_INCH = 2.54
METRES_IN_AN_INCH = 0.0254
MARGIN = 0.3
# A crochet stitch is a little less tall than its height in chains says: 12 dc wide is 7 rows high.
ROW_HEIGHT = 0.86


class UnknownWeight(ValueError):
    """No such yarn weight."""


class UnknownSize(ValueError):
    """No such size, and not two numbers either."""


@dataclass(frozen=True, slots=True)
class Weight:
    """A line of the standard: stitches in 4 in, hook in mm (jumbo: no largest), inches of yarn in a square inch."""

    number: int
    name: str
    gauge: tuple[int, int]
    hook: tuple[float, float | None]
    rate: float | None


WEIGHTS = (
    Weight(0, "lace", (32, 42), (1.6, 2.25), None),
    Weight(1, "super fine", (21, 32), (2.25, 3.5), 55),
    Weight(2, "fine", (16, 20), (3.5, 4.5), 37),
    Weight(3, "dk", (12, 17), (4.5, 5.5), 30),
    Weight(4, "worsted", (11, 14), (5.5, 6.5), 26),
    Weight(5, "bulky", (8, 11), (6.5, 9), 20),
    Weight(6, "super bulky", (7, 9), (9, 15), 17),
    Weight(7, "jumbo", (5, 6), (15, None), None),
)
_ALSO = {
    "thread": 0, "cobweb": 0, "2 ply": 0, "superfine": 1, "fingering": 1, "sock": 1, "4 ply": 1, "sport": 2, "baby": 2,
    "5 ply": 2, "light": 3, "light worsted": 3, "double knit": 3, "double knitting": 3, "8 ply": 3, "medium": 4,
    "aran": 4, "afghan": 4, "10 ply": 4, "chunky": 5, "craft": 5, "rug": 5, "12 ply": 5, "super chunky": 6,
    "superbulky": 6, "roving": 6, "14 ply": 6, "giant": 7,
}  # fmt: skip
HOOKS = {
    2.25: "B", 2.75: "C", 3.25: "D", 3.5: "E", 3.75: "F", 4.0: "G", 4.5: "7", 5.0: "H", 5.5: "I", 6.0: "J", 6.5: "K",
    8.0: "L", 9.0: "M/N", 10.0: "N/P",
}  # fmt: skip
# Width and height of the finished thing in inches.
SIZES: dict[str, tuple[float, float]] = {
    "lovey": (12, 12), "stroller": (30, 36), "crib": (36, 46), "lap": (36, 48), "throw": (50, 60), "afghan": (50, 70),
    "twin": (66, 90), "full": (80, 90), "queen": (90, 100), "king": (108, 100),
}  # fmt: skip
# What a thing measures when its maker says no size.
_ITEMS: dict[str, tuple[float, float]] = {
    "baby blanket": (30, 36), "blanket": (50, 60), "bedspread": (80, 90), "cushion": (16, 16), "pillow": (16, 16),
    "scarf": (8, 64), "shawl": (60, 24), "wrap": (66, 20), "cowl": (28, 9), "table runner": (14, 56), "bag": (14, 14),
    "tote": (15, 15), "rug": (24, 36), "placemat": (18, 13), "dishcloth": (8, 8), "potholder": (7, 7),
    "coaster": (4, 4), "afghan": (50, 70), "lap blanket": (36, 48), "lovey": (12, 12), "doll blanket": (12, 14),
    "pet blanket": (24, 30), "washcloth": (8, 8), "trivet": (8, 8), "doily": (12, 12), "bookmark": (2, 8),
    "seat pad": (15, 15), "headband": (20, 4), "bunting": (60, 8), "wall hanging": (18, 24), "poncho": (40, 40),
    "curtain": (50, 80),
}  # fmt: skip
_TWO_NUMBERS = re.compile(r"(\d{1,4}(?:\.\d{1,2})?) ?(?:x|by) ?(\d{1,4}(?:\.\d{1,2})?) ?(cm|in|inch|inches|\")?")


def weight(name: str | int) -> Weight:
    """The yarn weight a maker means by `worsted`, `DK`, `aran`, `4 ply`, `4`. Raises UnknownWeight."""
    plain = (
        " ".join(re.sub(r"(?<=\w)[-_]|[()]", " ", str(name).lower()).split())
        .removesuffix(" weight")
        .removesuffix(" yarn")
    )
    for one in WEIGHTS:
        if plain in (one.name, str(one.number), f"{one.name} {one.number}"):
            return one
    if plain in _ALSO:
        return WEIGHTS[_ALSO[plain]]
    wanted = ", ".join(one.name for one in WEIGHTS)
    raise UnknownWeight(f"{str(name)[:40]!r} is no yarn weight we know; wanted: {wanted}, or 0 to 7.")


def hook_sizes(number: int) -> tuple[float, float | None]:
    """Smallest and largest usual hook in mm for yarn weight 0 (lace) to 7 (jumbo: no largest, None).

    Source: Craft Yarn Council, Standard Yarn Weight System. Raises UnknownWeight.
    """
    return weight(number).hook


def hook_name(mm: float) -> str | None:
    """The US letter of a hook, `H` for 5 mm. None: it has none."""
    return HOOKS.get(float(mm))


def usual_gauge(name: str | int) -> int:
    """Stitches in 4 in to expect of a yarn weight: the middle of its range. Raises UnknownWeight."""
    return sum(weight(name).gauge) // 2


def size_of(item: str, size: str = "any") -> tuple[float, float]:
    """Width and height in inches of a size by name (`throw`), by numbers (`50 x 60 in`, `120 x 150 cm`), or, for `any`,
    of what the item usually measures. Raises UnknownSize.
    """
    plain = " ".join(size.lower().replace("×", "x").split())
    if plain in SIZES:
        return SIZES[plain]
    if plain in ("", "any"):
        things = sorted(_ITEMS, key=len, reverse=True)  # a baby blanket before a blanket
        return next((_ITEMS[thing] for thing in things if thing in item.lower()), SIZES["throw"])
    numbers = _TWO_NUMBERS.fullmatch(plain)
    if numbers is None or not float(numbers[1]) or not float(numbers[2]):
        raise UnknownSize(f"{size[:40]!r} is no size we know; wanted: {', '.join(SIZES)}, or like 50 x 60 in.")
    inches = CM_IN_AN_INCH if numbers[3] == "cm" else 1
    return float(numbers[1]) / inches, float(numbers[2]) / inches


@dataclass(frozen=True, slots=True)
class PieceMade:
    """A piece and how often it is made.

    `border`: its rounds go around the joined pieces. `apart`: it is none of those that are laid out, such as a strap.
    `exchanged`: how many of it have the two yarns of `exchange` exchanged.
    """

    make: int
    courses: Sequence[Course]
    border: bool = False
    apart: bool = False
    exchange: tuple[str, str] | None = None
    exchanged: int = 0


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the finished thing measures, how many pieces it takes, and metres of each colour: at least, at most.

    No metres: the standard gives too little to go by for this weight (lace, jumbo).
    """

    width_in: float
    height_in: float
    make: int
    metres: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def width_cm(self) -> float:
        return round(self.width_in * CM_IN_AN_INCH, 1)

    @property
    def height_cm(self) -> float:
        return round(self.height_in * CM_IN_AN_INCH, 1)


def estimate(
    gauge: float, yarn: str | int, rows: int, columns: int, pieces: Sequence[PieceMade], only_colour: str = "A"
) -> Estimate:
    """Size and yarn of `rows` by `columns` pieces joined, and their border, by their worked rows.

    `gauge` is stitches in 4 in. Rows that name no colour are worked in `only_colour`. Raises UnknownWeight.
    """
    rate = weight(yarn).rate
    stitch = 4 / gauge
    bodies = [piece for piece in pieces if not piece.border and piece.courses]
    outlines = [_outline(piece.courses) for piece in bodies]
    laid_out = [outline for piece, outline in zip(bodies, outlines, strict=True) if not piece.apart]
    if not laid_out:
        return Estimate(0.0, 0.0, 0)
    edging = sum(_row_height(course) for piece in pieces if piece.border for course in piece.courses)
    wide, high = extent(_corners(next(piece.courses for piece in bodies if not piece.apart)), rows, columns)
    width = (wide * max(w for w, _, _ in laid_out) + 2 * edging) * stitch
    tall = (high * max(h for _, h, _ in laid_out) + 2 * edging) * stitch
    made = sum(piece.make for piece in bodies)
    area = sum(piece.make * a for piece, (_, _, a) in zip(bodies, outlines, strict=True)) * stitch**2
    area += max(0.0, width * tall - (width - 2 * edging * stitch) * (tall - 2 * edging * stitch))
    metres = {} if rate is None else _shared(area * rate * METRES_IN_AN_INCH, pieces, only_colour)
    return Estimate(round(width, 1), round(tall, 1), made, metres)


def _shared(total: float, pieces: Sequence[PieceMade], only_colour: str) -> dict[str, tuple[int, int]]:
    """A length shared among the colours by stitches x height, with the margin."""
    parts: Counter[str] = Counter()
    for piece in pieces:
        for course in piece.courses:
            # A slip stitch has no height but takes yarn.
            used = sum(n * max(height(kind), 0.5) for kind, n in course.counts().items())
            letter = course.colour or only_colour
            parts[letter] += round(1000 * used * (piece.make - piece.exchanged))
            if piece.exchange:
                parts[swapped(letter, piece.exchange)] += round(1000 * used * piece.exchanged)
    whole = sum(parts.values())
    if not whole:
        return {}
    shares = ((letter, total * part / whole) for letter, part in sorted(parts.items()) if part)
    return {letter: _about(metres) for letter, metres in shares}


def _about(metres: float) -> tuple[int, int]:
    """Both ends of the margin, the lower rounded down and the upper up: to tens from 100 m, else to whole metres."""
    step = 10 if metres >= 100 else 1
    low, high = metres * (1 - MARGIN), metres * (1 + MARGIN)
    return int(low // step * step), int(-(-high // step) * step)


def _row_height(course: Course) -> float:
    """How far a row grows, in stitch widths."""
    return ROW_HEIGHT * max((height(stitch.kind) for stitch in course.stitches), default=0.0)


def _outline(courses: Sequence[Course]) -> tuple[float, float, float]:
    """Width, height and area of a piece in stitch widths and their square, by its last round, or by its rows."""
    last = courses[-1]
    if not last.closed:
        lengths, heights = [_length(course) for course in courses], [_row_height(course) for course in courses]
        area = sum(length * tall for length, tall in zip(lengths, heights, strict=True))
        if 2 * min(lengths) < max(lengths):  # it grows from a corner or into one, as a mitred square
            return math.sqrt(area), math.sqrt(area), area
        return max(lengths), sum(heights), area
    sides = side_lengths(last)
    if not sides:
        across = _length(last) / math.pi
        return across, across, math.pi * across**2 / 4
    if len(sides) == 4:
        width, tall = max(sides[0], sides[2]), max(sides[1], sides[3])
        return width, tall, width * tall
    if len(sides) < 3:
        return max(sides), max(sides), max(sides) ** 2
    corners, side = len(sides), max(sides)
    apothem = side / (2 * math.tan(math.pi / corners))
    area = corners * side * apothem / 2
    if corners == 3:  # a side on top
        return side, 3 * apothem, area
    return 2 * apothem, 2 * side if corners == 6 else 2 * apothem, area  # a hexagon stands on a corner


def _corners(courses: Sequence[Course]) -> int:
    """The corners of a piece worked in rounds; what is worked in rows lies like a square."""
    return len(side_lengths(courses[-1])) if courses[-1].closed else 4


def _length(course: Course) -> float:
    return len(course.stitches) + sum(_chains(gap) for gap in course.gaps)


def _chains(gap: Gap) -> int:
    """A chain lies as wide as a stitch, but those of a corner bend around it."""
    return 0 if gap.corner else gap.chains


def side_lengths(course: Course) -> list[int]:
    """Stitches and chains of each side of a round, corner to corner, the side after the first corner first.

    Empty: it has no corners.
    """
    corners = [i for i, gap in enumerate(course.gaps) if gap.corner]
    size, sides = len(course.stitches), []
    for corner, following in zip(corners, corners[1:] + corners[:1], strict=True):
        steps = (following - corner - 1) % size + 1
        between = [(corner + 1 + step) % size for step in range(steps)]
        sides.append(steps + sum(_chains(course.gaps[i]) for i in between))
    return sides
