"""Spaces: chain spaces by their size, and gaps that are told by what they lie between: `between next 2 groups`.

space = ["ch-" n | n "ch-" | n "-ch" | "ch"] ("sp" | "loop" | "point") ["between" groups] | "ch-" n
"""

from __future__ import annotations

from crochet.grammar.names import stitch
from crochet.grammar.pattern import Thing
from crochet.grammar.phrases import Phrases
from crochet.grammar.shapes import place
from crochet.grammar.tokens import Reader

SPACES = "sp|sps|space|spaces|loop|loops|lp|lps|chsp|chsps|arch|arches|arc|arcs"
_SPACED = frozenset(SPACES.split("|"))
_TIPS = frozenset({"point", "points", "tip", "tips", "peak", "peaks", "arc", "arcs", "bar", "bars"})  # `ch-3 point`
CHAINS = "ch|chs|chain|chains"
CHAIN_WORDS = frozenset(CHAINS.split("|"))
ENDED = frozenset({",", ".", ";", ")", "]", "*", "", "and", "rep", "repeat"})
SINCE = frozenset({"of", "from", "in", "on"})  # what `BELOW` begins with

BETWEEN = frozenset({"between", "btwn", "bet", "btw", "before", "after"})
_BTW = "between|btwn|bet|btw"
_GROUPED = "dc|tr|hdc|htr|sc|treble|double"
GROUPS = Phrases(
    f"{_BTW} the|each|next|any|both|first? two|2? # -? {_GROUPED} groups|clusters|group|cluster|shells|sets|grps?",
    f"{_BTW} the|each|next|any|both|first? two|2? {_GROUPED} groups|clusters|group|cluster|sets|grps",
    f"{_BTW} the|each|next|any? two|2? groups|clusters|group|cluster|shells|shell|blocks|sets|grannies|pairs",
)  # fmt: skip


_ST = "st|stitch|sc|dc|tr|hdc|htr|dtr"
_BEG = "the? beg|beginning|starting|start|turning|first? ch|chain -? #?"
_TWO = Phrases(f"{_BTW} the|next|any|each|every|first? two|2?")
_ONE = Phrases(
    f"{_BTW} {_BEG} and the? next|first", f"{_BTW} the? same|last? {_ST} and the? next", "before the? next",
    "after the? same|last",
)  # fmt: skip
_STITCH = "st|sts|stitch|stitches"


def between_stitches(text: Reader) -> bool:
    """`between next 2 tr tr`, `between ch 3 and next dc`, `before next dc`."""
    at = text.i
    between = text.texts[at] in BETWEEN and (_ONE.skip(text) or _TWO.skip(text))
    if between and not text.at("clusters|cluster") and (text.skip(_STITCH) or stitch(text)):
        text.skip("sts|stitches|st")
        return True
    text.i = at
    return False


def space(text: Reader) -> Thing | None:
    """["ch-" n | n "ch-" | n "-ch" | "ch"] "sp", perhaps of a corner, perhaps between groups."""
    size: int | None = None
    at, texts = text.i, text.texts
    if texts[at] in ("ch", "chain"):
        text.i += 1 + (texts[at + 1] == "-")
        size = text.number()
        text.i += texts[text.i] == "-"
    elif text.peek().kind == "n" and texts[at + 1 + (texts[at + 1] == "-")] in CHAIN_WORDS:
        size = text.number()
        text.i += 1 + (texts[text.i] == "-")
        text.i += texts[text.i] == "-"
    text.i += texts[text.i] in ("corner", "side")
    if texts[text.i] not in _SPACED and not (size and texts[text.i] in _TIPS):
        before = texts[at - 1 - (texts[at - 1] == "the")] if at > 1 else texts[at - 1]
        whole = before not in ("of", "from") if at else False  # `3rd ch of the ch-4` is none
        glued = text.found[at].end == text.found[at + 1].start  # `sc in ch2`
        hyphened = whole and size is not None and (texts[at + 1] == "-" or glued) and texts[text.i] in ENDED | SINCE
        text.i = text.i if hyphened else at  # `3 sc in ch-3`
        return Thing("sp", None, size) if hyphened else None
    text.i += 1
    if size is None and texts[text.i] in BETWEEN:
        if name := names_between(text):
            return Thing("between", name)
        if between_stitches(text):
            return Thing("between", "")
        if GROUPS.skip(text):
            return Thing("gap", "groups")
    return Thing("sp", None, size)


def names_between(text: Reader) -> str | None:
    """`between V-sts`, `between next 2 shells`: the name of the groups."""
    at = text.i
    text.skip("between|btwn|bet|btw")
    text.skip("the")
    if text.at("last|first", "and|&", "first|last"):
        text.i += 3  # where the round closes
    text.skip("next|last|first")
    text.skip("2|two")
    name = place(text)
    if name is None:
        text.i = at
    return name
