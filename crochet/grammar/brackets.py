"""Brackets: a group that goes into one place, or a repeat: `(2 dc, ch 2, 2 dc) in next sp`, `[sc, inc] 6 times`.

bracket = ("(" | "[" | "{") items ["**" items] (")" | "]" | "}") (target | often) | n "times" bracket
"""

from __future__ import annotations

from dataclasses import replace

from crochet.grammar.adjoining import ADJOINED
from crochet.grammar.bodies import CLOSE, NESTING, Items, bare_end, body, nexts, within, worked
from crochet.grammar.joins import back
from crochet.grammar.pattern import Aside, Group, Item, Make, Often, Ref, Repeat
from crochet.grammar.repeats import REPEAT, how_often, marks
from crochet.grammar.signs import BETWEEN, STARTS
from crochet.grammar.starts import counting
from crochet.grammar.targets import target
from crochet.grammar.tokens import Reader

_FREE = frozenset({"same", "bare"})  # what stands in a group may go there


def bracket(text: Reader, items: Items) -> Item | None:
    """What stands in brackets, with what is told of it behind them; None: it was not understood."""
    start = text.start
    close = CLOSE[text.peek().text]
    before = text.peek(-1).text if text.i else ""
    opens = before in BETWEEN or before in marks(text) or not text.i
    if text.depth >= NESTING:
        return None
    text.i += 1
    inner, cut = body(text, items, {")", "]", "}"}, marks(text))
    if not text.skip(close) or not inner:
        return None
    if all(isinstance(one, Aside) and one.what in ("remark", "colour") for one in inner):
        return inner[0]
    placed = any(isinstance(one, Make | Group) and one.target and one.target.which not in _FREE for one in inner)
    passes = text.at("to", "last") or text.at("in", "rest") or text.at("in", "the", "rest")  # `[...] to last 2 sps`
    where = None if placed or passes else target(text)
    if where is not None:
        where.which == "ring" and where.things[0].chains and counting(text)
        return Group(tuple(inner), where, (start, text.end))
    often = _after_a_bracket(text)
    if often is None and opens and all(worked(one) or _adjoins(one) for one in inner):
        often = Often("all", 1, span=(start, text.end))  # `*[sc, inc], rep from * around`
    if often is None:
        return None
    if not placed and often.how in ("all", "unsure") and text.at("in|into") and (where := target(text)) is not None:
        often = replace(often, how="all")  # the first of them stands before the bracket
        return Group((Repeat(tuple(inner), often, (start, text.end)),), where, (start, text.end))
    if len(inner) == 1 and isinstance(inner[0], Ref) and often.how == "all" and cut is None:
        return replace(inner[0], passes=inner[0].passes * often.n, span=(start, text.end))  # `[Rep Rows 2-3] 5 times`
    return Repeat(tuple(inner) if often.n == 1 else nexts(tuple(inner)), often, (start, text.end), cut)


def _adjoins(one: Item) -> bool:
    return isinstance(one, Aside) and one.what == ADJOINED


def _after_a_bracket(text: Reader) -> Often | None:
    """`6 times`, `x 6`, `* 6`, `rep 6 times`, `, repeat around`."""
    at = text.i
    if text.at("*") and text.peek(1).kind == "n" and text.peek(2).text not in STARTS:
        text.i += 1
        n = text.number() or 0
        text.skip("times")
        return Often("all", n, span=(text.found[at].start, text.end))
    often = how_often(text)
    if often is None:
        while text.at(",|;|."):
            text.i += 1
        text.depth or (text.at("*", "rep|repeat") and text.skip("*"))  # `[...] * repeat 6 times`
        star = bool(REPEAT.skip(text))
        often = (how_often(text, star=True) or bare_end(text)) if star else None
    if often is None:
        text.i = at
    return often


def times_first(text: Reader, items: Items) -> Item | None:
    """`3 x (sc, inc)`, `6 times (sc, inc)`: how often is told before."""
    at, start = text.i, text.start
    if text.texts[at + 1] not in ("x", "times"):
        return None
    n = text.number() or 0
    if text.skip("x|times") and text.at("(|[|{"):
        close = CLOSE[text.peek().text]
        text.i += 1
        inner = within(text, items, lambda t: t.at(")|]|}")) if text.depth < NESTING - 1 else []
        if inner and text.skip(close):
            return Repeat(tuple(inner), Often("all", n, span=(start, text.found[at + 1].end)), (start, text.end))
    return back(text, at)
