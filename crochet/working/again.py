"""Again: the items of rows that are worked as others are, from what was written before them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crochet.findings import Finding
from crochet.grammar.adjoining import PIECES
from crochet.grammar.growing import BETWEEN_INCS
from crochet.grammar.pattern import (
    Aside,
    Chain,
    Declared,
    Group,
    Item,
    Join,
    Make,
    Often,
    Ref,
    Repeat,
    Rules,
    Skip,
    Target,
    Thing,
    Unread,
    walked,
    with_things,
)
from crochet.grammar.shaping import worked


@dataclass(frozen=True, slots=True)
class Written:
    """A row that others may be worked as. `grows`: it made more stitches than it stood on.

    `founded`: it stood on no row, but on a ring or a chain. `unit`: it is one of those that make the pattern, as they
    were worked again and again.
    """

    number: int
    items: tuple[Item, ...]
    rounds: bool
    grows: bool = False
    founded: bool = False
    unit: bool = False
    said: Declared | None = None  # what it makes
    opening: tuple[Item, ...] = ()  # what stands before it, if it is founded: `Ch 4, join to form ring.`


Pieces = tuple[tuple[str, tuple[Written, ...]], ...]  # by name, in the order in which they were worked


def known(one: Ref, written: tuple[Written, ...], pieces: Pieces) -> tuple[Written, ...] | Finding:
    """The rows that one may mean: those of its piece so far, or of the piece that is named."""
    if one.of is None:
        return written
    names, wanted = [_called(name) for name, _ in pieces], _called(one.of)
    fits = [i for i, name in enumerate(names) if name == wanted]
    fits = fits or [i for i, name in enumerate(names) if wanted and wanted <= name]
    if not fits and wanted & PIECES and wanted & _FIRST and len(wanted) == 2 and pieces:
        fits = [0]
    if not fits:
        return Finding("not-understood", f"Not clear which piece “{one.of}” is.", one.span)
    return pieces[fits[-1]][1]


_FIRST = frozenset({"first", "1st"})


def _called(name: str) -> frozenset[str]:
    """The words of a piece's name, without those that many have."""
    return frozenset(word.strip("(),.:").removesuffix("s") for word in name.lower().split()) - {"the", "a", "make", ""}


def of(items: Sequence[Item]) -> Ref | None:
    """The reference among a row's items."""
    return next((one for one in items if isinstance(one, Ref)), None)


def apart(items: tuple[Item, ...]) -> tuple[tuple[Item, ...], tuple[Ref, ...]]:
    """What the row itself does, and the rows that are worked again after it."""
    at = len(items)
    while at and (isinstance(items[at - 1], Ref | Unread) or _idle(items[at - 1])):
        at -= 1
    after = tuple(one for one in items[at:] if isinstance(one, Ref))
    if after and all(isinstance(one, Chain) or _idle(one) for one in items[:at]):
        at = 1 + items.index(
            after[0]
        )  # `Rows 5 and 6: With B, rep Row 3. Rep Rows 3-6 until ...`: the first is its own
        after = after[1:]
    if not after:
        return items, ()
    return (*items[:at], *(one for one in items[at:] if not isinstance(one, Ref))), after


def _idle(item: Item) -> bool:
    if isinstance(item, Join):
        return bool(item.colour) and not (item.target or item.standing or item.closes)  # `Join in A and work as Row 2`
    return isinstance(item, Aside) and item.what in ("remark", "fasten off", "colour", "turn", "still")


def targets(one: Ref, written: Sequence[Written]) -> list[Written] | Finding:
    """The rows meant, in their order."""
    if one.even is not None or one.pattern:
        unit = [row for row in written if row.unit]
        if unit and not one.even and (one.pattern or not all(map(_plain, unit))):
            return unit
        if one.pattern and not (written and _plain(written[-1])):
            return Finding("not-understood", "Not clear which rows are the pattern.", one.span)
        return [_evenly(one, written[-1] if written else None)]
    if one.last:
        if len(written) < one.last:
            return Finding("bad-reference", f"There are no {one.last} rows before this one.", one.span)
        return list(written[-one.last :])
    by_number = {row.number: row for row in written}
    for n in one.rows:
        if n not in by_number:
            says = f"There is no row {n} before this one to work as."
            return Finding("not-understood" if one.of else "bad-reference", says, one.span)
    rows = [by_number[n] for n in one.rows]
    if rows and rows[0].founded and not one.of:
        says = f"Row {rows[0].number} stands on a ring or a chain, so it is not clear how to work as it does."
        return Finding("not-understood", says, one.span)
    return rows


def as_pattern(written: Sequence[Written], one: Ref) -> tuple[Written, ...]:
    """The rows so far, those marked that make the pattern now, as they are worked again."""
    rows = targets(one, written)
    if isinstance(rows, Finding) or one.even is not None or one.pattern or one.of:
        return tuple(written)
    numbers = {row.number for row in rows}
    return tuple(replace(row, unit=row.number in numbers) for row in written)


