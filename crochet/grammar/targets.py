"""Targets: where a stitch goes, as it is written.

target = ("in"|"into"|"to"|"between") [which] thing {"and" thing} [until]
which  = "next" [n] | "each [of next n]" | "same" | "first" | "last" | "any" | "rem"
until  = "around" | "across" | "to next" thing | "to end"
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from crochet.grammar.names import FIRST_WORDS, number, stitch
from crochet.grammar.pattern import Target, Thing, Which
from crochet.grammar.phrases import Phrases
from crochet.grammar.shapes import place as names_group
from crochet.grammar.things import (
    BELOW,
    BETWEEN,
    CHAIN_WORDS,
    GROUPS,
    SINCE,
    STITCHES,
    names_between,
    space,
    thing,
    turning_chain,
)
from crochet.grammar.tokens import Reader

_PARTS = frozenset({"center", "centre", "middle", "first", "last", "ch", "chain", "sp", "space", "corner"})


def _part(text: Reader, start: int) -> Target | None:
    """`center dc of next shell`, `ch-1 sp of next V-st`, `3rd dc of 5-dc shell`. None: not such a part."""
    at = text.i
    nth: int | None = 0 if text.skip("center|centre|middle") else None
    if nth is None and text.peek().kind == "o":
        nth = text.peek().value
        text.i += 1
    elif nth is None and text.at("first|last"):
        nth = 1 if text.at("first") else -1
        text.i += 1
    sized = space(text)
    whole = sized is None and not text.skip("st|stitch|sts") and stitch(text) is None
    if ((sized or not whole or nth == 0) and (sized or nth is not None)) and text.skip("of|in"):
        text.skip("the")
        found = _target(text, start, part=False)
        if found is not None and found.things and found.things[0].cls == "named":
            chains = (sized.chains or 0) if sized else None
            part = replace(found.things[0], chains=chains, nth=None if sized else nth)
            return replace(found, things=(part, *found.things[1:]))
    text.i = at
    return None


_PREPOSITION = "in|into|to|between|over|on|onto|at|inside|under"
_ALONG = frozenset({"across", "along"})
_SOME = frozenset({"first", "next", "last", "the", "rem", "remaining", "these", "those"})


def target(text: Reader, bare: bool = False) -> Target | None:
    """A target, from its preposition on (`bare`: perhaps without one); None: none stands here."""
    at, start = text.i, text.start
    here = text.texts[at]
    if not (bare or here in _OPENS):
        return None
    if _BASE.skip(text):
        return Target("first", (Thing("start", said="base of the chain"),), span=(start, text.end))
    if here in BETWEEN and (between := _between_groups(text)):
        return replace(between, span=(start, text.end))
    if here in _WHOLE and (text.at("all|both", "in|into") or text.at("around|round", "the", "ring|circle")):
        text.i += 1
    through = here.startswith("thr") and text.skip("through|thru")
    along = here in _ALONG and (text.peek(1).text in _SOME or text.peek(1).kind == "n")
    if not (through or (along and text.skip(here)) or text.skip(_PREPOSITION) or bare):
        text.i = at
        return None
    hooked = False
    if text.texts[text.i] in _BEFORE_A_PLACE:
        text.skip("to|into|of")
        text.skip("the|a|an")
        hooked = _loops(text)
    if through and not hooked:
        text.i = at
        return None
    if hooked:
        text.skip("of|in") and text.skip("the")
    beyond = text.i
    found = _target(text, start)
    if found is None and hooked:  # `sc in back loops only around`
        text.i = beyond
        until, left, short = _until(text)
        every = Target("each", (Thing("st", said="st"),), until=until, span=(start, text.end), left=left, short=short)
        return every if until else None
    if found is None and text.skip("top|tip|back|center|centre|middle|base", "of"):
        middle = text.peek(-2).text in ("center", "centre", "middle")
        found = _target(text, start)
        if middle and found is not None and found.things and found.things[0].cls not in ("sp", "ring", "corner"):
            found = None
    if found is None:
        text.i = at
    return found


_WHOLE = frozenset({"all", "both", "around", "round"})
_OPENS = frozenset(
    ["in", "into", "to", "between", "over", "on", "onto", "at", "inside", "under", "through", "thru", "around", "round",
     "all", "both", "across", "along", "btwn", "bet", "btw", "before", "after"]
)  # fmt: skip


def onward(text: Reader) -> Target | None:
    """`and each ch across`, where the preposition is understood from before; None: nothing is passed over."""
    at = text.i
    found = _target(text, text.start) if text.at("each|ea|every|next") else None
    if found is None:
        text.i = at
    return found


def further(text: Reader) -> Target | None:
    """A second place, without its preposition: `[in same sp and] next sp`."""
    at = text.i
    found = _target(text, text.start)
    if found is None:
        text.i = at
    return found


_SIDE = "back|front|both|third|3rd|rear|horizontal|bottom"
_ONLY = "blo|flo|blp|flp|tbl|tfl|bl|fl|blos|flos"
_LOOPED = frozenset(f"{_SIDE}|{_ONLY}".split("|"))
_BEFORE_A_PLACE = _LOOPED | {"to", "into", "of", "the", "a", "an"}
_THROUGH = frozenset({"in", "into", "through", "thru", "under"})


def _loops(text: Reader) -> bool:
    """`back loops only`: where the hook goes in through; it counts nothing."""
    at = text.i
    if text.texts[at] not in _LOOPED:
        return False
    if text.skip(_ONLY) or (
        text.skip(_SIDE) and (text.skip("loop|loops|lp|lps|bump|bumps|bar|bars") and (text.skip("only") or True))
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
    if text.texts[at + told + the] not in _LOOPED:
        return False
    text.i = at + told + the
    if _loops(text) and not text.at("of|st") and not (told and text.at("in")):
        return True
    text.i = at
    return False


_POSTED = frozenset({"the", "front", "back", "fp", "bp", "post", "posts", "stem"})


def post(text: Reader) -> tuple[str, Target | None] | None:
    """`around the post of next dc`, `around front post of next st`, `around next st`: (`fp` or `bp`, where)."""
    at, start = text.i, text.start
    around = text.texts[at] in ("around", "round")
    if not (around or text.texts[at + 1] in _POSTED) or not text.skip("around|round|over|in|on|from"):
        return None
    text.skip("the")
    side = "bp" if text.at("back|bp") else "fp"
    sided = text.skip("front|back|fp|bp")
    posts = text.skip("post|posts|stem") or (sided and text.peek(-1).text in ("fp", "bp"))
    if (around and (posts or not sided)) or posts:
        text.skip("of")
        where = _target(text, start)
        if where is not None:
            if text.skip("from", "behind|back") or text.skip("from", "the", "back"):
                side = "bp"
            return side if posts or where.things[0].cls == "st" else "", where
    text.i = at
    return None


# `at base of ch 3`: where the round began, whatever that is
_BASE = Phrases(
    "in|at|into|to the? same? base|bottom|foot of the|your|same|beg|beginning|starting|turning|first? ch|chain -? #?",
    "in|into|at the? same st|stitch|place|sp|space at|as the? base|bottom of the|beg|beginning? ch|chain -? #?",
    "in|at|into|to the? same? base|bottom|foot of the|your|same|beg|beginning|starting|turning? # -? ch|chain",
    "in|into|at the? same st|stitch|place|sp|space at|as the? base|bottom of the|beg|beginning? # -? ch|chain",
    "in|into|at the? same st|stitch|place|sp|space as the? beg|beginning|starting? ch|chain -? #?",
    "in|into|at the? same st|stitch|place|sp|space as the? beg|beginning|starting? # -? ch|chain",
)  # fmt: skip


def bare_each(text: Reader) -> Target | None:
    """`dc around`, `sc across to next ch-2 sp`, `dc each st`: each stitch, without an `in`."""
    start = text.start
    if text.at("each|ea|every"):
        return target(text, bare=True)
    at = text.i
    known = text.at("around|round|across|along|all|over|to|until|till|evenly|even")
    until, left, short = _until(text) if known else (None, 0, 0)
    if until is None:
        text.i = at
        return None
    return Target("each", (Thing("st", said="st"),), until=until, span=(start, text.end), left=left, short=short)


def _between_groups(text: Reader) -> Target | None:
    """`between next 2 groups`, `between clusters`: the gap there."""
    at = text.i
    last = text.at("between", "last") or text.at("between", "the", "last")
    every = text.peek(1).text in ("each", "every", "all")
    if (name := names_between(text)) is not None:
        where = Thing("between", name, said="gap between them")
    elif GROUPS.skip(text):
        where = Thing("gap", said="gap between groups")
    elif STITCHES.skip(text):
        where = Thing("between", "", said="gap between sts")
    else:
        text.i = at
        return None
    until = _until(text)[0] if every else None
    return Target("last" if last else "each" if until else "next", (where,), until=until)


_WHICH = frozenset(
    ["next", "following", "foll", "each", "ea", "every", "all", "both", "same", "this", "that", "first", "beginning",
     "beg", "starting", "last", "final", "previous", "any", "rem", "remaining"]
)  # fmt: skip


def _behind_the_chain(text: Reader) -> bool:
    """`ch 3, dc in 2nd dc`: the chain at the row's start stands on the first, so that the second is the next."""
    stitches = text.peek(1).text in ("st", "stitch") or text.peek(1).text in FIRST_WORDS.keys() - CHAIN_WORDS
    before = text.found[: text.i] if stitches and text.i < 24 else []
    worked = [token for token in before if token.text in FIRST_WORDS and token.text not in CHAIN_WORDS]
    chains = [before[i + 1].value for i, token in enumerate(before[:-1]) if token.text in CHAIN_WORDS]
    return bool(chains) and chains[0] > 1 and len(worked) <= 1


