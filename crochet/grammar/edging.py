"""Edging: a stitch worked along an edge, of which nothing says how many there are: `sc evenly around armhole`.

edging = ["work" ["in"]] [n ("row" | "rnd") ["of"]] stitch ["evenly" ["spaced"]] way {("," | "and") way} ["evenly"]
way    = ("around" | "along" | "up" | ...) words of a closed list

One of `evenly` and `row of` is there: what is told by neither says where each stitch goes.
"""

from __future__ import annotations

from typing import Literal

from crochet.grammar.edges import EDGE, EVENLY, SIDE
from crochet.grammar.names import stitch
from crochet.grammar.pattern import Make, Target, Thing
from crochet.grammar.tokens import Reader

_LEADS = frozenset({"around", "round", "along", "across", "up", "down", "over", "in", "on", "into"})
_WHERE = frozenset({"at", "to", "in", "on", "near", "into", "along"})
_ABOUT = frozenset({"the", "a", "any", "point", "spot", "place", "beg", "inside", "outside", "along", "same"})
_GOES = frozenset({"around", "round", "along", "across", "up", "down", "over", "to", "from"})
_WORDS = _LEADS | frozenset(
    word
    for line in (
        "to from of at the this that your each entire whole all both other opposite first second third fourth one two",
        "three four next remaining rem same outer inner outside inside left right front back top bottom lower upper",
        "long longer short shorter raw unworked free straight curved edge edges side sides end ends row rows neck",
        "neckline armhole armholes cuff cuffs brim opening openings hole ankle wrist hem waist waistline perimeter",
        "border blanket afghan square squares piece pieces motif motifs scarf hat bag fabric work panel sole thumb leg",
        "legs hand body crown band strip strips collar hood shawl sweater cardigan vest jacket yoke sleeve sleeves",
        "placket pocket foundation chain ch starting beginning fronts shoulder shoulders face pillow cushion dishcloth",
        "washcloth cloth potholder bib throw rug mat toe heel way length center centre rnd round circle coaster",
        "triangle and - again it itself project garment underarm underarms base seam middle ear flap flaps tie ties",
    )
    for word in line.split()
)
_ENDS = frozenset([",", ".", ";", ":", "(", ")", "[", "]", "*", "", "and", "then", "—", "=", "with", "working",
                   "work", "making", "placing", "having", "evenly", "join", "turn", "ending", "while"])  # fmt: skip


_UNFINISHED = frozenset({"the", "a", "any", "of", "each", "in", "to", "from", "at", "on", "and", "-"})


def edging(text: Reader) -> Make | None:
    """A stitch along an edge; None: none is told so here."""
    if "evenly" not in text.words and text.words.isdisjoint(("row", "rnd", "round")):
        return None
    at, start = text.i, text.start
    text.skip("work|working|crochet|make") and text.skip("in")
    of_row = _a_row_of(text)
    evenly = EVENLY.skip(text)
    text.skip("with")
    if text.skip("approx|approximately|about|around|roughly"):
        text.skip(".")
        text.number()
    kind = stitch(text)
    text.skip("sts|stitches")
    if kind is not None and "?" not in kind and kind != "sl st":
        evenly = EVENLY.skip(text) or evenly
        around = text.at("around|round")
        goes = _way(text)
        while goes and _further(text):
            pass
        evenly = EVENLY.skip(text) or evenly
        if (evenly or (of_row and goes)) and text.peek().text in _ENDS:
            until: Literal["around"] | Thing = "around" if around or not goes else SIDE
            where = Target("each", (Thing("st", said=EDGE),), until=until, span=(start, text.end))
            return Make(1, kind, where, (start, text.end))
    text.i = at
    return None


def _a_row_of(text: Reader) -> bool:
    """`1 round of`, `a row`."""
    at = text.i
    text.skip("a|an|another|one") or (text.peek().value == 1 and text.number())
    if text.skip("row|rnd|round"):
        text.skip("of")
        return True
    text.i = at
    return False


def _way(text: Reader) -> bool:
    """Pass over `around the entire outer edge`; else over nothing."""
    at = text.i
    if text.texts[at] not in _LEADS:
        return False
    while text.texts[text.i] in _WORDS or text.peek().value in (1, 2, 3, 4):
        if text.texts[text.i] == "and" and text.texts[text.i + 1] not in _WORDS:
            break
        text.i += 1
    if text.texts[text.i] in _ENDS and text.texts[text.i - 1] not in _UNFINISHED:
        return True
    text.i = at
    return False


def _further(text: Reader) -> bool:
    """`, across neck edge and down left front edge`: on along another."""
    at = text.i
    text.skip(",|;")
    text.skip("and|then")
    if text.i > at and text.texts[text.i] in _GOES and text.peek(1).kind != "n" and _way(text):
        return True
    text.i = at
    return False


def somewhere(text: Reader) -> Target | None:
    """Pass over where on an edge yarn is joined, `at underarm`; a target where that is a corner of it."""
    at, corner = text.i, False
    if text.skip("anywhere") or text.texts[at] not in _WHERE:
        return None
    text.i += 1
    first = text.i
    while (word := text.texts[text.i]) in _WORDS | _ABOUT or word == "corner":
        corner = corner or word == "corner"
        text.i += 1
    if text.i == first or text.texts[text.i] not in _ENDS or text.texts[text.i - 1] in _UNFINISHED:
        text.i = at
        return None
    return Target("any", (Thing("corner", said="corner"),), span=(text.found[at].start, text.end)) if corner else None
