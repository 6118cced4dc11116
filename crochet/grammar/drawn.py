"""Drawn: clusters, puffs and popcorns told loop by loop, as the hook makes them.

cluster = legs yo "through all loops" | hold stitches yo "through all loops" | stitches hold yo "through all loops"
legs    = leg {leg} | ("(" | "[") leg (")" | "]") n "times" [target] | "*" leg "rep from *" n "times"
leg     = yo {insert | up | yo "through 2 loops"}
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from crochet.grammar.closing import OVER, finished, remaining, separated, tail
from crochet.grammar.held import MOST, all_closed, holds, popcorn
from crochet.grammar.pattern import Item, Make, Span, Target
from crochet.grammar.phrases import Phrases
from crochet.grammar.repeats import how_often
from crochet.grammar.targets import target
from crochet.grammar.tokens import Reader

_UP = Phrases(
    "draw|pull|bring up? a|the|your? long? loop|lp|yarn|thread through|up?",
    "draw|pull through|thru a|the? loop|lp?", "draw|pull it? up|through",
)  # fmt: skip
_LONG = Phrases(
    "up? to the? height of the? row|st|dc|ch|chain? -? #?", "up? to? # / # \"|in|inch|cm?", "up? to # \"|in|inch|cm?",
    "up|long|high",
)  # fmt: skip
_TWO = Phrases("draw|pull|work yarn|it|hook|loop? through|thru|off first|the? 2 loops|lps on|off? the? hook?",
               "through|thru|off first|the? 2 loops|lps on|off? the? hook?")  # fmt: skip
_FIRST = OVER.first | {"insert", "holding", "hold", "keeping", "keep", "leaving", "leave", "retaining", "retain"}
_FIRST |= {"draw", "pull", "drop", "remove", "take", "through", "thru", "complete", "work", "slip"}


class _Legs(NamedTuple):
    """So many legs of a stitch, and where they go; None: nothing says."""

    n: int
    where: Target | None
    kind: str


def drawn(text: Reader, found: list[Item]) -> bool:
    """Pass over what is told loop by loop, if it stands here: `found` then ends with the stitch that it makes."""
    here = text.peek().text
    if here not in _FIRST and not (here in ("(", "[", "*") and text.peek(1).text in _FIRST):
        return False
    at, start = text.i, text.start
    made = _legs(text, start)
    if made is not None:
        found.append(made)
    elif holds(text, found) or all_closed(text, found) or popcorn(text, found):
        return True
    if made is None:
        text.i = at
    return made is not None


def _legs(text: Reader, start: int) -> Item | None:
    """All the legs of a cluster or puff, and what closes them; None: this is not told here."""
    at = text.i
    told: list[_Legs] = []
    while len(told) <= MOST and (one := _some(text)) is not None:
        told.append(one)
        separated(text)
        if finished(text):
            tail(text)
            return _closed(told, (start, text.end))
    text.i = at
    return None


def _closed(told: Sequence[_Legs], span: Span) -> Item | None:
    """The legs as one stitch: in one place, or each in the next."""
    n, kind = sum(one.n for one in told), told[-1].kind
    onward = sum(one.n for one in told if one.where is not None and one.where.which == "next")
    where = next((one.where for one in told if one.where is not None), None)
    if not 1 <= n <= MOST:
        return None
    if kind != "puff" and where is not None and onward == n > 1 and where.things[0].cls == "st":
        return Make(1, kind, replace(where, n=n, counted=True), span, eats=n)
    return Make(1, kind if kind == "puff" or n == 1 else f"{kind}{n}tog", where, span)


def _some(text: Reader) -> _Legs | None:
    """Legs told once and worked so often; None: none stand here."""
    at = text.i
    close = {"(": ")", "[": "]", "*": "*"}.get(text.peek().text)
    text.i += close is not None
    one = _leg(text)
    if one is not None and close is not None:
        separated(text)
        often = None
        if close == "*":
            text.skip("*")
            separated(text)
            if text.skip("rep|repeat"):
                text.skip("from")
                text.skip("*")
                often = how_often(text, star=True)
        elif text.skip(close):
            often = how_often(text)
        place = target(text) if often is not None else None
        if often is not None and often.how in ("all", "unsure") and 1 <= often.n <= MOST:
            return _Legs(
                often.n + (often.how == "unsure" and close == "*"),
                place if place and place.which != "same" else one.where or place,
                one.kind,
            )
        one = None
    if one is None:
        text.i = at
    return one


def _leg(text: Reader) -> _Legs | None:
    """`yo, insert hook in next sp, draw up a loop, yo, draw through 2 loops`."""
    at = text.i
    over, inserted, offs, ups = 0, 0, 0, 0
    where: Target | None = None
    while True:
        before = text.i
        separated(text)
        if not ups and OVER.skip(text):
            over += not inserted
            text.skip("twice|once") or (
                text.peek(1).text in ("times", "time") and (text.number(), text.skip("times|time"))
            )
        elif not ups and text.skip("insert"):
            text.skip("the|your")
            text.skip("hook")
            inserted += 1
            where = target(text)
        elif not ups and _UP.skip(text):
            ups += 1
            where = target(text) or where
            while _LONG.skip(text):
                pass
        elif ups and not _closing(text) and _through_two(text):
            offs += 1
        else:
            text.i = before
            break
        remaining(text)
    if not ups or (where is None and not over) or (inserted and where is None):
        text.i = at
        return None
    kind = "puff" if over and not offs else {0: "sc", 1: "dc", 2: "tr"}.get(offs, "dtr")
    return _Legs(1, where, kind)


def _through_two(text: Reader) -> bool:
    """`yo and draw through 2 loops on hook`."""
    at = text.i
    OVER.skip(text)
    separated(text)
    if _TWO.skip(text):
        return True
    text.i = at
    return False


def _closing(text: Reader) -> bool:
    at = text.i
    found = finished(text)
    text.i = at
    return found