def _plain(row: Written) -> bool:
    """A row of one kind of stitch, with no chain but that it starts with."""
    made = [one for one in walked(row.items) if isinstance(one, Make) and one.kind != "sl st"]
    others = any(isinstance(one, Group | Repeat | Skip) for one in row.items)
    chains = [i for i, one in enumerate(row.items) if isinstance(one, Chain)]
    return len({one.kind for one in made}) == 1 and not others and (not chains or row.items[chains[-1]] == _start(row))


def _start(row: Written | None) -> Chain | None:
    """The chain that a row starts with."""
    first = next((one for one in row.items if not isinstance(one, Aside)), None) if row else None
    return first if isinstance(first, Chain) else None


def _evenly(one: Ref, before: Written | None) -> Written:
    """A row with a stitch in each stitch, of the kind told or as before."""
    last = [item.kind for item in walked(before.items if before else ()) if isinstance(item, Make)]
    kind = one.even or next((kind for kind in last if kind not in ("sl st", "inc", "dec")), "sc")
    where = Target("each", (Thing("st", said="st"),), span=one.span)
    start = _start(before)
    items: tuple[Item, ...] = (Rules((Make(1, kind, where, one.span),), one.span),)
    if start is not None and start.n > 1 and kind in last:
        items = (start, Make(1, kind, replace(where, until="end"), one.span))
    return Written(0, items, before.rounds if before else True)


def resolved(
    items: tuple[Item, ...], written: Sequence[Written], turn: int, opened: bool = True
) -> tuple[Item, ...] | Finding:
    """The items with another row's in place of the reference. `turn`: which of several rows it is now.

    `opened`: what it stands on is there; else what the other row stood on is made for it too.
    """
    found: list[Item] = []
    for item in items:
        if isinstance(item, Ref):
            rows = targets(item, written)
            if isinstance(rows, Finding):
                return rows
            meant = rows[turn % len(rows)]
            found += () if opened else meant.opening
            started = any(isinstance(one, Chain) for one in found) and _start(meant)
            found += (one for one in meant.items if not started or one is not started)
        elif isinstance(item, Make) and found:  # `rep Row 2, ending last rep with dc in top of tch`
            after = len(found)
            while after and isinstance(found[after - 1], Aside):
                after -= 1
            found[after - (after > 0 and _ends_as(found[after - 1], item)) : after] = [item]
        elif not (isinstance(item, Join) and item.target is None and any(isinstance(one, Join) for one in found)):
            found.append(item)  # the row that is meant joins itself
    return _spaced(tuple(worked(found)))


def spaced(items: Sequence[Item]) -> bool:
    """It is told how many stitches stand between increases now."""
    return any(isinstance(one, Aside) and one.what == BETWEEN_INCS for one in items)


