"""Loops: where in a stitch the hook goes: `back loops only`, `BLO`. It counts nothing.

loops = ["in" | "through"] ["the"] ("blo" | "flo" | ("back" | "front" | "both" | "third") ("loops" | "bar") ["only"])
"""

from __future__ import annotations

from crochet.grammar.tokens import Reader

_SIDE = "back|front|both|third|3rd|rear|horizontal|bottom"
_ONLY = "blo|flo|blp|flp|tbl|tfl|bl|fl|blos|flos"
LOOPED = frozenset(f"{_SIDE}|{_ONLY}".split("|"))
_THROUGH = frozenset({"in", "into", "through", "thru", "under"})


def hooked(text: Reader) -> bool:
    """`back loops only`: where the hook goes in through; it counts nothing."""
    at = text.i
    if text.texts[at] not in LOOPED:
        return False
    if text.skip(_ONLY) or (
        text.skip(_SIDE)
        and (text.skip("-") or True)
        and (
            text.skip("loop|loops|lp|lps|bump|bumps|bar|bars|layer|layers|thickness|thicknesses|pieces")
            and (text.skip("only") or True)
        )
    ):
        text.skip("only")
        return True
    text.i = at
    return False


def loops(text: Reader) -> bool:
    """A remark on where the hook goes in: `in back loops only`, `BLO`, `through both loops`; not if `of` follows."""
    at = text.i
    told = text.texts[at] in _THROUGH
    the = text.texts[at + told] == "the"
    if text.texts[at + told + the] not in LOOPED:
        return False
    text.i = at + told + the
    if hooked(text) and not text.at("of|st") and not (told and text.at("in")):
        return True
    text.i = at
    return False
