"""copied: how much of what a model writes stands row for row in the sheets that it was trained on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from llm import corpus

SHEETS = 5_000  # as the corpus draws them now from the training's seed; all of them would take minutes
_ROW = re.compile(r"(?:Rnd|Row|Border Rnd) \d+ \([A-F]\): (.+)")
_LETTER = re.compile(r"\b[A-F]\b")


def runs(sheet: str) -> list[str]:
    """The worked rows of a sheet, whatever their yarns."""
    return [_LETTER.sub("_", found[1]) for line in sheet.splitlines() if (found := _ROW.match(line))]


class Corpus:
    """Every run of rows that a corpus holds, as hashes."""

    def __init__(self, seed: int, sheets: int = SHEETS) -> None:
        self.sheets = sheets
        self._runs: set[int] = set()
        for _, sheet in corpus.pairs(seed, sheets):
            self._runs.update(hash(run) for run in _all(runs(sheet)))

    def longest(self, sheet: str) -> tuple[int, int]:
        """How many rows of a sheet stand one after the other in a sheet of the corpus, and how many it has."""
        rows = runs(sheet)
        found = (len(run) for run in _all(rows) if hash(run) in self._runs)
        return max(found, default=0), len(rows)


def _all(rows: list[str]) -> Iterator[tuple[str, ...]]:
    """Every run of rows, of any length."""
    for start in range(len(rows)):
        for end in range(start + 1, len(rows) + 1):
            yield tuple(rows[start:end])


def told(sheets: Iterable[str], held: Corpus) -> dict[str, float]:
    """Over some sheets: how many have all their rows in one sheet of the corpus, and the longest run on the mean."""
    found = [held.longest(sheet) for sheet in sheets if sheet]
    whole = sum(longest == rows for longest, rows in found)
    mean = sum(longest for longest, _ in found) / max(1, len(found))
    return {
        "corpus sheets": held.sheets,
        "sheets": len(found),
        "wholly in one": whole,
        "mean longest run": round(mean, 2),
        "mean rows": round(sum(rows for _, rows in found) / max(1, len(found)), 2),
    }
