"""Machine: the places of the row below, and where the hook is among them.

A row is `s0 g0 s1 g1 ...`; stitch i is place 2i, gap i place 2i + 1. While a round is worked its places are counted on
from where it starts and never wrap: start, start + 1, ..., start + 2m - 1; `first` is start + 2m.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from crochet.craft.fabric import Course, Foot, Gap, Stitch
from crochet.craft.stitches import BUNDLES, base
from crochet.grammar.pattern import Span, Thing
from crochet.working.groups import Span as Spread
from crochet.working.groups import between, grouped, groups_of, places_in

MOST_STITCHES = 20_000
_OF_GROUPS = frozenset({"named", "between"})


class Stuck(Exception):
    """The row cannot be worked on as written. It becomes a finding and never leaves this room."""

    def __init__(self, id: str, message: str, span: Span = (0, 0)) -> None:  # noqa: A002
        super().__init__(message)
        self.id, self.message, self.span = id, message, span


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
        self._bounds: frozenset[int] | None = None
        self._beside: dict[str | None, dict[int, tuple[Spread, ...]]] = {}
        self._within: dict[tuple[object, ...], dict[int, tuple[int, int]]] = {}

    def places(self, thing: Thing) -> list[int]:
        """The places of a class, in order: a stitch named by its kind among those of that kind, if there are any."""
        of_kind = thing.cls in _OF_GROUPS or (thing.cls in ("st", "gap") and thing.kind)
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
            return sorted(2 * i for i in self.centres)
        if thing.cls == "joint":
            return sorted(2 * i + 1 for i in self.joints)
        if thing.cls == "corner":
            return [2 * i + 1 for i in free if gaps[i].corner]
        if thing.cls == "gap":
            bounds = self.inner_bounds() if thing.kind else self.bounds()
            if not thing.kind and not bounds and self.course.closed:
                return [2 * i + 1 for i in free]  # stitch by stitch, all with one foot
            return [2 * i + 1 for i in free if i in bounds]
        if thing.cls in ("top", "turn"):
            return self._turning_chain(thing)
        if thing.cls == "ch":
            return list(range(0, self.size, 2)) if self.foundation else [2 * i + 1 for i in free if gaps[i].chains]
        if thing.cls == "sp":
            sized = [i for i in free if (gaps[i].chains == thing.chains if thing.chains else gaps[i].chains)]
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

    def inner_bounds(self) -> frozenset[int]:
        """Those with a group on either side."""
        single = {end for first, end, n in self.runs() if n == 1}
        return frozenset(i for i in self.bounds() if i not in single and i + 1 not in single)

    def runs(self) -> list[tuple[int, int, int]]:
        """Runs with one foot: (first stitch, last stitch, how many). Chains part them."""
        stitches, gaps = self.course.stitches, self.course.gaps
        found: list[tuple[int, int, int]] = []
        for i, one in enumerate(stitches):
            if found and not gaps[i - 1].chains and _foot(stitches[i - 1]) == _foot(one) is not None:
                found[-1] = (found[-1][0], i, found[-1][2] + 1)
            else:
                found.append((i, i, 1))
        if len(found) > 1 and self.course.closed and not gaps[-1].chains:
            first, last = found[0], found[-1]
            if _foot(stitches[0]) == _foot(stitches[-1]) is not None:
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
    return kind in (there, tog) or (kind in BUNDLES and (tog != there or there in BUNDLES))


def _foot(one: Stitch) -> Foot:
    return one.foot


class Mark(NamedTuple):
    """A point in the work of a row: how much there is of what grows, and where the hook stands."""

    counts: tuple[int, int, int, int]
    hook: tuple[int, int, int | None, int | None, bool, int, int, int | None, tuple[str, int] | None, tuple[int, int]]
    touched: frozenset[tuple[str, int]]
    mismatched: tuple[str, str] | None


class Machine:
    """One row being worked on the one below (None: a ring)."""

    def __init__(self, below: Fabric | None) -> None:
        self.below = below
        self.size = below.size if below else 0
        inside = below is not None and below.course.ends_inside
        self.start = self.size - 1 if inside else 0
        self.cursor = self.start - 1
        self.last: int | None = self.start if inside else None
        self.ends_inside = False  # joined by a stitch that stands for chains
        self.limit: int | None = None
        self.moved = False
        self.leaves = False  # what is left at the end of the row is meant to be
        self.edge: int | None = None  # where this side of the chain ends
        self.selvage = 0  # chains of a start that is no stitch: the space at the row's edge, which the next row ends in
        self.in_chain = (-1, 0)  # the space of which chains are worked one by one, and how many were
        self.out: list[Stitch] = []
        self.gaps: list[int] = []
        self.open = 0
        self.used: set[int] = set()
        self.trail: list[int] = []
        self.touched: set[tuple[str, int]] = set()
        self.mismatched: tuple[str, str] | None = None
        self.picots: list[int] = []  # the stitch each stands behind
        self.naming: tuple[str, int] | None = None  # the named group being worked
        self.entered: int | None = None  # the place of the last stitch
        self.onward = -1  # the end of the group of the row below that the hook is in, where it is worked as one

    def mark(self) -> Mark:
        """Where the work stands, to go back to. It costs the same however much has been worked."""
        counts = (len(self.out), len(self.gaps), len(self.trail), len(self.picots))
        group = (self.onward, self.entered, self.naming, self.in_chain)
        hook = (self.start, self.cursor, self.last, self.limit, self.moved, self.open, *group)
        return Mark(counts, hook, frozenset(self.touched), self.mismatched)

    def back(self, to: Mark) -> None:
        """Go back to a mark."""
        stitches, gaps, places, picots = to.counts
        del self.out[stitches:], self.gaps[gaps:], self.picots[picots:]
        self.used.difference_update(self.trail[places:])
        del self.trail[places:]
        self.start, self.cursor, self.last, self.limit, self.moved, self.open, *_ = to.hook
        *_, self.onward, self.entered, self.naming, self.in_chain = to.hook
        self.touched, self.mismatched = set(to.touched), to.mismatched

    def use(self, place: int) -> None:
        """Nothing is left to do in this place."""
        at = place % self.size
        if at not in self.used:
            self.used.add(at)
            self.trail.append(at)

    def again(self) -> None:
        """Nothing has been worked after all."""
        self.out.clear()
        self.used.clear()
        self.trail.clear()

    @property
    def end(self) -> int:
        """The first place past the round or row."""
        if self.edge is not None:
            return self.edge
        return self.size if self.below and not self.below.course.closed else self.start + self.size

    def find(self, thing: Thing, after: int, before: int) -> int | None:
        """The first place of a class in after < place < before; None: none."""
        if self.below is None or not self.size:
            return None
        places = self.below.places(thing)
        if not places:
            return None
        turns, at = divmod(after, self.size)
        i = bisect_right(places, at)
        found = places[i] + turns * self.size if i < len(places) else places[0] + (turns + 1) * self.size
        return found if found < before else None

    def all_of(self, thing: Thing, after: int, before: int) -> list[int]:
        """Every place of a class in after < place < before."""
        if self.below is None or not self.size:
            return []
        places = self.below.places(thing)
        found: list[int] = []
        for turn in range(after // self.size, before // self.size + 1):
            base = turn * self.size
            found += [base + p for p in places[bisect_right(places, after - base) : bisect_left(places, before - base)]]
        return found

    def count_of(self, thing: Thing, after: int, before: int) -> int:
        """How many places of a class lie in after < place < before."""
        if self.below is None or not self.size:
            return 0
        places = self.below.places(thing)
        turns, at = divmod(after, self.size)
        passed = turns * len(places) + bisect_right(places, at)
        turns, at = divmod(before, self.size)
        return max(0, turns * len(places) + bisect_left(places, at) - passed)

    def next(self, thing: Thing) -> int:
        """The first place of a class after the hook, up to the start. Raises Stuck."""
        if thing.cls == "ch" and (again := self.next_chain(self.cursor)) is not None:
            return again
        found = self.find(thing, self.following(thing), self.end if self.limit is None else self.limit)
        if found is None:
            raise self.none_left(thing)
        if thing.cls == "ch":
            self.in_chain = (found, 1)
        return found

    def next_chain(self, after: int) -> int | None:
        """The space again whose chains are worked into one by one, while it has more of them."""
        place, n = self.in_chain
        if self.below is None or place != after or self.below.foundation:
            return None
        if n >= self.below.course.gaps[place % self.size // 2].chains:
            return None
        self.in_chain = (place, n + 1)
        return place

    def none_left(self, thing: Thing) -> Stuck:
        said = thing.said or "a place"
        if self.below is None:
            return Stuck("no-such-space", f"Asks for {_a(said)}, but this round is worked into a ring.")
        places = self.below.places(thing)
        if not places and thing.cls in ("top", "turn"):
            return Stuck("not-understood", f"Not clear where the {said} is: no chain of the row below counts.")
        if not places:
            return Stuck("no-such-space", f"Asks for {_a(said)}; the row below has {self._has()}.")
        return Stuck("overrun", f"Asks for one more {said} than the {len(places)} of the row below.")

    def _has(self) -> str:
        assert self.below is not None
        sizes = sorted({gap.chains for gap in self.below.course.gaps if gap.chains}, reverse=True)
        return " and ".join(f"ch-{n}" for n in sizes) + " sps" if sizes else "no chain spaces"

    def has(self, place: int, thing: Thing) -> bool:
        return self.below is not None and place % self.size in self.below.places(thing)

    def move(self, place: int) -> None:
        """The hook goes to a place and the round starts there."""
        self.start = place % self.size
        self.cursor = self.start - 1
        self.last = self.start
        self.moved = True

    def put(self, kind: str, place: int | None, chain: bool = False) -> None:
        """A stitch into a place (None: the ring)."""
        if len(self.out) >= MOST_STITCHES:
            raise Stuck("too-large", f"More than {MOST_STITCHES:,} stitches in one row.")
        if self.out:
            self.gaps.append(self.open)
        self.open = 0
        self.out.append(Stitch(kind, self._foot(place), chain, self.naming))
        if place is not None:
            if place != self.entered and self.below is not None:
                self.entered = place
                self._into_group(place, grouped(self.below.course, place % self.size))
            self.cursor = max(self.cursor, place)
            self.last = place
            self.use(place)
            if not chain:
                self.touched.add(self.class_of(place))

    def _into_group(self, place: int, group: tuple[int, int] | None) -> None:
        """Worked into the middle of a group whose first stitch was passed over, the group is done as a whole."""
        if group is not None and place % self.size != 2 * group[0] and 2 * group[0] not in self.used:
            self.spend(place, group)

    def spend(self, place: int, group: tuple[int, int], spaces: bool = False) -> None:
        """Nothing is left to do in this group's stitches, and the next one is after it."""
        self.onward = place + (2 * group[1] - place) % self.size
        self._used(group, 1 if spaces else 2)

    def pass_group(self, after: int, place: int) -> None:
        """Stitches with one foot that were passed over on the way to another are passed as the group they are."""
        if self.below is None or place - after < 5 or place % 2:
            return
        passed = range(after + 1 + (after + 1) % 2, place, 2)
        feet = {self.below.course.stitches[i % self.size // 2].foot for i in passed}
        if len(feet) == 1:
            for i in passed:
                self.use(i)

    def pass_by(self, groups: Iterable[Spread]) -> None:
        """Nothing is left to do in groups that the row goes between."""
        for group in groups:
            self._used(group, 1)

    def _used(self, group: Spread, step: int) -> None:
        first, last = group
        for i in range(2 * first, 2 * last + 1 + self.size * (last < first), step):
            self.use(i)

    def following(self, thing: Thing) -> int:
        """The place after which a thing is looked for: the hook's, or the end of the group that was done as one."""
        return max(self.cursor, self.onward) if thing.cls == "st" else self.cursor

    def _foot(self, place: int | None) -> Foot:
        if place is None or self.below is None:
            return Foot("ring")
        at = place % self.size
        if at % 2 == 0:
            return Foot("st", at // 2)
        return Foot("joint" if at // 2 in self.below.joints else "sp", at // 2)

    def class_of(self, place: int) -> tuple[str, int]:
        """What a place is, as leftovers are told: a stitch, a space of a size, a corner, a gap, a joint."""
        assert self.below is not None
        at = place % self.size
        if at % 2 == 0:
            return ("st", 0)
        gap = self.below.course.gaps[at // 2]
        if at // 2 in self.below.joints:
            return ("joint", 0)
        return ("corner", gap.chains) if gap.corner else ("sp", gap.chains) if gap.chains else ("gap", 0)

    def chain(self, n: int) -> None:
        self.open += n
        if self.open > MOST_STITCHES:
            raise Stuck("too-large", f"More than {MOST_STITCHES:,} chains.")

    def course(self, corners: Iterable[int], colour: str | None, closed: bool = True) -> Course:
        """The finished row, with its corners at these gaps."""
        marked = set(corners)
        chains = self.chains()
        picots = Counter(i % len(chains) for i in self.picots) if chains else Counter()
        if chains and not closed:
            chains[-1] = self.selvage  # a row ends with a stitch; in a row that is turned this is its end
        gaps = tuple(Gap(n, i in marked, picots[i]) for i, n in enumerate(chains))
        return Course(tuple(self.out), gaps, closed, colour, self.ends_inside)

    def chains(self) -> list[int]:
        return [*self.gaps, self.open] if self.out else []


def _a(said: str) -> str:
    return said if said[:2] in ("a ", "an") else f"a {said}"
