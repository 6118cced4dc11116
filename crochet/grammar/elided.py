"""Elided: single crochet that is told by its number alone, `(1, inc) x 6`, `2 in next`, in a row that names no stitch.

elided = n ["in" place] | ("blo" | "flo") "around"
"""

from __future__ import annotations

from crochet.grammar.loops import loops
from crochet.grammar.names import FIRST_WORDS
from crochet.grammar.pattern import Make
from crochet.grammar.targets import bare_each, target
from crochet.grammar.tokens import Reader

_CHANGES = frozenset({"inc", "dec", "invdec"})
_SOME = frozenset({"back", "front", "f", "b", "fl", "bl", "long", "double", "single", "half", "mc", "mr"})
_NAMES = FIRST_WORDS.keys() - _CHANGES - _SOME
_ENDS = frozenset({",", ")", "]", "*", "and", "}"})


def elided(text: Reader) -> Make | None:
    """Stitches of which only the number is told; None: none stand here, and nothing is passed over."""
    if text.words & _NAMES or "ch" in text.words:
        return None
    at, start = text.i, text.start
    if text.at("blo|flo|bl|fl") and loops(text) and (every := bare_each(text)):
        return Make(1, "sc", every, (start, text.end))
    n = text.number()
    if n and text.at("in|into") and (where := target(text)):
        return Make(n, "sc", where, (start, text.end))
    if n and text.depth and text.texts[text.i] in _ENDS and ("in" in text.words or text.words & _CHANGES):
        return Make(n, "sc", None, (start, text.end))
    text.i = at
    return None
