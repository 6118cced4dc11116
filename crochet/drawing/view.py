"""View: which part of a piece its chart shows.

A piece is shown whole to 12 rounds. To 26, the quarter of its first corner is; above that, that quarter of the first 6
rounds and the last 2. Of more than 26 rows these are shown too, of a circle that quarter of all. Of a border around
joined squares only the corner is shown: its sides go on the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from crochet.craft.fabric import Course
from crochet.drawing.paper import RING, Laid, Mark, goes_around, moved

WHOLE_TO = 12
QUARTER_TO = 26
FIRST, LAST = 6, 2
# Where the numbers of a quarter stand, right of its last stitches; how much of a border's sides is shown.
ASIDE = 3.0
DETAIL = 9.0
MARGIN = 1.5


@dataclass(frozen=True, slots=True)
class View:
    """Part of a piece; `corner` is the point that a corner's view is about."""

    part: Literal["whole", "quarter", "corner"] = "whole"
    corner: complex = 0j

    @property
    def whole(self) -> bool:
        return self.part == "whole"

    def has(self, place: complex, margin: float = 1.5) -> bool:
        """Whether a point is in the picture, or near enough to it."""
        if self.part == "quarter":
            return place.real <= margin and place.imag >= -margin
        return self.whole or max(abs((place - self.corner).real), abs((place - self.corner).imag)) <= DETAIL + margin

    def shows(self, mark: Mark) -> bool:
        """Whether a stitch is drawn: a fan is drawn whole or not at all."""
        return self.has(mark.feet[0]) and self.has(mark.top, 2.4)

    def label(self, row: Laid) -> complex:
        """Where the number of a row stands: where the row starts, or, if that is not shown, beside it."""
        if self.part == "quarter":
            return complex(ASIDE, row.level - 1.2)
        if self.part == "corner":
            return complex(self.corner.real + DETAIL + 2.8, row.level - 0.6)
        return row.label


def view(courses: Sequence[Course], laid: Sequence[Laid]) -> View:
    """The view that suits a piece."""
    if not courses or not courses[0].closed:
        return View()
    if not goes_around(courses[0]):
        return View("quarter" if len(courses) > WHOLE_TO else "whole")
    # It stands on other pieces. The first corner is at the top left.
    corner = next((i for i, gap in enumerate(courses[-1].gaps) if gap.corner), 0)
    return View("corner", laid[-1].links[corner].at(0.5) + complex(DETAIL, -DETAIL))


def drawn_of(laid: Sequence[Laid], part: View) -> list[tuple[int, Laid]]:
    """The rows that are drawn, each with its place in the piece. The last of many move in to the first ones."""
    numbered = list(enumerate(laid))
    level = bool(laid) and not laid[0].around
    if len(laid) <= QUARTER_TO or not (level or (part.part == "quarter" and laid[-1].corners)):
        return numbered
    gap = laid[-LAST - 1].level - laid[FIRST - 1].level - 2.5
    by = complex(0 if level else gap, -gap)  # along the diagonal of a square; nowhere would circles fit
    return numbered[:FIRST] + [(i, moved(row, by)) for i, row in numbered[-LAST:]]


def frame(laid: Sequence[Laid], part: View) -> tuple[complex, complex]:
    """Lower left and upper right of the picture: everything drawn, and a margin."""
    points = [p for row in laid for mark in row.marks if part.shows(mark) for p in (*mark.feet, mark.top)]
    points += [link.at(0.5) for row in laid for link in row.links if part.has(link.at(0.5))]
    points += [part.label(row) for row in laid] or [0j]
    if laid and part.part != "corner" and laid[0].level > RING:
        points += [p for p in (complex(-RING, -RING), complex(RING, RING)) if part.has(p)]
    xs, ys = [p.real for p in points], [p.imag for p in points]
    return complex(min(xs) - MARGIN, min(ys) - MARGIN), complex(max(xs) + MARGIN, max(ys) + MARGIN)
