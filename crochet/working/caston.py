"""Cast on: chains made before a row and worked first, `Ch 6, dc in 4th ch from hook and in next 2 ch`.

So a tile is added in corner to corner, and so a row gets longer at its start.
"""

from __future__ import annotations

from collections.abc import Sequence

from crochet.craft.stitches import START
from crochet.grammar.pattern import Aside, Chain, Item, Make, Repeat, Skip, Target
from crochet.working.run import Run


def cast_on(run: Run, found: Sequence[Item]) -> int:
    """Work the stitches on new chains that a row begins with, and say how many items they are; 0: it does not."""
    below = run.machine.below
    if below is None or below.foundation or below.course.closed or run.started:
        return 0
    at = next((i for i, one in enumerate(found) if not isinstance(one, Aside)), len(found))
    chain, first = (found[at], found[at + 1]) if at + 1 < len(found) else (None, None)
    if not isinstance(chain, Chain) or not isinstance(first, Make) or first.n != 1 or first.eats > 1:
        return 0
    nth = (first.target.things[0].chains or 0) if first.target is not None and first.target.which == "ring" else 0
    left = chain.n - nth + 1 if 1 < nth <= chain.n else 0
    if not left or first.kind not in START:
        return 0
    made, at = 1 + _many(first.more), at + 2
    while at < len(found) and made < left and isinstance(more := found[at], Make) and more.kind == first.kind:
        if not (where := _many(more.target)) or more.n != 1:
            break
        made, at = made + where, at + 1
    if made != left or all(isinstance(one, Aside) for one in found[at:]):
        return 0
    _put(run, first.kind, made, nth - 1, next((one for one in found[at:] if not isinstance(one, Aside)), None))
    return at


def _many(where: Target | None) -> int:
    """How many of the new chains a target names; 0: none."""
    into = where is not None and where.which in ("next", "each") and where.things[0].cls == "ch"
    return where.n if into and where is not None and where.until is None else 0


def _put(run: Run, kind: str, n: int, skipped: int, then: Item | None) -> None:
    """The stitches on the new chains; those skipped are a stitch, or the space at the row's edge before a slip."""
    machine = run.machine
    if isinstance(then, Repeat):
        then = next((one for one in then.items if not isinstance(one, Skip)), then)
    slips = isinstance(then, Make) and then.kind == "sl st"
    if skipped == START[kind] and skipped > 1 and not slips:
        machine.put(kind, None, chain=True)
    elif skipped > 1:
        machine.selvage = skipped
    run.started = True
    for _ in range(n):
        machine.put(kind, None)
