"""Geometry: where each stitch of a piece stands on paper, round upon round or row upon row.

Rounds with corners are polygons (crochet.polygon), others circles of radius max(a' + H, total / 2 pi).
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Sequence
from dataclasses import replace

from crochet.fabric import Course, Foot
from crochet.paper import RING, Laid, Link, finish, goes_around, least_steps, place_of, rise_of, slack, trim
from crochet.polygon import askew, lay_polygon
from crochet.spacing import spread


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
    # Of a border only the corner is shown, with the numbers beside it.
    numbered = not (courses and goes_around(courses[0]))
    for course in courses:
        below = laid[-1] if laid else None
        corners = course.corners()
        if below and below.corners > corners > 0:
            corners = below.corners  # a dropped corner: the piece still has its sides
        laid.append(lay_polygon(course, below, corners, numbered) if corners >= 3 else _lay_circle(course, below, turn))
    return laid


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
    level = 0.0
    for number, written in enumerate(courses):
        below = laid[-1] if laid else None
        course = _as_worked(written, len(below.marks)) if below else written
        level += rise_of(course)
        way = -1.0 if number % 2 == 0 else 1.0
        steps = least_steps(course, None if below is None else below)
        wished = []
        for stitch in course.stitches:
            point = place_of(stitch.foot, below)
            wished.append(0.0 if point is None else way * point.real)
        tops = [complex(way * x, level) for x in spread(wished, steps)]
        links = []
        for i, gap in enumerate(course.gaps):
            p, q = trim(tops[i], tops[i + 1] if i + 1 < len(tops) else tops[i] + way)
            chains = gap.chains if i + 1 < len(tops) else 0
            links.append(Link(p, (p + q) / 2 + 2j * slack(p, q, chains), q, chains))
        laid.append(finish(course, below, tops, [1j] * len(tops), links, level, 0, level))
    return laid


def _as_worked(course: Course, below: int) -> Course:
    """The same row with its feet counted along the row below as that was worked.

    After a turn they run backwards. Feet that run forwards were counted along the turned row.
    """
    first, last = course.stitches[0].foot, course.stitches[-1].foot
    if last.index <= first.index:
        return course
    turned = tuple(
        replace(stitch, foot=Foot(stitch.foot.place, below - (1 if stitch.foot.place == "st" else 2) - stitch.foot[1]))
        for stitch in course.stitches
    )
    return replace(course, stitches=turned)