def _which(text: Reader) -> tuple[Which, int, bool] | None:
    """(which, how many, whether that is told); None: the remaining ones."""
    here = text.peek()
    if here.text == "top" and text.skip("top", "of"):
        text.skip("the")
        here = text.peek()
    if here.kind == "w" and here.text not in _WHICH:
        return "next", 1, False
    if text.peek().kind == "o" and text.peek().value == 2 and _behind_the_chain(text):
        text.i += 1
        return "next", 1, False
    if text.skip("next|following|foll"):
        told = number(text) if text.peek().kind == "n" else None
        return "next", told or 1, told is not None
    if text.skip("each|ea|every|all|both"):
        return _each_of(text)
    if text.skip("same|this|that"):
        text.skip("first")
        return "same", 1, False
    if text.skip("first|beginning|beg|starting"):
        return "first", number(text) or 1, False
    if text.peek().kind == "o" and text.peek().value == 1 and text.peek(1).text not in CHAIN_WORDS:
        text.i += 1
        return "first", 1, False
    if text.skip("last|final|previous"):
        return "last", number(text) or 1, False
    if text.skip("any"):
        text.skip("one", "of") and text.skip("the")
        return "any", 1, False
    if text.skip("rem|remaining"):
        return None
    told = number(text) if text.peek().kind == "n" else None
    return "next", told or 1, told is not None


