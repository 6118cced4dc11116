"""Names: a stitch's name read where it stands, with or without hyphens, dots and a plural.

stitch = [before] plain ["st"] | [n "-"] plain "cl" | "cl" | "puff" | ...
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from crochet.craft.stitches import BUNDLES, NAMES, PLAIN, Words, key_of
from crochet.grammar.tokens import Reader
from crochet.grammar.vocabulary import firsts

Value = TypeVar("Value")
_INSIDE = frozenset({".", "-"})
_GOES_ON = frozenset({"in", "into", "on", "over", "around", "between", "from", "to", "sp", "sps", ",", ")", "]", ";"})
_ON_FROM_A_DOT = frozenset({"in", "into", "to", "all", "across", "around", "round"})  # `1 dc in each tr. all round`
_MOST_LEGS = 12


FIRST_WORDS = firsts(NAMES)
STITCHES = frozenset({words[0] for words in PLAIN if len(words) == 1} | {"inc", "dec"})
_ONE_WORD = {words[0]: name for words, name in PLAIN.items() if len(words) == 1 and name != "sl st"}
_BEGINS_ANEW = frozenset({"", "ch", "join", "turn", "rep", "repeat", ")", "(", "[", "*"})  # after a full stop
_ENDS_A_NAME = frozenset({"", ",", ";", ")", "]", "*", "in", "into", "and", "then", "around", "across"})


def named(text: Reader, table: Mapping[Words, Value], begins: Mapping[str, int]) -> Value | None:
    """What the longest name of the table that stands here stands for; None: none stands here."""
    found, i = text.found, text.i
    longest = begins.get(found[i].text)
    if longest is None:
        return None
    words, ends = [found[i].text], [i + 1]
    while len(words) < longest:
        at = ends[-1]
        # `in next tr. Tr in next dc` is no tr tr, but `s.s.` is one name
        again = found[at].text == "." and found[at + 1].text == words[-1] and len(words[-1]) > 1
        if found[at].text in _INSIDE and found[at + 1].kind == "w" and not again:
            at += 1
        if found[at].kind != "w":
            break
        words.append(found[at].text)
        ends.append(at + 1)
    for k in range(len(words), 0, -1):
        value = table.get(tuple(words[:k]))
        if value is not None:
            text.i = ends[k - 1]
            if text.at(".") and _goes_on(text, found[text.i - 2].text == "."):
                text.i += 1
            return value
    return None


def plain(text: Reader) -> tuple[int | None, str] | None:
    """`3 dc in`, `sc,`: (how many, stitch) where nothing in the words makes it another, as of most; else None."""
    here, i = text.peek(), text.i
    n = here.value if here.kind == "n" else None
    i += n is not None
    word, after = text.texts[i], text.texts[i + 1]
    name = _ONE_WORD.get(word)
    if name is None or word in text.names.begins:
        return None
    if after not in _ENDS_A_NAME and not (after == "." and text.texts[i + 2] in _BEGINS_ANEW):
        return None
    text.i = i + 1
    return n, key_of("", name, text.terms)


def _goes_on(text: Reader, dotted: bool) -> bool:
    """The dot is the abbreviation's and no full stop: `2 d.c. in next st`, `dc. in next st`."""
    after = text.peek(1)
    return after.text in _GOES_ON if dotted else after.text in _ON_FROM_A_DOT and text.text[after.start].islower()


def stitch(text: Reader) -> str | None:
    """A stitch's US key, or `?name` where the pattern's terms have no such stitch. None: no stitch stands here."""
    if text.peek().kind == "n":
        return bundle_of(text)
    at = text.i
    if (told := named(text, text.names.shapes, text.names.begins)) is not None:
        if told.items or told.unread or told.name == "picot":
            text.i = at
            return None
        text.skip("st|sts|stitch|stitches")
        return told.name
    own = named(text, NAMES, FIRST_WORDS)
    if own is None or (text.peek(-1).text == "single" and text.peek().text in FIRST_WORDS):
        text.i = at  # `next single dc` is one that stands alone
        return None
    key = key_of(*own, text.terms)
    if key not in BUNDLES and (closed := _bundle(text)):
        return closed
    text.at("st|sts|stitch|stitches") and text.skip("st|sts|stitch|stitches")
    if key in BUNDLES and text.peek().kind == "n" and text.start == text.end:
        text.i += 1  # `cl2`: one of two legs
    if key in BUNDLES and text.at("of") and text.peek(1).kind == "n":
        _legs_of(text)
    if text.at("(|["):
        _said_again(text, key)
        text.skip("st|sts|stitch|stitches")
    return key


def _legs_of(text: Reader) -> None:
    """`cluster of 3 dc`."""
    at = text.i
    text.i += 2
    if named(text, NAMES, FIRST_WORDS) is None:
        text.i = at


def _said_again(text: Reader, key: str) -> None:
    """`double crochet (dc)`, `dc [tr]`: the same stitch by its short name, or in the other terms."""
    at = text.i
    close = ")" if text.at("(") else "]"
    text.i += 1
    own = named(text, NAMES, FIRST_WORDS)
    same = own is not None and key in (key_of(*own, "us"), key_of(*own, "uk"))
    if not (same and text.skip(close)) or text.at("x|times|twice|around") or text.peek().kind == "n":
        text.i = at


def bundle_of(text: Reader) -> str | None:
    """`3-dc cl`, `5 dc bobble`: one stitch of so many legs. None: nothing such stands here."""
    at = text.i
    legs = text.number()
    if legs is not None and legs <= _MOST_LEGS:
        hyphen = text.skip("-")
        closed = _bundle(text) if named(text, NAMES, FIRST_WORDS) else None
        if closed and (hyphen or not text.peek(-1).text.endswith("s")):  # `3 dc clusters` are three
            return closed
    text.i = at
    return None


_SPACE = frozenset({"sp", "space", "loop", "lp", "arch"})
_SPACES = _SPACE | {one + "s" for one in _SPACE} | {"arches"}


def number(text: Reader) -> int | None:
    """How many; None: no number stands here, or it is part of what follows (`3-dc cl`, `2-ch sp`)."""
    if text.peek(1).text == "-":
        return None
    if text.peek(1).text == "ch":  # `2ch-sp`, `next 2 ch sp`: one of 2 chains; `2 ch`, `2 ch-3 sps`, `2 ch sps`: two
        named = text.peek(3 if text.peek(2).text == "-" else 2)
        close = text.peek().end == text.peek(1).start and named.text in _SPACES
        return None if close or named.text in _SPACE else text.number()
    at = text.i
    if bundle_of(text):
        text.i = at
        return None
    return text.number()


def _bundle(text: Reader) -> str | None:
    """The `cl` of `3-dc cl`."""
    at = text.i
    text.skip("-")
    own = named(text, NAMES, FIRST_WORDS)
    if own and own[1] in BUNDLES:
        text.skip("st|sts|stitch|stitches")
        return own[1]
    text.i = at
    return None
