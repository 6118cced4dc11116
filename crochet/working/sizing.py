"""Sizing: what the other sizes of a pattern show, on the rows of its first.

A row is right only if it is right in every size.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from crochet.findings import Finding
from crochet.working.report import Piece, RowReport

_BADNESS = ("ok", "unchecked", "error")


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
            before = piece.rows[i][0]
            of_this = before.checked.made is None and before.verdict == "ok"  # a row that is of some sizes only
            if of_this or _BADNESS.index(report.verdict) > _BADNESS.index(before.verdict):
                piece.rows[i] = (_told(report, before, size), words)


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
