"""Garments: what a row says in brackets of its edges and of what it is for; nothing is worked there.

noted  = "(" (edge | called | change | yarn | rows) ")"
edge   = "neck edge" | "first armhole" | "right front" | ...      (words of a closed list, one of them a part)
yarn   = "A" | "MC" | "with white" ; rows = n ("rows" | "rnds")
called = ["inc" | "dec" | "eyelet" | ...] ("row" | "rnd")
change = [n] [stitch] ("inc" | "dec" | "increased" | ...) ["made" | "each row" | "at each end" | ...]
"""

from __future__ import annotations

from crochet.grammar.names import stitch
from crochet.grammar.phrases import Phrases
from crochet.grammar.tokens import Reader
from crochet.grammar.yarns import colour

_CLOSE = {"(": ")", "[": "]", "{": "}"}
_PARTS = frozenset(
    ["half", "neck", "neckline", "armhole", "armholes", "front", "fronts", "back", "side", "sides", "shoulder",
     "shoulders",
     "sleeve", "sleeves", "edge", "edges", "opening", "openings", "hem", "cuff", "waist", "waistline", "underarm",
     "underarms", "yoke", "brim", "crown", "band", "raglan", "body", "bodice", "heel", "toe", "toes", "sole",
     "instep", "ankle", "thumb", "placket", "pocket", "button", "buttonhole", "buttonholes", "buttonband", "strap",
     "straps", "collar", "leg", "legs", "ear", "earflap", "seam", "lapel", "gusset", "foot", "hand", "fingers",
     "top", "bottom", "center", "centre", "middle", "point", "tip", "head", "face", "snout", "wrist", "upper",
     "spine", "lower", "hole", "holes", "handle", "handles", "slit", "slot", "gap", "mouth", "heart"]
)  # fmt: skip
_ROWS = frozenset(["row", "rows", "rnd", "rnds", "round", "rounds"])
_BESIDE = frozenset(
    ["first", "second", "third", "1st", "2nd", "left", "right", "of", "the", "for", "at", "half", "end", "ends",
     "made", "here", "now", "and", "this", "is", "becomes", "forms", "begins", "beg", "beginning", "inner", "outer",
     "both", "each", "piece", "complete", "completed", "done", "finished", "starts", "start", "ended", "your", "one",
     "other", "outside", "inside", "row", "portion", "section", "part", "-", "/", "on"]
)  # fmt: skip
_CALLED = frozenset(
    ["inc", "dec", "increase", "decrease", "increasing", "decreasing", "eyelet", "buttonhole", "beading", "rib",
     "ribbing", "setup", "set", "up", "shaping", "turning", "foundation", "rs", "ws", "right", "wrong", "side",
     "plain", "only", "mesh", "picot", "shell", "joining", "puff", "bobble", "popcorn", "cable", "pattern", "pat",
     "final", "base", "ridge", "lace", "drawstring", "casing", "tie", "lacing", "short", "joined", "next", "first",
     "last", "this", "is", "-", "—", ",", "the", "a", "now", "facing", "fold", "folding", "loop", "shaped", "ruffle",
     "post"]
)  # fmt: skip
# A remark in brackets begins with one of these, or ends in one of those; nothing of it is worked.
_REMARKS = frozenset(
    ["this", "that", "these", "the", "counts", "count", "counting", "which", "it", "your", "you", "under", "at", "here",
     "now", "first", "a", "an", "as", "always", "think", "so", "see"]
)  # fmt: skip
_ENDED = frozenset(["made", "formed", "complete", "completed", "done", "finished", "begun", "started"])
_TALK = (
    _REMARKS
    | _ENDED
    | _PARTS
    | _ROWS
    | frozenset(
        word
        for line in (
            "is are was be will to in into on of for from with as its it's s above below before after between like",
            "makes forms form count counts one two three four five six both all each every other same last next final",
            "second third fourth fifth previous prev beg beginning starting start turning skipped corner corners base",
            "petal petals leaf leaves cluster clusters shell shells square squares tile tiles block blocks star flower",
            "ring circle group groups loop loops sp sps space spaces st sts stitch stitches sc dc hdc tr htr ch chs",
            "chain chains picot motif right left wrong only pair pairs post popcorn puff bobble v inc dec joining join",
            "just there too yarn colour color and - ' , . ! still always been where when needed little big small photo",
            "picture note notes spike fan pineapple number total counted very often usual usually",
        )
        for word in line.split()
    )
)
_APART = frozenset([",", ".", ";", ":", "*", "and", "then", "(", "[", "—", "-"])
_CHANGES = "inc|dec|incs|decs|increase|decrease|increases|decreases|increased|decreased|decr|incr"
_WHERE = Phrases(
    "made|completed|complete|worked|done",
    "at|on|in|along each|both|every|either|this|the|one? end|ends|side|sides|edge|edges",
    "each|every|per rnd|round|row|side|time", "at|on the? end|beg|beginning|start of? the|this|each? rnd|round|row?",
    "at|on|in the|this|each? rnd|round|row", "over the? row|rnd|round", "at|on|for the? neck|armhole|front|side edge?",
    "over next|last|first? # sts|stitches", "overall|total", "in total",
)  # fmt: skip


