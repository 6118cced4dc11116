"""Geometry: where each stitch of a piece stands on paper.

Points are complex numbers in stitch widths (u), y upwards, the ring at 0; a round runs anticlockwise, as a right-handed
maker works it. A round's tops lie on a regular polygon of apothem `a` (a circle, if it has no corners):

    a = max(a' + H, W / (2 tan(pi/K)))      no corners: max(a' + H, total / 2 pi)

a' is the round below, H = height of the tallest stitch + 0.35 (a row of sc: + 0.75, or its corners would not show), W
the longest side (stitch 1, chain 0.6, bare gap 0.3) and room for its corners to turn.
Along its side a stitch stands as nearly above its foot as its neighbours leave room for.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crochet.fabric import Course, Foot
from crochet.symbols import height, symbol

RING = 1.2
LIFT = 0.35
LIFT_SHORT = 0.75
CHAIN = 0.6
BARE = 0.3
# How far past its foot the outermost stitch of a square's corner stands; sharper corners reach further.
TUCK = 0.7
# Room at either end of a side for its corner to turn.
TURN = 1.25
# Room before a round's first stitch for its number, where no chain space leaves any.
NUMBER = 0.9


@dataclass(frozen=True, slots=True)
class Mark:
    """A stitch on paper: its feet (more than one: a decrease), its top, and the direction away from the row below."""

    feet: tuple[complex, ...]
    top: complex
    out: complex = 1j


@dataclass(frozen=True, slots=True)
class Link:
    """A gap on paper: a curve from stitch to stitch (start, control, end) and how many chains lie on it."""

    start: complex
    control: complex
    end: complex
    chains: int

    def at(self, t: float) -> complex:
        """The point of the curve at t, 0 to 1."""
        return (1 - t) ** 2 * self.start + 2 * t * (1 - t) * self.control + t**2 * self.end

    def along(self, t: float) -> complex:
        """The direction of the curve at t, of length 1."""
        slope = (1 - t) * (self.control - self.start) + t * (self.end - self.control)
        return slope / abs(slope) if abs(slope) > 1e-9 else 1 + 0j


@dataclass(frozen=True, slots=True)
class Laid:
    """A row on paper. `level`: its apothem, radius or height; `corners`: 0 for a circle or a row.

    `aside`: its apothem to left and right, another only for a rectangle. `label`: where its number goes; `forward`:
    which way it is worked from there.
    """

    marks: tuple[Mark, ...]
    links: tuple[Link, ...]
    level: float
    corners: int
    label: complex
    forward: complex
    aside: float


def lay(courses: Sequence[Course]) -> list[Laid]:
    """Where the rows of one piece stand, first row first."""
    courses = [course for course in courses if course.stitches]
    if courses and not courses[0].closed:
        return _lay_rows(courses)
    laid = _lay_rounds(courses, 0.0)
    # A square that grows out of a circle must not stand askew: turn the circle below it, and lay all again.
    turn = next((_askew(course, below) for course, below in zip(courses[1:], laid, strict=False)
                 if course.corners() >= 3 and not below.corners), 0.0)  # fmt: skip
    return _lay_rounds(courses, -turn) if abs(turn) > 1e-6 else laid


def moved(row: Laid, by: complex) -> Laid:
    """The same row elsewhere."""
    marks = tuple(Mark(tuple(foot + by for foot in m.feet), m.top + by, m.out) for m in row.marks)
    links = tuple(Link(k.start + by, k.control + by, k.end + by, k.chains) for k in row.links)
    return replace(row, marks=marks, links=links, label=row.label + by, level=row.level + by.imag)


def _lay_rounds(courses: Sequence[Course], turn: float) -> list[Laid]:
    laid: list[Laid] = []
    # Of a border only the corner is shown, with the numbers beside it.
    numbered = any(stitch.foot.place == "ring" for stitch in courses[0].stitches) if courses else True
    for course in courses:
        below = laid[-1] if laid else None
        corners = course.corners()
        if below and below.corners > corners > 0:
            corners = below.corners  # a dropped corner: the piece still has its sides
        laid.append(
            _lay_polygon(course, below, corners, numbered) if corners >= 3 else _lay_circle(course, below, turn)
        )
    return laid


def _first_corner(corners: int) -> float:
    """Angle of a corner such that a side lies on top: 45 degrees for a square."""
    return math.pi / 2 - math.pi / corners


def _tallest(course: Course) -> float:
    return max(height(stitch.kind) for stitch in course.stitches)


def _rise(course: Course) -> float:
    """How far above the row below a row's tops lie."""
    tallest = max(_tallest(course), 0.5)
    return tallest + (LIFT if tallest > 1 else LIFT_SHORT)


