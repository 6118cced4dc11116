"""Perimeter: the edge of a piece that was worked in rows: its last row, its row ends, the other side of its first."""

from __future__ import annotations

from crochet.craft.fabric import Course, Foot, Gap, Stitch
from crochet.working.places import ROW_END, Fabric

MOST_ROWS = 2_000


def perimeter(last: Fabric, first: Course, rows: int) -> tuple[Fabric, ...]:
    """The edge as one round with a corner at each end of each side, begun along the side that the last row ends at.

    And begun along the last row, turned: which of them is meant the words show.
    """
    if not 1 < rows <= MOST_ROWS or last.course.closed or first.closed:
        return ()
    top = _side(last.course.stitches, last.course.gaps)
    back = _side(last.course.stitches[::-1], (*last.course.gaps[-2::-1], Gap()))
    side = _side((Stitch(ROW_END, Foot("st")),) * rows)
    bottom = _side((Stitch("ch", Foot("st")),) * _chains(first))
    return tuple(
        _round(sides) for sides in ((side, bottom, side, top), (top, side, bottom, side), (back, side, bottom, side))
    )


_Side = tuple[tuple[Stitch, ...], tuple[Gap, ...]]


def _side(stitches: tuple[Stitch, ...], gaps: tuple[Gap, ...] = ()) -> _Side:
    """A side, and the corner at its end."""
    inner = gaps or (Gap(),) * len(stitches)
    return stitches, (*inner[: len(stitches) - 1], Gap(0, True))


def _round(sides: tuple[_Side, ...]) -> Fabric:
    stitches = tuple(one for side, _ in sides for one in side)
    return Fabric(Course(stitches, tuple(gap for _, gaps in sides for gap in gaps)))


def _chains(first: Course) -> int:
    """The chains that the first row stands on, from the first that is worked to the last."""
    feet = [one.foot.index for one in first.stitches]
    return max(feet) - min(feet) + 1