def _each_of(text: Reader) -> tuple[Which, int, bool] | None:
    """After `each`: `[of next 3]`, `[of last 2]`; None: the remaining ones."""
    every = text.peek(-1).text
    text.skip("one")
    of = text.skip("of")
    of and text.skip("the|these|those")
    text.skip("the")
    if text.skip("next|following"):
        return "each", number(text) or 1, True
    if text.at("last|first"):
        which: Which = "last" if text.skip("last") else "first"
        text.skip("first")
        return which, number(text) or 1, True
    if text.skip("rem|remaining|other"):
        return None
    told = number(text) if of or every in ("both", "all") else None
    return "each", told or 1, bool(told)


_FREE = frozenset({"free", "empty", "available", "unworked", "rem", "remaining"})
_MADE = frozenset({"just", "made", "worked"})


def _target(text: Reader, start: int, part: bool = True) -> Target | None:
    here = text.peek()
    if part and (here.text in _PARTS or here.kind in ("o", "n")) and (found := _part(text, start)):
        return found
    text.skip("the")
    at = text.i
    if (turned := turning_chain(text)) is not None:
        return Target("next", (turned,), span=(start, text.end))
    told = _which(text)
    if told is None:
        return _ended(text, start, "end")
    which, n, counted = told
    elided = text.i > at
    text.i += text.texts[text.i] in _FREE
    looped = elided and _loops(text)
    things = _things(text, which == "each") or ((Thing("st", said="st"),) if looped else ())
    text.texts[text.i] in SINCE and BELOW.skip(text)
    if not things and which == "same" and text.skip("place|position"):
        things = (Thing("start", said="place"),)
    if not things:
        alone = which == "any" or (which == "first" and not text.at(",|.|;|)|]"))
        if not elided or alone or text.peek().text not in _ENDS:
            return None
        things = (Thing("st", said="st"),)  # `dc in next 3,` means stitches
    if which == "same" and text.texts[text.i] in ("as", "with", "where", "used"):
        loosely = things[0].cls == "sp" and not things[0].chains  # many write “same space” for a stitch
        if _WHERE_IT_IS.skip(text):
            things = (Thing("st", said="st"),) if loosely else things
        elif _WHERE_IT_BEGAN.skip(text) or _first_made(text):
            which, things = "first", (Thing("start", said=things[0].said),)
        else:
            return None
    if text.texts[text.i] in _MADE:
        text.skip("just", "made") or text.skip("made|worked")
    if things[0].cls == "ring" and elided and things[0].said.lower() == "loop":
        things = (Thing("sp", said="loop"),)  # `next loop` is a space, `in loop` the ring
    if things[0].cls == "ring":
        return Target("ring", things, span=(start, text.end))
    if things[0].cls == "centre" and which == "next" and re.search(r"\beach\b|\bevery\b", things[0].said.lower()):
        which = "each"
    if which == "each" and not counted:
        until, left, short = _until(text)
        return Target("each", things, until=until, span=(start, text.end), left=left, short=short)
    unsaid = not elided and things[0].cls in ("sp", "corner") and which == "next"
    return Target(which, things, n, counted, span=(start, text.end), unsaid=unsaid)