def noted(text: Reader) -> bool:
    """Pass over what is said in brackets of the row's edges, name or change; else nothing is passed over."""
    at = text.i
    close = _CLOSE.get(text.peek().text)
    if close is None:
        return False
    beside = at > 0 and text.peek(-1).text not in _APART
    text.i += 1
    told = _listed(text, close, _PARTS, _BESIDE) or _listed(text, close, _ROWS, _CALLED) or _changed(text, beside)
    told = told or _of_rows(text) or _square_made(text) or _of_yarn(text, close) or _remarked(text, close)
    if told and text.skip(close) and not _worked_again(text):
        return True
    text.i = at
    return False


def _listed(text: Reader, close: str, needed: frozenset[str], beside: frozenset[str]) -> bool:
    """Words of these lists up to the bracket's end, one of them of those `needed`."""
    at, found = text.i, False
    while text.peek().text in needed or text.peek().text in beside:
        found = found or text.peek().text in needed
        text.i += 1
    if found and text.at(close):
        return True
    text.i = at
    return False


_SQUARE_MADE = Phrases(
    "1|2|3|4|first|1st|beg|beginning|last? open|solid|filet? "
    "mesh|block|blocks|bl|blk|blks|bls|space|sp|sps|square|tile made|formed|completed"
)


_OMITS = Phrases("omit|omitting|omits the? final|last ch|chain -? #")


def _square_made(text: Reader) -> bool:
    """`1 blk made`, `first open mesh made`; `omit final ch 2`, where the last pass ends before it."""
    return _SQUARE_MADE.skip(text) or _OMITS.skip(text)


def _remarked(text: Reader, close: str) -> bool:
    """`the middle of the corner`, `at base of ch 3`, `star made`: all the words are known, and none has a number."""
    at = text.i
    text.skip("=")
    opens = text.texts[text.i] in _REMARKS or text.texts[at + 1] == "'"
    while text.texts[text.i] in _TALK or (text.peek().kind == "n" and text.texts[text.i - 1] in ("ch", "chain", "-")):
        text.i += 1
    if text.i > at + 1 and text.at(close) and (opens or text.texts[text.i - 1] in _ENDED):
        return True
    text.i = at
    return False


def changed(text: Reader) -> bool:
    """Pass over `6 sts increased`, where it stands as a sentence of its own; else nothing is passed over."""
    at = text.i
    if _changed(text, False) and (text.done() or text.at(".|;|,|)")):
        return True
    text.i = at
    return False


def _changed(text: Reader, beside: bool) -> bool:
    """`2 sts decreased`, `dec made`, `2 sts inc at each end`; right behind what is meant (`beside`) `1 sc dec` too."""
    at = text.i
    n = text.number()
    some = text.skip("st|sts|stitch|stitches|box|boxes|block|blocks|mesh|pat|pattern|repeat")
    some or stitch(text)
    text.skip("-")
    if text.skip(_CHANGES):
        told = text.peek(-1).text.endswith("sed") or (n is not None and (some or beside))
        text.skip("'", "d")
        text.skip("in|by", "1|2") or text.skip("sts|st|stitches")
        where = _WHERE.skip(text)
        while where and _WHERE.skip(text):
            pass
        return told or where
    text.i = at
    return False


def _of_rows(text: Reader) -> bool:
    """`3 rows`, `3 rounds in total`, of `Rnds 3-5`."""
    at = text.i
    if text.number() and text.skip("rows|rnds|rounds|row|rnd|round"):
        text.skip("in")
        text.skip("total|all|each|altogether|worked|made|completed")
        return True
    text.i = at
    return False


def _of_yarn(text: Reader, close: str) -> bool:
    """`A`, `with white`."""
    at = text.i
    text.skip("with|in|using")
    named = text.i
    if colour(text) and text.at(close):
        return True
    text.i = named
    if text.skip("yarn|colour|color") and colour(text) and text.at(close):
        return True
    text.i = at
    return False


def _worked_again(text: Reader) -> bool:
    """`(1 sc dec) 6 times`, `(inc) in next st`: the brackets hold what is worked."""
    return text.at("in|into|x|around|across|twice|to|until|over|*|rep|repeat") or (
        text.peek().kind == "n" and text.peek(1).text in ("times", "time", "x", "more")
    )
