"""Inversions: a place that is told before what goes into it: `in next ch-2 sp work (3 dc, ch 2, 3 dc)`."""

from __future__ import annotations

from dataclasses import replace

from crochet.grammar.asides import aside
from crochet.grammar.bodies import CLOSE, NESTING, Items, within
from crochet.grammar.joins import back
from crochet.grammar.makes import make
from crochet.grammar.pattern import Chain, Group, Item, Make, Repeat
from crochet.grammar.repeats import how_often
from crochet.grammar.signs import LEADS
from crochet.grammar.starts import chain, ring
from crochet.grammar.targets import target
from crochet.grammar.tokens import Reader


def placed(text: Reader, items: Items) -> Item | None:
    """`in next ch-2 sp work (3 dc, ch 2, 3 dc)`: the place is told before what goes into it."""
    at, start = text.i, text.start
    told = ring(text) or aside(text)
    if told is not None:
        return told
    where = target(text)
    text.skip(",|:|—|-")
    text.skip(LEADS)
    text.skip(":")
    if where is None or text.depth >= NESTING:
        return back(text, at)
    if text.at("(|["):
        close = CLOSE[text.peek().text]
        text.i += 1
        body = within(text, items, lambda t: t.at(")|]"))
        if body and text.skip(close):
            often = how_often(text)
            if often is None or often.how == "all":
                inner = body if often is None else [Repeat(tuple(body), often, (start, text.end))]
                return Group(tuple(inner), where, (start, text.end))
        return back(text, at)
    listed = _list(text)
    return Group(tuple(listed), where, (start, text.end)) if listed else back(text, at)


def closed_over(text: Reader) -> Item | None:
    """`over next 2 ch work dc2tog`: the places are told before what is closed over them."""
    at, start = text.i, text.start
    where = target(text)
    text.skip(",")
    text.skip(LEADS)
    made = make(text) if where is not None and where.counted else None
    if where is None or not isinstance(made, Make) or made.target is not None or made.eats != where.n:
        return back(text, at)
    return replace(made, target=where, span=(start, text.end))


def _list(text: Reader) -> list[Item]:
    """`2 dc, ch 2, 3 dc` up to where the sentence ends, or `4 dc, ch 2 and 4 dc`; empty where none is told so."""
    found: list[Item] = []
    ends, closed = text.i, 0  # where such an `and` has closed the list, and after how many
    while True:
        last = text.peek(-1).text == "and"
        one = chain(text) or make(text)
        own = isinstance(one, Make) and (one.target is not None or one.eats > 1 or one.kind == "sl st")
        if own or not isinstance(one, Chain | Make):
            text.i = ends
            return found[:closed]
        found.append(one)
        if last and len(found) > 2:
            ends, closed = text.i, len(found)
        if text.done() or text.at(".|;|*|)|]|rep|**"):
            return found
        if not text.skip(","):
            text.skip("and|&|+")
        text.skip("and|then")
        if text.at("*|[|(|join|sl|slip|ss|slst|rep|in|into"):
            return found
