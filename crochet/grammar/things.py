"""Things: the classes of places that a pattern names: a stitch, a space of a size, a corner, a ring, a turning chain.

thing = stitch | "st" | ["ch-" n | n "ch-" | "ch"] "sp" | "corner" ["sp"] | "gap" | "ring" | ordinal "ch from hook"
      | "top of" turning chain | "center" stitch "of corner" | named group
"""

from __future__ import annotations

import re

from crochet.grammar.edges import ENDS, row_end
from crochet.grammar.names import stitch
from crochet.grammar.pattern import Thing
from crochet.grammar.phrases import Phrases
from crochet.grammar.shapes import place
from crochet.grammar.spaces import (
    BETWEEN,
    CHAIN_WORDS,
    CHAINS,
    ENDED,
    GROUPS,
    SINCE,
    SPACES,
    between_stitches,
    space,
)
from crochet.grammar.tokens import Reader

_WHICH = frozenset({"next", "same", "each", "ea", "every", "any", "first", "last", "corner"})
_SPACE_WORDS = frozenset({"sp", "sps", "space", "spaces"})
_TURNS = frozenset(
    ["top", "the", "turning", "t", "beginning", "beg", "starting", "initial", "skipped", "-", "tch", "tchs"]
)
_SPECIAL = _TURNS | frozenset(
    ["center", "centre", "middle", "spine", "corner", "corners", "ring", "circle", "loop", "magic", "magical",
     "adjustable", "sliding", "mr", "joint", "joints", "seam", "seams", "join", "joins", "gap", "gaps"]
)  # fmt: skip

BELOW = Phrases(
    "of|from|in|on the? previous|prev|last|preceding|prior row|rnd|round|rows|rounds|rnds",
    "of|from|in|on the? row|rnd|round below",
    "of previous work",
    "of any petal|leaf|point|corner|side|square|motif|shell",
    "of|from|on|in the? previous|prev|last|next|same|first? block|tile below?",
    "of|from|on|in the? previous|prev|last|next|same|first? block|tile|square of|from|on|in the? previous|prev|last? "
    "row",
    "of|from|on|in the? previous|prev|last|next|same|first? block|tile|square of|from|on|in row #",
    "of|from|on|in block|tile|square #",
)


def thing(text: Reader) -> Thing | None:
    """One class of places; None: none is named here."""
    at = text.start
    found = _thing(text)
    if found is None:
        return None
    said = _said(text, at)
    here = text.peek()
    if here.text == "at" and (_TIP.skip(text) or (text.peek(2).text != "of" and text.skip("at", "base|bottom"))):
        here = text.peek()
    if here.text == "(":
        _GLOSS.skip(text)
        here = text.peek()
    row, at_row = 0, text.i
    if here.text in SINCE or here.kind == "n":
        one_below = (
            here.kind == "n" and here.value == 1
        )  # `next dc one row below`: as it lies under the row that is seen
        row = 0 if BELOW.skip(text) else _row_of(text)
        if one_below and text.i > at_row and found.cls == "st":
            found = Thing("st")
    return Thing(found.cls, found.kind, found.chains, said, found.nth, row)


def _said(text: Reader, at: int) -> str:
    """The words passed over since the place `at` of the text."""
    return " ".join(text.text[at : text.end].split())


_TIP = Phrases("at the|each|one? point|tip|corner|corners of? the|each? heart|petal|leaf|leaves|triangle|star?")
_MID = "the? center|centre|middle"
_GLOSS = Phrases(
    "( sp|sps|space|spaces|ch|st|sts|corner|corners|loop|lp|lps|side )",
    "( corner sp|space )",
    f"( {_MID} st|stitch|sc|dc|hdc|tr|dtr of|in the? corner|group )",
    f"( {_MID} st|stitch of? corner|group? )",
)
_LABEL = re.compile(r"(?<!\d)(\d{1,3})\W{0,3}$|(?<!\d)(\d{1,3})(?:st|nd|rd|th) \w{3,6}\W{0,3}$")
_ROWS = "rnd|round|row|r|rnds|rounds|rows"


def _numbered(text: Reader) -> int | None:
    """`Rnd 2`, `the 2nd round`."""
    if text.skip(_ROWS):
        return text.number()
    text.skip("the")
    nth = text.peek()
    if nth.kind == "o" and text.peek(1).text in _ROWS.split("|"):
        text.i += 2
        return nth.value
    return None


