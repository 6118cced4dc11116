"""Polygon: a round with corners on paper. Each side's stitches stand on a straight line, a corner's chains in an arc.

    a = max(a' + H, W / (2 tan(pi/K)))

a is the apothem of a round with K corners, a' that of the round below, H the rise of the row, W the longest side
(stitch 1, chain 0.6, bare gap 0.3) with room for its corners to turn. The two pairs of sides of a rectangle have their
own. Along its side a stitch stands as nearly above its foot as its neighbours leave room for.
"""

from __future__ import annotations

import cmath
import math

from crochet.craft.fabric import Course
from crochet.drawing.paper import RING, Laid, Link, finish, least_steps, place_of, rise_of, slack, trim
from crochet.drawing.spacing import evened, spread, within

# How far past its foot the outermost stitch of a square's corner stands; sharper corners reach further.
TUCK = 0.7
# Room at either end of a side for its corner to turn.
TURN = 1.25


def lay_polygon(course: Course, below: Laid | None, corners: int, numbered: bool) -> Laid:
    """A round with corners: each side's stitches on a straight line, the corner's chains in an arc."""
    slot = 2 * math.pi / corners
    sides = _sides(course, below, corners)
    side_of = {i: middle for middle, side in sides for i in side}
    pivots = _pivots(course)
    sides = [(middle, [i for i in side if i not in pivots]) for middle, side in sides]
    sides = [(middle, side) for middle, side in sides if side]
    steps = least_steps(course, below, numbered)
    level, aside = _levels(course, below, sides, steps, corners)

    def corner(here: float, there: float) -> complex:
        """Where two sides meet."""
        if corners == 4 and _lies(here) != _lies(there):
            return cmath.rect(aside if _lies(here) else level, here) + cmath.rect(
                aside if _lies(there) else level, there
            )
        return cmath.rect(level / math.cos(slot / 2), here + _turn(here, there) / 2)

    tops = [0j] * len(course.stitches)
    for middle, side in sides:
        normal, lies = cmath.rect(1, middle), _lies(middle)
        far, reach = (aside, level) if lies else (level, aside)
        if corners != 4:
            reach *= math.tan(slot / 2)
        paces = [steps[i] for i in side]
        stands = spread(_wished(course, below, side, normal, far, reach, corners), paces)
        if _is_solid(course, side):
            stands = evened(stands, paces)
        for i, x in zip(side, within(stands, paces, reach - TURN), strict=True):
            tops[i] = normal * complex(far, x)
    for i, turn in pivots.items():
        tops[i] = corner(side_of[turn], side_of[(turn + 1) % len(tops)])
    links = []
    for i, gap in enumerate(course.gaps):
        after = (i + 1) % len(tops)
        p, q = trim(tops[i], tops[after])
        control = (p + q) / 2 + 2 * slack(p, q, gap.chains) * cmath.rect(1, side_of[i])
        if abs(_turn(side_of[i], side_of[after])) > 1e-6 and not {i, after} & set(pivots):
            control = corner(side_of[i], side_of[after])
        links.append(Link(p, control, q, gap.chains))
    between = {
        i: _turn(side_of[turn], side_of[(turn + 1) % len(tops)]) / 2 + side_of[turn] for i, turn in pivots.items()
    }
    outs = [cmath.rect(1, between.get(i, side_of[i])) for i in range(len(tops))]
    return finish(course, below, tops, outs, links, level, corners, aside)


def first_corner(corners: int) -> float:
    """Angle of a corner such that a side lies on top: 45 degrees for a square."""
    return math.pi / 2 - math.pi / corners


def askew(course: Course, below: Laid) -> float:
    """By how much the corners of a square stand off their places, in radians."""
    corners = course.corners()
    offs = []
    for i, gap in enumerate(course.gaps):
        point = place_of(course.stitches[i].foot, below) if gap.corner else None
        after = place_of(course.stitches[(i + 1) % len(course.stitches)].foot, below) if gap.corner else None
        if point and after:
            offs.append(cmath.rect(1, (cmath.phase(point + after) - first_corner(corners)) * corners))
    return cmath.phase(sum(offs)) / corners if offs and abs(sum(offs)) > 1e-9 else 0.0


def _turn(here: float, there: float) -> float:
    """The angle from one side to another, -pi to pi."""
    return (there - here + math.pi) % (2 * math.pi) - math.pi


def _pivots(course: Course) -> dict[int, int]:
    """The stitches that stand on a corner, each with the gap that turns: the middle of three, without chains."""
    size, found = len(course.stitches), {}
    for turn, gap in enumerate(course.gaps):
        foot = course.stitches[turn].foot
        if not gap.corner or gap.chains or foot.place == "ring" or course.stitches[(turn + 1) % size].foot != foot:
            continue
        before = next((k for k in range(size) if course.stitches[turn - k].foot != foot), size)
        after = next((k for k in range(1, size) if course.stitches[(turn + k) % size].foot != foot), size) - 1
        if abs(before - after) == 1:
            found[turn if before > after else (turn + 1) % size] = turn
    return found