def _steps(course: Course, below: Laid | None, numbered: bool = True) -> list[float]:
    """The least distance from each stitch to the one before it, along its row; `numbered`: with room for its number."""
    steps = []
    # Out of the ring stitches fan wide; so do clusters with no chains between them, or they would float apart.
    wide = 1.0
    if course.closed and below is None:
        wide = 1.25
    elif any(s.foot.place == "sp" for s in course.stitches) and not any(g.chains and not g.corner for g in course.gaps):
        wide = 1.0 if any(s.foot.place == "st" for s in course.stitches) else 1.35
    for i, stitch in enumerate(course.stitches):
        gap, other = course.gaps[i - 1], course.stitches[i - 1]
        apart = "sp" in (stitch.foot.place, other.foot.place) and stitch.foot != other.foot
        room = CHAIN * gap.chains if gap.chains else BARE * apart
        if i == 0 and course.closed and numbered:
            room = max(room, NUMBER if _tallest(course) > 1 else 2 * NUMBER)
        steps.append(wide + room)
    return steps


def _place(foot: Foot, below: Laid | None) -> complex | None:
    """The point a stitch stands on, None for the ring and for what is not drawn."""
    if below is None or foot.place == "ring" or not below.marks:
        return None
    if foot.place == "sp":
        return below.links[foot.index % len(below.links)].at(0.5)
    return below.marks[foot.index % len(below.marks)].top


def _askew(course: Course, below: Laid) -> float:
    """By how much the corners of a square stand off their places, in radians."""
    corners = course.corners()
    offs = []
    for i, gap in enumerate(course.gaps):
        point = _place(course.stitches[i].foot, below) if gap.corner else None
        after = _place(course.stitches[(i + 1) % len(course.stitches)].foot, below) if gap.corner else None
        if point and after:
            offs.append(cmath.rect(1, (cmath.phase(point + after) - _first_corner(corners)) * corners))
    return cmath.phase(sum(offs)) / corners if offs and abs(sum(offs)) > 1e-9 else 0.0


def _lay_circle(course: Course, below: Laid | None, turn: float) -> Laid:
    """A round without corners: everything around it at even pace, turned so that legs stand as straight as may be."""
    steps = _steps(course, below)
    total = sum(steps)
    level = max((below.level if below else RING) + _rise(course), total / (2 * math.pi))
    angles, angle = [], 0.0
    for step in steps:
        angle += step / total * 2 * math.pi
        angles.append(angle)
    places = [_place(stitch.foot, below) for stitch in course.stitches]
    lean = sum(cmath.rect(1, cmath.phase(p) - angle) for p, angle in zip(places, angles, strict=True) if p)
    start = cmath.phase(lean) if abs(lean) > 1e-9 else math.pi / 2 - angles[0] + turn
    tops = [cmath.rect(level, start + angle) for angle in angles]
    links = []
    for i, gap in enumerate(course.gaps):
        p, q = tops[i], tops[(i + 1) % len(tops)]
        p, q = _trim(p, q)
        middle = (p + q) / 2
        out = middle / abs(middle) if abs(middle) > 1e-9 else 1j
        bulge = level - abs(middle) + _slack(p, q, gap.chains)
        links.append(Link(p, middle + 2 * bulge * out, q, gap.chains))
    outs = [top / abs(top) for top in tops]
    return _finish(course, below, tops, outs, links, level, 0, level)


def _trim(p: complex, q: complex, by: float = 0.5) -> tuple[complex, complex]:
    """A gap begins and ends beside its stitches, not on them."""
    d = q - p
    by = min(by, abs(d) / 4)
    return (p + by * d / abs(d), q - by * d / abs(d)) if abs(d) > 1e-9 else (p, q)


def _slack(p: complex, q: complex, chains: int) -> float:
    """How far a chain of that many has to hang out between two points to have room."""
    length, span = 0.85 * chains, max(abs(q - p), 0.3)
    return 0.5 * math.sqrt(length**2 - span**2) if length > span else 0.0


