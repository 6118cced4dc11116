"""Compounds: a shape worked where a row says: `V-st in next st`, `5-dc shell in next sc`, `(shell, ch 2, shell)`.

compound = [n] ["beg"] name [target]
"""

from __future__ import annotations

from dataclasses import replace

from crochet.grammar.names import stitch
from crochet.grammar.pattern import Aside, Group, Item, Make, Often, Repeat, Skip, Span, Target, Thing
from crochet.grammar.shapes import PICOT, made, sized
from crochet.grammar.starts import chain, counting
from crochet.grammar.targets import target
from crochet.grammar.tokens import Reader
from crochet.grammar.vocabulary import Shape

_MOST = 20
CORNER = "corner"
BARE = Target("bare", (Thing("st", said="st"),))


def compound(text: Reader) -> Item | None:
    """A stitch made of several, by its name; None: none stands here."""
    at, start = text.i, text.start
    group, n = sized(text), 1
    if group is None:
        n = text.number() or 1
        text.skip("a|an|another")
        group = made(text)
    group = _told_here(text, group) if group else None
    found = _worked(text, group, n, start) if group and (group.items or group.name == PICOT) else None
    if found is None:
        text.i = at
    return found


def _told_here(text: Reader, of: Shape) -> Shape:
    """`shell (2 dc, ch 2, 2 dc) in next sp`: the name with what it stands for in brackets."""
    at, close = text.i, {"(": ")", "[": "]"}.get(text.peek().text)
    if close is None or not of.items:
        return of
    text.i += 1
    text.skip("=")
    items: list[Item] = []
    while (one := chain(text) or _plain_stitches(text)) is not None:
        items.append(one)
        text.skip(",")
        text.skip("and")
    if (
        items
        and any(isinstance(one, Make) for one in items)
        and text.skip(close)
        and text.at("in|into|between|around|,")
    ):
        return replace(of, items=tuple(items))
    text.i = at
    return of


def _plain_stitches(text: Reader) -> Make | None:
    at, start = text.i, text.start
    n = text.number() or 1
    kind = stitch(text)
    if kind is None or "?" in kind:
        text.i = at
        return None
    return Make(n, kind, None, (start, text.end))


def _worked(text: Reader, of: Shape, n: int, start: int) -> Item | None:
    """A shape worked where it is told, or in the next stitch; None: it cannot be."""
    where = target(text)
    span = (start, text.end)
    if of.name == PICOT and not of.items:
        return Aside(PICOT, span) if where is None and n == 1 else None
    items = tuple(_spanned(one, span) for one in of.items)
    name = None if of.name == CORNER else of.name  # its stitches are worked into one by one
    group: Item = Repeat(items, Often("all", 1), span) if of.plain else Group(items, where or BARE, span, name)
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