def _row_of(text: Reader) -> int:
    """`of Rnd 2`, `2 rnds below`: which row is meant, as in `Thing`; 0: the one below."""
    at = text.i
    if text.skip("of|on|from|in") and (n := _numbered(text)) is not None:
        text.skip("below")
        label = _LABEL.search(text.text[max(0, text.found[0].start - 16) : text.found[0].start])
        return 0 if label and n == int(label[1] or label[2]) - 1 else n
    text.i = at
    n = text.number() or 0
    if n and text.skip(_ROWS) and text.skip("below|down|beneath"):
        return 1 - n
    text.i = at
    return 0


_LEFT_CHAINS = Phrases(
    "free|unused|remaining|rem|unworked? loop|loops|lp|lps of|on|along the? foundation ch|chain|row",
    "foundation ch|chs|chain|chains",
    "st|sts|stitch|stitches of|on|along the? foundation row|ch|chain",
    "ch|chs|chain|chains along|across|on the? bottom edge?",
    "ch|chs|chain|chains of|on|along|in the? foundation ch|chain|row?",
)
_UNDERSIDE = frozenset({"foundation", "bottom"})
_PREPARED = frozenset({"marked", "marker", "markers", "skipped", "missed", "sk"})
_TO_A_MARKER = frozenset({"to", "next", "before", "until", "each", "the", "first", "second"})
_HOOK = frozenset({"hook", "hk"})
_A_CHAIN = frozenset({"ch", "chain", "st", "stitch"})


def _thing(text: Reader) -> Thing | None:
    at, here = text.i, text.peek()
    if (here.text in _PREPARED or not _UNDERSIDE.isdisjoint(text.words)) and (prepared := _prepared(text)) is not None:
        return prepared
    text.i = at
    if here.text in _BESIDE_A_SPACE and text.peek(1).text in _SPACED:
        text.i += 1  # `the center ch-2 sp`, `each side ch-1 sp`
        at, here = text.i, text.peek()
    if (here.text in _SPECIAL or here.kind == "o") and (special := _special(text)) is not None:
        return special
    text.i = at
    sized = space(text)
    if (
        sized is not None
        and sized.cls == "sp"
        and (text.skip("in|at", "the", "corner") or text.skip("in|at", "corner"))
    ):
        return Thing("corner")  # `chain-space in the corner`
    if sized is not None:
        return _of_group(text, sized)
    if here.text in ENDS and (end := row_end(text)) is not None:
        return end
    if (group := _group(text)) is not None:
        return group
    text.i = at
    if text.skip("st|sts|stitch|stitches"):
        return Thing("st")
    if text.at(CHAINS) and text.peek(1).text != "-" and text.peek(1).kind != "n" and text.skip(CHAINS):
        text.skip("st|sts|stitch|stitches")
        return Thing("ch")
    kind = stitch(text)
    if kind and text.peek().kind == "n" and text.peek(1).text == "tog":
        kind = f"{kind}{text.number()}tog"
        text.i += 1
    if kind and text.peek().text in _SPACE_WORDS and text.skip(SPACES):  # `any dc space`: one between dc
        return Thing("gap")
    return Thing("st", kind) if kind else None


_BESIDE_A_SPACE = frozenset({"center", "centre", "middle", "side", "regular", "large", "small", "big"})
_SPACED = frozenset({"ch", "chain", "sp", "space"})


def _prepared(text: Reader) -> Thing | None:
    """What was marked or skipped before, and the loops that a foundation chain has left."""
    at = text.i
    if not _UNDERSIDE.isdisjoint(text.words) and _LEFT_CHAINS.skip(text):
        return Thing("ch")
    if text.skip("marked") and (text.skip("st|sts|stitch|stitches|corner|corners") or stitch(text)):
        return Thing("centre", "marked")
    if text.i == at and text.found[at - 1].text in _TO_A_MARKER and text.skip("marker|markers"):
        return Thing("centre", "marked")
    text.i = at
    if text.skip("skipped|missed|sk") and (text.skip("st|sts|stitch|stitches") or stitch(text)):
        return Thing("left")
    return None


