"""Slips: every way in which one number or one word of a good pattern can be written wrong, and what the checker says.

A slip is noticed where its row is not ok. It need not be where it changes nothing: the row makes the same stitches in
the same places, as `ch 5, join to form ring` does for `ch 4`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crochet import work

GOOD = Path(__file__).parent / "patterns" / "good"
FOLLOWED = 2  # rows after the wrong one that are looked at


@dataclass(frozen=True)
class Slip:
    """`old` at `at` in the pattern of this name was written as `new`."""

    name: str
    kind: str
    at: int
    old: str
    new: str
    row: int

    def __str__(self) -> str:
        return f"{self.name} row {self.row + 1}: {self.old!r} -> {self.new!r} at {self.at}"


@dataclass(frozen=True)
class Told:
    """What the checker says of a slip."""

    same: bool  # nothing else is made than before, and nothing is declared that is not
    noticed: bool
    one_error: bool
    right_row: bool
    restored: bool


@cache
def text_of(name: str) -> str:
    return (GOOD / f"{name}.txt").read_text()


@cache
def rows_of(name: str) -> tuple[dict, ...]:
    return tuple(_rows(work.check(text_of(name), _terms(name))))


@cache
def _terms(name: str) -> str:
    return work.check(text_of(name))["terms"]


def _rows(report: dict) -> list[dict]:
    return [row for piece in report["pieces"] for row in piece["rows"]]


def names() -> list[str]:
    return sorted(path.stem for path in GOOD.glob("*.txt"))


def declared(name: str) -> bool:
    """Every row that makes stitches says how many of each kind, and how many spaces of each size."""
    return all(_in_full(row) for row in rows_of(name) if row["stitches"])


def _in_full(row: dict) -> bool:
    said = row["declared"]
    if not said:
        return False
    stitches = said["counts"] == row["counts"] or (said["stitches"] == row["stitches"] and len(row["counts"]) == 1)
    return stitches and said["spaces"] == row["spaces"]


def slips(name: str) -> Iterator[Slip]:
    """All slips of a pattern, in its rows of worked stitches, behind their labels."""
    text = text_of(name)
    for i, row in enumerate(rows_of(name)):
        start, end = row["span"]
        if not row["stitches"] or (i and rows_of(name)[i - 1]["span"] == row["span"]):
            continue
        body = start + len(row["label"])
        words = text[body:end]
        for kind, at, old, new in _changes(words):
            yield Slip(name, kind, body + at, old, new, i)


def _changes(words: str) -> Iterator[tuple[str, int, str, str]]:
    for m in re.finditer(r"\d+(?!\d*(?:st|nd|rd|th)\b)", words):
        for by in (-2, -1, 1, 2):
            if int(m[0]) + by > 0:
                yield "number", m.start(), m[0], str(int(m[0]) + by)
    for m in re.finditer(r"[^,;:.*()\[\]]* in next [^,;:.*()\[\]]*[,;] ", words):
        yield "cluster dropped", m.start(), m[0], ""
    for m in re.finditer(r" more(?= times)", words):
        yield "more dropped", m.start(), m[0], ""
    for m in re.finditer(r"\bch (?:2\b(?=.*?\bch 1\b)|1\b(?=.*?\bch 2\b))", words):
        old, new = ("ch 2", "ch 1") if m[0] == "ch 2" else ("ch 1", "ch 2")
        other = re.search(rf"\b{new}\b", words[m.end() :])
        if other:
            upto = m.end() + other.end()
            yield "ch swapped", m.start(), words[m.start() : upto], new + words[m.end() : upto - 4] + old
    for m in re.finditer(r"(?<![\w-])(sc|hdc|dc|tr)(?![\w-])", words):
        yield "stitch", m.start(), m[0], {"sc": "hdc", "hdc": "dc", "dc": "tr", "tr": "dc"}[m[0]]


def _words(text: str) -> str:
    """A text but for its stops, capitals and `1 sc`: how a phrase is put back is not asked."""
    return re.sub(r"[\s,;.]+(?:1 (?=[a-z]))?", " ", text.lower())


def told(slip: Slip) -> Told:
    """The pattern with the slip, checked up to a few rows behind it."""
    good, text = rows_of(slip.name), text_of(slip.name)
    wrong = text[: slip.at] + slip.new + text[slip.at + len(slip.old) :]
    longer = len(slip.new) - len(slip.old)
    after = [row["span"][1] for row in good if row["span"][0] > slip.at]
    upto = after[min(FOLLOWED, len(after)) - 1] if after else len(text)
    rows = _rows(work.check(wrong[: upto + longer], _terms(slip.name)))
    here = slip.row
    bad = [i for i, row in enumerate(rows) if row["verdict"] != "ok"]
    same = len(rows) > here and all(
        rows[here][what] == good[here][what] for what in ("counts", "spaces", "corners", "per_side", "groups")
    )
    span = good[here]["span"]
    ours = [i for i, row in enumerate(good) if row["span"] == span]  # `Rnds 4-8` is five rows
    blamed = [i for i in bad if rows[i]["verdict"] == "error"]  # a row whose ground is not known is not blamed
    right = bool(bad) and bad[0] in ours and all(i in ours for i in blamed)
    errors = [one for i in bad for one in rows[i]["findings"] if one["severity"] == "error"]
    fixes = [fix for one in errors for fix in one["fixes"]]
    whole = text[:upto]
    restored = any(_words(work.apply(wrong[: upto + longer], fix["edits"])) == _words(whole) for fix in fixes)
    return Told(same, bool(bad), len(errors) == 1, right, restored)
