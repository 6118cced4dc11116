"""Picots: a small loop of chains closed on itself. It makes no stitch and leaves no space.

picot = "ch" n "," "sl st" ("in" nth "ch from hook" | "in first ch" | "in top of last" stitch | "in" stitch "just made")
"""

from __future__ import annotations

from dataclasses import replace

from crochet.craft.stitches import BUNDLES
from crochet.grammar.names import stitch
from crochet.grammar.pattern import Aside, Chain, Group, Item, Make, Repeat
from crochet.grammar.shapes import PICOT, place
from crochet.grammar.tokens import Reader

_MOST = 8


def closes(text: Reader, found: list[Item]) -> bool:
    """After a stitch and a chain the chain is closed here: both become a picot. Else nothing is passed over."""
    chain = found[-1] if found else None
    if not isinstance(chain, Chain) or not 2 <= chain.n <= _MOST or not text.at("sl|ss|slst|slip|sc|join"):
        return False
    if not (text.depth or any(isinstance(one, Make | Group | Repeat) for one in found)):
        return False  # the ring of a first round
    at = text.i
    left = _closing(text, chain.n) if stitch(text) in ("sl st", "sc") else None
    if left is None:
        text.i = at
        return False
    text.skip("for", "picot")
    span = (chain.span[0], text.end)
    found[-1:] = [*([replace(chain, n=left)] if left else []), Aside(PICOT, span)]
    return True


_PICOTS = frozenset(PICOT.split("|"))


def picot(text: Reader) -> Item | None:
    """`picot`, `ch-3 picot`, `picot-3`; None: none stands here, or it is told where to make it."""
    at = text.i
    if _PICOTS.isdisjoint(text.words) or _PICOTS.isdisjoint(text.texts[at : at + 5]):
        return None
    start = text.start
    if text.skip("ch"):
        text.skip("-")
        text.number()
    elif text.number() is not None:
        text.skip("-")
        text.skip("ch")
    text.skip("-")
    if not text.names.shapes.get((PICOT,)) and text.skip(PICOT):
        text.skip("of") or text.skip("-")
        text.number() is not None and text.skip("ch|chs|chain|chains")
        if not text.at("in|into|on"):
            return Aside(PICOT, (start, text.end))
    text.i = at
    return None


MOST_CHAINS = 5


def _closing(text: Reader, n: int) -> int | None:
    """How many of the chains stay open, where this closes a picot; None: it does not."""
    if not text.skip("in|into|to|at"):
        return None
    text.skip("the")
    if text.peek().kind == "o" and text.peek(1).text in ("ch", "chain") and text.peek(2).text == "from":
        nth = text.peek().value
        text.i += 3
        text.skip("the")
        return n - nth if text.skip("hook") and nth <= n else None
    if text.skip("first|1st|beg", "ch|chain"):
        text.skip("of", "ch|chain") and (text.skip("-"), text.number())
        text.skip("of", "same|last|the") and (text.skip("ch|chain"), text.skip("-"), text.number())
        text.skip("just", "made|worked") or text.skip("made")
        return 0 if text.done() or not text.at("to|of|from") else None
    top = text.skip("top|base|side", "of") and (text.skip("the") or True)
    last = text.skip("last|previous|prev|same")
    if text.skip("st|stitch") or stitch(text) is not None:
        just = text.skip("just", "made|worked|completed") or text.skip("made")
        inner = last and text.depth > 0 and 1 < n < MOST_CHAINS and text.at(",|;|.|)|]|*")
        return 0 if just or (top and last) or inner else None  # in a repeat `ch 2, sl st in last sc` is one too
    return None


def called(text: Reader) -> str | None:
    """`(petal)`, `(corner)`: what the stitches before it are called. None: something else stands there."""
    at = text.i
    close = {"(": ")", "[": "]"}.get(text.peek().text)
    if close is None or close not in text.texts[at + 1 : at + 6]:
        return None
    text.i += 1
    text.skip("first|1|beg|beginning|starting|last|one|a|1st|second|2nd|third|3rd|4th|fourth")
    text.skip("-")
    name = place(text)
    bundle = None if name else stitch(text)
    known = name or bundle in (*BUNDLES, "rsc") or text.skip("corner|point|v|block|tile|picot|inc|dec")
    if known and text.skip(close) and not (text.at("x|times|twice|around|across|in|into") or text.peek().kind == "n"):
        return name or ""
    text.i = at
    return None


def remarked(text: Reader) -> str | None:
    """`(shell made)`, `first V-st made`: what the group before it is called, or nothing. None: no such remark."""
    at = text.i
    if text.at("(|[", PICOT, ")|]"):
        text.i += 3
        return ""
    if "made" not in text.words or "made" not in text.texts[at + 1 : at + 6]:
        return None
    closing = {"(": ")", "[": "]"}.get(text.peek().text)
    text.i += closing is not None
    text.skip("first|1|beg|beginning|starting|last|one|a")
    text.skip("-|corner|cross|crossed|x")
    name = place(text)
    known = name or text.skip("picot|block|tile|square|petal|corner") or stitch(text)
    if known and text.skip("made") and (closing is None or text.skip(closing)):
        return name or ""
    text.i = at
    return None
