"""Unsized: rows on an edge of which nothing says how many stitches it has: that is left to the maker.

`sc evenly around` goes around any number. Such a row, and those that stand on it, are worked on stand-ins for the edge
until one fits; where a count is declared, on the one that comes to it. What fits none of them is not called wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import takewhile

from crochet.craft.fabric import Course, Foot, Gap, Stitch
from crochet.findings import Finding
from crochet.grammar.pattern import Aside, Chain, Declared, Group, Join, Make, Repeat, Row, Span, Target, walked
from crochet.working.ground import Checked, Ground
from crochet.working.places import ROW_END, Fabric

# What repeats of 2 to 10 stitches, with 0 to 3 more, go into; the first by most of them.
NUMBERS = (720, 840, 721, 722, 723, 841, 842, 843)
_CHAINS = tuple(base + more for base in (720, 840) for more in range(9))
MOST_TRIES = 8
MOST_TOLD = 4_000
PLAIN = Stitch("sc", Foot("st"))
LONG = "How long the chain is is left to the maker: it goes on any such number."
LEFT = "How many these are is left to the maker: it goes around any such number."


def alone(row: Row, ground: Ground, check: Callable[[Ground], Checked]) -> Checked | None:
    """The check of a row that is spread evenly over an edge, which it is told nothing else of; None: it fits none."""
    closed = ground.rounds or any(isinstance(one, Join) and one.closes for one in row.items)
    ends = at_row_ends(row) is not None
    for corners in _corners(row):

        def on(n: int, corners: int = corners) -> Checked:
            edge = _edge(n, closed, corners, Stitch(ROW_END, Foot("st")) if ends else PLAIN)
            return check(replace(ground, below=edge, known=True, opening=()))

        left = Finding("left-to-maker", LEFT, row.spread) if row.spread else None
        if (fits := _fitting(_tries(on, row.declared, NUMBERS), row.declared, left)) is not None:
            return fits
    return None


def on_a_chain(row: Row) -> bool:
    """The row begins in a chain that no words tell the length of."""
    first = next((one for one in row.items if not isinstance(one, Aside)), None)
    where = first.target if isinstance(first, Make | Group) else None
    return where is not None and where.which == "ring" and bool(where.things[0].chains)


def chained(row: Row, ground: Ground, check: Callable[[Ground], Checked]) -> Checked | None:
    """The check of a row on a chain of any length; None: it fits none of those tried."""

    def on(n: int) -> Checked:
        return check(replace(ground, opening=(Chain(n, (0, 0)),)))

    tries = takewhile(lambda one: one.made is not None or _short(one), _tries(on, row.declared, _CHAINS))
    return _fitting(tries, row.declared, Finding("left-to-maker", LONG, row.items[0].span))


def _short(checked: Checked) -> bool:
    return any(one.id in ("foundation-short", "overrun", "repeat-does-not-fit") for one in checked.findings)


def at_row_ends(row: Row) -> Span | None:
    """The words by which a row goes into row ends, where it goes nowhere else but into corners."""
    where = [one for one in _targets(row) if one.which != "same"]
    classes = {thing.cls for one in where for thing in one.things}
    ends = [one.span for one in where if one.things[0].cls == "end" and not one.counted]
    return ends[0] if ends and classes <= {"end", "corner"} else None


def _corners(row: Row) -> tuple[int, ...]:
    """How many corners the edge may have that the row goes around or along."""
    at = [where.which for where in _targets(row) if any(thing.cls in ("corner", "centre") for thing in where.things)]
    passes = any(isinstance(one, Repeat) for one in row.items)
    return (0,) if not at else (4,) if "each" in at or passes else tuple(dict.fromkeys((len(at), len(at) + 1, 4)))


def again(below: Fabric, on: Callable[[Fabric], Checked], first: Checked) -> Checked | None:
    """The check of a row on such an edge, which the row below has taken to be `below`; None: it fits none."""
    if first.verdict == "ok":
        return replace(first, sized=_told(first.declared) is not None)
    kinds = {one.kind for one in below.course.stitches}
    corners = below.corners()
    if len(kinds) != 1 or any(gap.chains and not gap.corner for gap in below.course.gaps):
        return None
    wide = max((gap.chains for gap in below.course.gaps), default=0)
    made = Stitch(kinds.pop(), Foot("st"))
    tries = _tries(lambda n: on(_edge(n, below.course.closed, corners, made, wide)), first.declared, NUMBERS)
    return _fitting(tries, first.declared)


def _fitting(tries: Iterable[Checked], said: Declared | None, left: Finding | None = None) -> Checked | None:
    """The first of the checks that is right, with what says that it is `left` to the maker, where no count is said."""
    sized = _told(said) is not None
    for checked in tries:
        if checked.verdict == "ok" and checked.made:
            return replace(checked, sized=sized, findings=(*checked.findings, *((left,) if left and not sized else ())))
        if checked.verdict == "unchecked":
            return None
    return None


def _tries(on: Callable[[int], Checked], said: Declared | None, numbers: Iterable[int]) -> Iterator[Checked]:
    """Checks on so many stitches: on those of which come as many as are said, else on each of these numbers."""
    wanted = _told(said)
    return _to_come_to(on, wanted) if wanted else map(on, numbers)


def _to_come_to(on: Callable[[int], Checked], wanted: int) -> Iterator[Checked]:
    """Checks on edges, each nearer to one of which so many stitches are made."""
    n, tried = wanted, set[int]()
    while 0 < n <= 2 * wanted and n not in tried and len(tried) < MOST_TRIES:
        tried.add(n)
        checked = on(n)
        yield checked
        made = len(checked.made.course.stitches) if checked.made else 0
        by_share = max(1, round(n * wanted / made)) if made else n + 1
        n = by_share if by_share not in tried else n + wanted - made


def _told(said: Declared | None) -> int | None:
    """How many stitches a row is said to make; None: that is not told."""
    total = (said.stitches or sum(n for _, n in said.counts)) if said else 0
    return total if 0 < total <= MOST_TOLD else None


def _targets(row: Row) -> list[Target]:
    return [one.target for one in walked(row.items) if isinstance(one, Make | Group | Join) and one.target is not None]


def _edge(n: int, closed: bool, corners: int, made: Stitch = PLAIN, wide: int = 0) -> Fabric:
    """So many stitches side by side, with so many corners."""
    gaps = [Gap()] * n
    for k in range(corners if n >= corners else 0):
        gaps[(k + 1) * n // corners - 1] = Gap(wide, True)
    return Fabric(Course((made,) * n, tuple(gaps), closed))
