"""Adjoining: where motifs are joined as they are made, a stitch into the one beside; it stands for one chain.

adjoined = ("sl st" | "join") ["in"] ["corresponding"] place ("of" | "on" | "from") ["the"] other piece
         | ("sl st" | "join") ["in"] ["the"] other piece "'s" place | "drop loop, insert hook in" the same "pull"
own      = ("of" | "on" | "in") ["the"] ("this" | "new" | "current" | ...) piece      (of a place in the motif itself)
limb     = ("of" | "on" | "around" | ...) ["the"] ("first" | "left" | ...) ("leg" | "piece" | ...)
"""

from __future__ import annotations

from dataclasses import replace

from crochet.grammar.names import stitch
from crochet.grammar.pattern import Aside
from crochet.grammar.phrases import Phrases
from crochet.grammar.things import thing
from crochet.grammar.tokens import Reader

ADJOINED = "adjoined"
_FACES = frozenset({"corresponding", "matching", "adjacent", "adjoining", "neighboring", "neighbouring", "facing"})
_PIECE = "square|motif|granny|hexagon|block|flower|medallion|piece|circle|triangle|snowflake|octagon|star|doily|strip"
_PIECES = "|".join(f"{one}s" for one in _PIECE.split("|"))
_ONES = "another|first|previous|prev|last|other|adjacent|adjoining|neighboring|neighbouring|completed|finished|joined"
_WHOSE = Phrases(f"{_ONES} {_PIECE} ' s", f"{_ONES} {_PIECE}", f"{_PIECE} # ' s", f"{_PIECE} #")
_OTHER = Phrases(
    f"of|on|from|in the|your|an? another|first|previous|prev|last|other|adjacent|adjoining|next|neighboring|"
    f"neighbouring|completed|finished|joined|prior|one|1st|2nd|third|3rd? {_PIECE}|{_PIECES}",
    f"of|on|from the? first|previous|prev|last|other|adjacent|adjoining|neighboring|completed {_PIECE} {_PIECE}",
    f"of|on|from {_PIECE} #",
)  # fmt: skip
_OWN = Phrases(
    f"of|on|in the? new|second|current|present|this|same|working|2nd {_PIECE}",
    f"of|on|in the? new|second|current|present|this|same|working {_PIECE} {_PIECE}",
    f"of|on {_PIECE} #",
)  # fmt: skip
_LIMB = "leg|legs|foot|feet|arm|ear|piece|part|wing|paw|shoe|boot|half"
_WHICH = "first|second|third|1st|2nd|3rd|left|right|other|next|same|one"
_LIMBS = Phrases(
    f"of|on|around|along|in|over|from the|your|this|that? {_WHICH} {_LIMB}", f"of|on|around|along {_LIMB} # ",
    f"to|with|onto the|your? {_WHICH} {_LIMB}",
)  # fmt: skip
_LIMBED = frozenset(_LIMB.split("|"))


def of_a_limb(text: Reader) -> bool:
    """Pass over `of first leg`, where a round goes over several pieces and makes them one."""
    if _LIMBED.isdisjoint(text.words) or not _LIMBS.skip(text):
        return False
    text.limbs = True
    return True


PIECES = frozenset(_PIECE.split("|"))  # what the pieces are called that are joined
_NAMED = frozenset(f"{_PIECE}|{_PIECES}".split("|"))


def adjoined(text: Reader, start: int) -> Aside | None:
    """Behind `sl st` or `join`: a place of another piece; None: none is told here."""
    if _FACES.isdisjoint(text.words) and _NAMED.isdisjoint(text.words):
        return None
    at = text.i
    text.skip("with", "a") or text.skip("with")
    text.peek(-1).text in ("with", "a") and stitch(text)
    text.skip("in|into|to|through|onto")
    text.skip("any|the|next|a|an|each|its")
    whose = _WHOSE.skip(text)
    if whose and text.skip("with"):  # `join to the other square with a sl st in its corner`
        text.skip("a")
        stitch(text)
        text.skip("in|into|to|through|onto") and text.skip("its|the|any|next|a|an")
    faces = text.peek().text in _FACES
    text.i += faces
    place = thing(text)
    other = _OTHER.skip(text) or whose
    if place is None or not (faces or other):
        text.i = at
        return None
    text.skip("with", "a", "sl|slip", "st|stitch") or text.skip("with", "sl|slip", "st|stitch")
    return Aside(ADJOINED, (start, text.end), said=text.text[start : text.end])


_DROPS = Phrases(
    "drop|remove|take|slip the? last|working|this? loop|lp off|from|out? of? the|your? hook?",
    "remove|withdraw|take hook from|out? of? the? working|last? loop|lp",
)
_PUTS = Phrases("insert the|your? hook from? front|back? to? back|front?", "put|place the|your? hook")
_PICKS = Phrases(
    "pick|picking up the? dropped? loop|lp", "place|put|grab|catch|hook the? dropped? loop|lp back? on? the? hook?",
    "draw|pull the? dropped|same|working? loop|lp through", "draw|pull it? through",
)  # fmt: skip
LINKS = _DROPS.first


def linked(text: Reader) -> Aside | None:
    """`drop loop, insert hook in corner of first square, pull loop through`; None: it does not stand here."""
    at, start = text.i, text.start
    if _DROPS.skip(text):
        _between(text)
        if _PUTS.skip(text) and adjoined(text, start) is not None:
            picked = False
            while True:
                ends = text.i
                _between(text)
                if not _PICKS.skip(text):
                    break
                picked = True
            text.i = ends
            if picked:
                return Aside(ADJOINED, (start, text.end), said=text.text[start : text.end])
    text.i = at
    return None


def _between(text: Reader) -> None:
    text.skip(",|;|.")
    text.skip("and|then")


def beside_the_chain(text: Reader, n: int, start: int) -> Aside | None:
    """`ch 2, sc in corresponding loop of first motif, ch 2`: a stitch that does what a slip stitch would; else None."""
    if n != 1 or (_FACES.isdisjoint(text.words) and _NAMED.isdisjoint(text.words)):
        return None
    at = text.i
    found = adjoined(text, start)
    if found is not None and (text.texts[text.i] in _SEPARATE or text.done()):
        words = text.texts[at : text.i]
        if not _FACES.isdisjoint(words) or (_after_a_chain(text, at) and not _MADE.isdisjoint(words)):
            return replace(found, said=f"sl st {text.text[text.found[at].start : text.end]}")
    text.i = at
    return None


_SEPARATE = frozenset({",", ".", ";", ")", "]", "*"})
_MADE = frozenset({"first", "previous", "prev", "other", "completed", "finished", "last", "another"})


def _after_a_chain(text: Reader, at: int) -> bool:
    """Chains stand before the stitch whose place begins here."""
    return bool({"ch", "chain"} & set(text.texts[max(0, at - 5) : at]))


def own_piece(text: Reader) -> bool:
    """Pass over `of new square`, where it is told that a place is in the motif itself."""
    return not _NAMED.isdisjoint(text.words) and _OWN.skip(text)
