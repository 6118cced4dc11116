"""Rules: one way round, each place by its own rule: `sc in each st around, 2 sc in each joint, 3 sc in each corner`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from crochet.grammar.edges import EDGE, SIDE
from crochet.grammar.pattern import Group, Item, Make, Rules, Target


def with_rules(found: list[Item]) -> list[Item]:
    """`sc in each st around, 2 sc in each joint, ...` is one way round with a rule for each class."""
    made: list[Item] = []
    for item in _apart(found):
        last = made[-1] if made else None
        if isinstance(item, Make | Group) and item.target is not None and item.target.unsaid:
            item = _in_every(item, item.target, last)
        rule = last.rules[-1] if isinstance(last, Rules) else last
        if isinstance(item, Make | Group) and _in_corners(rule):
            item = _of_all_sides(item)
        elif isinstance(last, Make) and _in_corners(item):
            made[-1] = last = _of_all_sides(last)
        if not isinstance(item, Make | Group) or not _each(item):
            made.append(item)
        elif isinstance(last, Rules):
            made[-1] = Rules((*last.rules, item), (last.span[0], item.span[1]))
        elif isinstance(last, Make | Group) and _each(last):
            made[-1] = Rules((last, item), (last.span[0], item.span[1]))
        else:
            made.append(item if item.target and item.target.until == "end" else Rules((item,), item.span))
    return made


def _in_every(item: Make | Group, where: Target, before: Item | None) -> Item:
    """`sc in each st around, 3 sc in ch-2 sp`: said behind a rule that goes around, all of such spaces are meant."""
    rule = before.rules[-1] if isinstance(before, Rules) else before
    until = rule.target.until if isinstance(rule, Make | Group) and _each(rule) and rule.target else None
    if where.which != "next" or not (until == "around" or (until == "end" and where.things[0].chains)):
        return item
    return replace(item, target=replace(where, which="each", unsaid=False))


def _in_corners(rule: Item | None) -> bool:
    """`(3 dc, ch 2, 3 dc) in each corner`."""
    where = rule.target if isinstance(rule, Make | Group) and _each(rule) else None
    return where is not None and where.until != "end" and where.things[0].cls in ("corner", "centre")


def _of_all_sides(item: Make | Group) -> Make | Group:
    """`3 dc in each sp along sides` beside a rule for each corner: along all of them."""
    where = item.target
    if where is None or where.which != "each" or where.counted or where.until != SIDE or where.things[0].said == EDGE:
        return item
    return replace(item, target=replace(where, until=None))


def _apart(found: list[Item]) -> Iterator[Item]:
    """`sc in same st and in each st around, 3 sc in each corner`: the first stitch by itself, then the rules."""
    for i, item in enumerate(found):
        after = found[i + 1] if i + 1 < len(found) else None
        if isinstance(item, Make) and item.more and isinstance(after, Make | Group) and _each(after):
            rest = replace(item, target=item.more, more=None)
            if _each(rest):
                yield replace(item, more=None)
                yield rest
                continue
        yield item


def _each(item: Make | Group) -> bool:
    """In each of a class, to no other end than this one: `dc in each st and 2 dc in each ch-2 sp across`."""
    where = item.target
    if where is None or where.which != "each" or where.counted or where.short or (isinstance(item, Make) and item.more):
        return False
    if where.things[0].cls == "left":
        return False  # `tr in each skipped st`, one after another
    return where.until in (None, "around", "end")
