"""Yarns: the name of a yarn, `A`, `colour 2`, `hot pink`.

colour = ["the" | "new"] ["colour" | "yarn"] (letter | "MC" | name)
"""

from __future__ import annotations

from crochet.craft import colours
from crochet.grammar.names import FIRST_WORDS
from crochet.grammar.phrases import Phrases, names_yarn
from crochet.grammar.tokens import Reader

_SHADES = frozenset(
    {"pale", "light", "dark", "bright", "deep", "soft", "medium", "dusty", "faded", "lighter", "darker"}
)
_YARNS = frozenset({"yarn", "colour", "color", "shade", "thread"})


_TONES = frozenset({"light", "dark", "medium", "bright", "pale", "main", "contrast", "background"})
_AFTER_TONES = frozenset({"", ".", ",", ";", ":", ")", "(", "in", "with", "to", "and", "at"})


def colour(text: Reader) -> str | None:
    """The name of a yarn, `A`, `colour 2`, `hot pink`; None: none stands here."""
    at = text.i
    named = text.text[text.start : text.start + 2] == "A "  # `with A sc in next 4 sts`
    if text.at("the|another|your") or (text.at("a") and not named and _goes_on(text)):
        text.i += 1
    text.skip("new|next|second|third|other|same|old|main|contrast|contrasting|background|first|border")
    if text.i > at and text.peek(1).text in _YARNS and text.peek().kind == "w" and text.peek().text not in FIRST_WORDS:
        text.i += 1  # `a bright colour`
    said = text.skip("yarn|colour|color|shade|thread")
    token = text.peek()
    with_ = token.text == "w" and text.peek(1).text in {*FIRST_WORDS, "a", "standing"}  # `join w sl st`
    if names_yarn(token.text) and text.peek(1).text != "/" and not with_:
        text.i += 1
        numbered = text.peek().kind == "n" and text.start == token.end  # `C1`, `CC2`
        return f"{token.text}{text.number() if numbered else ''}".upper()
    if said and token.kind == "n" and text.peek(1).text not in {*FIRST_WORDS, "ch", "more", "times"}:
        text.i += 1
        return f"colour {token.value}"
    text.i += token.text in _SHADES and text.peek(1).text in colours.HEX
    token = text.peek()
    for length in (3, 2, 1):
        words = " ".join(text.peek(k).text for k in range(length))
        if words in colours.HEX and token.kind == "w":
            text.i += length
            text.skip("yarn|colour|color|thread")
            return words
    if token.text in _TONES and text.peek(1).text in _AFTER_TONES:
        text.i += 1
        return token.text  # `join dark in any sp`
    if said:
        _as_you_like(text)
        _named_so(text)
        return "new yarn"
    text.i = at
    return None


_LIKE = Phrases(
    "you wish|want|like|choose|are|prefer to? use|using? for? the? petals|square|border|round|flower|this? rnd|round?",
    "of your? choice|choosing for? the? petals|square|border|round|flower|this? rnd|round?",
    "for the? petals|square|border|flower|leaves|background|edging|next? rnd|round?",
)


def _as_you_like(text: Reader) -> None:
    """`the colour you wish to use for the petals`."""
    _LIKE.skip(text)


def _named_so(text: Reader) -> None:
    """`main colour (MC)`: the yarn's short name."""
    at = text.i
    if text.skip("(") and names_yarn(text.peek().text):
        text.i += 1
        text.peek().kind == "n" and text.number()
        if text.skip(")"):
            return
    text.i = at


def _goes_on(text: Reader) -> bool:
    """`with a standing sc`: the article, not the yarn A."""
    return text.peek(1).kind == "w" and text.peek(1).text not in ("in", "with", "to", "and", "then", "at", "into")
