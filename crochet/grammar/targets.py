"""Targets: where a stitch goes, as it is written.

target = ("in"|"into"|"to"|"between") [determiner] thing {"and" thing} [limit]
"""

from __future__ import annotations

import re
from dataclasses import replace

from crochet.grammar.adjoining import of_a_limb, own_piece
from crochet.grammar.between import GAPS, before_a_group, between_groups
from crochet.grammar.determiners import determiner, same_as
from crochet.grammar.edges import SIDE
from crochet.grammar.limits import ENDS, limit
from crochet.grammar.loops import LOOPED, hooked
from crochet.grammar.names import stitch
from crochet.grammar.pattern import Target, Thing
from crochet.grammar.phrases import Phrases
from crochet.grammar.spaces import BETWEEN, SINCE, space
from crochet.grammar.things import BELOW, thing, turning_chain
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
    of_chain = sized is None and nth is not None and text.skip("ch|chain")
    whole = not (sized or of_chain or text.skip("st|stitch|sts")) and stitch(text) is None
    if ((sized or not whole or nth == 0) and (sized or nth is not None)) and text.skip("of|in"):
        text.skip("the")
        found = located(text, start, part=False)
        if of_chain and found is not None and found.things and found.things[0].cls == "sp":
            return found
        if found is not None and found.things and found.things[0].cls == "named":
            chains = (sized.chains or 0) if sized else None
            middle = nth == 0 and whole  # `in center of V-st`: where there is no middle stitch, in its space
            part = replace(found.things[0], chains=chains, nth=None if sized or middle else nth)
            return replace(found, things=(part, *found.things[1:]))
    text.i = at
    return None


_PREPOSITION = "in|into|to|between|over|on|onto|at|inside|under"
_ALONG = frozenset({"across", "along"})
_SOME = frozenset({"first", "next", "last", "the", "rem", "remaining", "these", "those"})


_FIRST = frozenset({"next", "each", "ch"})  # of a place that is told as most are, `in next ch-2 sp`


def target(text: Reader, bare: bool = False) -> Target | None:
    """A target, from its preposition on (`bare`: perhaps without one); None: none stands here."""
    at, start = text.i, text.start
    here = text.texts[at]
    if not (bare or here in _OPENS):
        return None
    if here == "in" and text.texts[at + 1] in _FIRST and text.texts[at + 2] not in GAPS:
        text.i += 1
        if (usual := located(text, start)) is not None:
            return usual
        text.i = at
    if here == "in" and text.texts[at + 1] in BETWEEN:
        text.i += 1
        here = text.texts[text.i]
    if _BASE.skip(text):
        return Target("first", (Thing("start", said="base of the chain"),), span=(start, text.end))
    if (text.texts[at + 1] in GAPS or text.texts[at + 2] in GAPS) and (before := before_a_group(text)):
        return replace(before, span=(start, text.end))
    if here in BETWEEN and (between := between_groups(text)):
        return replace(between, span=(start, text.end))
    if here in _ROUND and (about := _about(text, start)):
        return about
    if here in _WHOLE and (text.at("all|both", "in|into") or text.at("around|round", "the", "ring|circle")):
        text.i += 1
    through = here.startswith("thr") and text.skip("through|thru")
    along = here in _ALONG and (text.peek(1).text in _SOME or text.peek(1).kind == "n")
    if not (through or (along and text.skip(here)) or text.skip(_PREPOSITION) or bare):
        text.i = at
        return None
    any_of = text.texts[text.i + 1] == "of" and text.skip("one|any", "of", "the")
    looped = False
    if text.texts[text.i] in _BEFORE_A_PLACE:
        text.skip("to|into|of")
        text.skip("the|a|an")
        looped = hooked(text)
    if through and not looped:
        text.i = at
        return None
    if looped:
        text.skip("of|in") and text.skip("the")
    beyond = text.i
    found = located(text, start)
    if found is None and looped:  # `sc in back loops only around`
        text.i = beyond
        every = _each(text, start, (Thing("st", said="st"),))
        return every if every.until else None
    if found is None and text.skip("top|tip|back|center|centre|middle|base", "of"):
        middle = text.peek(-2).text in ("center", "centre", "middle")
        found = located(text, start)
        if middle and found is not None and found.things and found.things[0].cls not in ("sp", "ring", "corner"):
            found = None
    if found is None:
        text.i = at
    elif any_of and found.which == "next":
        return replace(found, which="any", n=1, counted=False)
    return found


