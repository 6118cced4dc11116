"""Held: stitches whose last loops are held back and closed as one, and popcorns, drawn together behind their stitches.

hold    = "holding back last loop of each" stitch | ...
popcorn = n stitch target "drop loop" "insert hook in first" stitch "draw loop through"
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crochet.grammar.closing import PARTS, finished, separated, tail
from crochet.grammar.names import stitch
from crochet.grammar.pattern import Item, Make, Skip, Span
from crochet.grammar.phrases import Phrases
from crochet.grammar.tokens import Reader

MOST = 12

_HOLDS = Phrases(
    "holding|hold|keeping|keep|leaving|leave|retaining|retain back? on? hook? back? the? last loop|lp of? "
    "each|every|all? the|of?",
)  # fmt: skip
_ON_HOOK = Phrases("on the? hook", "back on? hook?", "unworked", "worked? on the? hook")
_DROPS = Phrases(
    "drop|remove|take|slip the? last|working|this? loop|lp off|from|out? of? the|your? hook?", "drop lp|loop off hook",
    "drop|remove|withdraw|take hook out? from|of? the? working|last? loop|lp|work?",
)  # fmt: skip
_IN_HOOK = "insert the|your? hook from? front|back? to? back|front? in|into|through the? "
_THROUGH_FIRST = Phrases(
    f"{_IN_HOOK}top? of? the? first|1st|beginning|beg", f"{_IN_HOOK}top? of the? #",
    f"{_IN_HOOK}top|3rd|4th? ch|chain? of the? beg|beginning|starting? ch -? #",
)  # fmt: skip
_OF_GROUP = Phrases(
    "of the|this|same? # -? dc|tr|hdc|htr|sc|dtr? group|popcorn|pc|made?", "of the|this? group|popcorn|pc|st|sts",
    "made|worked", "of ch -? #",
)  # fmt: skip
_PICKS = Phrases(
    "and? pick|picking up the? dropped? loop|lp", "and? draw|pull it through",
    "and? place|put|grab|catch|hook the? dropped? loop|lp back? on? the? hook?",
    "and? draw|pull|drawing|pulling the? dropped|same|working? loop|lp through the|this? st|stitch|loop|lp|dc|tr?",
    "and? draw|pull|drawing|pulling it|dropped? through|thru the|this? st|stitch|loop|lp|dc|tr?",
)  # fmt: skip


def holds(text: Reader, found: list[Item]) -> bool:
    """`holding back last loop of each dc on hook`: the stitches told before or after it are closed as one."""
    at = text.i
    bracket = text.skip("(|[")
    if not _HOLDS.skip(text):
        text.i = at
        return False
    text.skip("of") and text.skip("the|each")
    text.skip("following|next") and text.number()
    stitch(text) or text.skip("st|sts|stitch|stitches")
    _ON_HOOK.skip(text)
    if bracket and not text.skip(")|]"):
        text.i = at
        return False
    before = text.found[at - 1].text if at else ""
    joined = bool(found) and isinstance(found[-1], Make) and (before not in PARTS or before == ",")
    text.held = (id(found), len(found) - joined, (text.found[at].start, text.end))
    return True


def all_closed(text: Reader, found: list[Item]) -> bool:
    """`yo and draw through all loops on hook` after stitches whose last loops were held back."""
    at = text.i
    if text.held is None or not found or not isinstance(found[-1], Make) or not finished(text):
        text.i = at
        return False
    first = text.held[1] if text.held[0] == id(found) else 0
    k = len(found)
    while k > first and _leg_of(found[k - 1], found[-1]):
        k -= 1
    made = _as_one(found[k:], (found[k].span[0] if k < len(found) else 0, text.end))
    if made is None:
        text.i = at
        return False
    tail(text)
    found[k:] = made
    text.held = (0, 0, (0, 0))
    return True


def _leg_of(item: Item, last: Item) -> bool:
    return isinstance(item, Make) and isinstance(last, Make) and item.kind == last.kind and item.eats == 1


def _as_one(stitches: Sequence[Item], span: Span) -> list[Item] | None:
    """Stitches closed as one: in one place, or over several, of which the first is its foot."""
    made: list[Item] = []
    legs = 0
    kind = ""
    for one in stitches:
        if not isinstance(one, Make) or one.kind in ("sl st", "inc", "dec"):
            return None
        where = one.target
        several = where.n if where is not None and where.which in ("next", "each") and where.counted else 1
        if where is not None and where.which == "each" and not where.counted:
            return None
        legs += one.n * several
        kind = one.kind
        if not made:
            first = replace(where, n=1, counted=False, which="next") if where is not None and several > 1 else where
            made.append(replace(one, n=1, target=first, span=span))
            several -= 1
        elif where is not None and where.which == "same":
            several = 0
        if several and where is not None:
            made.append(Skip(several, where.things[0], one.span))
    if not made or not 2 <= legs <= MOST:
        return None
    first_made = made[0]
    assert isinstance(first_made, Make)
    return [replace(first_made, kind=f"{kind}{legs}tog"), *made[1:]]


def popcorn(text: Reader, found: list[Item]) -> bool:
    """`drop loop from hook, insert hook in first dc, draw loop through` after the stitches of a popcorn."""
    at, last = text.i, found[-1] if found else None
    if not isinstance(last, Make) or last.n < 2 or last.eats > 1 or not _DROPS.skip(text):
        text.i = at
        return False
    separated(text)
    if not _THROUGH_FIRST.skip(text):
        text.i = at
        return False
    stitch(text) or text.skip("st|stitch")
    _OF_GROUP.skip(text)
    picked = False
    while True:
        before = text.i
        separated(text)
        if not _PICKS.skip(text):
            text.i = before
            break
        picked = True
    if not picked:
        text.i = at
        return False
    tail(text)
    found[-1] = replace(last, n=1, kind="pc", span=(last.span[0], text.end))
    return True
