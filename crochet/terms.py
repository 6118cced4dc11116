"""Terms: whether a text is written in US or UK terms, and the same text in the other.

Signs, strongest first: a statement; `sc`, `hdc` are US, `htr` is UK; `ch 3 (counts as tr)` is UK, `as dc` US; `ss` is
weak.
"""

from __future__ import annotations

import re
from dataclasses import replace

from crochet import seams, sheet, sizes
from crochet.findings import Edit
from crochet.headings import Heading, Section
from crochet.notation import parse, walked
from crochet.pattern import Unread
from crochet.stitches import shown
from crochet.targets import stitch
from crochet.text import Line, Prose, lines
from crochet.tokens import Reader, lowered, tokens

_SAYS = re.compile(r"\b(us|uk|american|british)\s+(?:crochet\s+)?(?:terms|terminology)|terms\s*:\s*(us|uk)\b")
_TERMS = {"us": "us", "american": "us", "uk": "uk", "british": "uk"}
_US = re.compile(r"\b\d*\s*(?:sc|hdc)(?:\d?tog|s)?\b|single crochet|half double")
_UK = re.compile(r"\b\d*\s*htr\b|half treble")
_START = re.compile(r"ch\W{0,2}3\W{1,3}counts as (?:a |first |the first )*(dc|tr)\b")
_WEAK_UK = re.compile(r"\bss\b|\d\s?ch-sp")
_STITCH = re.compile(r"\b(?:\d*\s?(?:dc|sc|hdc|tr|htr|dtr|sl st|ss|ch)\b)")


def detect(text: str) -> str | None:
    """`us` or `uk`; None: the text shows neither."""
    low = lowered(text)
    if m := _SAYS.search(low):
        return "uk" if (m[1] or m[2]) in ("uk", "british") else "us"
    us, uk = bool(_US.search(low)), bool(_UK.search(low))
    if us != uk:
        return "us" if us else "uk"
    if m := _START.search(low):
        return "uk" if m[1] == "tr" else "us"
    return "uk" if not us and _WEAK_UK.search(low) else None


def names_stitches(line: str) -> bool:
    """The line speaks of stitches."""
    return bool(_STITCH.search(lowered(line)))


# -- the other terms

_LONG = {
    "us": {"sc": "single crochet", "hdc": "half double crochet", "dc": "double crochet", "tr": "treble crochet",
           "dtr": "double treble crochet", "trtr": "triple treble crochet"},
    "uk": {"sc": "double crochet", "hdc": "half treble crochet", "dc": "treble crochet",
           "tr": "double treble crochet", "dtr": "triple treble crochet", "trtr": "quadruple treble"},
}  # fmt: skip


class NotConverted(ValueError):
    """Words were not understood, so nothing says which of them are stitches. `says` is told to the maker."""

    def __init__(self, words: str) -> None:
        self.says = f"“{words[:60]}” was not understood, so the terms cannot be changed."
        super().__init__(self.says)


def convert(text: str, to: str, said: str | None = None) -> str:
    """The text in the other terms: the names of stitches are changed, all else is kept letter by letter.

    `said`: the terms it is written in; None: as it says itself, else as it looks. Raises NotConverted.
    """
    said = said or detect(text) or "us"
    if said == to:
        return text
    many = sizes.many(text)
    edits: list[Edit] = []
    for line in lines(text):
        start = line.said.at if isinstance(line.said, sheet.RowLine) else len(line.words.text)
        words = sizes.of_size(line.words, start, many, 0)
        edits += [Edit(words.span(*one.span), one.new) for one in _line(replace(line, words=words), said, to)]
    for edit in sorted(edits, key=lambda one: one.span, reverse=True):
        text = text[: edit.span[0]] + edit.new + text[edit.span[1] :]
    return text


def _line(line: Line, said: str, to: str) -> list[Edit]:
    """The changes in one line of a text."""
    read, words = line.said, line.words.text
    if isinstance(read, sheet.Head):
        if read.key == "Terms" and read.value.lower() == said:
            start = words.lower().rindex(said)
            return [Edit((start, start + 2), to.upper())]
        return _names(words, 0, said, to) if read.key == "Gauge" else []
    if isinstance(read, sheet.TextLine):
        for a, b in seams.unread(read.kind, words, min(read.at, len(words))):
            raise NotConverted(words[a:b])
        return _names(words, read.at, said, to)
    if isinstance(read, sheet.RowLine):
        for one in walked(parse(words, read.at, said).items):
            if isinstance(one, Unread):
                raise NotConverted(one.text)
        return _names(words, read.at, said, to)
    if isinstance(read, Prose | Section | Heading):
        return [*_statement(words, said, to), *_names(words, 0, said, to)]
    return []


def _statement(words: str, said: str, to: str) -> list[Edit]:
    """`Written in US terms` says so of the other terms."""
    found = []
    for m in _SAYS.finditer(lowered(words)):
        group = 1 if m[1] else 2
        if _TERMS[m[group]] == said:
            new = {"us": "US", "uk": "UK"}[to] if len(m[group]) == 2 else {"us": "American", "uk": "British"}[to]
            found.append(Edit(m.span(group), new))
    return found


def _names(line: str, start: int, said: str, to: str) -> list[Edit]:
    """A change for each name of a stitch from `start` on."""
    found: list[Edit] = []
    text = Reader(line, tokens(line, start), said)
    while not text.done():
        begun, where = text.i, text.start
        key = stitch(text)
        if key is None:
            text.i = begun + 1
        elif key.startswith("?"):
            raise NotConverted(line[where : text.end])
        else:
            found.append(Edit((where, text.end), _renamed(line[where : text.end], key, to)))
    return found


def _renamed(name: str, key: str, to: str) -> str:
    """A stitch's name in the other terms, as long or short as it was, and as large."""
    low = lowered(name)
    if key == "sl st":
        new = {"ss": "sl st", "sl st": "ss"}.get(low, name)
    elif key in _LONG[to] and (" " in low or len(low.rstrip("s")) > 5):
        new = _LONG[to][key].removesuffix("" if low.endswith("crochet") else " crochet")
    else:
        new = shown(key, to) + "s" * low.endswith("s")
    return new.upper() if name.isupper() else new[0].upper() + new[1:] if name[0].isupper() else new