def _lay_polygon(course: Course, below: Laid | None, corners: int, numbered: bool) -> Laid:
    """A round with corners: each side's stitches on a straight line, the corner's chains in an arc."""
    slot = 2 * math.pi / corners
    sides = _sides(course, below, corners)
    side_of = {i: middle for middle, side in sides for i in side}
    pivots = _pivots(course)
    sides = [(middle, [i for i in side if i not in pivots]) for middle, side in sides]
    sides = [(middle, side) for middle, side in sides if side]
    steps = _steps(course, below, numbered)
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
        stands = _spread(_wished(course, below, side, normal, far, reach, corners), paces)
        if _is_solid(course, side):
            stands = _evened(stands, paces)
        for i, x in zip(side, _within(stands, paces, reach - TURN), strict=True):
            tops[i] = normal * complex(far, x)
    for i, turn in pivots.items():
        tops[i] = corner(side_of[turn], side_of[(turn + 1) % len(tops)])
    links = []
    for i, gap in enumerate(course.gaps):
        after = (i + 1) % len(tops)
        p, q = _trim(tops[i], tops[after])
        control = (p + q) / 2 + 2 * _slack(p, q, gap.chains) * cmath.rect(1, side_of[i])
        if abs(_turn(side_of[i], side_of[after])) > 1e-6 and not {i, after} & set(pivots):
            control = corner(side_of[i], side_of[after])
        links.append(Link(p, control, q, gap.chains))
    between = {
        i: _turn(side_of[turn], side_of[(turn + 1) % len(tops)]) / 2 + side_of[turn] for i, turn in pivots.items()
    }
    outs = [cmath.rect(1, between.get(i, side_of[i])) for i in range(len(tops))]
    return _finish(course, below, tops, outs, links, level, corners, aside)


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
    rise = _rise(course)
    level, aside = (below.level + rise, below.aside + rise) if below else (RING + rise, RING + rise)
    wide = [(_lies(middle), sum(steps[i] for i in side[1:]) + 2 * TURN) for middle, side in sides]
    if corners != 4:
        level = max(level, *(width / (2 * math.tan(math.pi / corners)) for _, width in wide))
        return level, level
    return (
        max([level, *(width / 2 for lies, width in wide if lies)]),
        max([aside, *(width / 2 for lies, width in wide if not lies)]),
    )


def _sides(course: Course, below: Laid | None, corners: int) -> list[tuple[float, list[int]]]:
    """The stitches of each side in working order, with the angle its middle faces."""
    slot, base, size = 2 * math.pi / corners, _first_corner(corners), len(course.stitches)
    turns = [i for i, gap in enumerate(course.gaps) if gap.corner]
    if len(turns) < corners:
        sides: dict[int, list[int]] = {}
        for i, stitch in enumerate(course.stitches):
            place = (cmath.phase(_place(stitch.foot, below) or 1j) - base) / slot
            if abs(place - round(place)) < 0.1:  # in a corner: before its chains, or after them
                place = round(place) + (-0.2 if _turns_later(course, i) else 0.2)
            sides.setdefault(math.floor(place) % corners, []).append(i)
        return [(base + (j + 0.5) * slot, side) for j, side in sides.items()]
    first = turns[0]
    here = [_place(course.stitches[i % size].foot, below) for i in (first, first + 1)]
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
        point = _place(course.stitches[i].foot, below)
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


def _spread(wished: list[float], steps: list[float]) -> list[float]:
    """The positions nearest to the wished ones that keep every step: isotonic regression of what the steps leave.

    `steps[0]` is to the stitch before the side and does not count.
    """
    offset, offsets = 0.0, []
    for i, step in enumerate(steps):
        offset += step if i else 0.0
        offsets.append(offset)
    blocks: list[tuple[float, int]] = []  # (sum, how many), means rising
    for wish, off in zip(wished, offsets, strict=True):
        total, n = wish - off, 1
        while blocks and blocks[-1][0] / blocks[-1][1] >= total / n:
            more, m = blocks.pop()
            total, n = total + more, n + m
        blocks.append((total, n))
    level = [total / n for total, n in blocks for _ in range(n)]
    return [x + off for x, off in zip(level, offsets, strict=True)]


def _within(stands: list[float], steps: list[float], end: float) -> list[float]:
    """Push back what its neighbours pushed past the end of the side, and them with it, as the steps allow."""
    out, least = list(stands), -end
    for i in range(len(out)):
        out[i] = max(out[i], least)
        least = out[i] + steps[i + 1] if i + 1 < len(out) else least
    most = end
    for i in range(len(out) - 1, -1, -1):
        out[i] = min(out[i], most)
        most = out[i] - steps[i]
    return out


def _is_solid(course: Course, side: list[int]) -> bool:
    """Whether a side is worked stitch into stitch, but for its corners."""
    outer = {course.stitches[side[0]].foot, course.stitches[side[-1]].foot}
    return all(course.stitches[i].foot.place == "st" or course.stitches[i].foot in outer for i in side)


