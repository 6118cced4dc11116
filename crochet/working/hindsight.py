"""Hindsight: what the row after shows of a row: which change mends it, and whether what is odd in it is wrong.

`step` gives a row's report before the next row is known; only `check`, of a whole text, looks back.
"""

from __future__ import annotations

from dataclasses import replace

from crochet.working.anchors import shown
from crochet.working.report import RowReport


def chosen(row: RowReport, after: RowReport) -> RowReport:
    """Of the changes that mend a row, first those on which the row after it is ok; none on which it is not."""
    if after.verdict != "ok" or after.stood is None or not row.mends or row.checked.again:
        return row
    fits = [one for one in row.mends if one.checked.made and one.checked.made.course == after.stood]
    untried = [one for one in row.mends[row.mends.index(fits[0]) :] if one not in fits] if fits else []
    return replace(row, findings=shown(row.findings, [*fits, *untried]))


def tripped(row: RowReport, after: RowReport) -> bool:
    """A row is odd, and the one after it does not add up: perhaps the odd one is to blame."""
    odd = row.verdict == "ok" and any(one.doubt for one in row.findings)
    return odd and after.verdict == "error" and row.text != after.text and row.checked.made is not None


def evened(row: RowReport, after: RowReport) -> bool:
    """The row after is right on the row as it is mended, with nothing odd left in that."""
    return after.verdict == "ok" and any(
        one.checked.made is not None
        and one.checked.made.course == after.stood
        and not any(found.doubt for found in one.checked.findings)
        for one in row.mends
    )
