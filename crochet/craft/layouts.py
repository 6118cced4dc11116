"""Layouts: how the pieces of a whole lie, and which of them are worked with two yarns exchanged.

8 rows of 10, one kind
8 rows of 10, checkerboard, A and C exchanged        every other square has C where the rounds say A, and A for C
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_PLACES = 2500
ONE_PIECE = "one piece"
ONE_KIND = "one kind"

PLANS = ("checkerboard", "stripes", "columns", "frame", "diagonal", "scattered")
_LAYOUT = re.compile(r"(\d{1,3})\s*rows?\s*of\s*(\d{1,3})\s*(?:,\s*(.*))?", re.IGNORECASE)
_EXCHANGE = re.compile(r"([a-z]+)\s*,\s*([A-F])\s+and\s+([A-F])\s+exchanged", re.IGNORECASE)


def is_other(plan: str, row: int, column: int, size: tuple[int, int]) -> bool:
    """Whether the square of a row and column, both from 0, of a whole of (rows, columns) is of the other kind."""
    match plan:
        case "checkerboard":
            return (row + column) % 2 == 1
        case "stripes":
            return row % 2 == 1
        case "columns":
            return column % 2 == 1
        case "frame":
            return row in (0, size[0] - 1) or column in (0, size[1] - 1)
        case "diagonal":
            return (row + column) % 3 == 2
        case "scattered":  # a knight's moves and some more: about a third, and no rule that an eye finds
            step = (column - 2 * row) % 5
            return step == 0 or (step, (row + column) % 5) in ((2, 1), (2, 4), (3, 3))
        case _:
            return False


@dataclass(frozen=True, slots=True)
class Layout:
    """`rows` of `columns` pieces; of some of them the two yarns of `exchange` are exchanged. One piece: 1 and 1."""

    rows: int = 1
    columns: int = 1
    plan: str = ONE_PIECE
    exchange: tuple[str, str] | None = None

    @property
    def exchanged(self) -> list[int]:
        """The numbers of the pieces, row by row from 1, whose two yarns are exchanged."""
        if not self.exchange:
            return []
        places = ((row, column) for row in range(self.rows) for column in range(self.columns))
        size = (self.rows, self.columns)
        return [n for n, (row, column) in enumerate(places, 1) if is_other(self.plan, row, column, size)]

    def written(self) -> str:
        """The layout in the words that `read` reads."""
        if self.rows * self.columns == 1:
            return ONE_PIECE
        exchange = f", {' and '.join(self.exchange)} exchanged" if self.exchange else ""
        return f"{self.rows} rows of {self.columns}, {self.plan}{exchange}"


def read(text: str) -> tuple[Layout, bool] | None:
    """The layout that a line tells, and whether all of it was understood. None: it tells no rows and columns."""
    text = text.strip().rstrip(".").strip()
    if text.lower() == ONE_PIECE:
        return Layout(), True
    found = _LAYOUT.match(text)
    if not found or not 0 < int(found[1]) * int(found[2]) <= MOST_PLACES:
        return None
    rows, columns, rest = int(found[1]), int(found[2]), (found[3] or ONE_KIND).strip().lower()
    plain = Layout(rows, columns, ONE_KIND)
    said = _EXCHANGE.fullmatch(rest)
    if not said or said[1] not in PLANS or said[2] == said[3]:
        return plain, rest == ONE_KIND
    return Layout(rows, columns, said[1], (said[2].upper(), said[3].upper())), True


def swapped(letter: str, exchange: tuple[str, str]) -> str:
    """The yarn that a row of this letter has in a piece of the other kind."""
    one, other = exchange
    return other if letter == one else one if letter == other else letter


# -- where the pieces lie. Measures are in widths and heights of a piece with so many corners: squares and all others
# side by side; hexagons with every other row half a piece aside, in the gaps of the row above; triangles with every
# other one turned, but in a single row all hang side by side.


def spots(corners: int, rows: int, columns: int) -> Iterator[tuple[float, float, bool]]:
    """(from the left, from the top, whether it is turned) of each piece, row by row."""
    for row in range(rows):
        for column in range(columns):
            if corners == 6:
                yield column + 0.5 * (row % 2), 0.75 * row, False
            elif corners == 3 and rows > 1:
                yield 0.5 * column, row, (row + column) % 2 == 1
            else:
                yield column, row, False


def extent(corners: int, rows: int, columns: int) -> tuple[float, float]:
    """How wide and how high the whole is."""
    if corners == 6:
        return columns + 0.5 * (rows > 1), 0.75 * (rows - 1) + 1
    if corners == 3 and rows > 1:
        return (columns + 1) / 2, rows
    return columns, rows


def fitted(whole: tuple[float, float], piece: tuple[float, float], corners: int = 4) -> tuple[int, int]:
    """(rows, columns) of pieces, (wide, high) as the whole is, that come nearest to it; MOST_PLACES at most."""
    columns, rows = whole[0] / piece[0], whole[1] / piece[1]
    if corners == 6:
        columns, rows = columns - 0.5, (rows - 1) / 0.75 + 1
    elif corners == 3 and round(rows) > 1:
        columns = 2 * columns - 1
    columns, rows = max(1, round(columns)), max(1, round(rows))
    if rows * columns > MOST_PLACES:
        shrink = math.sqrt(MOST_PLACES / (rows * columns))
        columns, rows = max(1, int(columns * shrink)), max(1, int(rows * shrink))
    return min(rows, MOST_PLACES), min(columns, MOST_PLACES)
