"""Outline: what a border goes around.

One circular list: the free sides of R x C squares, the four outer corners, and at every seam a joint, which stands for
the two corner spaces and what lies between them (so a sc border of classic squares with 2 sc in each joint and 3 in
each corner has 2(R + C)(4n + 1) + 4 stitches).
"""

from __future__ import annotations

from crochet.craft.fabric import Course, Gap, Stitch
from crochet.working.places import Fabric


def outline(square: Fabric, rows: int, columns: int) -> Fabric | None:
    """The edge of `rows` by `columns` of a square; None: the piece has no four corner spaces to join it by."""
    if rows * columns == 1:
        return square
    course = square.course
    at = [i for i, gap in enumerate(course.gaps) if gap.corner]
    if len(at) != 4 or not course.closed:
        return None
    stitches: list[Stitch] = []
    gaps: list[Gap] = []
    joints: list[int] = []
    size = len(course.stitches)
    for side in range(4):
        first, last = at[side], at[(side + 1) % 4]
        inner = [(first + 1 + k) % size for k in range((last - first) % size or size)]
        for k in range(length := (columns, rows)[side % 2]):
            stitches += [course.stitches[i] for i in inner]
            gaps += [course.gaps[i] for i in inner]
            if k < length - 1:
                joints.append(len(gaps) - 1)
                gaps[-1] = Gap(0, False)
    return Fabric(Course(tuple(stitches), tuple(gaps), True, course.colour), (), joints)
