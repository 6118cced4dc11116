"""Beginnings: what else the first words of a row may mean. Each gives the same object where they mean nothing else."""

from __future__ import annotations

from dataclasses import replace

from crochet.grammar.lists import SPACES, bare
from crochet.grammar.pattern import Aside, Chain, Group, Item, Join, Make, Repeat, Skip, Target, Thing


def past_slips(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """`sl st in first 4 sts, ch 1, sc across`: by some hands the slip stitches use those up, and the row starts behind.

    The same object where the row starts otherwise.
    """
    at = next((i for i, one in enumerate(items) if not isinstance(one, Aside)), 0)
    end = at
    while end < len(items) and isinstance(one := items[end], Make) and one.kind == "sl st":
        end += 1
    follows = items[end + 1] if end > at and end + 1 < len(items) and isinstance(items[end], Chain) else None
    if follows is None or (isinstance(follows, Make | Group) and follows.target and follows.target.which == "same"):
        return items
    move = Make(1, "sl st", Target("next", (Thing("st", said="st"),)), items[end - 1].span)
    return (*items[:end], move, *items[end:])


def from_the_first(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """`3 ch, miss 1 dc, 1 tr in each dc`: by many what is skipped first is where the chain stands."""
    at = next((i for i, one in enumerate(items) if not isinstance(one, Aside)), len(items))
    skip = items[at + 1] if at + 1 < len(items) and isinstance(items[at], Chain) else None
    if not isinstance(skip, Skip) or skip.first or skip.thing.cls != "st":
        return items
    return (*items[: at + 1], replace(skip, first=True), *items[at + 2 :])


def in_the_start(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """`sl st to corner sp, ch 3, 2 dc, ch 2, 3 dc, ...`: what is told no place goes where the row begins, in a space.

    The same object where the row does not begin so.
    """
    at = next((i for i, one in enumerate(items) if isinstance(one, Chain)), len(items))
    moved = [one.target for one in items[:at] if isinstance(one, Make | Join) and one.target is not None]
    end = at + 1
    while end < len(items) and (bare(items[end]) or isinstance(items[end], Chain)):
        end += 1
    while end > at + 1 and isinstance(items[end - 1], Chain):
        end -= 1
    inner = items[at + 1 : end]
    if not inner or not moved or moved[-1].things[0].cls not in SPACES or not isinstance(inner[0], Make):
        return items
    same = Target("same", (Thing("sp", said="sp"),), span=inner[0].span)
    return (*items[: at + 1], Group(inner, same, (inner[0].span[0], inner[-1].span[1])), *items[end:])


def joined_within(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """`join with sc in any corner, *(sc, ch 2, sc) in corner, ...`: the joining stitch is the first of the repeat.

    The same object where the row does not begin so.
    """
    told = [i for i, one in enumerate(items) if not isinstance(one, Aside)][:2]
    join, repeat = (items[i] for i in told) if len(told) == 2 else (None, None)
    if not isinstance(join, Join) or not join.standing or join.target is None or not isinstance(repeat, Repeat):
        return items
    first = repeat.items[0]
    where = first.target if isinstance(first, Make | Group) else None
    made = first.items[0] if isinstance(first, Group) else first
    same = isinstance(made, Make) and made.kind == join.standing
    if where is None or not (same and where.unsaid and where.things[0].cls in SPACES):
        return items
    at = told[0]
    return (*items[:at], replace(join, standing=None), *items[at + 1 :])


def begun_in_a_space(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """`(3 dc, ch 2, 3 dc) in corner sp, ...` with no slip stitch before: the round begins there; else the same."""
    at = next((i for i, one in enumerate(items) if not isinstance(one, Aside)), len(items))
    one = items[at] if at < len(items) - 1 else None
    where = one.target if isinstance(one, Make | Group) else None
    if not isinstance(one, Make | Group) or where is None or not where.unsaid or where.things[0].cls not in SPACES:
        return items
    if isinstance(one, Make) and one.kind == "sl st":
        return items
    there = replace(one, target=replace(where, which="same", unsaid=False))
    return (*items[:at], Join(one.span, target=replace(where, which="any", unsaid=False)), there, *items[at + 1 :])