_ENDS = frozenset(
    {
        ",",
        ".",
        ";",
        ")",
        "]",
        "",
        "*",
        "**",
        "and",
        "then",
        "around",
        "across",
        "to",
        "until",
        "rep",
        "repeat",
        "(",
        "[",
        "{",
        "—",
        "=",
        "x",
        "all",
    }
)


_WHERE_IT_BEGAN = Phrases(
    "as the? join|joining|joined sl|slip? st|stitch?", "as the? sl|slip st|stitch join?", "as the? slst|ss",
    "where you? joined", "as the? beginning|beg|starting|start|first|initial|turning # -? ch|chain",
    "as the? beginning|beg|starting|start|first|initial|turning? ch|chain -? #? made?",
    "as the? beginning|beg|starting|start|first|initial|1st group|cluster|st|stitch|sc|dc|hdc|tr|htr|dtr|sp|shell",
    "as the? base of the|beg|beginning? ch|chain -? #?", "used for joining", "with joining|join",
    "as the? first|beginning|beg|starting sc|dc|hdc|tr|htr group|cluster", "as the? beginning|beg|start",
)  # fmt: skip


def _first_made(text: Reader) -> bool:
    """`as first 3 dc`, `as beginning shell`."""
    at = text.i
    if text.skip("as"):
        text.skip("the")
        if text.skip("first|beginning|beg|starting|start|1st"):
            text.number() and text.skip("-")
            if stitch(text) is not None or names_group(text) is not None:
                text.skip("group|cluster|made|of") and (text.skip("this|the"), text.skip("rnd|round"))
                return True
    text.i = at
    return False


