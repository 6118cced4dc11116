"""Markdown: bold labels and tables, as they come with a paste, made plain lines: `Rnd 1: 6 sc in magic ring (6)`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crochet.page import headings, labels, tables
from crochet.page.sent import Sent

_BOLD = re.compile(
    r"^(?P<head>[ \t#>•-]{0,12}(?:[*][ \t]+|\d{1,3}[.)][ \t]+)?)(?P<mark>[*]{1,3}|_{1,3})"
    r"(?P<words>[^\s*_](?:[^*_\n]{0,58}[^\s*_])?)(?P=mark)",
    re.MULTILINE,
)
_BOLD_COUNT = re.compile(r"(?P<mark>\*\*|__)(?P<words>[(\[]?\d{1,4}(?: [a-z]{2,8})?[)\]]?)(?P=mark)", re.IGNORECASE)


def plain(text: Sent) -> Sent:
    """The text without bold, and with each row of a table as a line."""
    if "**" in text.text or "__" in text.text or _BOLD.search(text.text):
        text = text.edited(sorted(_bold(text.text)))
    if "|" in text.text or "\t" in text.text:
        text = tables.plain(text)
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
