"""Markdown: bold labels and tables, as they come with a paste, made plain lines: `Rnd 1: 6 sc in magic ring (6)`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crochet.page import headings, labels
from crochet.page.sent import Sent

_Edits = list[tuple[int, int, str]]
_BOLD = re.compile(
    r"^(?P<head>[ \t#>•-]{0,12}(?:[*][ \t]+|\d{1,3}[.)][ \t]+)?)(?P<mark>[*]{1,3}|_{1,3})"
    r"(?P<words>[^\s*_](?:[^*_\n]{0,58}[^\s*_])?)(?P=mark)",
    re.MULTILINE,
)
_BOLD_COUNT = re.compile(r"(?P<mark>\*\*|__)(?P<words>[(\[]?\d{1,4}(?: [a-z]{2,8})?[)\]]?)(?P=mark)", re.IGNORECASE)
_COLUMN = re.compile(
    r"^[ \t]{0,8}\|?[ \t]{0,8}(?P<word>rnd|round|row|rd)s?\b[^|\t\n]{0,12}[|\t]", re.IGNORECASE | re.MULTILINE
)
_TABLE = re.compile(r"^[ \t]{0,8}\|?[ \t]{0,8}(?P<first>[^|\t\n]{1,40}?)[ \t]{0,8}[|\t].*$", re.MULTILINE)
_RANGE = re.compile(r"\d{1,3}(?:\s?[-–]\s?\d{1,3})?")
_COUNT = re.compile(r"\d{1,4}(?: [a-z]{2,8})?", re.IGNORECASE)


def plain(text: Sent) -> Sent:
    """The text without bold, and with each row of a table as a line."""
    if "**" in text.text or "__" in text.text or _BOLD.search(text.text):
        text = text.edited(sorted(_bold(text.text)))
    if "|" in text.text or "\t" in text.text:
        text = text.edited(_table(text.text))
    return text


def _bold(text: str) -> Iterator[tuple[int, int, str]]:
    for m in _BOLD.finditer(text):
        words = m["words"]
        if labels.label(words) or (len(m["mark"]) > 1 and not headings.works(words)):
            yield (*m.span("mark"), "")
            yield (m.end("words"), m.end(), "")
    for m in _BOLD_COUNT.finditer(text):
        if m.start() and text[m.start() - 1] != "\n":
            yield (*m.span("mark"), "")
            yield (m.end("words"), m.end(), "")


def _table(text: str) -> _Edits:
    column = _COLUMN.search(text)
    found: _Edits = []
    for m in _TABLE.finditer(text):
        numbered = column is not None and _RANGE.fullmatch(m["first"])
        if numbered or labels.label(m["first"]):
            found += _row(m, f"{column['word']} " if column and numbered else "")
    return found


def _row(m: re.Match[str], word: str) -> Iterator[tuple[int, int, str]]:
    """The edits that make one row of a table a line: a colon after its label, brackets around its count."""
    start, end = m.span("first")
    if m.start() < start:
        yield (m.start(), start, "")
    if word:
        yield (start, start + 1, word + m["first"][0])
    cells = [(c.start(), c.end()) for c in re.finditer(r"[^|\t]+", m.string[end : m.end()]) if c[0].strip()]
    signs = [end + i for i, c in enumerate(m.string[end : m.end()]) if c in "|\t"]
    ends = m["first"].endswith((":", "."))
    count = _counted(m.string, end, cells) if len(cells) > 1 else None
    for i, sign in enumerate(signs):
        if count and sign > count[0]:
            break
        yield (sign, sign + 1, ": " if i == 0 and not ends else " ")
    if count:
        yield (count[0], count[0], "(")
        yield (count[1], count[1], ")")
        if count[1] < m.end():
            yield (count[1], m.end(), "")


def _counted(text: str, at: int, cells: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Where the last cell is a bare count."""
    start, end = at + cells[-1][0], at + cells[-1][1]
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    return (start, end) if _COUNT.fullmatch(text[start:end]) else None
