"""Squares: a row of filet that is told by its squares, `4 sps, 1 bl`, written out on those of the row below."""

from __future__ import annotations

from dataclasses import replace

from crochet.grammar.filet import OPEN, SOLID
from crochet.grammar.pattern import Aside, Chain, Item, Make, Row, Skip, Span, Target, Thing, walked
from crochet.working.ground import Ground
from crochet.working.places import Fabric

_MOST = 5  # stitches from post to post


def told_in(row: Row) -> list[Make]:
    """The squares that the row tells by their number."""
    return [one for one in walked(row.items) if isinstance(one, Make) and one.kind in (OPEN, SOLID)]


def written_out(row: Row, ground: Ground) -> Row:
    """The row with squares told by their number as the stitches that they are; the same where that is unclear."""
    told = told_in(row)
    if not told or ground.below is None or any(one not in row.items for one in told):
        return row
    first = row.items.index(told[0])
    begun = _begun(row.items[:first])
    wanted = [one.kind == SOLID for one in told for _ in range(one.n)]
    below = _squares_below(ground.below, len(wanted) + (begun[1] if begun else 0))
    if begun is None or below is None:
        return row
    wide, under = below
    made, done = begun
    items: list[Item] = [*row.items[:made]]
    if not any(isinstance(one, Chain) for one in items):
        counts = (("dc", 1),) if wanted[0] else (("dc", 1), ("ch", wide - 1))
        items.append(Chain(3 if wanted[0] else wide + 2, told[0].span, counts))
    opened = any(isinstance(one, Chain) and one.n > 3 for one in items) and not done
    under = [*under[done:], *([True] * len(wanted))]
    items += row.items[made:first]
    for i, solid in enumerate(wanted):
        items += _one(solid, under[i], wide, told[0].span, opened and not i)
    last = row.items.index(told[-1])
    items += [one for one in row.items[first:last] if one not in told]  # what was not read among them
    return replace(row, items=(*items, *row.items[last + 1 :]))


def _begun(items: tuple[Item, ...]) -> tuple[int, int] | None:
    """(how many items stand before the first square, how many squares they are); None: not clear."""
    worked = [one for one in items if not isinstance(one, Aside | Chain)]
    if not worked:
        return len(items), 0
    one = worked[0]
    chains = [item.n for item in items if isinstance(item, Chain)]
    single = len(worked) == 1 and isinstance(one, Make) and one.kind == "dc" and chains
    if not single or not isinstance(one, Make):
        return None
    return (len(items), 1) if chains[0] > 3 or one.n > 1 or (one.target and one.target.n > 1) else None


def _squares_below(below: Fabric, many: int) -> tuple[int, list[bool]] | None:
    """How wide a square is, and which of those of the row below are solid, as this row sees them."""
    course, size = below.course, len(below.course.stitches)
    sizes = {gap.chains for gap in course.gaps[:-1] if gap.chains}
    if course.closed or len(sizes) > 1:
        return None
    wide = max(sizes) + 1 if sizes else (size - 1) // many if many and (size - 1) % many == 0 else 3
    found: list[bool] = []
    filled = 0
    for gap in course.gaps[:-1]:
        filled += not gap.chains
        if gap.chains and filled:
            return None
        if gap.chains or filled == wide:
            found.append(not gap.chains)
            filled = 0
    return (wide, found[::-1]) if not filled and 1 < wide <= _MOST else None


def _one(solid: bool, under: bool, wide: int, span: Span, opened: bool) -> list[Item]:
    """The stitches of one square; `opened`: its chain is a part of that which the row starts with."""
    here = Make(1, "dc", Target("next", (Thing("st", said="st"),), span=span), span)
    if solid and under:
        return [replace(here, target=Target("next", (Thing("st", said="st"),), wide, True, span=span))]
    if solid:
        return [Make(wide - 1, "dc", Target("next", (Thing("sp", said="sp"),), span=span), span), here]
    chain = [] if opened else [Chain(wide - 1, span)]
    skip = [Skip(wide - 1, Thing("st", said="st"), span)] if under and wide > 1 else []
    return [*chain, *skip, here]
