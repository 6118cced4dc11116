"""Across: stitches told by where they go before what they are: `work across next 9 dc`, `work in sc to last 4 sts`.

across = ("work" | "cont") ["in" stitch] (across n stitch | until) ["in" stitch]
"""

from __future__ import annotations

from crochet.grammar.names import stitch
from crochet.grammar.pattern import Item, Make
from crochet.grammar.targets import bare_each, target
from crochet.grammar.tokens import Reader


def across(text: Reader) -> Item | None:
    """Stitches worked across so many; None: none are told so here."""
    at, start = text.i, text.start
    if text.skip("work|working|cont|continue|continuing"):
        kind = stitch(text) if text.skip("in") else None
        goes = text.at("across|over|along|on")
        where = (target(text) if goes else None) or (bare_each(text) if kind or goes else None)
        if where is not None and where.things and where.things[0].cls == "st":
            counted = where.counted or where.n > 1
            kind = kind or (stitch(text) if text.skip("in") else where.things[0].kind if counted else None)
            if kind is not None and "?" not in kind and (counted or where.which == "each"):
                return Make(1, kind, where, (start, text.end))
    text.i = at
    return None
