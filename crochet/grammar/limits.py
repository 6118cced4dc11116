"""Limits: where the stitches that go into each place end: `around`, `to next ch-2 sp`, `to last 2 sts`.

limit = "around" | "across" | "to" ["last" [n] | "next"] thing | "until" n thing "remain" | "to" n "sts before" thing
"""

from __future__ import annotations

from typing import Literal

from crochet.grammar.edges import SIDE, edge
from crochet.grammar.names import number, stitch
from crochet.grammar.pattern import Thing
from crochet.grammar.phrases import Phrases
from crochet.grammar.things import thing, turning_chain
from crochet.grammar.tokens import Reader

# What may stand behind a place of which only `next 3` or `last` is said.
ENDS = frozenset(
    [",", ".", ";", ")", "]", "", "*", "**", "and", "then", "around", "across", "to", "until", "rep", "repeat", "(",
     "[", "{", "—", "=", "x", "all"]
)  # fmt: skip
_AROUND = Phrases(
    "even around|across?", "evenly around",
    "all? the? way? around|round the|this? rnd|round|ring|circle|piece|square|work?",
)  # fmt: skip
_TO_END = Phrases(
    "across to the? end of? the|this? row?",
    "across|along|over the|this|entire|whole? row|rnd|round?", "all the? way? across|along",
    "to|until|till the? end of? the|this|each? rnd|row|round|side?",
    "across|around? to the? beg|beginning of? the? rnd|round?",
)  # fmt: skip
_TO_NEXT = Phrases(
    "across|along|around|over? ,? to|until|till|before the? next|following|first", "up to the? next|following",
    "across|along|over to|until", "to|until|till you? reach? the? next",
)  # fmt: skip


def limit(text: Reader) -> tuple[Thing | Literal["around", "end"] | None, int, int]:
    """Where an `each` ends, how many are left there, and how many before it."""
    at = text.i
    whole: Thing | Literal["around", "end"] | None = None
    if _TO_END.skip(text):
        whole = "end"
    elif _AROUND.skip(text):
        whole = "around"
    ended = text.i
    text.i = at
    if edge(text):
        ended = max(ended, text.i)
        whole = "around" if text.texts[at] in ("around", "round") else SIDE
    else:
        text.skip("around|across|along") and text.skip("row|chain|round")
    if text.at(",", "to|until|till", "last|next"):
        text.i += 1
    after = text.i
    if text.at("until|till") and (kept := _remaining(text)) is not None:
        return kept[1], kept[0], 0
    if text.at("except|leaving", "last|the") or text.at("to|until|till|up|within"):
        text.i += 1
        text.skip("to") or text.skip("within")
        text.skip("the")
        if (found := turning_chain(text)) is not None:
            return found, 0, 0
        last = text.skip("last")
        left = (last and number(text)) or 1
        spaced = text.at("ch", "-") or (text.at("ch") and text.peek(1).kind == "n")
        if last or spaced or text.at("corner|center|centre|middle|spine|marked|marker") or text.skip("next|following"):
            found = thing(text) or (Thing("st", said="st") if text.peek().text in ENDS else None)
            if found is not None:
                return found, left if last else 0, 0
        elif (before := _before(text)) is not None:
            return before[1], 0, before[0]
    for begins in {at, after}:
        text.i = begins
        if _TO_NEXT.skip(text) and (found := thing(text)) is not None:
            return found, 0, 0
    text.i = ended
    return whole, 0, 0


def _remaining(text: Reader) -> tuple[int, Thing] | None:
    """`until 2 sts remain`, `until only one st remains`: so many are left."""
    at = text.i
    text.i += 1
    text.skip("there") and text.skip("are|is")
    text.skip("only|just")
    n = text.number()
    found = thing(text) if n else None
    text.skip("are|is")
    if n and found is not None and text.skip("remain|remains|rem|remaining|left"):
        return n, found
    text.i = at
    return None


def _before(text: Reader) -> tuple[int, Thing] | None:
    """`[until] 2 sts before corner`."""
    n = text.number()
    if n is None:
        return None
    text.skip("st|sts|stitches") or stitch(text)
    if not text.skip("before|from|of|remain|rem"):
        return None
    text.skip("the") or text.skip("next|each")
    text.skip("next")
    found = thing(text)
    return (n, found) if found else None
