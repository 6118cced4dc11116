"""Groups: stitches that were made together under a name (`shell`, `V-st`), found in a finished row.

Where no name was given, groups of that look are meant: two stitches with chains between for a V-st, else three or more
with one foot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from crochet.craft.fabric import Course
from crochet.grammar.pattern import Thing

Span = tuple[int, int]  # the first and the last stitch of a group; the first is the larger across the start of a round


def groups_of(course: Course, name: str | None) -> list[Span]:
    """The groups of a name in a row, and those written out that are like them; else those that look like it."""
    by_name = [(of[0], one) for one in _runs(course, by_name=True) if (of := course.stitches[one[0]].of)]
    named = [one for called, one in by_name if called == name]
    others = [one for one in _runs(course, by_name=False) if course.stitches[one[0]].of is None]
    if not named and name and name.startswith("half "):
        wholes = [one for called, one in by_name if called == name.removeprefix("half ")]
        found = Counter(len(inner_of(course, one)) for one in wholes or others if _looks(course, one, name))
        whole = max(found, key=lambda size: found[size], default=0)
        return [one for one in others if _looks(course, one, name) and len(inner_of(course, one)) < whole]
    if not named:
        return [one for one in others if _looks(course, one, name)]
    sizes = {len(inner_of(course, one)) for one in named}
    alike = [one for one in others if len(inner := inner_of(course, one)) in sizes and len(inner) > 1]
    return sorted({*named, *alike, *_begun(course, named[0])})


def _begun(course: Course, like: Span) -> list[Span]:
    """The V that a round in a ring begins with, written out: `ch 4 (dc, ch 1), dc`."""
    (first, last), pair = like, course.stitches[:2]
    if last - first != 1 or len(pair) < 2 or not pair[0].chain or any(one.of for one in pair):
        return []
    return [(0, 1)] if pair[0].foot == pair[1].foot and course.gaps[0] == course.gaps[first] else []


def _runs(course: Course, by_name: bool) -> list[Span]:
    """Runs of stitches with one mark: the group they were made in, or the place they stand in."""
    stitches, gaps = course.stitches, course.gaps

    def together(i: int, j: int) -> bool:
        a, b = stitches[i], stitches[j]
        if by_name:
            return a.of is not None and a.of == b.of
        return a.foot == b.foot and not (a.foot.place == "ring" and gaps[i].chains)

    found: list[Span] = []
    for i in range(len(stitches)):
        if found and together(i - 1, i):
            found[-1] = (found[-1][0], i)
        else:
            found.append((i, i))
    if len(found) > 1 and course.closed and together(len(stitches) - 1, 0):
        first, last = found[0], found.pop()
        found[0] = (last[0], first[1])
    return found


def inner_of(course: Course, group: Span) -> list[int]:
    """The stitches of a group, in order."""
    first, last = group
    return [*range(first, last + 1)] if first <= last else [*range(first, len(course.stitches)), *range(last + 1)]


def _looks(course: Course, group: Span, name: str | None) -> bool:
    inner = inner_of(course, group)
    return len(inner) == 2 and course.gaps[inner[0]].chains > 0 if name == "v-st" else len(inner) > 2


def places_in(course: Course, groups: list[Span], thing: Thing) -> dict[int, Span]:
    """Where a thing such as `next shell` or `center dc of next shell` is in each group that has it."""
    found: dict[int, Span] = {}
    for group in groups:
        inner = inner_of(course, group)
        sized = [i for i in inner[:-1] if thing.chains in (0, course.gaps[i].chains) and course.gaps[i].chains]
        if thing.chains is not None and len(sized) > 1 and len(sized) % 2 == 0:
            found |= {2 * i + 1: group for i in sized}  # `ch-2 sp of double shell`: one after the other
        elif (place := _place(course, inner, thing)) is not None:
            found[place] = group
    return found


def _place(course: Course, inner: list[int], thing: Thing) -> int | None:
    spaces = [i for i in inner[:-1] if course.gaps[i].chains]
    if thing.chains is not None:
        sized = [i for i in spaces if thing.chains in (0, course.gaps[i].chains)]
        return 2 * sized[len(sized) // 2] + 1 if len(sized) % 2 else None
    if thing.nth is None:
        if spaces:
            return 2 * spaces[len(spaces) // 2] + 1 if len(spaces) % 2 else 2 * inner[len(inner) // 2]
        return 2 * inner[len(inner) // 2] if len(inner) % 2 else 2 * inner[len(inner) // 2 - 1] + 1
    if thing.nth == 0:
        return 2 * inner[len(inner) // 2] if len(inner) % 2 else None
    if thing.nth > len(inner):
        return None
    return 2 * inner[-1 if thing.nth < 0 else thing.nth - 1]


def between(groups: list[Span], size: int, closed: bool) -> list[int]:
    """The gaps where one group follows another."""
    after = [*pairwise(groups), *([(groups[-1], groups[0])] if closed and groups else [])]
    return [2 * one[1] + 1 for one, other in after if (one[1] + 1) % size == other[0]]


def grouped(course: Course, place: int) -> Span | None:
    """The named group a place lies in; None: it lies in none."""
    stitches, i = course.stitches, place // 2
    of = stitches[i].of
    if of is None or (place % 2 and stitches[(i + 1) % len(stitches)].of != of):
        return None
    first = last = i
    while first and stitches[first - 1].of == of:
        first -= 1
    while last + 1 < len(stitches) and stitches[last + 1].of == of:
        last += 1
    return first, last


def many(course: Course, name: str) -> int:
    """How many groups of a name a row has, or picots."""
    return sum(gap.picots for gap in course.gaps) if name == "picot" else len(groups_of(course, name))


def outside(course: Course, names: Iterable[str]) -> tuple[dict[str, int], dict[int, int]]:
    """Stitches by kind and spaces by size that belong to no group of these names."""
    inner = [inner_of(course, one) for name in names for one in groups_of(course, name)]
    stitches = {i for one in inner for i in one}
    gaps = {i for one in inner for i in one[:-1]}
    kinds = Counter(one.kind for i, one in enumerate(course.stitches) if i not in stitches)
    spaces = Counter(gap.chains for i, gap in enumerate(course.gaps) if gap.chains and i not in gaps)
    return dict(kinds), dict(spaces)
