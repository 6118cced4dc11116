"""Limbs: several pieces made into one: `sc in each st of first leg, sc in 3 ch, sc in next 12 sts of second leg`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from crochet.findings import Finding
from crochet.grammar.pattern import Item, Join, Make, Ring, Row, Span
from crochet.working import spread
from crochet.working.ground import Checked, Ground
from crochet.working.ways import unread


def made_into_one(
    row: Row, span: Span, ground: Ground, checked: Checked, check: Callable[[Row, Ground], Checked]
) -> Checked:
    """The check of a row that makes several pieces one, each as large as the one below. The sum has to be met."""
    if unread(row.items):
        return checked
    each = ground.below.size // 2 if ground.below is not None else 0
    items = _numbered(row, each) if row.declared and each else None
    if items is None:
        return _unsure(checked, span)
    alone = replace(ground, below=None, known=True, opening=())
    made = check(replace(row, items=(Ring(span), *items)), alone)
    by_number = items == _numbered(row, each + 1)
    return replace(made, items=row.items) if by_number or made.verdict == "ok" else _unsure(made, span)


def _unsure(checked: Checked, span: Span) -> Checked:
    says = "How the pieces are made into one is not worked out."
    return replace(checked, made=None, findings=(Finding("state-unknown", says, span),))


def _numbered(row: Row, each: int) -> tuple[Item, ...] | None:
    """The row's items by number only, over pieces of so many stitches each; None: one does not say how many it is."""
    return spread.numbered([_of_all(one, each) for one in row.items])


def _of_all(item: Item, each: int) -> Item:
    """`sc in each sc of first leg` as so many; a stitch that joins a piece on as one."""
    if isinstance(item, Join) and item.standing and not item.closes:
        return Make(1, item.standing, None, item.span)
    where = item.target if isinstance(item, Make) else None
    if isinstance(item, Make) and where is not None and where.which == "each" and where.things[0].cls == "st":
        return item if where.counted else replace(item, n=item.n * each, target=None)
    if isinstance(item, Make) and where is not None and where.which == "next" and where.things[0].cls == "ch":
        return replace(item, n=item.n * where.n, target=None)
    return item
