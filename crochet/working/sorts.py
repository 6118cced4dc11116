"""Sorts: declared groups, `39 3-dc groups and 4 dc`, `6 shells`, `12 picots`, and what of a row they are.

Where no name was worked, several things may be meant by it: each of them that comes to the number is one.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from crochet.craft.fabric import Course
from crochet.craft.stitches import shown
from crochet.findings import Finding
from crochet.grammar.pattern import Declared
from crochet.grammar.shapes import PARTS
from crochet.working import filet
from crochet.working.blocks import blocks_of
from crochet.working.counted import counted
from crochet.working.groups import groups_of, inner_of, many, outside
from crochet.working.places import Fabric

PART_NAMES = frozenset(PARTS.values())


def beside_groups(fabric: Fabric, said: Declared) -> tuple[dict[str, int], dict[int, int]]:
    """Stitches by kind and spaces by size that belong to no group that is counted."""
    course = fabric.course
    if said.groups is not None and said.groups[1]:
        grouped = {i for first, last, _ in _of(fabric, *said.groups[1:]) for i in inner_of(course, (first, last))}
        kinds = Counter(one.kind for i, one in enumerate(course.stitches) if i not in grouped)
        return dict(kinds), course.spaces()
    if said.groups is not None and said.counts and len(several := [run for run in fabric.runs() if run[2] > 1]):
        inside = {i for first, last, _ in several for i in inner_of(course, (first, last))}
        kinds = Counter(one.kind for i, one in enumerate(course.stitches) if i not in inside)
        return (dict(kinds) if len(several) == said.groups[0] else course.counts()), course.spaces()
    names = [name for name, _ in said.named if name not in (filet.SQUARES, filet.SOLID)]
    if names:
        return outside(course, names)
    return course.counts(), course.spaces()


def _of(fabric: Fabric, size: int, kind: str | None) -> list[tuple[int, int, int]]:
    """The groups of so many stitches, of one kind."""
    stitches = fabric.course.stitches
    return [
        run
        for run in fabric.runs()
        if run[2] == size and (kind is None or all(stitches[i].kind == kind for i in inner_of(fabric.course, run[:2])))
    ]


def groups(fabric: Fabric, said: Declared, terms: str) -> Finding | None:
    """`8 groups`: with those of one stitch or without. `8 groups of 3 dc`: all, unless other stitches are counted."""
    if said.groups is None:
        return None
    n, of, kind = said.groups
    course, runs = fabric.course, fabric.runs()
    if said.edge is not None and not course.closed and {runs[0][2], runs[-1][2]} != {said.edge}:
        says = f"Begins with {runs[0][2]} and ends with {runs[-1][2]} in one place, not with {said.edge}."
        return Finding("declared-mismatch", says, said.span)
    blocks, _ = blocks_of(course)
    if not of and blocks:
        return None if n == blocks else Finding("declared-mismatch", f"Makes {blocks} blocks, not {n}.", said.span)
    if not of:
        right = n in (len(runs), sum(size > 1 for *_, size in runs), counted(course.counts(), "cl", n))
        tiles = 1 + course.counts().get("sl st", 0)  # of corner to corner: each but the first begins with a slip
        right = right or (not course.closed and n == tiles)
        alone = all(size == 1 for *_, size in runs)  # then groups may be what stands between the chains
        right = right or (alone and n == sum(gap.chains > 0 for gap in course.gaps))
        if not course.closed and tiles > 1 and course.stitches[0].foot.place == "ring":
            right = n == tiles  # the first of corner to corner stands on its own chain
            if not right:
                return Finding("declared-mismatch", f"Makes {tiles} blocks, not {n}.", said.span)
    else:
        fits = _of(fabric, of, kind)
        all_told = bool(said.counts) or said.stitches is not None or not course.closed
        right = len(fits) == n and (len(runs) == n or all_told)
        right = right or (of == 2 and kind is None and len(course.stitches) == 2 * n)  # crossed, each in its own
        right = right or (of > 1 and between_chains(course, of, kind) == n)
    if right:
        return None
    if kind and set(course.counts()) != {kind} and not said.counts:
        makes = " and ".join(shown(k, terms) for k in course.counts())
        return Finding("kind-mismatch", f"The row makes {makes}, the count says {shown(kind, terms)}.", said.span)
    sizes = " or ".join(map(str, sorted({size for *_, size in runs})))
    asked = f"{n} of {of}" if of else f"{n}"
    return Finding("declared-mismatch", f"Makes {len(runs)} groups of {sizes}, not {asked}.", said.span)


def between_chains(course: Course, of: int, kind: str | None) -> int:
    """How many groups of so many stand between chains, each stitch in one of its own; 0: other stitches do too."""
    ends = [i for i, gap in enumerate(course.gaps) if gap.chains]
    sizes = {(b - a) % len(course.stitches) or len(course.stitches) for a, b in pairwise((*ends[-1:], *ends))}
    plain = kind is None or set(course.counts()) == {kind}
    return len(ends) if course.closed and plain and sizes == {of} else 0


def named(course: Course, said: Declared) -> Finding | None:
    """`12 V-sts`, `6 picots`, `19 shells and 2 half shells`."""
    for name, n in said.named:
        if name in (filet.SQUARES, filet.SOLID):
            squares = filet.many(course, name, n)
            if squares is None:
                return Finding("not-understood", "Not clear how many stitches fill a square of mesh.", said.span)
            if squares != n:
                return Finding("declared-mismatch", f"Makes {squares} {name}s, not {n}.", said.span)
            continue
        have = many(course, name)
        if (
            n in (have, _likely(course, name))
            or n == have + _begun(course, name)
            or (name in PART_NAMES and _comes_round(course, n))
            or (name == "shell" and _made_of(course, n))
        ):
            continue
        if name in PART_NAMES or (name == "shell" and not have):
            return Finding("not-understood", f"Nothing says what a {name} is here.", said.span)
        if name == "picot" and not have:
            return Finding("not-understood", "Nothing says which of the chains are the picots.", said.span)
        if n > have and any(one.of and one.of[0] not in (name, name.removeprefix("half ")) for one in course.stitches):
            return Finding("not-understood", f"Groups of another name may hold some of the {name}s.", said.span)
        return Finding("declared-mismatch", f"Makes {have} {name}{'s' * (have != 1)}, not {n}.", said.span)
    return None


def _begun(course: Course, name: str) -> int:
    """The row begins with a chain, and what is made with it is one group more than are named."""
    by_name = any(one.of and one.of[0] == name for one in course.stitches)
    return int(by_name and course.stitches[0].chain and course.stitches[0].of is None)


def _comes_round(course: Course, n: int) -> bool:
    """The round is made of so many parts that are alike, or has so many loops of one size."""
    looks, size = course.looks, len(course.stitches)
    alike = course.closed and 1 < n <= size and size % n == 0 and looks == looks[size // n :] + looks[: size // n]
    return alike or n in course.spaces().values()


def _made_of(course: Course, n: int) -> bool:
    """The round may be made of so many petals: of each stitch there are so many, or so many times more."""
    if any(one.of and one.of[0] == "shell" for one in course.stitches):
        return False
    kinds = Counter(one.kind for one in course.stitches[course.stitches[0].chain :] if one.kind != "sl st")
    return course.closed and n > 1 and all(count % n == 0 for count in kinds.values())


def _likely(course: Course, name: str) -> int | None:
    """How many a name that the row does not work is of what it may mean: loops in one place, groups of one size."""
    stitches = course.stitches
    if any(one.of and one.of[0] == name for one in stitches) or any(gap.picots for gap in course.gaps):
        return None
    if name == "picot":
        pairs = zip(stitches, stitches[1:] + stitches[:1], course.gaps, strict=True)
        return sum(gap.chains > 1 and a.foot == b.foot for a, b, gap in pairs)
    sizes = Counter(len(part) for one in groups_of(course, name) for part in _parted(course, inner_of(course, one)))
    return max(sizes.values(), default=None)


def _parted(course: Course, inner: list[int]) -> list[list[int]]:
    """A group as the parts between its chains, if each has as many stitches: `(3 dc, ch 3, 3 dc)` is two clusters."""
    parts: list[list[int]] = [[]]
    for i in inner:
        parts[-1].append(i)
        if course.gaps[i].chains and i != inner[-1]:
            parts.append([])
    return parts if len(parts[0]) > 2 and len({len(part) for part in parts}) == 1 else [inner]
