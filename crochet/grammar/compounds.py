"""Compounds: a shape worked where a row says: `V-st in next st`, `5-dc shell in next sc`, `(shell, ch 2, shell)`.

compound = [n] ["beg"] name [target]
"""

from __future__ import annotations

from dataclasses import replace

from crochet.grammar.pattern import Aside, Group, Item, Often, Repeat, Skip, Span, Target, Thing
from crochet.grammar.shapes import PICOT, made, sized
from crochet.grammar.starts import counting
from crochet.grammar.targets import target
from crochet.grammar.tokens import Reader
from crochet.grammar.vocabulary import Shape

_MOST = 20
BARE = Target("bare", (Thing("st", said="st"),))


def compound(text: Reader) -> Item | None:
    """A stitch made of several, by its name; None: none stands here."""
    at, start = text.i, text.start
    group, n = sized(text), 1
    if group is None:
        n = text.number() or 1
        group = made(text)
    found = _worked(text, group, n, start) if group and (group.items or group.name == PICOT) else None
    if found is None:
        text.i = at
    return found


def _worked(text: Reader, of: Shape, n: int, start: int) -> Item | None:
    """A shape worked where it is told, or in the next stitch; None: it cannot be."""
    where = target(text)
    span = (start, text.end)
    if of.name == PICOT and not of.items:
        return Aside(PICOT, span) if where is None and n == 1 else None
    items = tuple(_spanned(one, span) for one in of.items)
    group: Item = Repeat(items, Often("all", 1), span) if of.plain else Group(items, where or BARE, span, of.name)
    if n == 1 and where is not None and where.which == "ring" and where.things[0].chains:
        return _founded(text, group, where.things[0].chains, start)
    if n == 1:
        return group
    if where is None:
        return Repeat((group,), Often("all", n, span=span), span)
    return Group((replace(group, target=BARE),) * n, where, span) if isinstance(group, Group) and n <= _MOST else None


def _founded(text: Reader, group: Item, nth: int, start: int) -> Item:
    """`V-st in 5th ch from hook (skipped chs count as dc)`: the chains before it, and the shape in the next."""
    counts = counting(text)
    if counts is None or not isinstance(group, Group):
        return group
    chain = Thing("ch", said="ch")
    passed = Skip(nth - 1, chain, (start, text.end), counts=counts)
    group = replace(group, target=Target("next", (chain,), span=group.target.span))
    return Repeat((passed, group), Often("all", 1), (start, text.end))


def _spanned(item: Item, span: Span) -> Item:
    """An item of a definition as it stands in a row: what is found in it is found at the name."""
    if isinstance(item, Group):
        return replace(item, items=tuple(_spanned(one, span) for one in item.items), span=span)
    return replace(item, span=span)