def _spaced(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items with so many stitches between increases as is told beside the row that is meant."""
    told = next((one for one in items if isinstance(one, Aside) and one.what == BETWEEN_INCS), None)
    if told is None:
        return items
    rest = tuple(one for one in items if one is not told)
    alone = not any(isinstance(one, Make | Group | Rules | Skip) for one in rest)
    repeats = [one for one in rest if isinstance(one, Repeat)]
    body = _with_between(repeats[0].items, told.n) if alone and len(repeats) == 1 else None
    if body is None:
        return (*rest, Unread("the stitches between increases", told.span))
    return tuple(replace(one, items=body) if isinstance(one, Repeat) else one for one in rest)


def _with_between(body: tuple[Item, ...], n: int) -> tuple[Item, ...] | None:
    """`sc in next st, 2 sc in next st` with so many between (below 0: so many more); None: it is no such."""
    if len(body) != 2 or not all(isinstance(one, Make) and one.eats == 1 for one in body):
        return None
    plain, more = body
    assert isinstance(plain, Make)
    assert isinstance(more, Make)
    grows = more.kind == "inc" or (more.n == 2 and more.kind == plain.kind and more.target is not None)
    where = plain.target
    if not grows or plain.kind == "inc" or (where is not None and (where.which != "next" or plain.n > 1)):
        return None
    n = (plain.n if where is None else where.n) - n if n < 0 else n
    one = replace(plain, n=n) if where is None else replace(plain, target=replace(where, n=n, counted=n > 1))
    return (one, more)


def _ends_as(last: Item, item: Make) -> bool:
    """Both are the same stitches in the end of the row."""
    one = last if isinstance(last, Make) else None
    return one is not None and (one.kind, one.n) == (item.kind, item.n) and _at_the_end(one) and _at_the_end(item)


def _at_the_end(item: Make) -> bool:
    where = item.target
    return where is not None and (where.which == "last" or where.things[0].cls in ("top", "turn"))


def at_the_ends(items: tuple[Item, ...], before: Written | None) -> tuple[Item, ...]:
    """The items of `dec at each end`, which tells of no stitch, with those of the row before; else the same."""
    told = [one for one in items if isinstance(one, Aside) and one.what[:4] in ("inc ", "dec ")]
    if not told or told[0].n or any(isinstance(one, Make | Group | Repeat | Rules | Ref) for one in items):
        return items
    last = [item.kind for item in walked(before.items if before else ()) if isinstance(item, Make)]
    kind = next((kind for kind in last if kind not in ("sl st", "inc", "dec")), "sc")
    start = _start(before)
    each = Make(1, kind, Target("each", (Thing("st", said="st"),), until="end", span=told[0].span), told[0].span)
    begun = () if start is None or any(isinstance(one, Chain) for one in items) else (start,)
    at = items.index(told[0])
    return tuple(worked([*begun, *items[:at], each, *items[at:]]))


def grows(one: Ref, written: Sequence[Written]) -> bool:
    """The row meant made more than it stood on, so that the next like it is not in the same words."""
    rows = targets(one, written)
    return not isinstance(rows, Finding) and any(row.grows for row in rows)


def in_any_stitch(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items with each stitch of the row below called just that."""
    return with_things(items, lambda thing: replace(thing, kind=None) if thing.cls == "st" else thing)


def along_the_sides(items: tuple[Item, ...], inside: bool = False) -> tuple[Item, ...]:
    """The items with what a side has told once and worked up to the next corner."""
    found: list[Item] = []
    for i, item in enumerate(items):
        if isinstance(item, Repeat):
            item = _told_once(item) or replace(item, items=along_the_sides(item.items, True))
        item = _of_the_whole_side(item)
        if isinstance(item, Make) and _in_the_last_space(item) and i:
            after = tuple(one for one in items[i + 1 : i + 2] if isinstance(one, Chain))
            one = replace(item, target=replace(item.target, which="next", n=1, counted=False) if item.target else None)
            found.append(Repeat((one, *after), Often("around", span=item.span), item.span))
            continue
        if not isinstance(item, Make) or item.target is None or not _next_ones(item.target) or item.kind == "sl st":
            found.append(item)
            continue
        thing = item.target.things[0]
        if thing.cls == "st":
            last = not inside and all(isinstance(one, Join | Aside) for one in items[i + 1 :])
            where = Target("each", (thing,), until="end" if last else _CORNER, span=item.target.span)
            found.append(replace(item, target=where))
        elif thing.cls in ("sp", "gap") and not (found and _same(found[-1], item)):
            after = tuple(one for one in items[i + 1 : i + 2] if isinstance(one, Chain))
            found.append(Repeat((item, *after), Often("around", thing=_CORNER, span=item.span), item.span))
    return tuple(one for k, one in enumerate(found) if not (isinstance(one, Chain) and k and _has_chain(found[k - 1])))


def _next_ones(where: Target) -> bool:
    """`in next 7 dc`, `in each of next 7 dc`."""
    return where.which == "next" or (where.which == "each" and where.counted)


def _of_the_whole_side(item: Item) -> Item:
    """`2 dc in each of next 2 gaps` as 2 dc in the next: a side's are all of them."""
    where = item.target if isinstance(item, Make) else None
    if not isinstance(item, Make) or where is None or not where.counted or where.which not in ("each", "next"):
        return item
    told = where.things[0].cls in ("sp", "gap")
    return replace(item, target=replace(where, which="next", n=1, counted=False)) if told else item


def _in_the_last_space(item: Make) -> bool:
    """`3 dc in last gap`: the rest of the last side."""
    where = item.target
    return where is not None and where.which == "last" and where.things[0].cls in ("sp", "gap")


def _told_once(item: Repeat) -> Item | None:
    """`(3 dc in next ch-1 sp, ch 1) twice`: what is done so often along a side, told as it is done once."""
    one = item.items[0] if item.items else None
    where = one.target if isinstance(one, Make) else None
    along = where is not None and where.which == "next" and where.things[0].cls in ("sp", "gap")
    rest = all(isinstance(other, Chain) for other in item.items[1:])
    if not along or not rest or item.often.how != "all" or item.cut is not None or item.often.n < 2:
        return None
    return replace(item, often=Often("around", thing=_CORNER, span=item.often.span))


_CORNER = Thing("corner", said="corner")


def _same(one: Item, item: Make) -> bool:
    """The side's repeat is of this stitch already."""
    return isinstance(one, Repeat) and isinstance(one.items[0], Make) and one.items[0].target == item.target


def _has_chain(item: Item) -> bool:
    """The chain after a side's cluster is in its repeat."""
    return isinstance(item, Repeat) and item.often.how == "around" and isinstance(item.items[-1], Chain)
