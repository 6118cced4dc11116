"""Machine: where the hook is among the places of the row below, and what it has made.

While a round is worked its places are counted on from where it starts and never wrap: start, start + 1, ...,
start + 2m - 1; `first` is start + 2m.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from crochet.craft.fabric import Course, Gap, Stitch, gap, standing
from crochet.grammar.pattern import Thing
from crochet.working.groups import Span as Spread
from crochet.working.groups import grouped
from crochet.working.places import Fabric
from crochet.working.stuck import Stuck, none_left

MOST_STITCHES = 20_000
_TOP = Thing("top")


class Mark(NamedTuple):
    """A point in the work of a row: how much there is of what grows, and where the hook stands."""

    counts: tuple[int, int, int, int]
    hook: tuple[int, int, int | None, int | None, bool, int, int, int | None, tuple[str, int] | None, tuple[int, int]]
    touched: frozenset[tuple[str, int]]
    mismatched: tuple[str, str] | None
    passed: tuple[int, ...] = ()


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
        self.lead = 0  # chains before the first stitch, which in a round lie after the last
        self.used: set[int] = set()
        self.trail: list[int] = []
        self.touched: set[tuple[str, int]] = set()
        self.mismatched: tuple[str, str] | None = None
        self.picots: list[int] = []  # the stitch each stands behind
        self.naming: tuple[str, int] | None = None  # the named group being worked
        self.entered: int | None = None  # the place of the last stitch
        self.passed: tuple[
            int, ...
        ] = ()  # the places that the last skip passed over, and nothing was worked into since
        self.onward = -1  # the end of the group of the row below that the hook is in, where it is worked as one

    def mark(self) -> Mark:
        """Where the work stands, to go back to. It costs the same however much has been worked."""
        counts = (len(self.out), len(self.gaps), len(self.trail), len(self.picots))
        group = (self.onward, self.entered, self.naming, self.in_chain)
        hook = (self.start, self.cursor, self.last, self.limit, self.moved, self.open, *group)
        return Mark(counts, hook, frozenset(self.touched), self.mismatched, self.passed)

    def back(self, to: Mark) -> None:
        """Go back to a mark."""
        stitches, gaps, places, picots = to.counts
        del self.out[stitches:], self.gaps[gaps:], self.picots[picots:]
        self.used.difference_update(self.trail[places:])
        del self.trail[places:]
        self.start, self.cursor, self.last, self.limit, self.moved, self.open, *_ = to.hook
        *_, self.onward, self.entered, self.naming, self.in_chain = to.hook
        self.touched, self.mismatched, self.passed = set(to.touched), to.mismatched, to.passed

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

    @property
    def free(self) -> int:
        """The first place past those that are to be worked now."""
        return self.end if self.limit is None else self.limit

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

    def in_a_row(self, thing: Thing, n: int, after: int, before: int) -> list[int] | None:
        """The next n stitches, or as many as there are, where they stand side by side; None: they do not."""
        if n < 2 or thing.cls != "st" or self.below is None or not self.size:
            return None
        first = self.find(thing, after, before)
        if first is None:
            return None
        places, at = self.below.places(thing), first % self.size
        n = min(n, (before - first + 1) // 2)
        i = bisect_left(places, at)
        if 2 * len(places) < self.size and places[i + n - 1 : i + n] != [at + 2 * n - 2]:
            return None
        return list(range(first, first + 2 * n - 1, 2))

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
        found = self.find(thing, self.following(thing), self.free)
        if found is None and thing.cls == "ch":
            found = self.last_chain()
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

    def chain_ahead(self) -> int | None:
        """The space right behind the hook, which a long stitch goes over, further down; None: there is none."""
        at = self.cursor + 1
        chains = (
            self.below is not None
            and at % 2
            and 0 <= at < self.free
            and self.below.course.gaps[at % self.size // 2].chains
        )
        return at if chains else None

    def last_chain(self) -> int | None:
        """The top of the chain that the row below began with: the last of its chains that there is."""
        rows = self.below is not None and not self.below.course.closed
        return self.find(_TOP, self.cursor, self.free) if rows else None

    def none_left(self, thing: Thing) -> Stuck:
        return none_left(self.below, thing)

    def has(self, place: int, thing: Thing) -> bool:
        return self.below is not None and place % self.size in self.below.places(thing)

    def move(self, place: int) -> None:
        """The hook goes to a place and the round starts there."""
        self.start = place % self.size
        self.cursor = self.start - 1
        self.last = self.start
        self.moved = True

    def put(self, kind: str, place: int | None, n: int = 1, chain: bool = False) -> None:
        """Stitches into a place (None: the ring)."""
        if len(self.out) + n > MOST_STITCHES:
            raise Stuck("too-large", f"More than {MOST_STITCHES:,} stitches in one row.")
        if n < 1:
            return
        if self.out:
            self.gaps.append(self.open)
        else:
            self.lead = self.open
        self.gaps += [0] * (n - 1)
        self.open = 0
        below, at = self.below, 0
        if place is None or below is None:
            made = standing(kind, "ring", 0)
        else:
            at = place % self.size
            made = below.stitch(kind, at)
        if chain or self.naming is not None:
            made = Stitch(kind, made.foot, chain, self.naming)
        self.out += [made] * n
        if place is None or below is None:
            return
        if place != self.entered:
            self.entered = place
            if below.has_names:
                self._into_group(place, grouped(below.course, at))
        self.cursor = max(self.cursor, place)
        self.last = place
        if at not in self.used:
            self.used.add(at)
            self.trail.append(at)
        if not chain:
            self.touched.add(below.class_of(at))

    def put_along(self, kind: str, places: list[int]) -> None:
        """A stitch into each of these places."""
        below = self.below
        if below is None or self.naming is not None or below.has_names or len(self.out) + len(places) > MOST_STITCHES:
            for place in places:
                self.put(kind, place)
            return
        if self.out:
            self.gaps.append(self.open)
        else:
            self.lead = self.open
        self.gaps += [0] * (len(places) - 1)
        self.open = 0
        there = [place % self.size for place in places]
        self.out += [below.stitch(kind, at) for at in there]
        self.cursor = max(self.cursor, *places)
        self.last = self.entered = places[-1]
        free = [at for at in there if at not in self.used]
        self.used.update(free)
        self.trail += free
        self.touched.update([below.class_of(at) for at in there])

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
        gaps = [gap(n) for n in chains]
        for i in marked | set(picots):
            gaps[i] = Gap(chains[i], i in marked, picots[i])
        return Course(tuple(self.out), tuple(gaps), closed, colour, self.ends_inside)

    def chains(self) -> list[int]:
        return [*self.gaps, self.open + self.lead] if self.out else []
