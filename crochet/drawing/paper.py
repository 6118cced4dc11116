"""Paper: the marks of a row and where they may stand.

Points are complex numbers in stitch widths (u), y upwards, the ring at 0; a round runs anticlockwise, as a right-handed
maker works it. A row rises by its tallest stitch + 0.35 (a row of sc: + 0.75, or its corners would not show).
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace

from crochet.craft.fabric import Course, Foot, Stitch
from crochet.craft.symbols import height, symbol

RING = 1.2
LIFT = 0.35
LIFT_SHORT = 0.75
CHAIN = 0.6
BARE = 0.3
STOUT = 0.12
# A first round of more stitches than this, and not out of a ring, is the border of joined pieces.
BORDER = 160
# Room before a round's first stitch for its number, where no chain space leaves any.
NUMBER = 0.9
# A round that does not come round has its number so far before its first stitch, and not half-way to its last.
MOST_BACK = 2.2


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
    which way it is worked from there. `around`: it is a round, not a row.
    """

    marks: tuple[Mark, ...]
    links: tuple[Link, ...]
    level: float
    corners: int
    label: complex
    forward: complex
    aside: float
    around: bool = True


def on_ring(course: Course) -> bool:
    """Whether a round begins its piece, out of a ring; else it goes around something made before."""
    return course.stitches[0].foot.place == "ring"


def goes_back(course: Course) -> bool:
    """Whether it is worked against the row below: the fabric was turned, and its feet run backwards."""
    feet = [stitch.foot[1] for stitch in course.stitches if stitch.foot.place != "ring"]
    falls = sum(b < a for a, b in itertools.pairwise(feet))
    return falls > sum(b > a for a, b in itertools.pairwise(feet))


def turned(course: Course) -> Course:
    """A round in the other direction, from the same first stitch; what began at its first leg begins at its last."""
    stitches, way = [], -1 if goes_back(course) else 1
    for made in (*course.stitches[:1], *course.stitches[:0:-1]):
        sign = symbol(made.kind)
        last = way * (sign.legs - 1) if sign.spread else 0
        stitches.append(replace(made, foot=made.foot._replace(index=made.foot[1] + last)) if last else made)
    return replace(course, stitches=tuple(stitches), gaps=course.gaps[::-1])


def goes_around(course: Course) -> bool:
    """Whether a first round is a border: too long to be shown whole, and with corners that say all there is to say."""
    return not on_ring(course) and course.corners() >= 3 and len(course.stitches) > BORDER


def moved(row: Laid, by: complex) -> Laid:
    """The same row elsewhere."""
    marks = tuple(Mark(tuple(foot + by for foot in m.feet), m.top + by, m.out) for m in row.marks)
    links = tuple(Link(k.start + by, k.control + by, k.end + by, k.chains) for k in row.links)
    return replace(row, marks=marks, links=links, label=row.label + by, level=row.level + by.imag)


def _tallest(course: Course) -> float:
    return max(height(stitch.kind) for stitch in course.stitches)


def rise_of(course: Course) -> float:
    """How far above the row below a row's tops lie."""
    tallest = max(_tallest(course), 0.5)
    return tallest + (LIFT if tallest > 1 else LIFT_SHORT)


def least_steps(course: Course, below: Laid | None, numbered: bool = True) -> list[float]:
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
        steps.append(wide + room + STOUT * (_is_stout(stitch) + _is_stout(other)))
    return steps


def _is_stout(stitch: Stitch) -> bool:
    """Legs that bulge from one foot take more room than one leg."""
    sign = symbol(stitch.kind)
    return sign.legs > 1 and not sign.spread and not stitch.chain


def place_of(foot: Foot, below: Laid | None) -> complex | None:
    """The point a stitch stands on, None for the ring and for what is not drawn."""
    if below is None or foot.place == "ring" or not below.marks:
        return None
    if foot.place == "sp":
        return below.links[foot.index % len(below.links)].at(0.5)
    return below.marks[foot.index % len(below.marks)].top


def trim(p: complex, q: complex, by: float = 0.5) -> tuple[complex, complex]:
    """A gap begins and ends beside its stitches, not on them."""
    d = q - p
    by = min(by, abs(d) / 4)
    return (p + by * d / abs(d), q - by * d / abs(d)) if abs(d) > 1e-9 else (p, q)


def slack(p: complex, q: complex, chains: int) -> float:
    """How far a chain of that many has to hang out between two points to have room."""
    length, span = 0.85 * chains, max(abs(q - p), 0.3)
    return 0.5 * math.sqrt(length**2 - span**2) if length > span else 0.0


def finish(
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
    way = -1 if goes_back(course) else 1
    for foot, group in groups.items():
        stood = _stand(course, below, foot, way, group, [tops[i] for i in group], [outs[i] for i in group])
        for i, feet in zip(group, stood, strict=True):
            marks[i] = Mark(feet, tops[i], outs[i])
    first, last = marks[0], marks[-1]
    along = links[0].end - links[0].start
    forward = 1j * first.out if course.closed or abs(along) < 1e-9 else along / abs(along)
    middle = (first.feet[0] + first.top) / 2
    if course.closed:
        back = (last.feet[-1] + last.top) / 2 - middle if len(marks) > 1 else -2 * forward
        label = middle + back * min(0.5, MOST_BACK / abs(back)) if abs(back) > 1e-9 else middle - forward
    else:
        label = middle - 1.9 * forward
    return Laid(tuple(marks), tuple(links), level, corners, label, forward, aside, course.closed)


def _stand(
    course: Course,
    below: Laid | None,
    foot: Foot,
    way: int,
    group: list[int],
    tops: list[complex],
    outs: list[complex],
) -> list[tuple[complex, ...]]:
    """The feet of the stitches that share a place: in a space they fan out from it, a quarter of a stitch apart."""
    stood: list[tuple[complex, ...]] = []
    centre = place_of(foot, below)
    heart = sum(tops) / len(tops)
    if centre is None and course.closed and below is None and foot.place != "ring":
        centre = heart - rise_of(course) * sum(outs) / len(outs)  # on a piece made before, which is not drawn
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
                others = [foot.index + way * leg for leg in range(1, sign.legs)]
                feet += [below.marks[i % len(below.marks)].top + rise * ahead for i in others]
        stood.append(tuple(feet))
    return stood