def _lies(middle: float) -> bool:
    """Whether a side faces left or right."""
    return abs(math.cos(middle)) > 0.9


def _levels(
    course: Course,
    below: Laid | None,
    sides: list[tuple[float, list[int]]],
    steps: list[float],
    corners: int,
) -> tuple[float, float]:
    """How far out a round's sides lie: those on top and below, and those to left and right.

    The same for both, unless it is a rectangle or goes around one.
    """
    rise = rise_of(course)
    level, aside = (below.level + rise, below.aside + rise) if below else (RING + rise, RING + rise)
    wide = [(_lies(middle), sum(steps[i] for i in side[1:]) + 2 * TURN) for middle, side in sides]
    if corners != 4:
        level = max([level, *(width / (2 * math.tan(math.pi / corners)) for _, width in wide)])
        return level, level
    return (
        max([level, *(width / 2 for lies, width in wide if lies)]),
        max([aside, *(width / 2 for lies, width in wide if not lies)]),
    )


def _sides(course: Course, below: Laid | None, corners: int) -> list[tuple[float, list[int]]]:
    """The stitches of each side in working order, with the angle its middle faces."""
    slot, base, size = 2 * math.pi / corners, first_corner(corners), len(course.stitches)
    turns = [i for i, gap in enumerate(course.gaps) if gap.corner]
    if len(turns) < corners:
        sides: dict[int, list[int]] = {}
        for i, stitch in enumerate(course.stitches):
            place = (cmath.phase(place_of(stitch.foot, below) or 1j) - base) / slot
            if abs(place - round(place)) < 0.1:  # in a corner: before its chains, or after them
                place = round(place) + (-0.2 if _turns_later(course, i) else 0.2)
            sides.setdefault(math.floor(place) % corners, []).append(i)
        return [(base + (j + 0.5) * slot, side) for j, side in sides.items()]
    first = turns[0]
    here = [place_of(course.stitches[i % size].foot, below) for i in (first, first + 1)]
    # The first round begins on the side on top and turns its first corner at the top left.
    angle = cmath.phase(sum(p for p in here if p)) if all(here) else math.pi / 2 + slot / 2
    corner = round((angle - base) / slot)
    found = []
    for j, turn in enumerate(turns):
        before = turns[j - 1] if j else turns[-1] - size
        found.append((base + (corner + j - 0.5) * slot, [i % size for i in range(before + 1, turn + 1)]))
    return found


def _turns_later(course: Course, i: int) -> bool:
    """Whether the corner comes after stitch i and among the stitches of its foot."""
    foot = course.stitches[i].foot
    for j in range(i, len(course.stitches)):
        if course.stitches[j].foot != foot:
            return False
        if course.gaps[j].corner:
            return True
    return False


def _wished(
    course: Course, below: Laid | None, side: list[int], normal: complex, far: float, reach: float, corners: int
) -> list[float]:
    """Where each stitch of a side would stand if it were alone: above its foot."""
    wished = []
    for i in side:
        point = place_of(course.stitches[i].foot, below)
        if point is None:
            wished.append(0.0)
        elif below and below.corners == corners:
            wished.append((point / normal).imag)
        else:
            wished.append(far * math.tan(max(min(cmath.phase(point / normal), 1.2), -1.2)))
    return _tuck(course, side, wished, TUCK * math.tan(math.pi / corners) ** 1.5, reach - TURN)


def _tuck(course: Course, side: list[int], wished: list[float], out_by: float, end: float) -> list[float]:
    """Keep what goes into a corner behind the corner, and no further out than `end`: its chains need room to turn."""
    out = list(wished)
    last, first, size = side[-1], side[0], len(course.stitches)
    if course.gaps[last].corner and _shares(course, last, (last + 1) % size):
        for k, i in enumerate(side):
            if course.stitches[i].foot == course.stitches[last].foot:
                out[k] = min(wished[k] + out_by, end) - (len(side) - 1 - k)
    if course.gaps[first - 1].corner and _shares(course, first, first - 1):
        for k, i in enumerate(side):
            if course.stitches[i].foot == course.stitches[first].foot:
                out[k] = max(wished[k] - out_by, -end) + k
    return out


def _shares(course: Course, i: int, other: int) -> bool:
    """Whether a stitch stands in a space, or on one foot with another."""
    foot = course.stitches[i].foot
    return foot.place == "sp" or (foot.place != "ring" and foot == course.stitches[other].foot)


def _is_solid(course: Course, side: list[int]) -> bool:
    """Whether a side is worked stitch into stitch, but for its corners."""
    outer = {course.stitches[side[0]].foot, course.stitches[side[-1]].foot}
    return all(course.stitches[i].foot.place == "st" or course.stitches[i].foot in outer for i in side)
