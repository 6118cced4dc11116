"""Determiners: which place of its class is meant: the next, the same, the first, each of the next 3.

determiner = "next" [n] | "each" ["of next" n] | "same" ["as" ...] | "first" | "last" [n] | "any" | "rem" | "rest"
"""

from __future__ import annotations

from typing import Literal

from crochet.grammar.names import FIRST_WORDS, number, stitch
from crochet.grammar.pattern import Which
from crochet.grammar.phrases import Phrases
from crochet.grammar.shapes import place
from crochet.grammar.spaces import CHAIN_WORDS, ENDED
from crochet.grammar.tokens import Reader

_WHICH = frozenset(
    ["next", "following", "foll", "each", "ea", "every", "all", "both", "same", "this", "that", "first", "beginning",
     "beg", "starting", "standing", "last", "final", "previous", "any", "rem", "remaining",
     "rest", "remainder"]
)  # fmt: skip
_SPACED = frozenset({"sp", "sps", "space", "spaces", "loop", "lp"})


def determiner(text: Reader) -> tuple[Which, int, bool] | None:
    """(which, how many, whether that is told); None: the remaining ones."""
    here = text.peek()
    if here.text == "top" and text.skip("top", "of"):
        text.skip("the")
        here = text.peek()
    if here.kind == "w" and here.text not in _WHICH:
        return "next", 1, False
    if here.kind == "o" and here.value == 2 and _behind_the_chain(text):
        text.i += 1
        return "next", 1, False
    if text.skip("next|following|foll"):
        told = number(text) if text.peek().kind == "n" else None
        return "next", told or 1, told is not None
    if text.skip("each|ea|every|all|both"):
        return _each_of(text)
    if text.skip("same|this|that"):
        text.skip("first|same")
        return "same", 1, False
    if text.skip("first|beginning|beg|starting|standing"):
        text.skip("-") or text.skip("true|real|actual")
        return "first", number(text) or 1, False
    chained = text.peek(1).text in CHAIN_WORDS and text.peek(2).text not in _SPACED and text.peek(2).text != "-"
    if here.kind == "o" and here.value == 1 and (not chained or text.peek(2).text in ENDED):
        text.i += 1
        return "first", 1, False
    if text.skip("last|final|previous"):
        return "last", number(text) or 1, False
    if text.skip("any"):
        text.skip("one", "of") and text.skip("the")
        return "any", 1, False
    if text.skip("rem|remaining"):
        return ("each", number(text) or 1, True) if text.peek().kind == "n" else None
    if text.skip("rest|remainder"):
        return None
    told = number(text) if text.peek().kind == "n" else None
    return "next", told or 1, told is not None


def _each_of(text: Reader) -> tuple[Which, int, bool] | None:
    """After `each`: `[of next 3]`, `[of last 2]`; None: the remaining ones."""
    every = text.peek(-1).text
    text.skip("one")
    of = text.skip("of")
    of and text.skip("the|these|those")
    text.skip("the")
    if text.skip("next|following"):
        return "each", number(text) or 1, True
    if text.at("last|first"):
        end: Which = "last" if text.skip("last") else "first"
        text.skip("first")
        return end, number(text) or 1, True
    if text.skip("rem|remaining|other"):
        if of and text.peek().kind == "n" and (told := number(text)):
            return "each", told, True  # `in each of the other 11 sps`
        return None
    told = number(text) if of or every in ("both", "all") else None
    return "each", told or 1, bool(told)


def _behind_the_chain(text: Reader) -> bool:
    """`ch 3, dc in 2nd dc`: the chain at the row's start stands on the first, so that the second is the next."""
    stitches = text.peek(1).text in ("st", "stitch") or text.peek(1).text in FIRST_WORDS.keys() - CHAIN_WORDS
    before = text.found[: text.i] if stitches and text.i < 24 else []
    worked = [token for token in before if token.text in FIRST_WORDS and token.text not in CHAIN_WORDS]
    chains = [before[i + 1].value for i, token in enumerate(before[:-1]) if token.text in CHAIN_WORDS]
    return bool(chains) and chains[0] > 1 and len(worked) <= 1


_WHERE_IT_BEGAN = Phrases(
    "as the? join|joining|joined sl|slip? st|stitch?", "as the? sl|slip st|stitch join?", "as the? slst|ss",
    "where you? joined", "as the? beginning|beg|starting|start|first|initial|turning # -? ch|chain",
    "as the? beginning|beg|starting|start|first|initial|turning? ch|chain -? #? made?",
    "as the? beginning|beg|starting|start|first|initial|1st group|cluster|st|stitch|sc|dc|hdc|tr|htr|dtr|sp|shell",
    "as the? base of the|beg|beginning? ch|chain -? #?", "used for joining", "with joining|join",
    "as the? first|beginning|beg|starting sc|dc|hdc|tr|htr group|cluster", "as the? beginning|beg|start",
)  # fmt: skip
_WHERE_IT_IS = Phrases(
    "as the? last sl|slip? st|stitch made?", "as last", "as the? second|2nd|last leg|half of? the|last|previous|dec?",
    "as the? end of the? dec", "as the? last dc|sc|hdc|tr|htr|slst|ss|group|cluster made?",
)  # fmt: skip


def same_as(text: Reader) -> Literal["first", "last"] | None:
    """`as joining`, `as last dc`: whether the place is where the row began, or where the last stitch went."""
    if _WHERE_IT_IS.skip(text):
        return "last"
    return "first" if _WHERE_IT_BEGAN.skip(text) or _first_made(text) else None


def _first_made(text: Reader) -> bool:
    """`as first 3 dc`, `as beginning shell`."""
    at = text.i
    if text.skip("as"):
        text.skip("the")
        if text.skip("first|beginning|beg|starting|start|1st"):
            text.number() and text.skip("-")
            if stitch(text) is not None or place(text) is not None:
                text.skip("group|cluster|made|of") and (text.skip("this|the"), text.skip("rnd|round"))
                return True
    text.i = at
    return False
