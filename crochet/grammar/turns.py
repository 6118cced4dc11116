"""Turns: what a row says of turning, of its ends, and of where it begins.

rowwise = "turn" | "do not turn" | "leave" ["rem"|"last" n] ["sts"] "unworked" | "working along opposite side of" chain
"""

from __future__ import annotations

from crochet.grammar.names import stitch
from crochet.grammar.pattern import Aside, Item, Skip, Thing
from crochet.grammar.phrases import Phrases
from crochet.grammar.targets import target
from crochet.grammar.things import thing
from crochet.grammar.tokens import Reader


def rowwise(text: Reader) -> tuple[str, int] | None:
    """What a row says of turning and of its ends, and of how many stitches; None: nothing of this stands here."""
    at = text.i
    if text.at("turn|rotate", "to|and|,") and _other_side(text):
        return "other side", 0
    text.i = at
    if text.skip("turn") or (text.at("t") and text.peek(1).text in (".", "", ",") and text.skip("t")):
        text.skip("work|the|your") and text.skip("work|piece")
        if text.at("with", "1|2|3|4|5|6|7", "ch|chain|chains") or text.at("with", "ch|chain"):
            text.i += 1  # `turn with 3 ch`
        return "turn", 0
    if text.skip("do|don", "not|'") and (text.skip("t") or True) and text.skip("turn"):
        return "still", 0
    text.i = at
    if (left := _leaves(text)) is not None:
        return "leave", left
    if _other_side(text):
        return "other side", 0
    if _beside(text):
        return "remark", 0
    text.i = at
    return None


def _beside(text: Reader) -> bool:
    """What is said beside a chain: `multiple of 4 + 3`, `being careful not to twist chain`."""
    at = text.i
    text.skip("for") and text.skip("a|any")
    text.skip("a|any")
    if text.skip("multiple", "of") and text.number() is not None:
        text.skip("sts|ch|chs")
        text.skip("+|plus") and text.number() is not None and text.skip("more|extra|sts|ch|chs")
        return True
    text.i = at
    warned = text.skip("being|taking|making|be|take") and text.skip("careful|care|sure")
    if warned and text.skip("not", "to", "twist"):
        text.skip("the|your")
        text.skip("ch|chain|chains|sts|stitches|it|work")
        return True
    text.i = at
    return False


def worked_last(text: Reader) -> Item | None:
    """`working last dc in top of turning ch`: where the stitch before this has gone."""
    at, start = text.i, text.start
    if text.skip("working|making|with|ending|finishing|placing|work|putting|put|having") or text.at("last|final"):
        text.skip("with")
        text.skip("the|your")
        last = (
            text.skip("last|final")
            and (text.number() or True)
            and (stitch(text) or text.skip("st|sts|stitch|stitches") or text.at("in|into"))
        )
        if last and (where := target(text)) is not None:
            return Aside("last in", (start, text.end), where=where)
    text.i = at
    return None


def begins_in(text: Reader) -> Item | None:
    """`start in 2nd ch from hook`: the chains before it are skipped."""
    at, start = text.i, text.start
    if text.skip("start|starting|begin|beginning", "in|with|from"):
        text.skip("the")
        nth = text.peek()
        text.i += 1
        if nth.kind == "o" and 1 < nth.value < 20 and text.skip("ch|chain|st|stitch"):
            text.skip("from") and (text.skip("the"), text.skip("hook|hk"))
            return Skip(nth.value - 1, Thing("ch", said="ch"), (start, text.end))
    text.i = at
    return None


