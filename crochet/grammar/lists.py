"""Lists: `2 dc, ch 2, 3 dc in same sp` written without brackets, where all of it goes into one place.

So written it can also mean two stitches on their own, and then three in the space. The row is tried both ways.
"""

from __future__ import annotations

from dataclasses import replace

from crochet.grammar.adjoining import ADJOINED
from crochet.grammar.compounds import BARE
from crochet.grammar.pattern import (
    Aside,
    Chain,
    Group,
    Item,
    Join,
    Make,
    Often,
    Repeat,
    Rules,
    Skip,
    Target,
    Thing,
    walked,
    with_makes,
    with_things,
)
from crochet.grammar.phrases import Phrases
from crochet.grammar.posts import BELOW
from crochet.grammar.targets import target
from crochet.grammar.tokens import Reader

SPACES = frozenset({"sp", "corner", "gap", "joint"})


def listed(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items with such lists as groups; the same object where there is none."""
    found: list[Item] = []
    for item in items:
        if isinstance(item, Repeat) and item.cut is None and (inner := listed(item.items)) is not item.items:
            item = replace(item, items=inner)
        found.append(item)
        if _takes_all(item):
            _gather(found)
    changed = len(found) != len(items) or any(a is not b for a, b in zip(found, items, strict=True))
    return tuple(found) if changed else items


def vees(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items with each `*dc, ch 2, dc in next sc` of a repeat as a V in one stitch; the same where there is none."""
    found = tuple(_vee(one) if isinstance(one, Repeat) else one for one in items)
    return items if all(a is b for a, b in zip(found, items, strict=True)) else found


def again_and_again(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """`sc, inc around`: all of it again and again, and not only its last stitch; `(2 sc) x 6`: two in each of six.

    The same object where the row is no such.
    """
    at = next((i for i, one in enumerate(items) if not isinstance(one, Aside | Join | Chain)), 0)
    end = next((i for i in range(at, len(items)) if _around(items[i])), -1)
    if end > at and all(isinstance(one, Aside | Join) for one in items[end + 1 :]):
        body = (*items[at:end], _once(items[end]))
        if all(isinstance(one, Make | Skip | Chain) and _goes_on(one) for one in body):
            span = (items[at].span[0], items[end].span[1])
            return (*items[:at], Repeat(body, Often("around", span=span), span), *items[end + 1 :])
    if (times := _last_times(items, at)) and all(isinstance(one, Aside | Join) for one in items[times + 1 :]):
        last = items[times]
        assert isinstance(last, Repeat)
        span = (items[at].span[0], last.span[1])
        return (*items[:at], Repeat((*items[at:times], *last.items), last.often, span), *items[times + 1 :])
    each = tuple(_in_each(one) for one in items)
    return items if all(a is b for a, b in zip(each, items, strict=True)) else each


def _last_times(items: tuple[Item, ...], at: int) -> int:
    """`1 sc, 1 inc x 6`: where the last of a list is told how often, and by some hands all of it; 0: it is not."""
    end = next((i for i in range(at, len(items)) if isinstance(items[i], Repeat)), -1)
    last = items[end] if end > at else None
    if not isinstance(last, Repeat) or last.often.how != "all" or len(last.items) != 1 or last.often.n < 2:
        return 0
    return end if all(isinstance(one, Make) and _goes_on(one) for one in (*items[at:end], *last.items)) else 0


def as_seen(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items with front posts for back posts among the places: in a row that is turned each looks like the other.

    The same object where no post is worked into.
    """
    posts = any(_other_post(thing) is not thing for one in walked(items) for thing in _places(one))
    return with_things(items, _other_post) if posts else items


def _places(one: Item) -> tuple[Thing, ...]:
    if isinstance(one, Skip):
        return (one.thing,)
    return one.target.things if isinstance(one, Make | Group) and one.target else ()


def _other_post(thing: Thing) -> Thing:
    kind = thing.kind or ""
    other = {"fp": "bp", "bp": "fp"}.get(kind[:2])
    return replace(thing, kind=other + kind[2:]) if other else thing


def in_chains_alone(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items with each space of no size told as one of chains: a gap between groups is none.

    The same object where there is none.
    """
    spaces = any(thing.cls == "sp" and not thing.chains for one in walked(items) for thing in _places(one))
    return with_things(items, _of_chains) if spaces else items


def _of_chains(thing: Thing) -> Thing:
    return replace(thing, kind="ch") if thing.cls == "sp" and not thing.chains else thing


def beneath(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items with each long stitch that is told no place as one worked further down, between two stitches.

    The same object where there is none.
    """
    return with_makes(items, _beneath)


def _beneath(make: Make) -> Make:
    if make.kind.startswith("spike ") and make.target is None:
        return replace(make, target=Target("same", (Thing("st", said="st"),), span=make.span))
    return make


def _around(item: Item) -> bool:
    """One stitch told to go around, without a star or a bracket before it: these say where the repeat begins."""
    if isinstance(item, Repeat):
        alone = len(item.items) == 1 and item.span[0] == item.items[0].span[0]
        return alone and item.often.how == "around" and item.often.thing is None
    item = item.rules[0] if isinstance(item, Rules) and len(item.rules) == 1 else item
    where = item.target if isinstance(item, Make) else None
    return where is not None and where.which == "each" and where.until in ("around", "end") and not where.counted


def _once(item: Item) -> Item:
    if isinstance(item, Repeat):
        return item.items[0]
    item = item.rules[0] if isinstance(item, Rules) else item
    return replace(item, target=None) if isinstance(item, Make) else item


def _goes_on(item: Item) -> bool:
    where = item.target if isinstance(item, Make) else None
    return where is None or where.which == "next"


def _in_each(item: Item) -> Item:
    """`(2 sc) x 6`, `(2 sc) around`."""
    one = item.items[0] if isinstance(item, Repeat) and len(item.items) == 1 else None
    if not isinstance(item, Repeat) or not isinstance(one, Make) or not bare(one) or one.n < 2:
        return item
    return replace(item, items=(replace(one, target=Target("next", (Thing("st", said="st"),), span=one.span)),))


def joined_for_nothing(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """`ch 1, sl st in corner of first square, ch 1` for a ch-2 corner: it stands for no chain; the same if none is."""
    found: list[Item] = []
    for i, item in enumerate(items):
        inner = joined_for_nothing(item.items) if isinstance(item, Group | Repeat) else ()
        if isinstance(item, Group | Repeat) and inner is not item.items:
            item = replace(item, items=inner)
        chained = all(isinstance(one, Chain) for one in (*items[i - 1 : i], *items[i + 1 : i + 2])) and i
        if isinstance(item, Aside) and item.what == ADJOINED and chained:
            item = replace(item, what="remark")
        found.append(item)
    return items if all(a is b for a, b in zip(found, items, strict=True)) else tuple(found)


def next_below(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """`dc in next st, fpdc around st below`: the post is that of the next stitch; the same where there is none."""
    return with_makes(items, _next_below)


def _next_below(make: Make) -> Make:
    where = make.target
    if where is None or where.which != "same" or where.things[0].said != BELOW:
        return make
    return replace(make, target=replace(where, which="next"))


def _vee(repeat: Repeat) -> Repeat:
    if repeat.cut is not None or len(repeat.items) != 3:
        return repeat
    one, chain, other = repeat.items
    if not (isinstance(one, Make) and isinstance(chain, Chain) and isinstance(other, Make) and bare(one)):
        return repeat
    where = other.target
    if one.kind != other.kind or where is None or where.which != "next" or where.counted or where.things[0].cls != "st":
        return repeat
    group = Group((one, chain, replace(other, target=None)), where, (one.span[0], other.span[1]))
    return replace(repeat, items=(group,))


def each_in_one(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items with `(2 dc, 1 dc) around` as 2 dc in one stitch and 1 in the next; the same where there is none."""
    found = tuple(_each_in_one(one) if isinstance(one, Repeat) else one for one in items)
    return items if all(a is b for a, b in zip(found, items, strict=True)) else found


def _each_in_one(repeat: Repeat) -> Repeat:
    if repeat.cut is not None or not all(isinstance(one, Make) and bare(one) for one in repeat.items):
        return repeat
    many = [one for one in repeat.items if isinstance(one, Make) and one.n > 1]
    if not many or any(one.n > 3 for one in many):
        return repeat
    where = Target("next", (Thing("st", said="st"),))
    return replace(repeat, items=tuple(replace(one, target=where) if one in many else one for one in repeat.items))


def all_in(text: Reader, found: list[Item]) -> bool:
    """`dc, ch 1 in each dc around`: what was told last goes into one place, its chain too. Else nothing is changed."""
    at, k = text.i, len(found)
    while k and (isinstance(found[k - 1], Chain) or bare(found[k - 1])):
        k -= 1
    while k < len(found) and isinstance(found[k], Chain):
        k += 1
    where = target(text) if k < len(found) else None
    placed = where is not None and where.which in ("next", "each", "same", "ring") and not where.counted
    if where is None or not placed or not (text.done() or text.at(",|.|;|*|)|]|rep|repeat|**")):
        text.i = at
        return False
    found[k:] = [Group(tuple(found[k:]), where, (found[k].span[0], text.end))]
    return True


_BETWEEN = Phrases(
    "between each|the|all|them? group|groups|cluster|clusters|shell|shells|one|set|sets|corner|corners|other?",
    "in between each|the|them? group|groups|cluster|clusters|shell|shells|one|set|sets|corner|corners?",
)


def chained_between(text: Reader, found: list[Item]) -> bool:
    """`(3 dc, ch 2, 3 dc) in each corner, ch 1 between`: the chain follows each. Else nothing is changed."""
    made, chain = (found[-2], found[-1]) if len(found) > 1 else (None, None)
    where = made.target if isinstance(made, Make | Group) else None
    if not isinstance(made, Make | Group) or where is None or where.which != "each" or not isinstance(chain, Chain):
        return False
    at = text.i
    if where.counted or not _BETWEEN.skip(text) or not (text.done() or text.at(",|.|;|(|[|—|=")):
        text.i = at
        return False
    one = replace(made, target=replace(where, which="next", until=None))
    span = (made.span[0], text.end)
    found[-2:] = [Repeat((one, chain), Often("around", span=span), span)]
    return True


def added_up(found: list[Item], at: int) -> None:
    """`1 hdc + 1 dc + 1 hdc in next st`: all that stands there goes into the place that the last is told."""
    last = found[-1]
    where = last.target if isinstance(last, Make) else None
    inner = found[at:-1]
    if where is None or where.counted or where.which in ("bare", "spread"):
        return
    if isinstance(last, Make) and last.eats == 1 and all(isinstance(one, Chain) or bare(one) for one in inner):
        found[at:] = [Group((*inner, replace(last, target=None)), where, (inner[0].span[0], last.span[1]))]


def _takes_all(item: Item) -> bool:
    if not isinstance(item, Make) and not (isinstance(item, Group) and item.name):
        return False
    where = item.target
    if where is None or not where.things:
        return False
    into = where.things[0].cls in SPACES or (where.things[0].cls == "named" and where.things[0].chains is not None)
    return where.which in ("next", "same", "first", "last") and into


def _gather(found: list[Item]) -> None:
    """Stitches without a place, and the chains between them, join the last one in its place."""
    last = found[-1]
    assert isinstance(last, Make | Group)
    assert last.target is not None
    at = len(found) - 1
    while at and (isinstance(found[at - 1], Chain) or bare(found[at - 1])):
        at -= 1
    while isinstance(found[at], Chain):
        at += 1
    inside = found[at:-1]
    if not any(isinstance(one, Chain) for one in inside):
        return
    unplaced = replace(last, target=None) if isinstance(last, Make) else replace(last, target=BARE)
    found[at:] = [Group((*inside, unplaced), last.target, (inside[0].span[0], last.span[1]))]


def bare(item: Item) -> bool:
    """Stitches that are told no place."""
    if isinstance(item, Group):
        return item.target == BARE
    return isinstance(item, Make) and item.target is None and item.eats == 1 and item.kind not in ("inc", "sl st")