_WHOLE = frozenset({"all", "both", "around", "round"})
_OPENS = frozenset(
    ["in", "into", "to", "between", "over", "on", "onto", "at", "inside", "under", "through", "thru", "around", "round",
     "all", "both", "across", "along", "btwn", "bet", "btw", "before", "after"]
)  # fmt: skip


def onward(text: Reader) -> Target | None:
    """`and each ch across`, where the preposition is understood from before; None: nothing is passed over."""
    at = text.i
    found = located(text, text.start) if text.at("each|ea|every|next") else None
    if found is None:
        text.i = at
    return found


def further(text: Reader) -> Target | None:
    """A second place, without its preposition: `[in same sp and] next sp`."""
    at = text.i
    found = located(text, text.start)
    if found is None:
        text.i = at
    return found


_BEFORE_A_PLACE = LOOPED | {"to", "into", "of", "the", "a", "an"}


# `at base of ch 3`: where the round began, whatever that is
_BASE = Phrases(
    "in|at|into|to the? same? base|bottom|foot of the|your|same|beg|beginning|starting|turning|first? ch|chain -? #?",
    "in|into|at the? same? st|stitch|place|sp|space at|as the? base|bottom of the|beg|beginning? ch|chain -? #?",
    "in the? joining st|stitch|sp?", "in the? join",
    "in join|joining at top of ch -? # of? the|previous|prev? rnd|round?",
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
    every = _each(text, start, (Thing("st", said="st"),)) if known else None
    if every is None or every.until is None:
        text.i = at
        return None
    return every


def _each(text: Reader, start: int, things: tuple[Thing, ...]) -> Target:
    """Each of these, up to the limit that stands here, if any."""
    until, left, short = limit(text)
    if until is None and things[0].cls == "end":
        until = SIDE
    return Target("each", things, until=until, span=(start, text.end), left=left, short=short)


_FREE = frozenset({"free", "empty", "available", "unworked", "rem", "remaining"})
_MADE = frozenset({"just", "made", "worked"})


_ROUND = frozenset({"around", "round"})


def _about(text: Reader, start: int) -> Target | None:
    """`around next chain-space`: into it."""
    at = text.i
    text.i += 1
    if text.at("the|same|next|each|first|last|ch|chain|corner|both|all") or text.peek().kind == "n":
        found = located(text, start)
        if found is not None and found.things and found.things[0].cls in ("sp", "corner") and found.until != "around":
            return found
    text.i = at
    return None


def located(text: Reader, start: int, part: bool = True) -> Target | None:
    """A place behind its preposition, which stands at `start` in the text. `part`: perhaps a part of a group."""
    here = text.peek()
    if part and (here.text in _PARTS or here.kind in ("o", "n")) and (found := _part(text, start)):
        return found
    text.skip("the")
    at = text.i
    if (turned := turning_chain(text)) is not None:
        if not BELOW.skip(text) and text.at("of", "row|rnd|round", "1|2|3|4|5|6|7|8|9"):
            text.i += 3
        return Target("next", (turned,), span=(start, text.end))
    told = determiner(text)
    if told is None:
        return _all_left(text, start)
    which, n, counted = told
    elided = text.i > at
    text.i += text.texts[text.i] in _FREE
    looped = elided and hooked(text)
    things = _things(text, which == "each") or ((Thing("st", said="st"),) if looped else ())
    if (counted or which == "last") and n > 1 and len(things) == 1:
        things = _and_spaces(text, things[0])
    text.texts[text.i] in SINCE and (BELOW.skip(text) or own_piece(text))
    if things and text.texts[text.i] in BETWEEN and not text.words.isdisjoint(_PETALS):
        things = _between_petals(text, things)
    of_a_limb(text)
    if not things and which == "same" and text.skip("place|position|spot"):
        things = (Thing("start", said="place"),)
    if not things:
        alone = which == "any" or (which == "first" and not text.at(",|.|;|)|]"))
        if not elided or alone or text.peek().text not in ENDS:
            return None
        things = (Thing("st", said="st"),)  # `dc in next 3,` means stitches
    which == "each" and counted and _OF_A_PETAL.skip(text)
    if which == "same" and text.texts[text.i] in ("as", "with", "where", "used"):
        end = same_as(text)
        if end is None:
            return None
        if end == "first":
            which, things = "first", (Thing("start", said=things[0].said),)
        elif things[0].cls == "sp" and not things[0].chains:  # many write “same space” for a stitch
            things = (Thing("st", said="st"),)
    if text.texts[text.i] in _MADE:
        text.skip("just", "made") or text.skip("made|worked")
    if things[0].cls == "ring" and elided and things[0].said.lower() == "loop":
        things = (Thing("sp", said="loop"),)  # `next loop` is a space, `in loop` the ring
    if things[0].cls == "ring":
        return Target("ring", things, span=(start, text.end))
    if which == "next" and _means_each(things[0], elided, counted):
        which = "each"
    if which == "each" and not counted:
        return _each(text, start, things)
    if which in ("first", "last"):
        text.skip("of", "row|rnd|round") or text.skip("of", "the|this", "row|rnd|round")
    unsaid = not elided and things[0].cls in ("sp", "corner") and which == "next"
    if unsaid and text.texts[text.i] == "around":
        return _each(text, start, things)  # `and 2 sc in ch-2 sp around`
    return Target(which, things, n, counted, span=(start, text.end), unsaid=unsaid)


def _means_each(thing: Thing, elided: bool, counted: bool) -> bool:
    """`in ends of rows`, `in the corners`, `in the middle dc of each group`: all of them, with no `each` before."""
    said = thing.said.lower()
    if thing.cls in ("centre", "named"):
        return re.search(r"\beach\b|\bevery\b", said) is not None
    return (thing.cls == "end" and not elided) or (thing.cls == "corner" and not counted and said == "corners")


def _and_spaces(text: Reader, first: Thing) -> tuple[Thing, ...]:
    """`[next 15] sts and ch-1 sps`: so many of both; `next 3 dc and ch-2 sp` are three and one more."""
    at = text.i
    if first.cls == "st" and text.skip("and|&"):
        more = space(text)
        if more is not None and more.cls == "sp" and text.peek(-1).text.endswith("s"):
            return (first, replace(more, said=text.text[text.found[at + 1].start : text.end]))
    text.i = at
    return (first,)


_OF_A_PETAL = Phrases("of|on|in the? next|same|this|each|following petal|leaf|shell|fan|scallop|group|cluster|point")
_PETALS = frozenset({"petal", "petals"})


def _between_petals(text: Reader, things: tuple[Thing, ...]) -> tuple[Thing, ...]:
    """`[the sc] between next 2 petals`: what lies there, unless the row is told that it is of."""
    gap = between_groups(text)
    if gap is None or things[0].row or things[0].cls not in ("st", "sp"):
        return things
    return gap.things


def _all_left(text: Reader, start: int) -> Target | None:
    """`rem sts`, `rest of the sts`, `rest`: each of them, to the end."""
    rest = text.texts[text.i - 1] in ("rest", "remainder")
    rest and text.skip("of") and text.skip("the|this|your")
    things = _things(text, True)
    if rest and not things:
        text.skip("row|rnd|round")
        things = (Thing("st", said="st"),)
    limit(text)
    return Target("each", things, until="end", span=(start, text.end)) if things else None


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
        own = text.at("in|into")  # `dc in each dc and dc in each sp`: the second is a stitch of its own
        if more is None or own or (more.kind or "").endswith("tog"):
            text.i = at
            break
        found.append(more)
    return tuple(found)