def _special(text: Reader) -> Thing | None:
    """What is no stitch and no space of a size: `corner`, `ring`, `3rd ch from hook`, `gap`."""
    if text.skip("center|centre|middle|spine"):
        if text.skip("ring|loop|circle|hole"):
            return Thing("ring")
        text.skip("st|stitch|sc|dc|hdc|htr|tr|ch|sp")
        if text.skip("of"):
            text.skip("each|every|the|next|following|same|this|last|first|any")
            text.skip("next|following|first|last")
            sized = text.peek().kind == "n" and text.number() and (text.skip("-"), stitch(text))
            one_of = text.peek(-1).text in ("each", "every", "next", "following")
            if (sized or one_of) and text.skip("group|groups|cluster|clusters"):
                return Thing("named", "shell", nth=0)  # `center sc of next 3-sc group`, `of each group`
        if text.skip("corner|corners|group|groups"):
            text.skip("group|groups|sts|st")
            return Thing("centre")
        ended = text.peek(-1).text not in ("center", "centre", "middle", "spine") and text.peek().text in ENDED
        return Thing("centre") if ended else None  # `3 dc in center dc`
    if text.skip("corner|corners"):
        if (text.at("ch|chain") or text.peek().kind == "n") and space(text) is not None:
            return Thing("corner")
        text.at("-", SPACES) and text.skip("-")
        if text.skip(SPACES) or not (text.skip("st|stitch|sts") or _corner_stitch(text)):
            return Thing("corner")
        return Thing("centre")
    if text.skip("ring|circle") or (text.peek(-1).text not in _WHICH and text.skip("loop")):
        return Thing("ring")
    if text.skip("magic|magical|adjustable|sliding", "ring|circle|loop") or text.skip("mr"):
        return Thing("ring", "magic")
    hooked = text.peek(2).text in ("from", "of") and (text.peek(3).text in _HOOK or text.peek(4).text in _HOOK)
    if hooked and text.peek().kind == "o" and text.peek(1).text in _A_CHAIN:
        nth = text.peek().value
        text.i += 3
        text.skip("the")
        return Thing("ring", chains=nth) if text.skip("hook|hk") else None
    if (turned := _turning(text)) is not None:
        return turned
    if text.skip("joint|joints|seam|seams|joins") or (text.peek(-1).text in _WHICH and text.skip("join")):
        return Thing("joint")
    if text.skip("gap|gaps"):
        if not GROUPS.skip(text) and text.peek().text in BETWEEN and between_stitches(text):
            return Thing("between", "")  # `gap between first 2 dc`
        return Thing("gap")
    return None


def _corner_stitch(text: Reader) -> bool:
    """`[each corner] sc`: the one in its middle."""
    at = text.i
    if stitch(text) is not None and text.peek().text in ENDED | {"around", "across", "to"}:
        return True
    text.i = at
    return False


def _group(text: Reader) -> Thing | None:
    """`next shell`, `each V-st`, `next picot`."""
    if text.skip("picot|picots"):
        return Thing("picot")
    at = text.i
    sized = text.peek().kind == "n" and text.peek(1).text == "-" and text.number() and text.skip("-")
    if sized and stitch(text) and text.skip("group|groups"):
        return Thing("named", "shell")  # `next 3-dc group`
    text.i = at
    name = place(text)
    return Thing("named", name, 0 if text.skip(SPACES) else None) if name else None


def _of_group(text: Reader, sized: Thing) -> Thing:
    """`[next] ch-1 sp of V-st`; the space itself where no group is named."""
    at = text.i
    if sized.cls == "sp" and text.skip("of|in"):
        text.skip("the|next|same|a")
        if (name := place(text)) is not None:
            return Thing("named", name, sized.chains or 0)
    text.i = at
    return sized


def turning_chain(text: Reader) -> Thing | None:
    """The starting chain of the row below, or the space beside it; None: neither is named here."""
    at = text.start
    found = _turning(text)
    return Thing(found.cls, found.kind, found.chains, _said(text, at)) if found else None


def _turning(text: Reader) -> Thing | None:
    """`top of turning ch-3`, `3rd ch of beg ch 4`, `turning ch`, `tch sp`: what the row below started with."""
    at, here = text.i, text.peek()
    ends = text.at("next|last", "ch|chain", "of", "the|turning|beg|t|tch|beginning")  # `in next ch of turning ch`
    if here.text not in _TURNS and here.kind != "o" and not ends:
        return None
    top = text.skip("top", "of") or text.skip("top", "ch|chain", "of")
    top = top or (text.at("top", "turning|t|tch|beg|beginning") and text.skip("top"))
    if not top and (ends or text.peek().kind == "o") and text.peek(1).text in ("ch", "chain", "of"):
        text.i += 1
        text.skip("ch|chain")
        top = text.skip("of|from")
    text.skip("the")
    named = text.skip("turning|t|beginning|beg|starting|initial|skipped")
    text.skip("-")
    size = text.number() if text.peek(1).text in ("-", "ch", "chs", "chain") else None
    text.skip("-")
    whole = text.skip("tch|tchs") or (text.skip("ch|chs|chain|chains") and (top or named))
    if whole:
        text.skip("-")
        size = text.number() if size is None and text.peek(1).text not in CHAIN_WORDS else size
        spare = text.skip("turning|beg|beginning")
        text.skip("-")
        if not top and text.skip(SPACES):
            return Thing("turn", chains=size)
        if (top or spare or named or text.peek(-1).text in ("tch", "tchs")) and not text.at(SPACES):
            return Thing("top", chains=size)
    text.i = at
    return None
