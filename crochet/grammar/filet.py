"""Filet: squares told by their number, `4 sps, 1 bl`, as a chart of filet is written out.

squares = n ("sps" | "open mesh" | "bls" | "solid mesh")
"""

from __future__ import annotations

from crochet.grammar.pattern import Make
from crochet.grammar.phrases import Phrases
from crochet.grammar.tokens import Reader

OPEN, SOLID = "open square", "solid square"
_OPEN = Phrases("sp|sps|space|spaces|mesh|meshes|om", "open mesh|meshes|sp|sps|space|spaces|square|squares")
_SOLID = Phrases(
    "bl|bls|blk|blks|block|blocks|cm", "solid|closed|filled mesh|meshes|block|blocks|square|squares|space|spaces"
)
_BEFORE = frozenset({"", ",", ".", ";", ":", "*", "(", "[", "and", "then", ")", "]", "turn"})
_ENDS = frozenset({"", ",", ".", ";", "*", ")", "]", "and", "then", "turn", "(", "[", "rep", "repeat", "ch"})


def squares(text: Reader) -> Make | None:
    """Squares by their number; None: none stand here, and nothing is passed over."""
    if not told(text):
        return None
    at, start = text.i, text.start
    if (kind := _square(text)) is not None:
        return Make(text.found[at].value, kind, None, (start, text.end))
    return None


def told(text: Reader) -> bool:
    """The row tells of squares time and again, and of solid ones."""
    if text.words.isdisjoint(("bl", "bls", "blk", "blks", "block", "blocks", "cm", "solid", "closed", "filled")):
        return False
    at, found = text.i, 0
    for i in range(len(text.found) - 16):
        text.i = i
        found += _square(text) is not None
    text.i = at
    return found > 1


def _square(text: Reader) -> str | None:
    at = text.i
    before = text.texts[at - 1] if at else ""
    if text.peek().kind == "n" and before in _BEFORE:
        text.i += 1
        kind = OPEN if _OPEN.skip(text) else SOLID if _SOLID.skip(text) else None
        if kind and text.texts[text.i] in _ENDS:
            return kind
    text.i = at
    return None