_WHERE_IT_IS = Phrases(
    "as the? last sl|slip? st|stitch made?", "as last", "as the? last dc|sc|hdc|tr|htr|slst|ss|group|cluster made?",
)  # fmt: skip


def _ended(text: Reader, start: int, until: Literal["end"]) -> Target | None:
    things = _things(text, True)
    _until(text)
    return Target("each", things, until=until, span=(start, text.end)) if things else None


def _things(text: Reader, several: bool) -> tuple[Thing, ...]:
    """`st and ch-1 sp`: `several` only of `each`; else `and in ...` is another target."""
    first = thing(text)
    if first is None:
        return ()
    found = [first]
    while several and text.at("and|&"):
        at = text.i
        text.i += 1
        text.skip("in")
        text.skip("each|every")
        more = thing(text) if not text.at("next") else None
        if (
            more is None or text.at("in|into") or (more.kind or "").endswith("tog")
        ):  # `dc in each dc and dc in each sp`: the second is a stitch of its own
            text.i = at
            break
        found.append(more)
    return tuple(found)


_AROUND = Phrases(
    "even around|across?",
    "all? the? way? around|round the|this? rnd|round|ring|circle|piece|square|work?",
    "evenly around",
)
_TO_END = Phrases(
    "across to the? end of? the|this? row?",
    "across|along|over the|this|entire|whole? row|rnd|round|side|edge?", "all the? way? across|along",
    "to|until|till the? end of? the|this|each? rnd|row|round|side?",
)  # fmt: skip
_TO_NEXT = Phrases(
    "across|along|around|over? ,? to|until|till|before the? next|following|first", "up to the? next|following",
    "across|along|over to|until", "to|until|till you? reach? the? next",
)  # fmt: skip


def _until(text: Reader) -> tuple[Thing | Literal["around", "end"] | None, int, int]:
    """Where an `each` ends, how many are left there, and how many before it."""
    at = text.i
    whole: Literal["around", "end"] | None = None
    if _TO_END.skip(text):
        whole = "end"
    elif _AROUND.skip(text):
        whole = "around"
    ended = text.i
    text.i = at
    text.skip("around|across|along") and text.skip("row|chain|round")
    if text.at(",", "to|until|till", "last|next"):
        text.i += 1
    after = text.i
    if text.at("until|till") and (kept := _remaining(text)) is not None:
        return kept[1], kept[0], 0
    if text.at("except|leaving", "last|the") or text.at("to|until|till|up|within"):
        text.i += 1
        text.skip("to") or text.skip("within")
        text.skip("the")
        if (found := turning_chain(text)) is not None:
            return found, 0, 0
        last = text.skip("last")
        left = (last and number(text)) or 1
        if last or text.at("corner") or text.skip("next|following"):
            found = thing(text) or (Thing("st", said="st") if text.peek().text in _ENDS else None)
            if found is not None:
                return found, left if last else 0, 0
        elif (before := _before(text)) is not None:
            return before[1], 0, before[0]
    text.i = after
    if _TO_NEXT.skip(text) and (found := thing(text)) is not None:
        return found, 0, 0
    text.i = ended
    return whole, 0, 0


def _remaining(text: Reader) -> tuple[int, Thing] | None:
    """`until 2 sts remain`, `until only one st remains`: so many are left."""
    at = text.i
    text.i += 1
    text.skip("there") and text.skip("are|is")
    text.skip("only|just")
    n = text.number()
    found = thing(text) if n else None
    text.skip("are|is")
    if n and found is not None and text.skip("remain|remains|rem|remaining|left"):
        return n, found
    text.i = at
    return None


def _before(text: Reader) -> tuple[int, Thing] | None:
    """`[until] 2 sts before corner`."""
    n = text.number()
    if n is None:
        return None
    text.skip("st|sts|stitches") or stitch(text)
    if not text.skip("before|from|of|remain|rem"):
        return None
    text.skip("the") or text.skip("next|each")
    text.skip("next")
    found = thing(text)
    return (n, found) if found else None
