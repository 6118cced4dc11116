"""Readings: what the words of a row leave open, the usual first.

What its starting chain is, whether `rep N times` is N more, whether it is turned, what its brackets are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from crochet.craft.stitches import BY_START, START, base, dearest, shown
from crochet.findings import Finding
from crochet.grammar import endings
from crochet.grammar.beginnings import begun_in_a_space, from_the_first, in_the_start, joined_within, past_slips
from crochet.grammar.lists import (
    again_and_again,
    as_seen,
    beneath,
    each_in_one,
    in_chains_alone,
    joined_for_nothing,
    listed,
    next_below,
    vees,
)
from crochet.grammar.pattern import Chain, Declared, Group, Item, Join, Make, Repeat, Rules, Skip, walked
from crochet.working import foundation, turning
from crochet.working.blocks import blocks_of
from crochet.working.ground import Checked, Ground
from crochet.working.places import Fabric


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read what a text leaves open: what the starting chain is, and whether `rep N times` is N or N more.

    `past`: the last skip may be longer than what is left for it.
    """

    start: tuple[tuple[str, int], ...] = ()
    more: bool = True
    past: bool = False


MAY_END = frozenset({"overrun", "repeat-does-not-fit"})


def past_the_end(items: tuple[Item, ...], below: Fabric | None, wrong: Checked) -> bool:
    """A round does not come out, and it may be for a skip at its end: `ch 3, sk 2` where one stitch is left."""
    ends = any(one.id in MAY_END and one.severity == "error" for one in wrong.findings)
    skips = any(isinstance(one, Skip) and one.n > 1 for one in walked(items))
    return ends and skips and wrong.declared is not None and below is not None and below.course.closed


def main_of(items: tuple[Item, ...], declared: Declared | None, below: Fabric | None) -> str:
    """The stitch the row is made of; where its words name none, that of its count, else of the row below, else sc."""
    kinds = [base(one.kind) for one in walked(items) if isinstance(one, Make) and one.kind not in ("inc", "dec")]
    named = dearest([kind for kind in kinds if kind != "sl st"]) or dearest(kinds)
    if named is None and declared is not None:
        named = dearest([kind for kind, _ in declared.counts if kind in START])
    if named is None and below is not None and not below.foundation:
        named = dearest([one.kind for one in below.course.stitches if one.kind in START])
    return named or "sc"


def readings_of(items: tuple[Item, ...], main: str, ground: Ground, founded: bool) -> list[Reading]:
    """The readings a row leaves open, the usual first."""
    start: list[tuple[tuple[str, int], ...]] = [()]
    first = _start_chain(items)
    if founded and first is None:
        start = foundation.readings(items)
    tops = [one.top for one in items if isinstance(one, Join) and one.top and one.top != (1, 0)]
    if first is not None and first.counts is None:
        start = _starts(first.n, main, tops[-1] if tops else None)
        if first.n in ground.not_counted or (ground.below and blocks_of(ground.below.course)[1] == first.n):
            start = [()]
        elif first.n in ground.counted or (tops and tops[-1][1] == first.n):
            start = [one for one in start if one] or start
        elif first.n in ground.uncounted:
            start.sort(key=bool)  # it does not count, unless only that adds up
    unsure = any(isinstance(one, Repeat) and one.often.how == "unsure" for one in walked(items))
    return [Reading(one, more) for one in start for more in ((True, False) if unsure else (True,))]


def _start_chain(items: tuple[Item, ...]) -> Chain | None:
    """The chain a row starts with, perhaps the first thing of its first group; None: it starts otherwise."""
    first = next((one for one in items if isinstance(one, Chain | Group | Repeat | Rules) or _stands(one)), None)
    if isinstance(first, Group) or (isinstance(first, Repeat) and first.often.n == 1):
        first = first.items[0]
    return first if isinstance(first, Chain) else None


