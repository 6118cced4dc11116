"""Printed: a report as lines for a terminal. A line per row and finding, and a caret under the words it is about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crochet.craft.stitches import shown

Json = Mapping[str, Any]
# How many columns of a pattern's line are shown, and of how many lines of a finding.
WIDTH = 90
LINES = 3
_BEFORE = re.compile(r"(?:[^\s]+[ \t]+)?[^\s]*$")
_AFTER = re.compile(r"[^\s,;]*(?:[ \t]+[^\s,;]+)?")


def lines(report: Json, text: str) -> Iterator[str]:
    """The lines of the report on a text."""
    yield f"{_plain(report['file'])}: {summary(report)}"
    for finding in report["findings"]:
        yield from _finding(finding, text, "  ")
    for piece in report["pieces"]:
        if piece["name"]:
            yield f"  {piece['name']}"
        for row in piece["rows"]:
            yield f"  {row['key']} {row['label']}: {row['verdict']}{_makes(row, report['terms'])}"
            for finding in row["findings"]:
                yield from _finding(finding, text, "    ")


def summary(report: Json) -> str:
    """`7 rows: 6 ok, 1 error`."""
    counted = report["summary"]
    if not counted["rows"]:
        return "not read" if any(one["severity"] == "unchecked" for one in report["findings"]) else "no rows found"
    said = [f"{counted[one]} {one}" for one in ("ok", "error", "unchecked") if counted[one]]
    return f"{counted['rows']} {'row' if counted['rows'] == 1 else 'rows'}: {', '.join(said)}"


def _makes(row: Json, terms: str) -> str:
    """What a row makes, in the pattern's terms; nothing where it was not worked to its end."""
    made = [f"{n} {shown(kind, terms)}" for kind, n in (row["counts"] or {}).items()]
    made += [f"{n} ch-{chains} sp{'s' * (n != 1)}" for chains, n in (row["spaces"] or {}).items()]
    return f", makes {', '.join(made)}" if made else ""


def _finding(finding: Json, text: str, indent: str) -> Iterator[str]:
    yield f"{indent}{finding['severity']} {finding['id']}: {finding['message']}"
    yield from (f"{indent}  {line}" for line in pointed(text, *finding["span"]))
    for fix in finding["fixes"]:
        changes = [f"“{old}” becomes “{new}”" if old else f"put in “{new}”" for old, new in changed(text, fix["edits"])]
        yield f"{indent}  fix: {fix['says']} {'; '.join(changes)}"


def pointed(text: str, start: int, end: int) -> Iterator[str]:
    """The lines a span lies on, each with carets below its part of it; none for no words, or for the whole text."""
    at = text.rfind("\n", 0, start) + 1
    for line in text[at:end].split("\n")[:LINES] if 0 < end - start < len(text) else ():
        stop = text.find("\n", at)
        whole = text[at : len(text) if stop < 0 else stop]
        if begun := whole[max(start - at, 0) : len(line)].strip():
            first = whole.index(begun, max(start - at, 0))
            yield from _under(whole, first, first + len(begun))
        at += len(line) + 1


def _under(line: str, start: int, end: int) -> Iterator[str]:
    """Part of a line as a terminal can show it, and carets below; a long line is cut around them."""
    begin = max(0, min(start - max(WIDTH - (end - start), 0) // 2, len(line) - WIDTH))
    begin = min(begin, start)
    shown_part = line[begin : begin + WIDTH]
    yield _plain(shown_part)
    yield " " * _columns(line[begin:start]) + "^" * max(1, _columns(line[start : min(end, begin + WIDTH)]))


def _plain(words: str) -> str:
    """One column or two a sign, and nothing that moves the cursor."""
    return "".join(c if c.isprintable() or unicodedata.combining(c) else " " for c in words)


def _columns(words: str) -> int:
    """How many columns a terminal takes to show them."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in words)


def changed(text: str, edits: Sequence[Json]) -> list[tuple[str, str]]:
    """What a fix changes, with the word before it and the word after it: (as it is, as it will be)."""
    found: list[tuple[str, str]] = []
    for edit in edits:
        begun, ended = edit["span"]
        before, after = _BEFORE.search(text[max(0, begun - WIDTH) : begun]), _AFTER.match(text, ended)
        before_it, after_it = before[0] if before else "", after[0] if after else ""
        words = (f"{before_it}{middle}{after_it}" for middle in (text[begun:ended], edit["new"]))
        old, new = (" ".join(one.split()) for one in words)
        found.append((old, new))
    return found
