"""Edges: the sides of a piece: `33 sc evenly along side`, `2 sc in each row end`, `each of 8 skipped sts`.

spread = ["evenly"] ["spaced"] [preposition edge]                     (of so many stitches)
edge   = words of a closed list, one of them `side`, `edge`, `row ends`, `top`, ...
end    = "row end" | ["in" | "of"] ("end" | "side") "of" ["each"] "row"
"""

from __future__ import annotations

from typing import Literal

from crochet.grammar.pattern import Aside, Item, Make, Target, Thing
from crochet.grammar.phrases import Phrases
from crochet.grammar.tokens import Reader

EDGE = "edge"  # what a place along an edge is called of which nothing more is told
SIDE = Thing("corner", "side", said="corner")  # up to the next corner, and where none is, to the end
_ALONG = frozenset({"along", "across", "down", "up", "around", "round"})
_ON = _ALONG | {"on", "over", "in", "into"}
EDGED = _ON | {"at", "to", "of"}
_EDGES = frozenset(
    ["side", "sides", "edge", "edges", "end", "ends", "top", "bottom", "neck", "neckline", "armhole", "cuff", "brim",
     "opening", "hole", "ankle", "wrist", "hem", "waist", "perimeter", "outside", "border"]
)  # fmt: skip
_ABOUT = frozenset(
    ["the", "of", "row", "rows", "this", "that", "your", "entire", "whole", "each", "first", "second", "third",
     "fourth", "left", "right", "front", "back", "other", "opposite", "next", "remaining", "rem", "long", "longer",
     "short", "shorter", "lower", "upper", "outer", "inner", "raw", "bottom", "top", "thumb", "leg", "hand", "piece",
     "blanket", "square", "scarf", "hat", "bag", "fabric", "work", "panel", "sole", "straight", "one", "all", "and",
     "both", "four", "three", "ch", "chain", "foundation", "starting", "-", "body", "crown", "band", "strip"]
)  # fmt: skip
_ROUND = frozenset({"around", "round"})
EVENLY = Phrases(
    "evenly|even spaced|spread|placed|spacing? them?", "spaced|spread|placed evenly", "evenly spaced out", "evenly"
)
_ENDS = frozenset([",", ".", ";", ":", "(", ")", "[", "]", "*", "", "and", "then", "—", "=", "with", "working", "to"])


def spread(text: Reader, start: int) -> Target | None:
    """Over what so many stitches are spread; None: nothing of this kind stands here."""
    at = text.i
    evenly = EVENLY.skip(text)
    around = text.peek().text in _ROUND
    edged = edge(text, _ON if evenly else _ALONG)
    if edged and "each" in text.texts[at : text.i]:
        text.i = at
        return None  # `2 sc in each row end`
    if not edged:
        around = text.skip("around|round|across|along") and text.peek(-1).text in _ROUND
    evenly = EVENLY.skip(text) or evenly
    if (evenly or edged) and text.peek().text in _ENDS:
        until: Thing | Literal["around"] = SIDE if edged and not around else "around"
        return Target("spread", (Thing("st", said="st"),), until=until, span=(start, text.end))
    text.i = at
    return None


def edge(text: Reader, leads: frozenset[str] = _ALONG) -> bool:
    """Pass over `along the left side`, `around cuff edge`, `across top`; else nothing is passed over."""
    at, told = text.i, False
    if text.peek().text not in leads or (_EDGES.isdisjoint(text.words) and "foundation" not in text.words):
        return False
    text.i += 1
    while (word := text.peek().text) in _EDGES or word in _ABOUT or text.peek().value in (1, 2, 3, 4):
        told = told or word in _EDGES or (text.peek(-1).text == "row" and word == "ends")
        text.i += 1
    told = told or text.peek(-1).text == "foundation"
    if not told or text.peek(-1).text in ("the", "of", "and", "each"):
        text.i = at
        return False
    return True


_ROW_END = Phrases("row - end|ends st|sts|stitch|stitches?", "row end|ends st|sts|stitch|stitches?")
_OF_ROWS = Phrases(
    "end|ends|side|sides|edge of each|every|the|all? row|rows", "row|rows along|on|at|of|down|up the? side|edge|sides",
    "side|end of each|every row",
)  # fmt: skip


ENDS = _ROW_END.first | _OF_ROWS.first  # what `row_end` begins with


def row_end(text: Reader) -> Thing | None:
    """`[each] row end`, `end of each row`; None: nothing such stands here."""
    if "row" not in text.words and "rows" not in text.words:
        return None
    if _ROW_END.skip(text) or _OF_ROWS.skip(text):
        return Thing("end", said="row end")
    return None


_OF_CHAINS = frozenset({"ch", "chain", "foundation", "opposite"})
_WORKS = frozenset(
    {"work", "working", "continue", "continuing", "going", "go", "crochet", "crocheting", "start", "starting"}
)


BEGINS = _WORKS | {"now", "then", "to", "turn", "rotate"}  # what `on_edge` begins with


def on_edge(text: Reader) -> bool:
    """Pass over `working along side`, `now working in ends of rows`; else nothing is passed over."""
    at = text.i
    text.skip("now|then|to")
    text.skip("turn|rotate") and (text.skip("piece|work"), text.skip("and|to"))
    if text.peek().text in _WORKS:
        text.i += 1
        text.skip("to") and text.skip("work")
        told = edge(text, _ON) or _in_row_ends(text)
        chained = not _OF_CHAINS.isdisjoint(text.texts[at : text.i])  # `along other side of ch`
        if told and not chained and text.peek().text in _ENDS | {"in", "work"}:
            return True
    text.i = at
    return False


def _in_row_ends(text: Reader) -> bool:
    """`in ends of rows`, `along row ends`."""
    return text.skip("in|into|along|across|over|down|up") and (text.skip("the") or True) and row_end(text) is not None


def along(found: list[Item]) -> list[Item]:
    """The items with `sc evenly along side, working 2 sc in each row end` as the 2 sc in each."""
    made: list[Item] = []
    for item in found:
        before = made[-1] if made else None
        if isinstance(item, Make) and _told_of_an_edge(item, made):
            item = Aside("remark", item.span)
        elif isinstance(item, Make) and isinstance(before, Make) and _at_row_ends(item) and _goes_along(before):
            made.pop()
        made.append(item)
    return made


def _told_of_an_edge(item: Make, before: list[Item]) -> bool:
    """`sc evenly around, working 1 sc in each row end and in each st`: how it is spread, and nothing more."""
    last = next((one for one in reversed(before) if not isinstance(one, Aside)), None)
    where = last.target if isinstance(last, Make) else None
    along = where is not None and where.things[0].said == EDGE and where.until == "around"
    into = item.target
    return along and into is not None and into.which == "each" and into.things[0].cls in ("end", "st", "ch")


def _at_row_ends(item: Make) -> bool:
    return item.target is not None and item.target.which == "each" and item.target.things[0].cls == "end"


def _goes_along(item: Make) -> bool:
    where = item.target
    return item.n == 1 and where is not None and where.which == "each" and where.until == SIDE
