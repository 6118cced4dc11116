"""Deeper: rounds worked into an earlier round than the one below, as behind petals: `sc in next sc of rnd 2`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from crochet.craft.fabric import Course
from crochet.grammar.pattern import Group, Item, Make, Skip, walked, with_makes, with_things
from crochet.working.places import Fabric

MOST_DEEP = 6  # so many rounds are kept to work into
Rounds = tuple[tuple[int, Fabric], ...]


def named(items: Sequence[Item]) -> frozenset[int]:
    """The rows that the places of a row are said to be of, as in `Thing`; 0: the one below."""
    found: set[int] = set()
    for one in walked(tuple(items)):
        if isinstance(one, Skip):
            found.add(one.thing.row)
        where = one.target if isinstance(one, Make | Group) else None
        if where is not None and where.which not in ("same", "bare", "ring"):
            found |= {thing.row for thing in where.things}
    return frozenset(found)


BEHIND = re.compile(r"\bbehind\b|\b(?:back|base) of\b|\bpetals?\b|\bat the back\b", re.IGNORECASE)


def further(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items with each stitch that they name taken for one of the round before the one below."""
    return with_things(items, lambda thing: replace(thing, row=-1) if thing.cls == "st" else thing)


def in_posts(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items with each stitch around a post further down in the stitch that stands above it, which it hides.

    The same object where there is none.
    """
    return with_makes(items, _in_post)


def all_of(items: tuple[Item, ...], rows: frozenset[int]) -> tuple[Item, ...]:
    """`sc around first dc of Rnd 2, ch 3, *sc around next dc, ch 3; ...`: what was told once is so of all the posts.

    The same object where the others are no such posts, or several rows are named.
    """
    row = next(iter(rows - {0}), 0)
    posts = [one for one in walked(items) if isinstance(one, Make) and one.target is not None and _is_post(one)]
    told = {(thing.cls, thing.kind) for one in posts if one.target for thing in one.target.things}
    if rows != {0, row} or len(told) != 1 or None in next(iter(told)):
        return items
    return with_things(items, lambda thing: replace(thing, row=row) if (thing.cls, thing.kind) in told else thing)


def _is_post(make: Make) -> bool:
    return make.kind.startswith(("fp", "bp")) or make.kind == "sl st"


def _in_post(make: Make) -> Make:
    where = make.target if make.kind.startswith(("fp", "bp")) else None
    if where is None or not any(thing.row for thing in where.things):
        return make
    above = tuple(replace(thing, row=0, kind=None if thing.cls == "st" else thing.kind) for thing in where.things)
    return replace(make, target=replace(where, things=above))


def of(row: int, rounds: Rounds) -> Fabric | None:
    """The round that is meant; None: it is not known."""
    if row > 0:
        return next((fabric for number, fabric in reversed(rounds) if number == row and fabric.course.closed), None)
    at = len(rounds) - 1 + row
    return rounds[at][1] if at >= 0 and rounds[at][1].course.closed else None


def plain(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items with their places said to be of the row that is worked into."""
    return with_things(items, lambda thing: replace(thing, row=0) if thing.row else thing)


def stood(course: Course, deep: int, below: int) -> Course:
    """The course with its feet in the row below (of so many stitches) where those of the deeper one lie under it."""
    stitches = tuple(
        one
        if one.foot.place == "ring"
        else replace(one, foot=one.foot._replace(index=min(one.foot[1] * below // max(1, deep), below - 1)))
        for one in course.stitches
    )
    return replace(course, stitches=stitches)
