"""Drawn: clusters, puffs and popcorns told loop by loop, as the hook makes them.

cluster = legs yo "through all loops" | hold stitches yo "through all loops" | stitches hold yo "through all loops"
legs    = leg {leg} | ("(" | "[") leg (")" | "]") n "times" [target] | "*" leg "rep from *" n "times"
leg     = yo {insert | up | yo "through 2 loops"}
hold    = "holding back last loop of each" stitch | ...
popcorn = n stitch target "drop loop" "insert hook in first" stitch "draw loop through"
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from crochet.grammar.names import stitch
from crochet.grammar.pattern import Item, Make, Skip, Span, Target
from crochet.grammar.phrases import Phrases
from crochet.grammar.repeats import how_often
from crochet.grammar.targets import target
from crochet.grammar.tokens import Reader

_OVER = Phrases(
    "yarn|thread|wool over|round|around the? hook?", "yo|yoh|yrh|yon", "y . o .",
    "wrap the? yarn|thread over|around the? hook?",
)  # fmt: skip
_UP = Phrases(
    "draw|pull|bring up? a|the|your? long? loop|lp|yarn|thread through|up?",
    "draw|pull through|thru a|the? loop|lp?", "draw|pull it? up|through",
)  # fmt: skip
_LONG = Phrases(
    "up? to the? height of the? row|st|dc|ch|chain? -? #?", "up? to? # / # \"|in|inch|cm?", "up? to # \"|in|inch|cm?",
    "up|long|high",
)  # fmt: skip
_TWO = Phrases("draw|pull|work yarn|it|hook|loop? through|thru|off first|the? 2 loops|lps on|off? the? hook?",
               "through|thru|off first|the? 2 loops|lps on|off? the? hook?")  # fmt: skip
_PULLS = Phrases("draw|pull|slip yarn|thread|loop|lp|it|hook? through|thru|off", "through|thru", "work off")
_AS_BEFORE = Phrases("complete|finish|close the? cluster|cl as before", "complete as before")
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
_CLOSED = Phrases(
    "ch|chain 1? to close|secure|fasten|tighten|complete|finish the? cluster|cl|puff|popcorn|pc|bobble|st|stitch? st?",
    "ch|chain 1? tightly? ( to close|secure|fasten|tighten|complete )",
)  # fmt: skip
_FIRST = _OVER.first | {"insert", "holding", "hold", "keeping", "keep", "leaving", "leave", "retaining", "retain"}
_FIRST |= {"draw", "pull", "drop", "remove", "take", "through", "thru", "complete", "work", "slip"}
_PARTS = frozenset({",", ".", ";", "and", "then", "&", ":"})
MOST = 12


class _Legs(NamedTuple):
    """So many legs of a stitch, and where they go; None: nothing says."""

    n: int
    where: Target | None
    kind: str


def drawn(text: Reader, found: list[Item]) -> bool:
    """Pass over what is told loop by loop, if it stands here: `found` then ends with the stitch that it makes."""
    here = text.peek().text
    if here not in _FIRST and not (here in ("(", "[", "*") and text.peek(1).text in _FIRST):
        return False
    at, start = text.i, text.start
    made = _legs(text, start)
    if made is not None:
        found.append(made)
    elif _holds(text, found) or _all_closed(text, found) or _popcorn(text, found):
        return True
    if made is None:
        text.i = at
    return made is not None


def _separated(text: Reader) -> None:
    while text.peek().text in _PARTS:
        text.i += 1


# -- legs


def _legs(text: Reader, start: int) -> Item | None:
    """All the legs of a cluster or puff, and what closes them; None: this is not told here."""
    at = text.i
    told: list[_Legs] = []
    while len(told) <= MOST and (one := _some(text)) is not None:
        told.append(one)
        _separated(text)
        if _finished(text):
            _tail(text)
            return _closed(told, (start, text.end))
    text.i = at
    return None


def _closed(told: Sequence[_Legs], span: Span) -> Item | None:
    """The legs as one stitch: in one place, or each in the next."""
    n, kind = sum(one.n for one in told), told[-1].kind
    onward = sum(one.n for one in told if one.where is not None and one.where.which == "next")
    where = next((one.where for one in told if one.where is not None), None)
    if not 1 <= n <= MOST:
        return None
    if kind != "puff" and where is not None and onward == n > 1 and where.things[0].cls == "st":
        return Make(1, kind, replace(where, n=n, counted=True), span, eats=n)
    return Make(1, kind if kind == "puff" or n == 1 else f"{kind}{n}tog", where, span)


def _finished(text: Reader) -> bool:
    """`yo and draw through all loops on hook`, `complete cluster as before`."""
    at = text.i
    _OVER.skip(text)
    _separated(text)
    if (_PULLS.skip(text) and _all_loops(text)) or _AS_BEFORE.skip(text):
        return True
    text.i = at
    return False


def _all_loops(text: Reader) -> bool:
    """`all 4 loops on hook`, `remaining loops`, `4 loops on hook`: more than the two of a stitch."""
    every = text.skip("all|both") and (text.skip("of") or True)
    text.skip("the|these|them|your")
    every = text.skip("rem|remaining") or every
    n = text.number()
    text.skip("rem|remaining")
    loops = text.skip("loops|lps|loop|lp")
    text.skip("rem|remaining|left|now")
    hook = text.skip("on|off") and (text.skip("the|your") or True) and text.skip("hook")
    text.skip("at", "once") or text.skip("at", "one", "time") or text.skip("tightly")
    _rem(text)
    return bool((every or (n or 0) > 2) and (loops or (every and hook)))


def _tail(text: Reader) -> None:
    """The chain that closes it: `ch 1 to close`."""
    at = text.i
    _separated(text)
    if not _CLOSED.skip(text):
        text.i = at


def _some(text: Reader) -> _Legs | None:
    """Legs told once and worked so often; None: none stand here."""
    at = text.i
    close = {"(": ")", "[": "]", "*": "*"}.get(text.peek().text)
    text.i += close is not None
    one = _leg(text)
    if one is not None and close is not None:
        _separated(text)
        often = None
        if close == "*":
            text.skip("*")
            _separated(text)
            if text.skip("rep|repeat"):
                text.skip("from")
                text.skip("*")
                often = how_often(text, star=True)
        elif text.skip(close):
            often = how_often(text)
        place = target(text) if often is not None else None
        if often is not None and often.how in ("all", "unsure") and 1 <= often.n <= MOST:
            return _Legs(
                often.n + (often.how == "unsure" and close == "*"),
                place if place and place.which != "same" else one.where or place,
                one.kind,
            )
        one = None
    if one is None:
        text.i = at
    return one


def _leg(text: Reader) -> _Legs | None:
    """`yo, insert hook in next sp, draw up a loop, yo, draw through 2 loops`."""
    at = text.i
    over, inserted, offs, ups = 0, 0, 0, 0
    where: Target | None = None
    while True:
        before = text.i
        _separated(text)
        if not ups and _OVER.skip(text):
            over += not inserted
            text.skip("twice|once") or (
                text.peek(1).text in ("times", "time") and (text.number(), text.skip("times|time"))
            )
        elif not ups and text.skip("insert"):
            text.skip("the|your")
            text.skip("hook")
            inserted += 1
            where = target(text)
        elif not ups and _UP.skip(text):
            ups += 1
            where = target(text) or where
            while _LONG.skip(text):
                pass
        elif ups and not _closing(text) and _through_two(text):
            offs += 1
        else:
            text.i = before
            break
        _rem(text)
    if not ups or (where is None and not over) or (inserted and where is None):
        text.i = at
        return None
    kind = "puff" if over and not offs else {0: "sc", 1: "dc", 2: "tr"}.get(offs, "dtr")
    return _Legs(1, where, kind)


def _through_two(text: Reader) -> bool:
    """`yo and draw through 2 loops on hook`."""
    at = text.i
    _OVER.skip(text)
    _separated(text)
    if _TWO.skip(text):
        return True
    text.i = at
    return False


def _closing(text: Reader) -> bool:
    at = text.i
    found = _finished(text)
    text.i = at
    return found


def _rem(text: Reader) -> None:
    """`(2 loops on hook)`, told on the way."""
    at = text.i
    if text.skip("(|["):
        text.number()
        text.skip("rem|remaining")
        if text.skip("loops|lps|loop|lp"):
            text.skip("rem|remain|remaining|left|now|are")
            text.skip("on") and (text.skip("the"), text.skip("hook"))
            text.skip("rem|remain|remaining")
            if text.skip(")|]"):
                return
    text.i = at


# -- stitches held back


def _holds(text: Reader, found: list[Item]) -> bool:
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
    joined = bool(found) and isinstance(found[-1], Make) and (before not in _PARTS or before == ",")
    text.held = (id(found), len(found) - joined, (text.found[at].start, text.end))
    return True


def _all_closed(text: Reader, found: list[Item]) -> bool:
    """`yo and draw through all loops on hook` after stitches whose last loops were held back."""
    at = text.i
    if text.held is None or not found or not isinstance(found[-1], Make) or not _finished(text):
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
    _tail(text)
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


# -- popcorns


def _popcorn(text: Reader, found: list[Item]) -> bool:
    """`drop loop from hook, insert hook in first dc, draw loop through` after the stitches of a popcorn."""
    at, last = text.i, found[-1] if found else None
    if not isinstance(last, Make) or last.n < 2 or last.eats > 1 or not _DROPS.skip(text):
        text.i = at
        return False
    _separated(text)
    if not _THROUGH_FIRST.skip(text):
        text.i = at
        return False
    stitch(text) or text.skip("st|stitch")
    _OF_GROUP.skip(text)
    picked = False
    while True:
        before = text.i
        _separated(text)
        if not _PICKS.skip(text):
            text.i = before
            break
        picked = True
    if not picked:
        text.i = at
        return False
    _tail(text)
    found[-1] = replace(last, n=1, kind="pc", span=(last.span[0], text.end))
    return True
