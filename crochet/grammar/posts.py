"""Posts: a stitch around the post of another: `around the post of next dc`, `around front post of next st`."""

from __future__ import annotations

from dataclasses import replace

from crochet.grammar.pattern import Item, Make, Target, Thing
from crochet.grammar.petals import from_behind
from crochet.grammar.phrases import Phrases
from crochet.grammar.targets import located
from crochet.grammar.things import BELOW as BELOW_ROW
from crochet.grammar.tokens import Reader

_POSTED = frozenset({"the", "front", "back", "fp", "bp", "post", "posts", "stem"})


_BESIDE = Phrases(
    "in|into|around|over|on the? side|post|stem of the? last|previous|prev sc|dc|hdc|tr|htr|dtr|st|stitch just? made?",
    "in|into|around|over|on the? side|post|stem of the? sc|dc|hdc|tr|htr|dtr|st|stitch just made",
    "in|into|around|over|on the? side|post|stem of the? sc|dc|hdc|tr|htr|dtr|st|stitch you? just made|worked in|into?",
    "around|round the? post|stem of? that|this same? sc|dc|hdc|tr|htr|dtr|st|stitch",
    "around|round the? post|stem of? the? same sc|dc|hdc|tr|htr|dtr|st|stitch as|you? just? worked? in|into?",
)  # `3 dc in side of last dc`
_SAME_CHAIN = Phrases("same ch|chain -? #?", "the? post|stem of same ch|chain -? #?")
_OF_ROW = Phrases("of|from|in rnd|round|row #")
_A_CHAIN = Phrases("the? beg|beginning|starting|turning|first? ch|chain -? #", "the? post|stem of the? ch|chain -? #")


def post(text: Reader) -> tuple[str, Target | None] | None:
    """`around the post of next dc`, `around front post of next st`, `around next st`: (`fp` or `bp`, where)."""
    at, start = text.i, text.start
    if text.texts[at] in _BESIDE.first and _BESIDE.skip(text):
        return "", Target("same", (Thing("st", said="st"),), span=(start, text.end))
    around = text.texts[at] in ("around", "round")
    if not (around or text.texts[at + 1] in _POSTED) or not text.skip("around|round|over|in|on|from"):
        return None
    if around and text.at("same", "stem|post"):
        text.i += 2
        return "fp", Target("same", (Thing("st", said="st"),), span=(start, text.end))
    if around and _SAME_CHAIN.skip(text) and not text.at("-|sp|space|loop|lp"):
        return "fp", Target("same", (Thing("st", said="st"),), span=(start, text.end))
    if around and _A_CHAIN.skip(text) and not text.at("-|sp|space|loop|lp"):
        BELOW_ROW.skip(text) or _OF_ROW.skip(text)
        return "fp", Target("next", (Thing("st", said="st"),), span=(start, text.end))
    text.i = at + 1
    text.skip("the")
    side = "bp" if text.at("back|bp") else "fp"
    sided = text.skip("front|back|fp|bp")
    posts = text.skip("post|posts|stem") or (sided and text.peek(-1).text in ("fp", "bp"))
    if (around and (posts or not sided)) or posts:
        text.skip("of")
        where = located(text, start)
        if where is not None:
            if from_behind(text):
                side = "bp"
            where = _below(text, where)
            return side if posts or where.things[0].cls == "st" else "", where
    text.i = at
    return None


BELOW = "st below"  # what a post is called that is told by no more than that


def _below(text: Reader, where: Target) -> Target:
    """`around the post of the stitch below`: of the one that is next, or that the last stitch stands in."""
    thing = where.things[0]
    if where.which != "next" or where.counted or thing.cls != "st" or not text.skip("below|underneath|beneath"):
        return where
    return replace(where, things=(replace(thing, said=BELOW),), span=(where.span[0], text.end))


def stood_in(found: list[Item]) -> None:
    """`hdc in next st, fphdc around st below`: the one that the stitch before stands in."""
    last, before = found[-1], found[-2]
    where = last.target if isinstance(last, Make) else None
    if isinstance(last, Make) and where is not None and where.things[0].said == BELOW and isinstance(before, Make):
        found[-1] = replace(last, target=replace(where, which="same", things=(Thing("st", said=BELOW),)))
