"""Skips: places passed over.

skip = ("sk" | "skip" | "miss") [n] thing ["and" [n] thing | "behind" post]
"""

from __future__ import annotations

from crochet.grammar.adjoining import own_piece
from crochet.grammar.joins import back
from crochet.grammar.pattern import Aside, Item, Often, Repeat, Skip, Thing
from crochet.grammar.phrases import Phrases
from crochet.grammar.starts import counting
from crochet.grammar.things import thing
from crochet.grammar.tokens import Reader

_BEG_CHAIN = Phrases(
    "the? beg|beginning|first|starting|turning|t ch|chain|chains|chs -? #?", "the? ch -? # from beginning|start",
    "over? the beg|beginning|starting|turning ch|chain -? #?",
)  # fmt: skip
_AT_BASE = Phrases("at|in the? base|bottom|foot of the|your|beg|beginning|turning? ch|chain -? #?")
_FOR = Phrases(
    "for the|a|an|your? first|second|left|right|front|back|other? arm|arms|armhole|armholes|leg|legs|"
    "thumb|thumbhole|heel|sleeve|sleeves|underarm|neck|neckline|buttonhole|button|handle|handles|strap|ear|ears|tail|"
    "pocket|finger|fingers|opening|hole|gap|slit|eyelet|spout|pompom|ponytail opening|hole|gap|later?",
)  # fmt: skip
_POST = "post|fp|bp|fpdc|fptr|bpdc|bptr|fpdtr|fphdc|fpsc|tr|dtr"
_BEHIND = Phrases(
    f"behind the|each|this|these|those? {_POST}? st|sts|stitch|stitches|post|posts?",
    f"behind {_POST} just? made|worked?",
    f"in front|back of the|each? {_POST} st|sts|stitch?",
)
_ENDED = frozenset({",", ".", ";", ")", "]", "", "*"})


def skip(text: Reader) -> Item | None:
    at, start = text.i, text.start
    if not text.skip("sk|skip|miss|skipping"):
        return None
    text.at(".", "1st|first|next|1|2|3|4|5|6|the") and text.skip(".")  # `sk. 1 sc`
    if _BEG_CHAIN.skip(text):
        text.skip("and|,")
        if text.at("sl|slip|slst|ss|join"):
            return Aside("remark", (start, text.end), said=text.text[start : text.end])
        text.i = at + 1
    text.skip("over") and text.skip("next")
    if text.skip("same", "st|stitch|sc|dc|sp|place|ch"):
        return Aside("remark", (start, text.end), said=text.text[start : text.end])  # the chain before stands there
    bare = text.skip("the")
    first = text.skip("first|1st")
    bare = not (first or text.skip("next|last")) and bare
    n = 1 if text.peek(1).text in ("ch", "-") and not text.at("1|2|3|4|5|6|7|8|9") else text.number() or 1
    where = thing(text)
    where is not None and own_piece(text)
    if where is None and text.i <= at + 1:
        return back(text, at)
    if where is not None and _BEHIND.skip(text):
        return Aside("remark", (start, text.end), said=text.text[start : text.end])  # under a post that is worked
    where is not None and where.cls in ("st", "ch") and _FOR.skip(text)
    ends = text.done() or text.at(".")
    if bare and ends and text.texts[at] == "skipping" and where is not None and where.cls == "st":
        return Aside("remark", (start, text.end), said=text.text[start : text.end])  # `in each sp, skipping the sc.`
    first = (n == 1 and _AT_BASE.skip(text)) or first
    one = Skip(n, where or Thing("st"), (start, text.end), first, counting(text))
    return _and(text, one) or one


def _and(text: Reader, one: Skip) -> Item | None:
    """`sk first dc and ch-1 sp`: two of them, one after the other; None: only one is told."""
    at, start = text.i, text.start
    if text.skip("and|&"):
        text.skip("the")
        text.skip("next|following")
        n = 1 if text.peek(1).text in ("ch", "-") and not text.at("1|2|3|4|5|6|7|8|9") else text.number() or 1
        where = thing(text)
        if where is not None and where.cls in ("sp", "st", "ch", "gap") and text.peek().text in _ENDED:
            both = (one, Skip(n, where, (start, text.end)))
            return Repeat(both, Often("all", 1), (one.span[0], text.end))
    text.i = at
    return None
