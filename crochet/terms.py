"""Terms: whether a text is written in US or UK terms, and the same text in the other.

Signs, strongest first: a statement; `sc`, `hdc` are US, `htr` is UK; `ch 3 (counts as tr)` is UK, `as dc` US; `ss` is
weak.
"""

from __future__ import annotations

import re
from dataclasses import replace

from crochet.craft.stitches import NAMES, PLAIN, TO_UK, TO_US, key_of, us_key
from crochet.findings import Edit
from crochet.grammar.names import FIRST_WORDS, named
from crochet.grammar.notation import parse
from crochet.grammar.pattern import Unread, walked
from crochet.grammar.together import glued
from crochet.grammar.tokens import Reader, lowered, tokens
from crochet.grammar.vocabulary import Definitions
from crochet.page import definitions, seams, sheet, sizes
from crochet.page.headings import Heading, Section
from crochet.page.text import Line, Prose, lines

_SAYS = re.compile(
    r"\b(us|u\.s\.|usa|american|uk|u\.k\.|british|english|australian|aus)"
    r"(?:\s?(?:/|&|and|or)\s?(?:aus|australian|canadian|british|uk))?\s+(?:crochet\s+|stitch\s+)?"
    r"(?:terms?|terminology|notation|abbreviations?|standard)\b|terms\s*:\s*(us|uk)\b"
)
_TERMS = {
    "us": "us",
    "u.s.": "us",
    "usa": "us",
    "american": "us",
    "uk": "uk",
    "u.k.": "uk",
    "british": "uk",
    "english": "uk",
    "australian": "uk",
    "aus": "uk",
}
_US = re.compile(
    r"(?<![a-z])(?:fp|bp|ex|e|f|r)?h?(?:sc|hdc)(?:\d?tog|s|dec|inc)?\b|\bs(?:\.c\.| c\b)|single crochet|half double"
)
_UK = re.compile(r"(?<![a-z])(?:fp|bp|rf|rb|e)?htr(?:\d?tog|s)?\b|half treble|\bqtr\b")
_START = re.compile(
    r"(?:ch\W{0,2}(?P<n>[1-4])|\b(?P<m>[1-4])\W?ch)\W{1,4}(?:which |this )?counts? as "
    r"(?:a |an |1 |one |first |1st |the |your )*(?P<st>dc|tr|htr|dtr)\b"
)
_OF_START = {"1 dc": "uk", "2 htr": "uk", "3 tr": "uk", "4 dtr": "uk", "3 dc": "us", "4 tr": "us"}
_STARTED = re.compile(r"\bch\W{0,2}3\b[^.*]{0,30}?\b[12]\s?(dc|tr)\b|\b3\s?ch\b\.?[^.*]{0,30}?\b[12]\d?\s?(dc|tr)\b")
_WEAK_UK = re.compile(r"\bss\b|\d\s?ch-sp|\btension\b")


def detect(text: str) -> str | None:
    """`us` or `uk`; None: the text shows neither. Of strong signs for both, as in a table of both, the commoner."""
    low = lowered(text)
    if m := _SAYS.search(low):
        return _TERMS[m[1] or m[2]]
    us, uk = len(_US.findall(low)), len(_UK.findall(low))
    if us != uk:
        return "us" if us > uk else "uk"
    for m in _START.finditer(low):
        if said := _OF_START.get(f"{m['n'] or m['m']} {m['st']}"):
            return said
    if m := _STARTED.search(low):
        return "uk" if (m[1] or m[2]) == "tr" else "us"
    return "uk" if not us and _WEAK_UK.search(low) else None


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
    for edit in reversed(changes(text, to, said)):
        text = text[: edit.span[0]] + edit.new + text[edit.span[1] :]
    return text


def changes(text: str, to: str, said: str | None = None) -> list[Edit]:
    """What `convert` changes, from the beginning to the end of the text. Raises NotConverted."""
    said = said or detect(text) or "us"
    if said == to:
        return []
    many = sizes.many(text)
    edits: list[Edit] = []
    read = lines(text)
    own = definitions.told(read, said)
    for line in read:
        start = line.said.at if isinstance(line.said, sheet.RowLine) else len(line.words.text)
        words = sizes.of_size(line.words, start, many, 0)
        edits += [Edit(words.span(*one.span), one.new) for one in _line(replace(line, words=words), said, to, own)]
    return sorted(edits, key=lambda one: one.span)


def renamed(words: str, to: str, said: str) -> str:
    """Words about a pattern, a finding's say, with the stitches called as in the other terms. Raises NotConverted."""
    for edit in reversed(_names(words, 0, said, to) if said != to else []):
        words = words[: edit.span[0]] + edit.new + words[edit.span[1] :]
    return words


def _line(line: Line, said: str, to: str, own: Definitions) -> list[Edit]:
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
        for one in walked(parse(words, read.at, said, own).items):
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
            new = {"us": "US", "uk": "UK"}[to] if len(m[group]) < 5 else {"us": "American", "uk": "British"}[to]
            found.append(Edit(m.span(group), new))
    return found


def _names(line: str, start: int, said: str, to: str) -> list[Edit]:
    """A change for each name of a stitch from `start` on."""
    found: list[Edit] = []
    text = Reader(line, tokens(line, start), said)
    while not text.done():
        begun, where = text.i, text.start
        plain = named(text, NAMES, FIRST_WORDS) or glued(text)
        if plain is None:
            text.i = begun + 1
        elif "?" in key_of(*plain, said):
            raise NotConverted(line[where : text.end])
        elif plain[1] in TO_UK or plain[1] in TO_US:
            found.append(Edit((where, text.end), _renamed(line[where : text.end], plain[1], said, to)))
    return found


def _renamed(written: str, name: str, said: str, to: str) -> str:
    """A name in the other terms: only the plain stitch in it changes, as long or short as it was, and as large."""
    low = lowered(written)
    a, b = _plain_part(low, name)
    key = us_key(name, said) or name
    part = low[a:b]
    if key == "sl st":
        new = {"ss": "sl st", "sl st": "ss"}.get(part, part)
    elif " " in part or len(part.rstrip("s")) > 5:
        new = _LONG[to][key].removesuffix("" if "crochet" in part else " crochet") + "s" * part.endswith("s")
    else:
        new = TO_UK[key] if to == "uk" else key
        if "." in part:  # `d.c.`
            new = "".join(f"{letter}." for letter in new) if new in ("sc", "dc", "hdc") else new
        new += "s" * part.endswith("s")
    old = written[a:b]
    new = new.upper() if old.isupper() else new[0].upper() + new[1:] if old[0].isupper() else new
    return written[:a] + new + written[b:]


def _plain_part(low: str, name: str) -> tuple[int, int]:
    """Where in a name the plain stitch stands: `dc` in `fpdc`, all of `double crochet`."""
    for length in range(len(low), 1, -1):
        for a in range(len(low) - length, -1, -1):
            words = tuple(token.text for token in tokens(low[a : a + length]) if token.kind == "w")
            if (
                PLAIN.get(words) == name
                and low[a].isalpha()
                and (low[a + length - 1].isalpha() or a + length == len(low))
            ):
                return a, a + length
    return 0, len(low)