_UNWORKED = Phrases(
    "unworked|free|unmade|unused|open|behind|alone", "un - worked", "not worked", "are|is? left? unworked|free",
    "remain|remains|remaining unworked|free?", "left unworked|free?", "for now|later", "as they are",
)  # fmt: skip
_FOR_THE_PIECE = Phrases(
    "for the|first|second|left|right|back|front|each|other? armhole|armholes|neck|neckline|shoulder|sleeve",
    "for the? sleeves|underarm|underarms",
    "for the? armhole|neck shaping|opening|edge", "at the? end of? the|this|each? row|rnd|round?", "for later|now",
    "at|on the|this? neck|armhole|front|other? edge|side|end", "of the|this? row|rnd|round", "on the? hook",
)  # fmt: skip
_NOT_WORKED = Phrases("do not work in|into|over|across?", "don ' t work in|into|over|across?", "without working")
_THE_REST = Phrases(
    "the? rest of? the? row|rnd|round|sts|stitches?", "the? remainder of? the? row|rnd|round|sts|stitches?"
)


def left_behind(text: Reader) -> Item | None:
    """`leave next 30 sts unworked for sleeve, sc in next 40 sts`: passed over, as the row goes on behind them."""
    at, start = text.i, text.start
    if text.at("leave|leaving", "next|following|the"):
        text.i += 1
        text.skip("the")
        n = text.number() if text.skip("next|following") else None
        one = thing(text) if n else None
        _FOR_THE_PIECE.skip(text)
        if n and one is not None and one.cls == "st" and _UNWORKED.skip(text):
            _FOR_THE_PIECE.skip(text)
            ends = text.i
            while text.at(",|.|;|and|then|turn|)"):
                text.i += 1
            goes_on, text.i = not text.done(), ends
            if goes_on:
                return Skip(n, one, (start, text.end))
    text.i = at
    return None


def _leaves(text: Reader) -> int | None:
    """`leaving rem 3 sts unworked`, `do not work in last st`, `last 4 sts are left unworked`; 0: all that are left."""
    at = text.i
    leaves = text.skip("leave|leaving|leaves")
    unsaid = leaves or _NOT_WORKED.skip(text)
    if leaves and _THE_REST.skip(text):
        _UNWORKED.skip(text) and _FOR_THE_PIECE.skip(text)
        return 0
    text.skip("the|all|any")
    which = text.skip("rem|remaining|last|next|rest|other|following|final|these|those")
    if not (unsaid or which):
        text.i = at
        return None
    text.skip("of") and text.skip("the")
    n = text.number()
    left = n or 0
    one = thing(text) if not text.at("free") else None
    if one is not None and one.cls not in ("st", "ch"):
        text.i = at
        return None
    left = left or int(
        one is not None and text.peek(-1).text in ("st", "stitch", "sc", "dc", "hdc", "tr", "ch") and which
    )
    kept = _FOR_THE_PIECE.skip(text) and leaves
    told = _UNWORKED.skip(text) or kept
    ends = leaves and one is not None and (n or which) and (text.done() or text.at(".|,|;|)"))
    passed = unsaid and not leaves and one is not None and which
    if not (told and (one is not None or n or unsaid)) and not ends and not passed:
        text.i = at
        return None
    _FOR_THE_PIECE.skip(text)
    return left


def _other_side(text: Reader) -> bool:
    """`working along opposite side of foundation ch`, `now working in rem loops on other side of chain`."""
    at = text.i
    text.skip("now|turn|rotate") and text.skip(",")
    text.skip("to") or text.skip("and")
    text.skip("work|working|continue|continuing")
    text.skip("to") and text.skip("work")
    text.skip("back")
    left = False
    for _ in range(2):
        text.skip("on|along|in|into|across|down|up|around|over")
        text.skip("the")
        free = text.skip("free|rem|remaining|unused") and text.skip("loops|lps|loop") and text.skip("on|along|of")
        left = free or left
    text.skip("the")
    if left and text.skip("foundation|starting|beginning", "ch|chain"):
        return True
    under = text.skip("underside|bottom")
    if under or text.skip("opposite|other", "side|edge"):
        if text.skip("of"):
            text.skip("the")
            text.skip("foundation|starting|beginning|beg|base")
            return text.skip("ch|chain|chains|row|it")
        return not under
    text.i = at
    return False
