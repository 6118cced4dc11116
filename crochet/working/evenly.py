"""Evenly: `sc around, inc 6 sts evenly`: where the maker increases is left to the maker, how many there are is not."""

from __future__ import annotations

from dataclasses import replace

from crochet.grammar.pattern import Aside, Chain, Item, Make, Row, Rules, Target, Thing, walked
from crochet.working.ground import Ground

_STITCH = Thing("st", said="st")


def spread(row: Row, ground: Ground) -> Row:
    """The row with so many increases or decreases among its stitches; the same where it tells of none."""
    told = next((one for one in row.items if isinstance(one, Aside) and one.what in ("inc evenly", "dec evenly")), None)
    below = ground.below
    if told is None or below is None or any(gap.chains for gap in below.course.gaps[:-1]):
        return row
    rest = [one for one in row.items if one is not told]
    at = next((i for i, one in enumerate(rest) if isinstance(one, Make | Rules)), len(rest))
    each = rest[at] if at < len(rest) else _as_before(row, ground, told)
    each = each.rules[0] if isinstance(each, Rules) and len(each.rules) == 1 else each
    if not isinstance(each, Make) or not _in_each(each):
        return row
    counts = any(isinstance(one, Chain) and one.n > 2 and one.counts != () for one in rest[:at])
    size = below.size // 2 - counts
    takes = 1 if told.what == "inc evenly" else 2
    if told.n * takes > size:
        return row
    body: list[Item] = []
    passed = 0
    for i in range(told.n):
        until = (size * (i + 1)) // told.n - takes
        body += _plain(each, until - passed)
        inc = replace(each, n=2, target=Target("next", (_STITCH,), span=told.span))
        body.append(inc if takes == 1 else replace(each, target=None, eats=2))
        passed = until + takes
    return replace(row, items=(*rest[:at], *body, *_plain(each, size - passed), *rest[at + 1 :]))


def _plain(each: Make, n: int) -> list[Item]:
    where = Target("each", (_STITCH,), n, True, span=each.span)
    return [replace(each, target=where)] if n > 0 else []


def _in_each(one: Make) -> bool:
    """A stitch in each of the row below."""
    where = one.target
    if where is None or one.n > 1 or one.eats > 1 or one.more:
        return False
    return where.which == "each" and not (where.counted or where.left or where.short) and where.things[0].cls == "st"


def _as_before(row: Row, ground: Ground, told: Aside) -> Make | None:
    """`dec 6 sts evenly` and nothing more: in the stitch of the row before."""
    if any(not isinstance(one, Aside | Chain) for one in row.items if one is not told):
        return None
    last = [one.kind for one in walked(ground.written[-1].items if ground.written else ()) if isinstance(one, Make)]
    kind = next((kind for kind in last if kind not in ("sl st", "inc", "dec")), "sc")
    return Make(1, kind, Target("each", (_STITCH,), until="around", span=told.span), told.span)
