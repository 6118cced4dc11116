"""Filet: the squares of a row of mesh, open ones under a chain and solid ones full of stitches, between their posts."""

from __future__ import annotations

from crochet.craft.fabric import Course

SQUARES, SOLID = "mesh square", "solid square"
_MOST = 4  # stitches that fill a square


def squares(course: Course) -> tuple[int, int] | None:
    """How many are open, and how many solid; None: the row is not of squares of one size."""
    gaps = [one.chains for one in course.gaps[: None if course.closed else -1]]
    sizes = {n for n in gaps if n}
    if len(sizes) != 1 or max(sizes) > _MOST:
        return None
    wide, solid, filled = max(sizes) + 1, 0, 0
    for n in (*gaps, 1):
        if not n:
            filled += 1
            continue
        if filled % wide:
            return None
        solid, filled = solid + filled // wide, 0
    return sum(n > 0 for n in gaps), solid


def many(course: Course, name: str, said: int = 0) -> int | None:
    """How many squares of this name; None: it is not clear. `said`: how many a row of solid ones is said to have."""
    found = squares(course)
    filled = len(course.stitches) - 1
    if said and found is None and not course.spaces() and filled % said == 0 and 1 < filled // said <= _MOST:
        return said
    return None if found is None else sum(found) if name == SQUARES else found[1]
