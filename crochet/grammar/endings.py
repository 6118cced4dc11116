"""Endings: `rep from * 3 more times, ending with 1 sc in last ch-1 sp` tells where the last pass ends.

So written it can also mean a stitch after the last pass. The row is tried both ways, so the tree is cut, before a
stitch is worked; a last pass that runs out of places ends where it is worked.
"""

from __future__ import annotations

from dataclasses import replace

from crochet.grammar.pattern import Aside, Item, Make, Repeat


def cut(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items with such a repeat cut where its ending stands; the same object where there is none."""
    for i in range(len(items) - 1):
        repeat, end = items[i], items[i + 1]
        if isinstance(repeat, Repeat) and isinstance(end, Aside) and (last := _told_last(repeat, end)):
            return (*items[:i], replace(repeat, cut=len(repeat.items) - 1), last, *items[i + 2 :])
        if not isinstance(repeat, Repeat) or repeat.cut is not None or not isinstance(end, Make):
            continue
        if at := _begun_last(repeat, end, items[i + 2 : i + 3]):
            return (*items[:i], replace(repeat, cut=at), *items[i + 1 :])
        if end.target is not None and end.target.which == "each" and end.target.until == "end":
            if len(repeat.items) > 1 and _works_on(repeat.items[-1], end):
                return (*items[:i], replace(repeat, cut=len(repeat.items) - 1), *items[i + 1 :])
            continue
        if (
            end.target is None
            or not (end.target.which == "last" or end.target.things[0].cls == "top")
            or end.target.n > 1
        ):
            continue
        at = next((k for k in range(len(repeat.items) - 1, 0, -1) if _ends_so(repeat.items[k - 1], end)), 0)
        if at:
            return (*items[:i], replace(repeat, cut=at), *items[i + 2 :])
    return items


def _told_last(repeat: Repeat, end: Aside) -> Make | None:
    """`rep from * across, working last sc in turning ch sp`: the last stitch goes there, and not where a pass says."""
    one = repeat.items[-1] if len(repeat.items) > 1 else None
    if end.what != "last in" or end.where is None or not isinstance(one, Make) or one.target is None or repeat.cut:
        return None
    return replace(one, target=end.where) if one.target.which == "next" and one.target.n == 1 else None


def _begun_last(repeat: Repeat, end: Make, after: tuple[Item, ...]) -> int:
    """`*dc in next st, FPdc around next 2; rep across, ending with FPdc around next st, dc in top of ch`: where."""
    last = after[0] if after else None
    closes = last.target if isinstance(last, Make) else None
    if closes is None or not (closes.which == "last" or closes.things[0].cls in ("top", "turn")):
        return 0
    return next((k for k in range(len(repeat.items) - 1, 0, -1) if _fewer(repeat.items[k], end)), 0)


def _fewer(item: Item, end: Make) -> bool:
    """The same stitches, into fewer places."""
    one, other = item.target if isinstance(item, Make) else None, end.target
    if not isinstance(item, Make) or one is None or other is None or (item.kind, item.n) != (end.kind, end.n):
        return False
    return one.which in ("next", "each") and other.which == "next" and one.things[0].cls == "st" and one.n > other.n


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
    if (last.kind, last.n, one.cls, other.cls) == (end.kind, end.n, "st", "top"):
        return True
    return (last.kind, last.n, one.cls, one.kind, one.chains) == (end.kind, end.n, other.cls, other.kind, other.chains)
