"""Unstarred: a repeat of which no star tells where it begins: all of the row is meant from its first stitch on."""

from __future__ import annotations

from crochet.grammar.bodies import bare_end, nexts
from crochet.grammar.joins import back
from crochet.grammar.pattern import Aside, Chain, Item, Join, Make, Repeat, Skip
from crochet.grammar.repeats import REPEAT, how_often
from crochet.grammar.tokens import Reader


def whole_row_again(text: Reader, found: list[Item], begins: int) -> Item | None:
    """`sc in next st, inc, repeat around`, `sc, inc (x 6)`: what was `found` so far, once more or oftener.

    `begins`: the place in the tokens where the words of the repeat begin.
    """
    at, start = text.i, text.found[begins].start
    if text.depth or not found:
        return None
    text.i = begins
    bracket = text.skip("(|[")
    if bracket or text.at("x"):
        often = how_often(text)
        often = often if often and (not bracket or text.skip(")|]")) else None
    else:
        often = (how_often(text, star=True) or bare_end(text)) if REPEAT.skip(text) else None
    body = [*nexts(tuple(one for one in found if not isinstance(one, Aside)))]
    while body and (isinstance(body[0], Join) or _counts_nothing(body[0])):
        body.pop(0)
    steps = (
        isinstance(one, Make | Skip | Chain) and (_steps(one) or (not i and _first(one))) for i, one in enumerate(body)
    )
    if often is None or not body or not all(steps):
        return back(text, at)
    keep = len(found) - next(i for i, one in enumerate(reversed(found), 1) if one.span == body[0].span)
    del found[keep:]
    return Repeat(tuple(body), often, (body[0].span[0] if body else start, text.end))


def _counts_nothing(one: Item) -> bool:
    return isinstance(one, Chain) and (one.n == 1 or one.counts == ())


def _first(one: Item) -> bool:
    """`2 sc in first st, 1 sc in next, repeat around`."""
    return isinstance(one, Make) and one.target is not None and one.target.which == "first" and one.more is None


def _steps(one: Item) -> bool:
    """It goes on to the next place, so it can be done again."""
    return not isinstance(one, Make) or one.target is None or (one.target.which == "next" and one.more is None)
