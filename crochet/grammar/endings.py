"""Endings: `rep from * 3 more times, ending with 1 sc in last ch-1 sp` tells where the last pass ends.

So written it can also mean a stitch after the last pass. The row is tried both ways, so the tree is cut, before a
stitch is worked; a last pass that runs out of places ends where it is worked.
"""

from __future__ import annotations

from dataclasses import replace

from crochet.grammar.pattern import Item, Make, Repeat


def cut(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items with such a repeat cut where its ending stands; the same object where there is none."""
    for i in range(len(items) - 1):
        repeat, end = items[i], items[i + 1]
        if not isinstance(repeat, Repeat) or repeat.cut is not None or not isinstance(end, Make):
            continue
        if end.target is not None and end.target.which == "each" and end.target.until == "end":
            if len(repeat.items) > 1 and _works_on(repeat.items[-1], end):
                return (*items[:i], replace(repeat, cut=len(repeat.items) - 1), *items[i + 1 :])
            continue
        if end.target is None or end.target.which != "last" or end.target.n != 1:
            continue
        at = next((k for k in range(len(repeat.items) - 1, 0, -1) if _ends_so(repeat.items[k - 1], end)), 0)
        if at:
            return (*items[:i], replace(repeat, cut=at), *items[i + 2 :])
    return items


def _works_on(item: Item, end: Make) -> bool:
    """`sc in next 5 sc`, which the last pass does in those that are left: `sc in each rem sc`."""
    where = item.target if isinstance(item, Make) else None
    return isinstance(item, Make) and (item.kind, item.n) == (end.kind, end.n) and where is not None


def _ends_so(item: Item, end: Make) -> bool:
    """The item ends with the same stitch in the same class of places."""
    last = item.items[-1] if isinstance(item, Repeat) else item
    if not isinstance(last, Make) or last.target is None or end.target is None or not last.target.things:
        return False
    one, other = last.target.things[0], end.target.things[0]
    return (last.kind, last.n, one.cls, one.kind, one.chains) == (end.kind, end.n, other.cls, other.kind, other.chains)