def _evened(stands: list[float], steps: list[float]) -> list[float]:
    """Half-way to an even pace between the same ends: straight legs would leave a solid side in pairs."""
    if len(stands) < 3:
        return stands
    spare = (stands[-1] - stands[0] - sum(steps[1:])) / (len(stands) - 1)
    even, x = [], stands[0]
    for i, step in enumerate(steps):
        x += step + spare if i else 0.0
        even.append(x)
    return [(a + 2 * b) / 3 for a, b in zip(stands, even, strict=True)]


def _lay_rows(courses: Sequence[Course]) -> list[Laid]:
    """Rows from the bottom up, the first from right to left, and back after each turn."""
    laid: list[Laid] = []
    level = 0.0
    for number, written in enumerate(courses):
        below = laid[-1] if laid else None
        course = _as_worked(written, len(below.marks)) if below else written
        level += _rise(course)
        way = -1.0 if number % 2 == 0 else 1.0
        steps = _steps(course, None if below is None else below)
        wished = []
        for stitch in course.stitches:
            point = _place(stitch.foot, below)
            wished.append(0.0 if point is None else way * point.real)
        tops = [complex(way * x, level) for x in _spread(wished, steps)]
        links = []
        for i, gap in enumerate(course.gaps):
            p, q = _trim(tops[i], tops[i + 1] if i + 1 < len(tops) else tops[i] + way)
            chains = gap.chains if i + 1 < len(tops) else 0
            links.append(Link(p, (p + q) / 2 + 2j * _slack(p, q, chains), q, chains))
        laid.append(_finish(course, below, tops, [1j] * len(tops), links, level, 0, level))
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


def _finish(
    course: Course,
    below: Laid | None,
    tops: list[complex],
    outs: list[complex],
    links: list[Link],
    level: float,
    corners: int,
    aside: float,
) -> Laid:
    """Put feet to the tops, and the row's number beside its first leg."""
    groups: dict[Foot, list[int]] = {}
    for i, stitch in enumerate(course.stitches):
        groups.setdefault(stitch.foot, []).append(i)
    marks: list[Mark] = [Mark((), 0j)] * len(tops)
    for foot, group in groups.items():
        stood = _stand(course, below, foot, group, [tops[i] for i in group], [outs[i] for i in group])
        for i, feet in zip(group, stood, strict=True):
            marks[i] = Mark(feet, tops[i], outs[i])
    first, last = marks[0], marks[-1]
    way = links[0].end - links[0].start
    forward = 1j * first.out if course.closed or abs(way) < 1e-9 else way / abs(way)
    middle = (first.feet[0] + first.top) / 2
    if course.closed:
        label = (middle + (last.feet[-1] + last.top) / 2) / 2 if len(marks) > 1 else middle - forward
    else:
        label = middle - 1.6 * forward
    return Laid(tuple(marks), tuple(links), level, corners, label, forward, aside)


def _stand(
    course: Course, below: Laid | None, foot: Foot, group: list[int], tops: list[complex], outs: list[complex]
) -> list[tuple[complex, ...]]:
    """The feet of the stitches that share a place: in a space they fan out from it, a quarter of a stitch apart."""
    stood: list[tuple[complex, ...]] = []
    centre = _place(foot, below)
    heart = sum(tops) / len(tops)
    if centre is None and course.closed and below is None and foot.place != "ring":
        centre = heart - _rise(course) * sum(outs) / len(outs)  # on a piece made before, which is not drawn
    for k, top in enumerate(tops):
        sign = symbol(course.stitches[group[k]].kind)
        if foot.place == "ring" and course.closed and below is None:
            feet = [RING * top / abs(top)]
        elif centre is None:
            feet = [complex(top.real, 0.35)] if below is None else [top * 0.8]
        else:
            ahead = heart - centre
            ahead = ahead / abs(ahead) if abs(ahead) > 1e-9 else 1j
            # Clear of the chains or the bar it stands on; in a fan, side by side.
            rise = 0.32 if foot.place == "sp" else 0.2
            aside = (len(tops) - 1) / 2 - k
            # The row may run either way: a leg keeps to the side of its top.
            sideways = 1 if ((tops[0] - heart) / ahead).imag <= 0 else -1
            spread = 0.25 if foot.place == "sp" else 0.12
            feet = [centre + ahead * complex(rise, -aside * spread * sideways)]
            if sign.spread and below:
                way = 1 if course.closed else -1
                others = [foot.index + way * leg for leg in range(1, sign.legs)]
                feet += [below.marks[i % len(below.marks)].top + rise * ahead for i in others]
        stood.append(tuple(feet))
    return stood