def _stands(one: Item) -> bool:
    """A stitch, and not a slip stitch on the way to where the row starts."""
    return isinstance(one, Make) and one.kind != "sl st"


def _starts(n: int, main: str, top: tuple[int, int] | None) -> list[tuple[tuple[str, int], ...]]:
    height = START[main]
    if n <= 1:
        return [()]
    if n == 2:
        counts = ((main if main in ("hdc", "dc") else "hdc", 1),)
        return [counts, ()] if main == "hdc" or top else [(), counts]
    found: list[tuple[tuple[str, int], ...]] = []
    if n == height:
        found.append(((main, 1),))
    elif n > height >= 2 and not (top and top[0] == 0 and top[1] == n and n in BY_START):
        found.append(((main, 1), ("ch", n - height)))
    if n in BY_START:
        found.append(((BY_START[n], 1),))
    return [*dict.fromkeys(found), ()]


def ways(
    stands: Sequence[tuple[tuple[Item, ...], Fabric | None]], turned: bool | None, readings: list[Reading]
) -> Iterator[tuple[tuple[Item, ...], tuple[Fabric | None, bool], Reading]]:
    """What the row leaves open: where it stands, lists in brackets or not, turned or not, how its words are read."""
    for items, below in stands:
        sides = _sides(below, turned)
        tried: list[tuple[Item, ...]] = []
        for taken in _OF_ITEMS if below is not None else (_as_they_stand, endings.cut):
            way = items if taken in _OF_ROWS and below and below.course.closed else taken(items)
            if any(way is one for one in tried):
                continue
            tried.append(way)
            for side in sides:
                for reading in readings:
                    yield way, side, reading


def _as_they_stand(items: tuple[Item, ...]) -> tuple[Item, ...]:
    return items


_OF_ITEMS = (
    listed, _as_they_stand, endings.cut, in_the_start, vees, again_and_again, past_slips, beneath, each_in_one,
    joined_within, next_below, joined_for_nothing, begun_in_a_space, from_the_first, as_seen, in_chains_alone,
)  # fmt: skip

_OF_ROWS = (past_slips, as_seen)


def _sides(below: Fabric | None, turned: bool | None) -> list[tuple[Fabric | None, bool]]:
    """The fabric as the row sees it, and whether it is turned: rows turn, and rounds do not, where nothing is said."""
    if below is None or below.foundation or below.edged:
        return [(below, False)]
    if turned is not None or below.course.closed:
        return [(turning.turned(below), True) if turned else (below, False)]
    other = [] if turning.same_either_way(below) else [(below, False)]
    return [(turning.turned(below), True), *other]


def bent(tried: Checked, items: tuple[Item, ...], reading: Reading, usual: Reading, terms: str) -> tuple[Finding, ...]:
    """What is found of a row that adds up by an unusual reading; if it is odd even so, that is no reading of it."""
    if any(one.doubt and one.id == "corner-differs" for one in tried.findings):
        return tuple(replace(one, doubt=one.doubt and one.id != "corner-differs") for one in tried.findings)
    return (*tried.findings, *_assumed(items, reading, usual, terms))


def _assumed(items: tuple[Item, ...], reading: Reading, usual: Reading, terms: str) -> Iterator[Finding]:
    """Another reading than the usual one is the one that adds up: of the starting chain, of how often."""
    chain = _start_chain(items)
    if reading.start != usual.start and chain is not None:
        what = " and ".join(shown(kind, terms) if kind != "ch" else f"ch {n}" for kind, n in reading.start)
        says = f"Taken to count as {what}: so it adds up." if what else "Taken not to count as a stitch: so it adds up."
        yield Finding("start-chain-assumed", says, chain.span)
    if reading.more != usual.more:
        unsure = next(one for one in walked(items) if isinstance(one, Repeat) and one.often.how == "unsure")
        says = f"Taken as {unsure.often.n} in all: so it adds up. “More times” would be {unsure.often.n} more."
        yield Finding("repeat-ambiguous", says, unsure.often.span)
