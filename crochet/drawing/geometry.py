"""Geometry: where each stitch of a piece stands on paper, round upon round or row upon row.

Rounds with corners are polygons (crochet.drawing.polygon), others circles of radius max(a' + H, total / 2 pi).
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Sequence
from dataclasses import replace

from crochet.craft.fabric import Course
from crochet.drawing.paper import (
    RING,
    Laid,
    Link,
    Mark,
    finish,
    goes_around,
    goes_back,
    least_steps,
    place_of,
    rise_of,
    slack,
    trim,
    turned,
)  # fmt: skip
from crochet.drawing.polygon import askew, lay_polygon
from crochet.drawing.spacing import spread

MOST_PACE = 2.5  # from chain to chain of a foundation


def lay(courses: Sequence[Course]) -> list[Laid]:
    """Where the rows of one piece stand, first row first."""
    courses = [course for course in courses if course.stitches]
    if courses and not courses[0].closed:
        return _lay_rows(courses)
    laid = _lay_rounds(courses, 0.0)
    # A square that grows out of a circle must not stand askew: turn the circle below it, and lay all again.
    turn = next((askew(course, below) for course, below in zip(courses[1:], laid, strict=False)
                 if course.corners() >= 3 and not below.corners), 0.0)  # fmt: skip
    return _lay_rounds(courses, -turn) if abs(turn) > 1e-6 else laid


def _lay_rounds(courses: Sequence[Course], turn: float) -> list[Laid]:
    laid: list[Laid] = []
    back = False  # whether the round is worked clockwise
    # Of a border only the corner is shown, with the numbers beside it.
    numbered = not (courses and goes_around(courses[0]))
    for course in courses:
        below = laid[-1] if laid else None
        corners = course.corners()
        if below and below.corners > corners > 0:
            corners = below.corners  # a dropped corner: the piece still has its sides
        back ^= below is not None and goes_back(course)
        way = turned(course) if back else course
        row = lay_polygon(way, below, corners, numbered) if corners >= 3 else _lay_circle(way, below, turn)
        laid.append(_worked_back(row) if back else row)
    return laid


def _worked_back(row: Laid) -> Laid:
    """A round laid the other way about, with its stitches in the order in which they were worked."""
    marks = (row.marks[0], *row.marks[:0:-1])
    links = tuple(Link(k.end, k.control, k.start, k.chains) for k in reversed(row.links))
    return replace(row, marks=marks, links=links, forward=-row.forward, label=2 * _middle(row.marks[0]) - row.label)


def _middle(mark: Mark) -> complex:
    return (mark.feet[0] + mark.top) / 2


def _lay_circle(course: Course, below: Laid | None, turn: float) -> Laid:
    """A round without corners: everything around it at even pace, turned so that legs stand as straight as may be."""
    steps = least_steps(course, below)
    total = sum(steps)
    level = max((below.level if below else RING) + rise_of(course), total / (2 * math.pi))
    angles, angle = [], 0.0
    for step in steps:
        angle += step / total * 2 * math.pi
        angles.append(angle)
    places = [place_of(stitch.foot, below) for stitch in course.stitches]
    lean = sum(cmath.rect(1, cmath.phase(p) - angle) for p, angle in zip(places, angles, strict=True) if p)
    start = cmath.phase(lean) if abs(lean) > 1e-9 else math.pi / 2 - angles[0] + turn
    tops = [cmath.rect(level, start + angle) for angle in angles]
    links = []
    for i, gap in enumerate(course.gaps):
        p, q = tops[i], tops[(i + 1) % len(tops)]
        p, q = trim(p, q)
        middle = (p + q) / 2
        out = middle / abs(middle) if abs(middle) > 1e-9 else 1j
        bulge = level - abs(middle) + slack(p, q, gap.chains)
        links.append(Link(p, middle + 2 * bulge * out, q, gap.chains))
    outs = [top / abs(top) for top in tops]
    return finish(course, below, tops, outs, links, level, 0, level)


def _lay_rows(courses: Sequence[Course]) -> list[Laid]:
    """Rows from the bottom up, the first from right to left, and back after each turn."""
    laid: list[Laid] = []
    level, way = 0.0, -1.0
    for course in courses:
        below = laid[-1] if laid else foundation(course)
        level += rise_of(course)
        way *= -1.0 if laid and (goes_back(course) or len(course.stitches) == 1) else 1.0
        wished = []
        for stitch in course.stitches:
            point = place_of(stitch.foot, below)
            wished.append(0.0 if point is None else way * point.real)
        tops = [complex(way * x, level) for x in spread(wished, least_steps(course, below))]
        links = []
        for i, gap in enumerate(course.gaps):
            p, q = trim(tops[i], tops[i + 1] if i + 1 < len(tops) else tops[i] + way)
            chains = gap.chains if i + 1 < len(tops) else 0
            links.append(Link(p, (p + q) / 2 + 2j * slack(p, q, chains), q, chains))
        laid.append(finish(course, below, tops, [1j] * len(tops), links, level, 0, level))
    return laid


def foundation(course: Course) -> Laid | None:
    """The chain that a first row stands on, from the hook on: to the left. None: it stands on none."""
    if course.closed or any(stitch.foot.place == "ring" for stitch in course.stitches):
        return None
    feet = [stitch.foot[1] for stitch in course.stitches]
    # The chain gives way where more stands on it than it has room for, or legs would lean far out.
    wide, long = sum(least_steps(course, None)[1:]), max(feet) - min(feet)
    pace = min(max(1.0, wide / long), MOST_PACE) if long else 1.0
    tops = [complex(-i * pace, 0.3) for i in range(1 + max(feet))]
    marks = tuple(Mark((top,), top, 1j) for top in tops)
    links = tuple(Link(top, top - pace / 2, top - pace, 0) for top in tops)
    return Laid(marks, links, 0.0, 0, 0j, -1 + 0j, 0.0)
