"""Judge: what a worked row is (corners, sides, groups), and whether what it declares is so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from crochet.craft.fabric import Course, Stitch
from crochet.craft.stitches import START, shown
from crochet.findings import Finding
from crochet.grammar.pattern import Declared, Span
from crochet.working import sorts
from crochet.working.counted import counted, unnamed
from crochet.working.machine import Machine
from crochet.working.places import MOST_CORNERS, Fabric

MOST_MIDDLES = 6  # groups in more spaces than that turn no corners in their middles: they go around a flower


@dataclass(frozen=True, slots=True)
class Made:
    """A worked row as fabric, and what its counts are."""

    fabric: Fabric
    per_side: tuple[int, ...]
    groups: tuple[int, ...]

    @property
    def course(self) -> Course:
        return self.fabric.course


def made(machine: Machine, colour: str | None, closed: bool = True) -> Made:
    """The row the machine has worked, with its corners found."""
    corners, centres = _corners(machine) if closed else (set(), set())
    course = machine.course(corners, colour, closed)
    fabric = Fabric(course, centres)
    return Made(fabric, _sides(course), tuple(n for _, _, n in fabric.runs()))


def _corners(machine: Machine) -> tuple[set[int], set[int]]:
    """(gaps that are corners, stitches that are the middle of a corner without chains)."""
    out, chains, below = machine.out, machine.chains(), machine.below
    size = len(out)
    same = [
        i
        for i in [i for i, n in enumerate(chains) if n]
        if (out[i].foot == out[(i + 1) % size].foot or (i == size - 1 and _around_a_chain(machine)))
        and not _of_v(out[i], out[i + 1 - size])
    ]
    if below is None:
        wide = {i for i in same if chains[i] >= 2}
        return (wide if 3 <= len(wide) <= MOST_CORNERS else set()), set()
    if below.corners():
        return _on_corners(machine, below, same)
    longest = max((chains[i] for i in same), default=0)
    wide = {i for i in same if chains[i] == longest}
    return (wide if 3 <= len(wide) <= MOST_CORNERS else set()), set()


def _around_a_chain(machine: Machine) -> bool:
    """The round comes back to the chain that it began in, on its other side."""
    below, foot = machine.below, machine.out[-1].foot
    in_one = below is not None and below.foundation and machine.out[0].chain
    if in_one and all(one.foot == foot for one in machine.out[1:]):
        return True  # all of it in one chain, begun by those before it
    return below is not None and below.pivot is not None and foot.index == len(below.course.stitches) - 1


def _of_v(one: Stitch, other: Stitch) -> bool:
    """The chain inside a V-st turns no corner."""
    return one.of is not None and one.of == other.of and one.of[0] == "v-st"


def _on_corners(machine: Machine, below: Fabric, same: list[int]) -> tuple[set[int], set[int]]:
    """Corners stand on corners: the longest chains there, else the middle of the group."""
    out, chains = machine.out, machine.chains()
    size = len(out)
    places = {2 * i for i in below.centres} or {2 * i + 1 for i, g in enumerate(below.course.gaps) if g.corner}
    corners = {max(here, key=lambda i: chains[i]) for here in _by_foot(out, same, places)}
    if corners or len(places) > MOST_MIDDLES:
        return corners, set()
    centres: set[int] = set()
    for found in _by_foot(out, range(size), places):
        ordered = _in_order(found, size)
        if len(ordered) < 2:
            continue
        corners.add(ordered[(len(ordered) - 1) // 2])
        if len(ordered) % 2:
            centres.add(ordered[len(ordered) // 2])
    return corners, centres


def _by_foot(out: list[Stitch], which: Iterable[int], places: set[int]) -> Iterable[list[int]]:
    """Those stitches that stand in these places, place by place."""
    feet: dict[int, list[int]] = {}
    for i in which:
        where, at = out[i].foot
        place = 2 * at + (where == "sp")
        if place in places and where in ("st", "sp"):
            feet.setdefault(place, []).append(i)
    return feet.values()


def _in_order(found: list[int], size: int) -> list[int]:
    """Stitches of one place in the order in which they stand, across the start of the round too."""
    for k in range(1, len(found)):
        if found[k] - found[k - 1] > size // 2:
            return found[k:] + found[:k]
    return found


def _sides(course: Course) -> tuple[int, ...]:
    """Stitches between corner and corner, from the first corner on."""
    at, size = course.corner_gaps, len(course.stitches)
    return tuple((b - a) % size or size for a, b in zip(at, at[1:] + at[:1], strict=True))


# -- what the row says it makes


def disagreements(row: Made, said: Declared, sums: list[tuple[int, int]], terms: str) -> list[Finding]:
    """Declared numbers that are not so; the first in full, with its arithmetic."""
    course = row.course
    if said.conflict:
        what, one, other = said.conflict
        return [Finding("declared-conflict", f"Two totals: {one} and {other} {what}.", said.span)]
    found: list[Finding] = []
    apart, apart_spaces = sorts.beside_groups(row.fabric, said)
    found += _kinds(row, said, sums, terms, apart)
    for size, n in said.spaces:
        have = course.spaces().get(size, 0)
        sides = have - course.corners() if said.corner_chains == size else have
        if n not in (have, sides, apart_spaces.get(size, 0)):
            found.append(_differs(f"Makes {have} ch-{size} sp{'s' * (have != 1)}, not {n}.", said.span))
    found += _corners_say(course, said)
    if said.loose_spaces is not None and said.loose_spaces != sum(course.spaces().values()):
        found.append(_differs(f"Makes {sum(course.spaces().values())} spaces, not {said.loose_spaces}.", said.span))
    chains = sum(gap.chains for gap in course.gaps)
    if said.chains not in (None, chains, sum(course.spaces().values())):
        found.append(_differs(f"Makes {chains} chains, not {said.chains}.", said.span))
    found += _per_side(row, said, terms)
    found += [one for one in (sorts.groups(row.fabric, said, terms), sorts.named(course, said)) if one]
    return found[:1]


def _corners_say(course: Course, said: Declared) -> list[Finding]:
    if said.corners is None:
        return []
    if said.corner_chains is not None and course.spaces().get(said.corner_chains) == said.corners:
        return []  # whether each is a corner or one lies along a side, there are so many
    if said.corners != course.corners():
        return [_differs(f"Makes {course.corners()} corners, not {said.corners}.", said.span)]
    wide = sorted({gap.chains for gap in course.gaps if gap.corner})
    if said.corner_chains is not None and wide != [said.corner_chains]:
        have = " and ".join(f"ch {n}" for n in wide)
        return [_differs(f"The corners have {have}, not ch {said.corner_chains}.", said.span)]
    return []


def _kinds(row: Made, said: Declared, sums: list[tuple[int, int]], terms: str, apart: dict[str, int]) -> list[Finding]:
    course = row.course
    counts, total = course.counts(), len(course.stitches)
    for kind, n in said.counts:
        if kind.startswith("?"):
            return [Finding("dialect-mix", f"“{kind[1:]}” is not a stitch in the terms of this pattern.", said.span)]
        have = counted(counts, kind, n)
        if n in (have, counted(apart, kind, n)):
            continue
        name = shown(kind, terms)
        if kind == "cl" and not have and n == len(row.groups):
            continue  # many call a group of plain stitches so
        if not have and counts:
            other = shown(max(counts, key=lambda k: counts[k]), terms)
            return [Finding("kind-mismatch", f"The row makes {other}, the count says {name}.", said.span)]
        return [_differs(f"{_sum(sums, have, total)} {name}, not {n}.", said.span)]
    named = {kind for kind, _ in said.counts}
    others = [key for key in unnamed(apart, named) if not _anchors(course, key)]
    plain = any(kind in START for kind in named)  # `5 bobbles` is all that is told of a row of sc
    if plain and others and said.stitches is None and said.groups is None and not said.named:
        makes = " and ".join(f"{counts[kind]} {shown(kind, terms)}" for kind in others)
        return [_differs(f"Also makes {makes}, which the count does not name.", said.span)]
    if said.stitches is not None and said.stitches != total:
        chains = sum(gap.chains for gap in course.gaps)
        if said.stitches == total + chains and chains:
            return [Finding("count-includes-chains", "The count includes the chains.", said.span)]
        return [_differs(f"{_sum(sums, total, total)} sts, not {said.stitches}.", said.span)]
    return []


def _anchors(course: Course, kind: str) -> bool:
    """Every sc of the row stands alone between two chains: it holds a loop, and many do not count it."""
    gaps = course.gaps
    alone = (gaps[i - 1].chains and gaps[i].chains for i, one in enumerate(course.stitches) if one.kind == kind)
    return kind == "sc" and all(alone)


def _sum(sums: list[tuple[int, int]], have: int, total: int) -> str:
    """`3 + 3 × 6 = 21`, where the row is of one kind; else `Makes 21`."""
    if have != total or sum(k * n for k, n in sums) != have:
        return f"Makes {have}"
    merged: list[list[int]] = []
    for k, n in sums:
        if merged and n == 1 and merged[-1][1] == 1:
            merged[-1][0] += k
        else:
            merged.append([k, n])
    if not 1 < len(merged) + sum(n > 1 for _, n in merged) < 8:
        return f"Makes {have}"
    return " + ".join(f"{n} × {k}" if n > 1 else str(k) for k, n in merged) + f" = {have}"


def _per_side(row: Made, said: Declared, terms: str) -> list[Finding]:
    if said.per_side is None:
        return []
    kind = said.per_side_kind
    counts = row.course.counts()
    if kind and kind.startswith("?"):
        return [Finding("dialect-mix", f"“{kind[1:]}” is not a stitch in the terms of this pattern.", said.span)]
    if kind and kind not in counts and counts:
        other = shown(max(counts, key=lambda k: counts[k]), terms)
        return [Finding("kind-mismatch", f"The row makes {other}, the count says {shown(kind, terms)}.", said.span)]
    if row.per_side and set(row.per_side) == {said.per_side} and (not kind or len(counts) == 1):
        return []
    have = ", ".join(map(str, row.per_side)) if row.per_side else "no sides"
    return [_differs(f"Makes {have} per side, not {said.per_side}.", said.span)]


def _differs(message: str, span: Span) -> Finding:
    return Finding("declared-mismatch", message, span)
