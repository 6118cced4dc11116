"""Clusters: the first of a row begins with a chain, one of its legs: `ch 3, dc2tog`, and then `dc3tog` or `cl`."""

from __future__ import annotations

import re
from dataclasses import replace

from crochet.craft.stitches import BUNDLES
from crochet.grammar.pattern import Aside, Chain, Group, Item, Join, Make, walked

_LEGS = re.compile(r"(.+?)(\d+)tog")


def begun(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items with the chain and the legs after it as one stitch, where the row goes on with such clusters."""
    for i, one in enumerate(items[:8]):
        if isinstance(one, Group) and _slips(one):
            one = replace(one, items=one.items[1:])
            items = (*items[:i], one, *items[i + 1 :])
        if isinstance(one, Group) and isinstance(first := one.items[0], Group) and first.target.which == "bare":
            beg = _begun(first.items, 0, items)  # `(beg-cl, ch 3, cl) in sp`
            one = one if beg is first.items else replace(one, items=(*beg, *one.items[1:]))
            return (*items[:i], one, *items[i + 1 :])
        if isinstance(one, Group):
            inner = _begun(one.items, 0, items)
            return items if inner is one.items else (*items[:i], replace(one, items=inner), *items[i + 1 :])
        if isinstance(one, Chain):
            return _begun(items, i, items)
        if not (isinstance(one, Join | Aside) or (isinstance(one, Make) and one.kind == "sl st")):
            return items
    return items


def _slips(one: Group) -> bool:
    """`(sl st, ch 3, 2 dc) in first ch-2 sp`: the slip stitch only leads there."""
    first, then = one.items[0], one.items[1] if len(one.items) > 1 else None
    slip = isinstance(first, Make) and first.kind == "sl st" and first.n == 1 and first.target is None
    return slip and isinstance(then, Chain)


def _begun(within: tuple[Item, ...], at: int, row: tuple[Item, ...]) -> tuple[Item, ...]:
    chain, first = within[at], within[at + 1] if at + 1 < len(within) else None
    if not isinstance(chain, Chain) or not isinstance(first, Make) or first.n != 1 or not 2 <= chain.n <= 5:
        return within
    legs = _LEGS.fullmatch(first.kind)
    if legs is None or first.eats > 1 or (chain.counts and chain.counts[0][0] != legs[1]):
        return within
    whole = f"{legs[1]}{int(legs[2]) + 1}tog"
    later = {one.kind for one in walked(row) if isinstance(one, Make)}
    kind = whole if whole in later else next((kind for kind in sorted(later) if kind in BUNDLES), None)
    if kind is None:
        return within
    return (*within[:at], replace(chain, counts=()), replace(first, kind=kind), *within[at + 2 :])
