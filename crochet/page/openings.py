"""Openings: the ring or the foundation chain that words before the first row make.

opening = ["with" yarn ","] ("ch" n [("join" | "sl st") ... "ring"] | ["make" "a"] "magic ring")
"""

from __future__ import annotations

import re

from crochet.grammar.notation import parse
from crochet.grammar.pattern import Chain, Make, Unread, walked
from crochet.grammar.tokens import lowered
from crochet.page import prose
from crochet.page.sent import Sent

_OPENS = re.compile(
    r"\bch(?:ain(?:ed|ing)?)?s?(?::? ?\(ch\)[ -]?|[ -]{0,2})(?:a length of )?(?!1\b)\d{1,4}\b"
    r"(?!\s*-?\s*(?:sps?|spaces?|loops?|lps?)\b)"
    r"|\bch(?:ain)? of \d{1,4}\b|\b\d{1,4} (?:chains\b|ch(?:ain)? (?:sts|stitches)\b)"
    r"|\b\d{1,3} ?ch(?:s|ain)?\b(?!\s*-?\s*(?:sp|loop))|\b(?:magic|adjustable) (?:ring|circle|loop)|\bmr\b"
)
_JOINS = re.compile(r"\W*(?:then\s+)?(?:and\s+)?(?:join|sl\.? ?st|ss\b|slip st|form)")
_LEFT_OUT = re.compile(
    r"[,;(]?\s{0,3}(?:and )?(?:being|taking|making|be|do|without|with)\b[^.;,()]{0,40}\btwist\w*[^.;,()]{0,20}\)?"
    r"|\s{1,3}(?:to measure|measuring|or (?:to |until |any |as |your |however ){0,3}"
    r"(?:desired|length|width|long|many)\b)[^.;,]{0,60}"
    r"|\s{1,3}(?:with|using) (?:a |an |the )?(?:size )?[^.,; ]{1,6} ?(?:mm )?(?:crochet )?hook|,? ?\bturn(?=\W*\Z)"
    r"|\s*[(\[][^()\[\]\n]{0,120}[)\]]|(?<=chain)(?:ed|ing)\b|(?<=ch|in) of (?=\d)|\bin order (?=to)|(?<= )very loosely"
    r"|\s+[-–—]\s*\Z"
)


_EQUALS = re.compile(r"(?: sps?)? ?(?:=|equals?\b|is (?:a |one |1 |the first )?(?:dc|tr|hdc|htr)\b)")  # `ch-3 = dc`
_BEGINS = re.compile(
    r"(?m)^\W*(?:[a-z]{3,12}(?: [a-z]{3,12}){0,2}: )?(?:(?:with|using) [^,.]{1,30}, ?)?(?:make (?:a )?)?"
    r"(?:(?:ch|chain)(?: of)? ?-?\d{1,4}|(?<=make )\d{1,4} ?(?:ch|chains?))\b"
)


def begins(words: str, long: bool = False) -> bool:
    """A line begins with the chain, `With A, ch 26.`, `Toe: Ch 4`: it opens a piece, whatever was talked of before.

    `long`: the chain is longer than those that rows start with.
    """
    found = _BEGINS.search(lowered(words)) if len(words) < 400 else None
    return found is not None and (not long or found[0][-2:].isdigit())


# The same in the words that are read: `chain 20 plus 1 for turning` is 21, `join to work in the round` a join.
_SAID_AGAIN = re.compile(r"(?<=\bch) ?\(chains?\)|(?<=\bchain) ?\(chs?\)|(?<=\bchain)\s?:(?=\s?\d)")
_MORE = re.compile(
    r"(?<!multiple of )\b(?P<n>\d{1,3})(?:\s+(?:ch|chs|chains?|sts))?\s*[,(]?\s*(?:\+|\bplus|\band)\s*(?P<more>[1-9])\b"
    r"(?:\s+(?:more|extra))?(?:\s+(?:ch|chs|chains?|sts))?(?:\s+(?:for|to|as)(?: the| a)?)?(?:\s*turn(?:ing)?)?"
    r"(?:\s*(?:chains?|ch))?\)?"
)
_ROUND = re.compile(
    r"\bjoin(?:ed)? (?:(?:to|and) (?:form|make|work|crochet)(?: in)? |in |into )"
    r"(?:a |the )?(?:round|rnd|circle|ring|loop)s?\b"
)
_MADE = re.compile(r"\b(?:i|for mine,? i) (?:made|used|did|chained|started with) (\d{1,3})\b[^\d.]{0,20}\.?\s*")


def _plainly(words: Sent) -> Sent:
    """The words with such sums and joins said plainly."""
    low = lowered(words.text)
    edits = [(m.start(), m.end(), "") for m in _SAID_AGAIN.finditer(low)]
    edits += [(m.start(), m.end(), str(int(m["n"]) + int(m["more"]))) for m in _MORE.finditer(low)]
    edits += [(m.start(), m.end(), "join") for m in _ROUND.finditer(low)]
    if (made := _MADE.search(low)) and "chain" in low[: made.start()]:
        edits.append((made.start(1), made.end(1), f"ch {made[1]}"))
    return words.edited(sorted(edits)) if edits else words


def candidates(words: Sent) -> list[Sent]:
    """The parts of a paragraph that may make a ring or a chain."""
    words = _plainly(words)
    found: list[Sent] = []
    spans = prose.spans(words.text)
    for i, (start, end) in enumerate(spans):
        low = lowered(words.text[start:end])
        m = _OPENS.search(low)
        if not m or "count" in low or prose.refers(low) or _EQUALS.match(low, m.end()):
            continue
        if i + 1 < len(spans) and _JOINS.match(lowered(words.text[spans[i + 1][0] : spans[i + 1][1]])):
            end = spans[i + 1][1]
        part = words.part(start + m.start(), end)
        found.append(part.edited([(b.start(), b.end(), "") for b in _LEFT_OUT.finditer(part.text)]))
    return found[:4]


_FIRST_ROW = re.compile(r"\bch(?:ain)?(?::? ?\(ch\)[ -]?|[ -]?)\d{1,3}\b")
_MOST_SENTENCES = 8


def may_tell_a_row(words: Sent) -> bool:
    """A chain is made in these words."""
    return _FIRST_ROW.search(lowered(words.text)) is not None


def first_row(words: Sent) -> Sent | None:
    """The part of a paragraph that is a first row without its label: `Ch 6, join to form ring, ch 1, 8 sc in ring.`"""
    opens = _FIRST_ROW.search(lowered(words.text))
    if opens is None:
        return None
    start, found = opens.start(), None
    for _, end in [span for span in prose.spans(words.text) if span[1] > start][:_MOST_SENTENCES]:
        items = parse(words.text[start:end]).items
        if any(isinstance(one, Unread) for one in walked(items)):
            break
        worked = any(isinstance(one, Make) and one.kind != "sl st" for one in walked(items))
        found = words.part(start, end) if worked and isinstance(items[0], Chain) else found
    return found
