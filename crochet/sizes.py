"""Sizes: `Ch 61 (67, 73, 79)` is one number for each size. A row is right only if it is right in every size.

sized = n ("(" | "[") n {("," | "-") n} (")" | "]")
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from crochet.findings import Finding
from crochet.report import Piece, RowReport
from crochet.sent import Sent

MOST_SIZES = 12
_SIZED = re.compile(r"(?<![\w.])(\d{1,4})\s?[(\[](\d{1,4}(?:\s?[,;:/–-]\s?\d{1,4}){0,11})[)\]]")
_OF_TWO = re.compile(r"[ \t]*(?:sts?|stitches|sc|hdc|dc|tr|htr|ch|chs|chains?|times|more)\b", re.IGNORECASE)
_SAYS = re.compile(r"\bsizes?\b|\bsmall\b|\bchild\b|\badult\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_BADNESS = ("ok", "unchecked", "error")


def many(text: str) -> int:
    """How many sizes a text is written for."""
    met = Counter(len(_NUMBER.findall(m[0])) for m in _SIZED.finditer(text) if _is_sized(m))
    n, times = met.most_common(1)[0] if met else (1, 0)
    return n if times > 1 and (n > 2 or times > 2 or _SAYS.search(text)) and n <= MOST_SIZES else 1


def _is_sized(m: re.Match[str]) -> bool:
    """`27 (31) sts` is told from a total, `sc 36 (36)` and `inc x 6 (12)`, by what is counted."""
    if len(_NUMBER.findall(m[2])) > 1:
        return True
    before = m.string[max(0, m.start() - 6) : m.start()].rstrip().lower()
    return not before.endswith("x") and (before.endswith(("ch", "chain")) or bool(_OF_TWO.match(m.string, m.end())))


def _grows(m: re.Match[str]) -> bool:
    """In a text for two sizes `Fsc 60 (68), turn` counts nothing else than the sizes."""
    first, last = int(m[1]), int(_NUMBER.findall(m[2])[-1])
    return first < last and m.string[m.end() : m.end() + 1] in (",", ";")


def of_size(words: Sent, start: int, sizes: int, size: int) -> Sent:
    """The words from `start` on with the numbers of one size, the first of which is 0."""
    edits = []
    for m in _SIZED.finditer(words.text, start) if sizes > 1 else ():
        numbers = _NUMBER.findall(m[0])
        if len(numbers) == sizes and (_is_sized(m) or _grows(m)):
            edits.append((*m.span(), numbers[size]))
    return words.edited(edits) if edits else words


def together(pieces: Sequence[Piece], others: Sequence[Piece], size: int) -> None:
    """Put what another size shows that is worse on the rows of the first."""
    for piece, other in zip(pieces, others, strict=False):
        at: dict[str, int] = {}
        for i, (report, _) in enumerate(piece.rows):
            at.setdefault(report.label, i)
        turn: Counter[str] = Counter()
        for report, words in other.rows:
            first = at.get(report.label)
            if first is None:
                continue
            i = first + turn[report.label]
            turn[report.label] += 1
            i = i if i < len(piece.rows) and piece.rows[i][0].label == report.label else first
            if _BADNESS.index(report.verdict) > _BADNESS.index(piece.rows[i][0].verdict):
                piece.rows[i] = (_told(report, piece.rows[i][0], size), words)


def _told(report: RowReport, first: RowReport, size: int) -> RowReport:
    """A row as another size has it. A change would be of one size only, so none is offered."""
    found = tuple(
        replace(one, message=f"In size {size + 1}: {one.message}", fixes=()) if one.severity != "warning" else one
        for one in report.findings
    )
    return replace(report, key=first.key, number=first.number, findings=found)


def without_fixes(pieces: Sequence[Piece]) -> None:
    """A change of the first size's numbers would be of that size only."""
    for piece in pieces:
        piece.rows[:] = [(replace(row, findings=tuple(map(_plain, row.findings))), words) for row, words in piece.rows]


def _plain(one: Finding) -> Finding:
    return replace(one, fixes=())
