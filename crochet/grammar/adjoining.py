"""Adjoining: where motifs are joined as they are made, a stitch into the one beside; it stands for one chain.

adjoined = ("sl st" | "join") ["in"] ["corresponding"] place ("of" | "on" | "from") ["the"] other piece
own      = ("of" | "on" | "in") ["the"] ("this" | "new" | "current" | ...) piece      (of a place in the motif itself)
limb     = ("of" | "on" | "around" | ...) ["the"] ("first" | "left" | ...) ("leg" | "piece" | ...)
"""

from __future__ import annotations

from crochet.grammar.names import stitch
from crochet.grammar.pattern import Aside
from crochet.grammar.phrases import Phrases
from crochet.grammar.things import thing
from crochet.grammar.tokens import Reader

ADJOINED = "adjoined"
_FACES = frozenset({"corresponding", "matching", "adjacent", "adjoining", "neighboring", "neighbouring", "facing"})
_PIECE = "square|motif|granny|hexagon|block|flower|medallion|piece|circle|triangle|snowflake|octagon|star|doily|strip"
_PIECES = "|".join(f"{one}s" for one in _PIECE.split("|"))
_OTHER = Phrases(
    f"of|on|from|in the|your|an? another|first|previous|prev|last|other|adjacent|adjoining|next|neighboring|"
    f"neighbouring|completed|finished|joined|prior|one|1st|2nd|third|3rd? {_PIECE}|{_PIECES}",
    f"of|on|from the? first|previous|prev|last|other|adjacent|adjoining|neighboring|completed {_PIECE} {_PIECE}",
    f"of|on|from {_PIECE} #",
)  # fmt: skip
_OWN = Phrases(
    f"of|on|in the? new|second|current|present|this|same|working|2nd {_PIECE}",
    f"of|on|in the? new|second|current|present|this|same|working {_PIECE} {_PIECE}",
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


_NAMED = frozenset(f"{_PIECE}|{_PIECES}".split("|"))


def adjoined(text: Reader, start: int) -> Aside | None:
    """Behind `sl st` or `join`: a place of another piece; None: none is told here."""
    if _FACES.isdisjoint(text.words) and _NAMED.isdisjoint(text.words):
        return None
    at = text.i
    text.skip("with", "a") or text.skip("with")
    text.peek(-1).text in ("with", "a") and stitch(text)
    text.skip("in|into|to|through|onto")
    text.skip("any|the|next")
    faces = text.peek().text in _FACES
    text.i += faces
    place = thing(text)
    other = _OTHER.skip(text)
    if place is None or not (faces or other):
        text.i = at
        return None
    text.skip("with", "a", "sl|slip", "st|stitch") or text.skip("with", "sl|slip", "st|stitch")
    return Aside(ADJOINED, (start, text.end), said=text.text[start : text.end])


def own_piece(text: Reader) -> bool:
    """Pass over `of new square`, where it is told that a place is in the motif itself."""
    return not _NAMED.isdisjoint(text.words) and _OWN.skip(text)
