"""Rings: what is worked into the ring that a row makes, or that is made elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from crochet.grammar.pattern import (
    Aside,
    Chain,
    Group,
    Item,
    Join,
    Make,
    Ref,
    Repeat,
    Ring,
    Rules,
    Skip,
    Unread,
    walked,
)
from crochet.working import foundation

MOST_IN_A_RING = 16  # stitches, where nothing says that there is a ring
FOUNDATION = frozenset({"fsc", "fhdc", "fdc", "ftr"})  # stitches that make their own chain


def ring_of(items: tuple[Item, ...]) -> tuple[Item, ...] | None:
    """What is worked into the ring that the row makes; None: it makes none.

    Only remarks may stand before the ring; other words there are kept as not understood.
    """
    if len(items) > 1 and isinstance(items[0], Aside) and items[0].what == "turn" and isinstance(items[1], Chain):
        items = items[1:]  # `turn, ch 6`, as each further row of the pattern is told
    for i, item in enumerate(items[:6]):
        before, after = items[:i], items[i + 1 :]
        opens = before[-1] if before and isinstance(before[-1], Chain) else None
        if isinstance(item, Ring):
            return (*_stray(before), *after)
        first = all(isinstance(one, Aside) for one in before[:-1])
        if isinstance(item, Join) and opens and (item.ring or (first and _makes_ring(item))):
            return None if foundation.of(items) else (*_stray(before[:-1]), *after)
        if isinstance(item, Make | Group) and item.target and item.target.which == "ring":
            said = item.target.things[0]
            if said.chains:  # `ch 4, 11 dc in 4th ch from hook`
                if opens is None or not first or foundation.of(items):
                    return None
                return (_skipped(opens, said.chains), *items[i:])
            begins = all(isinstance(one, Aside | Chain) for one in before)  # `ch 1, 6 sc in magic ring`
            return items if begins and said.kind == "magic" else None
        if isinstance(item, Make) and item.kind in FOUNDATION and item.target is None and first:
            return items
    return None


def means_a_ring(items: tuple[Item, ...], rounds: bool = True) -> bool:
    """Worked `in ring`, which is made elsewhere; or a first round of stitches that go nowhere else than into one."""
    made = [one for one in walked(items) if isinstance(one, Make)]
    if not made or any(isinstance(one, Skip | Rules | Ref | Ring) for one in walked(items)):
        return False
    if not isinstance(items[0], Chain | Make | Repeat | Group) or isinstance(items[-1], Chain):
        return False
    where = [one.target for one in walked(items) if isinstance(one, Make | Group) and one.target]
    named = [one for one in where if one.which == "ring" and not one.things[0].chains]
    if named and (named[0] is where[0]):
        return True
    if not rounds:
        return False
    plain = all(one.kind not in ("inc", "dec", "sl st") and one.eats == 1 for one in made)
    return plain and all(one.which == "bare" for one in where) and sum(one.n for one in made) <= MOST_IN_A_RING


def in_the_ring(item: Item) -> bool:
    """`sl st in ring`, which closes a petal or the dip of a heart."""
    return isinstance(item, Make) and item.kind == "sl st" and item.target is not None and item.target.which == "ring"


def heart(items: tuple[Item, ...]) -> bool:
    """One piece closed in its ring, `..., ch 3, sl st in ring`: some work into the chains beside that, some do not."""
    return sum(in_the_ring(one) for one in walked(items)) == 1


def _skipped(opens: Chain, nth: int) -> Item:
    """The chains before the nth from the hook start the round."""
    if opens.n < nth:
        return Unread(f"Needs {nth} chains; {opens.n} are there.", opens.span, "foundation-short")
    if opens.n > nth:
        return Unread("a foundation chain", opens.span)  # rows along it are not worked out yet
    return Chain(nth - 1, opens.span, opens.counts)


def _stray(before: tuple[Item, ...]) -> Iterator[Item]:
    """What stands before the ring and is no remark."""
    for one in before:
        if isinstance(one, Unread):
            yield one
        elif not isinstance(one, Aside) or one.what == "turn":
            yield Unread("words before the ring", one.span)


def _makes_ring(item: Join) -> bool:
    return item.ring or (item.closes and item.target is None and item.top in (None, (1, 0)))
