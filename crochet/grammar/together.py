"""Together: stitches closed as one over several places, and several stitches worked into one: `dc2tog`, `dec`, `inc`.

decrease = stitch n "tog" | n stitch "tog" | stitch "next" n "sts together" | [stitch] "dec", ["over next" n thing]
increase = [stitch] "inc"
"""

from __future__ import annotations

from typing import NamedTuple

from crochet.craft.stitches import PLAIN, key_of
from crochet.grammar.names import stitch
from crochet.grammar.pattern import Target
from crochet.grammar.targets import further, target
from crochet.grammar.tokens import Reader

MOST_LEGS = 12
TOGETHER = "tog|together"
_DEC = "dec|decs|decrease|decreases|invdec|invdecs|decr"
_INC = "inc|incs|increase|increases|incr"
CHANGES = frozenset(("-", "inv", "invisible", *_DEC.split("|"), *_INC.split("|")))  # what `change` may begin with
_GLUED = {
    word + suffix: (name, suffix) for (word, *more), name in PLAIN.items() for suffix in ("dec", "inc") if not more
}


class Taken(NamedTuple):
    """What a stitch takes and makes. `eats` places, `makes` stitches in each; `kind` None: the row's own stitch."""

    kind: str | None
    eats: int = 1
    makes: int = 1
    where: Target | None = None
    more: Target | None = None
    around: bool = False


def change(text: Reader, kind: str | None) -> Taken | None:
    """`inc` or `dec`, perhaps behind the name of a stitch; None: neither stands here."""
    at = text.i
    if kind is None and (glued := _GLUED.get(text.peek().text)):
        text.i += 1
        kind = key_of("", glued[0], text.terms)
        return Taken(kind, makes=2) if glued[1] == "inc" else over(text, kind, 2)
    text.skip("-")
    if kind and text.peek().kind == "n" and text.peek(1).text == "inc" and text.start == text.end:
        n = text.number() or 2  # `dc2inc`: two dc in one
        if n <= MOST_LEGS and text.skip("inc"):
            return Taken(kind, makes=n)
    if text.skip(_INC):
        return Taken(kind or _named_after(text) or _one(text), makes=2)
    text.skip("inv|invisible") and text.skip(".")
    found = over(text, kind or _one(text), 2) if text.skip(_DEC) else None
    if found is None:
        text.i = at
    return found


def _one(text: Reader) -> str | None:
    """`dec 1 st`, `inc 1 sc`: the stitch, if it is told; the words are passed over."""
    at = text.i
    kind = None
    if text.skip("1|one|a"):
        kind = None if text.skip("st|stitch") else stitch(text)
        if (kind or text.i > at + 1) and (text.done() or text.at(",|.|;|)|]|and|then|over")):
            return kind
    text.i = at
    return None


def _named_after(text: Reader) -> str | None:
    """`inc sc in each st`: the stitch told behind."""
    at = text.i
    kind = stitch(text)
    if kind is not None and text.at("in|into", "each|ea|every|all"):
        return kind
    text.i = at
    return None


def glued(text: Reader) -> tuple[str, str] | None:
    """`dcdec`, `scinc`: the name that the word begins with, as those of NAMES; None: another word stands here."""
    found = _GLUED.get(text.peek().text)
    if found is None:
        return None
    text.i += 1
    return "", found[0]


def together(text: Reader, kind: str) -> Taken | None:
    """`2tog`, `next 2 sts tog` behind the name of a stitch. None: nothing of this kind."""
    at = text.i
    if text.peek().kind != "n" and not text.at("-|over|the|next|following"):
        return None
    text.skip("-")
    text.skip("over")
    text.skip("the")
    text.skip("next|following")
    found: Taken | None = None
    legs = text.number()
    if legs is not None and 2 <= legs <= MOST_LEGS:
        text.skip("-")
        text.skip("sts|st|stitches") or stitch(text)
        found = over(text, kind, legs) if text.skip(TOGETHER) else None
    if found is None:
        text.i = at
    return found


def _by_legs(text: Reader, kind: str | None, legs: int) -> Taken | None:
    """`working first leg in 2nd ch from hook and second leg in next ch`."""
    at = text.i
    text.i += 3
    first = target(text)
    text.skip(",")
    text.skip("and|then")
    text.skip("the")
    second = target(text) if text.skip("second|2nd|last", "leg|half") else None
    if legs == 2 and first and second and second.which == "next" and second.n == 1:
        return Taken(kind, legs, where=first, more=second)
    text.i = at
    return None


def over(text: Reader, kind: str | None, legs: int) -> Taken | None:
    """Where the legs go: over so many places, or all into one place, which makes a cluster of them."""
    at = text.i
    if text.at("across|using", "next"):
        text.i += 2
        told = text.number()
        if told and text.skip("sts|stitches"):
            return Taken(kind, told)
        text.i = at
    if text.at("working|with|placing|make|making", "first", "leg|half") and (parted := _by_legs(text, kind, legs)):
        return parted
    begins = text.at("beginning|beg|starting|start|begun", "in|with|over") or text.at(
        "starting|beginning", "with", "the"
    )
    text.i += begins
    where = target(text)
    if begins and (where is None or where.which != "ring"):
        text.i = at
        where = None
    if where is None:
        return Taken(kind, legs)
    if where.which == "ring" and where.things[0].chains and not text.at("and"):
        return Taken(kind, legs, where=where)  # `dc2tog beg in 4th ch from hook`
    if where.which == "same" and text.at("and", "next|in|into"):
        text.i += 1
        text.skip("in|into")
        more = further(text)
        return Taken(kind, legs, where=where, more=more) if more else None
    if where.which == "last" and where.n == legs and where.things and where.things[0].cls == "st":
        return Taken(kind, legs)  # they are the next, and if they are not the last some are left
    if where.n > 1 and (where.n == legs or kind is None):
        return Taken(kind, where.n, where=where)
    if kind in (None, "sc", "?sc") and where.things and where.things[0].cls == "st":
        every = where.which == "each" and not where.counted
        return Taken(kind, legs, around=True) if every else None
    return Taken(f"{kind}{legs}tog", where=where) if kind else None
