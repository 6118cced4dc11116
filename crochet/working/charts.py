"""Charts: rows that are told by their yarns alone, `5 M, 2 H`: they go on in the stitch that the piece is made of.

Corner to corner, written out so, each yarn's number is of tiles: a row has a tile more than the one below, as many, or
one less.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crochet.craft.fabric import Course, gap, standing
from crochet.craft.stitches import START, dearest
from crochet.findings import Finding
from crochet.grammar.charted import IN, PATTERN
from crochet.grammar.filet import OPEN, SOLID
from crochet.grammar.pattern import Aside, Group, Item, Make, Repeat, Row, Span, walked, with_makes
from crochet.working.ground import Checked, Ground
from crochet.working.judge import Made
from crochet.working.places import Fabric

TILE = "tile"


def in_stitches(row: Row, ground: Ground) -> Row:
    """The row with such stitches as those that it tells, that it counts, or that the row before is made of."""
    told = _stitches(row.items)
    if len(told) == len(_makes(row.items)):
        return row
    counted = [kind for kind, _ in row.declared.counts if kind in START] if row.declared else []
    before = _stitches(ground.written[-1].items) if ground.written else []
    kind = dearest(told) or (counted[0] if len(counted) == 1 else None) or dearest(before) or "sc"
    kept = () if _goes_on(ground) else (PATTERN,)
    return replace(row, items=with_makes(row.items, lambda one: one if one.kind in kept else _as(one, kind)))


def tells_otherwise(items: Sequence[Item]) -> bool:
    """The row tells some of its stitches by a yarn, a square, a pattern or a number of changes, and not by name."""
    return any(
        one.kind.startswith(IN) or one.kind in (OPEN, SOLID)
        if isinstance(one, Make)
        else isinstance(one, Aside) and one.what in ("inc evenly", "dec evenly")
        for one in walked(items)
    )


def unclear(row: Row) -> tuple[str, Span] | None:
    """What of that was not made stitches, and where it stands; None: all of it was."""
    for one in _makes(row.items):
        if one.kind in (OPEN, SOLID):
            return "Not clear which squares of the row below these stand on.", one.span
        if one.kind == PATTERN:
            return "How the pattern goes on over a part of a row is not worked out.", one.span
    return None


def _goes_on(ground: Ground) -> bool:
    """The pattern is stitch in stitch, so that over a part of a row it makes as many as it stands on."""
    before = ground.written[-1] if ground.written else None
    plain = ground.below is not None and not any(gap.chains for gap in ground.below.course.gaps)
    return (
        plain
        and before is not None
        and not before.grows
        and not any(isinstance(one, Group) for one in walked(before.items))
    )


def _as(one: Make, kind: str) -> Make:
    return replace(one, kind=kind) if one.kind.startswith(IN) else one


def _makes(items: Sequence[Item]) -> list[Make]:
    return [one for one in walked(items) if isinstance(one, Make)]


def _stitches(items: Sequence[Item]) -> list[str]:
    return [one.kind for one in _makes(items) if one.kind in START and one.kind != "sl st"]


def of_tiles(row: Row, ground: Ground) -> bool:
    """The row tells of yarns alone, and stands on nothing or on tiles."""
    if not (ground.below is None or made_of_tiles(ground.below)):
        return False
    alone = all(isinstance(one, Aside | Make | Repeat) for one in walked(row.items))
    charted = alone and all(one.kind.startswith(IN) for one in _makes(row.items))
    return charted and bool(_makes(row.items)) and (made_of_tiles(ground.below) or _begins(row, ground))


def made_of_tiles(below: Fabric | None) -> bool:
    return below is not None and below.course.stitches[0].kind == TILE


def _begins(row: Row, ground: Ground) -> bool:
    return ground.below is None and ground.known and not ground.opening and _count(row.items) == 1


def _count(items: Sequence[Item]) -> int:
    """How many tiles; 0: a repeat does not say how often."""
    n = 0
    for one in items:
        if isinstance(one, Make):
            n += one.n
        elif isinstance(one, Repeat):
            inner = _count(one.items)
            if one.often.how != "all" or one.cut is not None or not inner:
                return 0
            n += inner * one.often.n
    return n


def tiles(row: Row, span: tuple[int, int], ground: Ground) -> Checked:
    """The check of a row of tiles."""
    n, below = _count(row.items), ground.below.size // 2 if ground.below else 0
    found: list[Finding] = []
    said = row.declared
    if not n:
        found.append(Finding("not-understood", "Not clear how many tiles this row has.", span))
    elif below and abs(n - below) > 1:
        says = f"{n} tiles on a row of {below}: corner to corner a row has one more, one less, or as many."
        found.append(Finding("overrun" if n > below else "unworked", says, span))
    total = (said.groups[0] if said.groups else said.stitches) if said else None
    if said and n and total not in (None, n):
        found.append(Finding("declared-mismatch", f"Makes {n} tiles, not {total}.", said.span))
    elif said and total is None:
        found.append(Finding("not-understood", "The count is not of tiles.", said.span))
    if not n or any(one.severity == "error" for one in found):
        return Checked(None, said, tuple(found), items=row.items)
    course = Course(tuple(standing(TILE, "ring" if not below else "st", min(i, max(below - 1, 0))) for i in range(n)),
                    (gap(0),) * n, False, None)  # fmt: skip
    return Checked(Made(Fabric(course), (), ()), said, tuple(found), items=row.items, cost=n)
