"""Decorations: pictures and signs around a label or at a line's end say nothing; one that points at a count leads it.

`✨ Rnd 1 ✨ ch 3, 11 dc in ring 👉 12 dc` is read as `Rnd 1: ch 3, 11 dc in ring → 12 dc`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise

from crochet.page import labels
from crochet.page.sent import Sent

_Edit = tuple[int, int, str]
_LATIN = "\xff"  # signs up to here are of the text itself: `^`, `°`, `©`
_KEYCAP = "\u20e3"  # around the digit before it
_PARTS = re.compile(r"[^\x00-\xff](?:[^\S\n]*[^\x00-\xff])*")
_OPENING = re.compile(r"[^\S\n]*(?:[#>-]+[^\S\n]+)?")
_COUNTED = re.compile(r"[^\S\n]*(?P<bracket>[(\[{])?\d")
_ENDED_BEFORE = re.compile(r"(?:[a-z.!?)\]}]|[^\w\s,;:][^\S\n]?\d{1,4})[^\S\n]*\Z", re.IGNORECASE)
_MARKED = re.compile(r"[^\S\n]*[:.)=—–-]")


def plain(text: Sent) -> Sent:
    """The text without its decorations; a label that they mark within a line begins one."""
    if text.text.isascii():
        return text
    return _edited(_edited(text, _begun), _without)


def _edited(text: Sent, edits: Callable[[str], Iterator[_Edit]]) -> Sent:
    """The text with each of its lines edited."""
    found: list[_Edit] = []
    at = 0
    for line in text.text.split("\n"):
        found += ((at + start, at + end, new) for start, end, new in (() if line.isascii() else edits(line)))
        at += len(line) + 1
    return text.edited(found) if found else text


@lru_cache(512)
def _decorates(sign: str) -> bool:
    """A picture, a symbol, or what changes the look of one."""
    return sign > _LATIN and unicodedata.category(sign) in ("So", "Sk", "Me", "Cf")


@lru_cache(512)
def _points(sign: str) -> bool:
    """An arrow or a finger to the right."""
    name = unicodedata.name(sign, "") if sign > _LATIN else ""
    return "RIGHT" in name and "LEFT" not in name and ("ARROW" in name or "POINTING" in name)


def _runs(line: str) -> Iterator[tuple[int, int]]:
    """Where decorations stand, with nothing but spaces between them."""
    for m in _PARTS.finditer(line):
        signs = [i for i in range(*m.span()) if _decorates(line[i]) or _points(line[i])]
        if signs and all(line[i].isspace() for i in {*range(signs[0], signs[-1])}.difference(signs)):
            yield signs[0], signs[-1] + 1


def _begun(line: str) -> Iterator[_Edit]:
    """A line's end before each label that decorations mark behind other words."""
    runs = [*_runs(line), (len(line), len(line))]
    for (start, end), (further, _) in pairwise(runs):
        label = labels.label(line[end:]) if line[:start].strip() else None
        if (label and label.firm == ":") or (line[:start].strip() and _is_label(line[end:further])):
            yield (start, start, "\n")


def _is_label(words: str) -> bool:
    """The words are a label and no more."""
    bare = words.rstrip(" :")
    label = labels.label(f"{bare}:")
    return label is not None and label.body > len(bare)


def _without(line: str) -> Iterator[_Edit]:
    """The edits that leave decorations out."""
    opening, told = _OPENING.match(line), False
    begins = opening.end() if opening else 0
    for start, end in _runs(line):
        said = line[begins:start]
        counted = _COUNTED.match(line, end) if _points(_last(line[start:end])) else None
        if counted:
            yield (start, end, "" if counted["bracket"] else "→")
        elif line[start:end].strip() == _KEYCAP:
            numbers = said.isdecimal() and not _MARKED.match(line, end) and not line[end : end + 1].isdecimal()
            yield (start, end, "." if numbers else "")
        elif not said.strip():
            begins = end + len(line[end:]) - len(line[end:].lstrip())
            yield (start, begins, "")
        elif not told and _is_label(said):
            told = True
            yield (start, end, "" if said.rstrip().endswith(":") or _MARKED.match(line, end) else ":")
        elif not line[end:].strip() and _ENDED_BEFORE.search(said):
            yield (start, end, "")


def _last(signs: str) -> str:
    """The last sign that is no mere change of look."""
    return next((c for c in reversed(signs) if unicodedata.category(c) not in ("Sk", "Me", "Cf")), signs[-1])
