"""Places: a finished row as something to work into, the places of each class found once.

A row is `s0 g0 s1 g1 ...`; stitch i is place 2i, gap i place 2i + 1.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property

from crochet.craft.fabric import Course, Stitch, standing
from crochet.craft.stitches import BUNDLES, START, base
from crochet.grammar.pattern import Thing
from crochet.working.groups import Span as Spread
from crochet.working.groups import between, groups_of, places_in

OF_GROUPS = frozenset({"named", "between"})
MOST_CORNERS = 8
ROW_END = "row end"  # a place along the side of a piece, and no stitch


class Fabric:
    """A finished row as something to work into: its course, the stitches in the middle of a corner, its joints."""

    def __init__(
        self, course: Course, centres: Iterable[int] = (), joints: Iterable[int] = (), pivot: int | None = None
    ) -> None:
        self.course = course
        self.centres = frozenset(centres)
        self.joints = frozenset(joints)
        self.pivot = pivot  # of a chain worked on both sides: how many stitches its first side has
        self.size = 2 * len(course.stitches)
        self._places: dict[tuple[object, ...], list[int]] = {}
        self.behind: Fabric | None = None  # seen from the other side
        self._bounds: frozenset[int] | None = None
        self._beside: dict[str | None, dict[int, tuple[Spread, ...]]] = {}
        self._within: dict[tuple[object, ...], dict[int, tuple[int, int]]] = {}

    def places(self, thing: Thing) -> list[int]:
        """The places of a class, in order: a stitch named by its kind among those of that kind, if there are any."""
        of_kind = thing.cls in OF_GROUPS or (thing.cls in ("st", "sp", "gap") and thing.kind)
        key = (thing.cls, thing.chains, thing.kind, thing.nth) if of_kind else (thing.cls, thing.chains)
        if key not in self._places:
            self._places[key] = self._find(thing)
        return self._places[key]

    def _find(self, thing: Thing) -> list[int]:
        gaps = self.course.gaps
        free = [i for i in range(len(gaps)) if i not in self.joints]
        if thing.cls == "st":
            named = [i for i in range(0, self.size, 2) if thing.kind and is_a(self.kind_at(i), thing.kind)]
            named = named or [
                i for i in range(0, self.size, 2) if thing.kind and is_way_of(self.kind_at(i), thing.kind)
            ]
            return named or list(range(0, self.size, 2))
        if thing.cls == "centre" or (thing.cls == "corner" and self.centres):
            return sorted(2 * i for i in self.centres) or self._solid_corners() or self._middle(thing)
        if thing.cls == "joint":
            return sorted(2 * i + 1 for i in self.joints)
        if thing.cls == "corner":
            return [2 * i + 1 for i in free if gaps[i].corner] or self._solid_corners() or self._only_spaces()
        if thing.cls == "gap":
            bounds = self.inner_bounds() if thing.kind else self.bounds()
            if not thing.kind and not bounds and self.course.closed:
                return [2 * i + 1 for i in free]  # stitch by stitch, all with one foot
            return [2 * i + 1 for i in free if i in bounds]
        if thing.cls in ("top", "turn"):
            return self._turning_chain(thing)
        if thing.cls == "end" or (thing.cls == "ch" and self.edged):
            kind = "ch" if thing.cls == "ch" else ROW_END
            return [2 * i for i, one in enumerate(self.course.stitches) if one.kind == kind]
        if thing.cls == "ch":
            return list(range(0, self.size, 2)) if self.foundation else [2 * i + 1 for i in free if gaps[i].chains]
        if thing.cls == "sp":
            sized = [i for i in free if (gaps[i].chains == thing.chains if thing.chains else gaps[i].chains)]
            if sized and not thing.chains and not thing.kind and all(gaps[i].corner for i in sized):
                sized = sorted({*sized, *(i for i in free if i in self.bounds())})  # no chain lies between its groups
            if not sized and thing.chains and (beside := self._of_start(thing.chains)):
                return beside
            if not sized and not thing.chains:
                sized = [i for i in free if i in self.bounds() or gaps[i].corner]
                sized = free if len(sized) < 2 and self.course.closed else sized  # stitch by stitch, all with one foot
            return [2 * i + 1 for i in sized]
        if thing.cls == "picot":
            return [2 * i + 1 for i in free if gaps[i].picots]
        if thing.cls == "named":
            return sorted(self.within(thing))
        if thing.cls == "between" and not thing.kind:
            return [2 * i + 1 for i in free if self.course.closed or 2 * i + 2 < self.size]
        if thing.cls == "between":
            follow = between(groups_of(self.course, thing.kind), self.size // 2, self.course.closed)
            return sorted(follow) or self.places(Thing("gap"))
        return []

    def _middle(self, thing: Thing) -> list[int]:
        """`centre st` of a row: the one in its middle; a marked one may be any."""
        size = len(self.course.stitches)
        known = thing.cls == "centre" and thing.kind is None and not self.course.closed
        return [size - 1] if known and size % 2 else []

    def _solid_corners(self) -> list[int]:
        """The middles of corners that no chain marks: as many stitches in one place, a few times around."""
        course = self.course
        runs = [run for run in self.runs() if run[2] >= 3] if course.closed and not self.corners() else []
        most = max((n for *_, n in runs), default=0)
        wide = [first for first, _, n in runs if n == most]
        if most % 2 == 0 or not 3 <= len(wide) <= MOST_CORNERS or len(wide) == len(self.runs()):
            return []
        return sorted((2 * first + most - 1) % self.size for first in wide)

    def has_kind(self, thing: Thing) -> bool:
        """A stitch goes by this name."""
        return any(thing.kind and is_a(one.kind, thing.kind) for one in self.course.stitches)

    def _only_spaces(self) -> list[int]:
        """The few spaces of a round or row, which the next one calls its corners, however short they are."""
        gaps = self.course.gaps
        most = max((gap.chains for gap in gaps), default=0)
        at = [i for i, gap in enumerate(gaps if self.course.closed else gaps[:-1]) if gap.chains == most > 0]
        return [2 * i + 1 for i in at] if len(at) <= MOST_CORNERS else []

    @cached_property
    def edged(self) -> bool:
        """It is the edge of a piece that was worked in rows."""
        return any(one.kind == ROW_END for one in self.course.stitches)

    @property
    def foundation(self) -> bool:
        """It is a foundation chain."""
        return self.course.stitches[0].kind == "ch" if self.course.stitches else False

    def _turning_chain(self, thing: Thing) -> list[int]:
        """The starting chain that counted, at the end of the row seen from behind, or the space beside it."""
        at = [i for i, one in enumerate(self.course.stitches) if one.chain][-1:]
        if thing.cls == "top":
            return [2 * i for i in at]
        if self.course.closed:
            return [2 * i + 1 for i in at if self.course.gaps[i].chains]
        if self.course.gaps[-1].chains:
            return [self.size - 1]
        return [self.size - 3] if self.size > 2 else []

    def _of_start(self, chains: int) -> list[int]:
        """`ch-4 sp`: the space beside the starting chain, named by all of its chains, `ch 4 (counts as dc, ch 1)`."""
        first = next((one for one in reversed(self.course.stitches) if one.chain), None)
        beside = self._turning_chain(Thing("turn")) if first else []
        rest = self.course.gaps[beside[0] // 2].chains if beside else 0
        return beside if first and rest and START.get(base(first.kind), 0) + rest == chains else []

    def chains_at(self, place: int) -> int:
        """How many stitches `in each ch` takes here: one for each chain of a space, and in a stitch one."""
        return 1 if place % 2 == 0 or self.foundation else self.course.gaps[place % self.size // 2].chains or 1

    def within(self, thing: Thing) -> dict[int, tuple[int, int]]:
        """Where `next shell` or `center dc of next shell` is, and in which group: (first stitch, last stitch)."""
        key = (thing.kind, thing.chains, thing.nth)
        if key not in self._within:
            self._within[key] = places_in(self.course, groups_of(self.course, thing.kind), thing)
        return self._within[key]

    def beside(self, thing: Thing, place: int) -> tuple[Spread, ...]:
        """The groups on either side of a gap `between shells`."""
        if thing.kind not in self._beside:
            found: dict[int, tuple[Spread, ...]] = {}
            groups = groups_of(self.course, thing.kind)
            for one in groups:
                for gap in (2 * one[1] + 1, (2 * one[0] - 1) % self.size):
                    found[gap] = (*found.get(gap, ()), one)
            self._beside[thing.kind] = found
        return self._beside[thing.kind].get(place, ())

    def bounds(self) -> frozenset[int]:
        """The gaps between groups: feet differ, and two stitches or more share a foot on either side.

        The first and the last stitch of a row are a side by themselves.
        """
        if self._bounds is None:
            runs, closed = self.runs(), self.course.closed
            around = closed and len(runs) > 1  # one group in a ring has no gap between groups
            ends = zip(runs, runs[1:] + runs[:1] if around else runs[1:], strict=False)
            gaps, most = self.course.gaps, len(runs) - 2

            def part(i: int, n: int, m: int) -> bool:
                return max(n, m) > 1 and (n > 1 or (not closed and i == 0)) and (m > 1 or (not closed and i == most))

            self._bounds = frozenset(
                last for i, ((_, last, n), (_, _, m)) in enumerate(ends) if part(i, n, m) and not gaps[last].corner
            )
        return self._bounds

    def stitch(self, kind: str, place: int) -> Stitch:
        """A stitch that stands in a place."""
        i = place // 2
        return standing(kind, "st" if place % 2 == 0 else "joint" if i in self.joints else "sp", i)

    @cached_property
    def has_names(self) -> bool:
        """Some of its stitches belong to named groups."""
        return any(one.of for one in self.course.stitches)

    def class_of(self, place: int) -> tuple[str, int]:
        """What a place is, as leftovers are told: a stitch, a space of a size, a corner, a gap, a joint."""
        return self.classes[place // 2] if place % 2 else ("st", 0)

    @cached_property
    def classes(self) -> list[tuple[str, int]]:
        """What each gap is."""
        return [
            ("joint", 0)
            if i in self.joints
            else ("corner" if gap.corner else "sp" if gap.chains else "gap", gap.chains)
            for i, gap in enumerate(self.course.gaps)
        ]

    @cached_property
    def spaces(self) -> list[tuple[int, tuple[str, int]]]:
        """The gaps that may be worked into, and what each is: chain spaces, corners, joints, and between groups."""
        bounds = self.bounds()
        return [
            (2 * i + 1, what)
            for i, what in enumerate(self.classes)
            if what != ("corner", 0) and (what[0] != "gap" or i in bounds)
        ]

    @cached_property
    def _corner_spaces(self) -> list[int]:
        return [2 * i + 1 for i in self.course.corner_gaps if self.course.gaps[i].chains]

    def corner_after(self, first: int, last: int) -> int:
        """How many stitches, from the first of so many side by side, stand before a corner space; 0: none is there."""
        if not self._corner_spaces:
            return 0
        turn, place = divmod(first, self.size)
        at = bisect_right(self._corner_spaces, place)
        turn, at = (turn, at) if at < len(self._corner_spaces) else (turn + 1, 0)
        there = self._corner_spaces[at] + turn * self.size
        return (there - first + 1) // 2 if there < last else 0

    def inner_bounds(self) -> frozenset[int]:
        """Those with a group on either side."""
        single = {end for first, end, n in self.runs() if n == 1}
        return frozenset(i for i in self.bounds() if i not in single and i + 1 not in single)

    def runs(self) -> list[tuple[int, int, int]]:
        """Runs with one foot: (first stitch, last stitch, how many). Chains part them."""
        stitches, gaps = self.course.stitches, self.course.gaps
        found: list[tuple[int, int, int]] = []
        if not stitches:
            return found
        feet = [one.foot for one in stitches]
        after = zip(feet, feet[1:], gaps, strict=False)
        ends = [i for i, (a, b, gap) in enumerate(after) if gap.chains or (a is not b and a != b)]
        found = [(a + 1, b, b - a) for a, b in zip([-1, *ends], [*ends, len(feet) - 1], strict=True)]
        if len(found) > 1 and self.course.closed and not gaps[-1].chains:
            first, last = found[0], found[-1]
            if stitches[0].foot == stitches[-1].foot:
                found = [(last[0], first[1], first[2] + last[2]), *found[1:-1]]
        return found

    def kind_at(self, place: int) -> str:
        return self.course.stitches[place % self.size // 2].kind

    def corners(self) -> int:
        return self.course.corners()


def is_way_of(there: str, kind: str) -> bool:
    """A stitch worked otherwise than usual, round the post or extended, where its plain name is asked for."""
    return there not in BUNDLES and base(there) == kind and there.endswith(kind)


def is_a(there: str, kind: str) -> bool:
    """A stitch goes by this name: two dc worked together are a dc, or a cluster."""
    tog = there.partition("tog")[0].rstrip("0123456789") if there.endswith("tog") else there
    if kind.endswith("tog") and tog != there and tog == kind.partition("tog")[0].rstrip("0123456789"):
        return True  # the first of a round has a chain for one of its legs
    return kind in (there, tog) or (kind in BUNDLES and (tog != there or there in BUNDLES))
