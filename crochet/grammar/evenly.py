"""Evenly: rows worked on as before, stitch in stitch or in the pattern that was worked so far.

evenly = ["cont" ["to"]] ["work"] (rows ["even"] | "even") ["on" n "sts"] ["in" (stitch | "pat")] ["for" rows]
rows   = n ["more"] ("rows" | "rnds")
"""

from __future__ import annotations

from typing import NamedTuple

from crochet.grammar.names import FIRST_WORDS, stitch
from crochet.grammar.phrases import Phrases
from crochet.grammar.tokens import Reader

_ROWS = "row|rows|rnd|rnds|round|rounds"
_PAT = Phrases(
    "the|this|est|established|same? pat|patt|pattern st|stitch? as? est|established|set|before|given?",
    "this|same manner|way",
    "set|established", "the? same way|manner|fashion", "this way|manner|fashion",
    "the? established pat|patt|pattern", "the? est . pat|patt|pattern", "pat|patt|pattern as est .", "the? pat .",
)  # fmt: skip
_AS_EST = Phrases("as est|established|set|before", "as est .")
_ON = Phrases(
    "on|over|across these|those|rem|remaining|all|the? # sts|stitches|sc|dc|hdc|tr",
    "on|over|across these|rem|all sts|stitches",
    "on this|that side", "on # sts|stitches|sc|dc|hdc|tr only?", "on these # sts|stitches only",
)  # fmt: skip
_GOES_ON = "until|till|til|for|to|,|as"
_WITHIN_A_ROW = Phrases(
    "to|until|till the? last|next|first|corner|marker|end|center|centre", "to|until|till # sts|stitches|sc|dc|hdc"
)
_AROUND = Phrases("around", "across", "to the? end of? row|rnd|round?", "all? the way? around|across")


class Evenly(NamedTuple):
    """`stitch`: the one told (``: as before); None: in the pattern. `rows`: how many; 0: not said here."""

    stitch: str | None
    rows: int


def evenly(text: Reader) -> Evenly | None:
    """Rows worked on as before; None: nothing of this stands here, and nothing is passed over."""
    at = text.i
    text.skip("then")
    goes_on = text.skip("continue|cont|continuing|keep") and (text.skip("to") or True)
    works = text.skip("work|working|worked") or goes_on
    text.skip("for")
    rows = _rows(text) if works else 0
    even = text.skip("even|straight")
    on = _ON.skip(text) and bool(rows)
    even = text.skip("even|straight") or even
    inside = text.skip("in|with|of") or (rows > 0 and text.peek().text in FIRST_WORDS)
    in_rows = inside and text.skip(_ROWS) and (text.skip("of") or True)
    pat = _PAT.skip(text) if inside else goes_on and _AS_EST.skip(text)
    kind = (stitch(text) or "") if inside and not pat else ""
    _AS_EST.skip(text)
    if rows == 0 and text.at("for|,") and _rows_ahead(text):
        text.i += 1
        rows = _rows(text)
    even = text.skip("even|straight") or on or even
    even and _AROUND.skip(text)
    told = even or (works and (pat or kind or rows or in_rows) and (rows or text.at(_GOES_ON) or (pat and goes_on)))
    plain = bool(even or kind) or not rows
    unclear = not plain and not pat and not (text.done() or text.at(".|,|;|("))
    if not told or unclear or (inside and not (pat or kind)) or "?" in kind or _WITHIN_A_ROW.at(text):
        text.i = at
        return None
    return Evenly(None if pat or not plain else kind, rows)


def _rows(text: Reader) -> int:
    """`4 rows`, `4 more rows`, `a further 2 rnds`; 0: nothing such."""
    at = text.i
    text.skip("a|another")
    text.skip("further|another")
    n = text.number() or 0
    text.skip("more|further|additional|extra")
    if n and text.skip(_ROWS):
        text.skip("more")
        return n
    if not n and text.peek(-1).text == "another" and text.skip("row|rnd|round"):
        return 1
    text.i = at
    return 0


def _rows_ahead(text: Reader) -> bool:
    at = text.i
    text.i += 1
    found = _rows(text) > 0
    text.i = at
    return found
