"""Spread: `work 72 sc evenly around the edge`. Where each goes is left to the maker; how many they are is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crochet.grammar.pattern import Aside, Chain, Group, Item, Join, Make, Target


def spread(item: Item) -> bool:
    """So many stitches along an edge, or in stitches that an earlier row left."""
    where = item.target if isinstance(item, Make) else None
    return where is not None and (where.which == "spread" or where.things[0].cls == "left")


def told(items: Sequence[Item]) -> tuple[Item, ...] | None:
    """The items as they are worked where nothing is known but how many; None: one does not say how many it makes."""
    return numbered(items) if any(spread(one) for one in items) else None


def numbered(items: Sequence[Item]) -> tuple[Item, ...] | None:
    """The items by their numbers, wherever they go; None: one does not say how many it makes."""
    found = [_told(one) for one in items]
    return tuple(one for one in found if one is not None) if all(one is not None for one in found) else None


def _told(item: Item) -> Item | None:
    if isinstance(item, Aside | Chain):
        return item
    if isinstance(item, Join):
        return replace(item, target=None) if not item.closes else item
    if isinstance(item, Group):
        return item if _corner(item.target) else None
    if not isinstance(item, Make) or item.eats > 1 or item.more or item.kind in ("inc", "dec"):
        return None
    where = item.target
    if where is None or where.which == "spread" or _corner(where):
        return replace(item, target=None)
    counted = where.counted and where.things[0].cls in ("st", "left", "ch")
    return replace(item, n=item.n * where.n, target=None) if counted else None


def _corner(where: Target) -> bool:
    of_side = where.which in ("first", "last") and where.n == 1 and where.things[0].cls == "st"  # `3 sc in last st`
    return of_side or (where.which == "next" and where.things[0].cls in ("corner", "centre"))
