"""Bodies: what stands in brackets or between stars. It is items again, so their reader is handed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from crochet.grammar.pattern import Chain, Group, Item, Make, Often, Skip, Target, Thing
from crochet.grammar.signs import BETWEEN
from crochet.grammar.tokens import Reader

NESTING = 8
CLOSE = {"(": ")", "[": "]", "{": "}"}
Stops = Callable[[Reader], bool]
Items = Callable[[Reader, Stops], list[Item]]


def within(text: Reader, items: Items, stops: Stops) -> list[Item]:
    """The items one level deeper, up to where `stops` says."""
    text.depth += 1
    found = items(text, stops)
    text.depth -= 1
    return found


def body(text: Reader, items: Items, ends: set[str], opening: frozenset[str]) -> tuple[list[Item], int | None]:
    """The items up to one of these signs, and how many of them stand before `**`, unless that is an `opening` one."""
    stops = frozenset(ends | ({"**"} - opening))
    found = within(text, items, lambda t: t.texts[t.i] in stops)
    cut = None
    if text.skip("**"):
        cut = len(found)
        found += within(text, items, lambda t: t.texts[t.i] in stops)
    return found, cut


def worked(one: Item) -> bool:
    """Something is worked, or passed over."""
    return isinstance(one, Make | Chain | Group | Skip)


def nexts(body: tuple[Item, ...]) -> tuple[Item, ...]:
    """`(2 sc in first st, sc in next st) around`: on each pass the first is the next one."""
    first = body[0] if body else None
    if isinstance(first, Make) and first.target is not None and first.target.which == "first":
        return (replace(first, target=replace(first.target, which="next")), *body[1:])
    if len(body) == 2 and all(isinstance(one, Make) and one.target is None and one.eats == 1 for one in body):
        many, one = body
        if isinstance(many, Make) and isinstance(one, Make) and many.kind == one.kind and many.n > one.n == 1:
            return (replace(many, target=Target("next", (Thing("st", said="st"),), span=many.span)), one)
    return body  # `(2 dc, 1 dc) around`: the two go into one stitch, or they were three


def bare_end(text: Reader) -> Often | None:
    """`rep from *, join`: nothing says how often, so it is around."""
    if text.peek().text in BETWEEN or text.done() or text.at("ending|end|(|[|="):
        return Often("around", span=(text.start, text.start))
    return None
