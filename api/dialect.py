"""Dialect: a pattern's document in US or in UK terms, whichever its reader works in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crochet import terms
from crochet.findings import Edit

View = dict[str, Any]

KEPT = "terms-kept"  # the code of a note: this row could not be converted
_CALLED = {"us": "US", "uk": "UK"}


def in_terms(pattern: View, to: str | None) -> View:
    """The pattern in these terms; counts stay as they are. A row with words that nobody understood stays, and a note
    says so. None: as it was written."""
    said = pattern["terms"]
    if said is None or to in (None, said):
        return pattern
    notes, pieces = list(pattern["notes"]), []
    for piece in pattern["pieces"]:
        rows = []
        for row in piece["rows"]:
            try:
                rows.append(_row(row, said, str(to)))
            except terms.NotConverted as fault:
                rows.append(row)
                where = f"{piece['name'] or piece['key']}, {row['label']}"
                words = f"Still in {_CALLED[said]} terms: {where}. {fault.says}"
                notes.append({"code": KEPT, "text": words})
        pieces.append(piece | {"rows": rows})
    gauge = pattern["gauge"] and _words(pattern["gauge"], said, str(to))
    return pattern | {"terms": to, "gauge": gauge, "pieces": pieces, "notes": notes}


def _row(row: View, said: str, to: str) -> View:
    edits = terms.changes(row["text"], to, said)
    text = row["text"]
    for edit in reversed(edits):
        text = text[: edit.span[0]] + edit.new + text[edit.span[1] :]
    found = [_finding(each, edits, said, to) for each in row["findings"]]
    changed = row | {"text": text, "span": _moved(row["span"], edits), "findings": found}
    if row.get("original"):
        changed["original"] = _words(row["original"], said, to)
    return changed


def _finding(finding: View, edits: Sequence[Edit], said: str, to: str) -> View:
    fixes = [
        {
            "says": _words(fix["says"], said, to),
            "edits": [
                {"span": _moved(edit["span"], edits), "new": _words(edit["new"], said, to)} for edit in fix["edits"]
            ],
        }
        for fix in finding["fixes"]
    ]
    message = _words(finding["message"], said, to)
    return finding | {"message": message, "span": _moved(finding["span"], edits), "fixes": fixes}


def _words(words: str, said: str, to: str) -> str:
    """Words about a row; where they cannot be converted they stay."""
    try:
        return terms.renamed(words, to, said)
    except terms.NotConverted:
        return words


def _moved(span: Sequence[int] | None, edits: Sequence[Edit]) -> list[int] | None:
    """Where a span of the row lies after these changes of its words."""
    if span is None:
        return None
    places = []
    for at in span:
        grown = 0
        for edit in edits:
            begun, ended = edit.span
            if ended <= at:
                grown += len(edit.new) - (ended - begun)
            elif begun < at:
                grown += min(at - begun, len(edit.new)) - (at - begun)
        places.append(at + grown)
    return places
