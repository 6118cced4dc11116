"""Cells: what of a pattern can be ticked, and which of it an op names."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction

from db.models import Pattern, PatternRow

View = dict[str, Any]

UNKNOWN = {"code": "unknown-cell", "detail": "This pattern has no such row."}
FOREIGN = {"code": "foreign-range", "detail": "A range stays within one piece, and within one copy of it."}
BACKWARDS = {"code": "backwards-range", "detail": "A range goes from the earlier row to the later one."}


class NoCells(LookupError):
    """An op names no cells of this pattern; `why` is told to the maker: {code, detail}."""

    def __init__(self, why: View) -> None:
        super().__init__(why["code"])
        self.why = why


class Rows:
    """The rows of a pattern in the order they are worked, and how many there are of each piece."""

    def __init__(self, keys: list[str], makes: dict[str, int]) -> None:
        self.makes = makes
        self.of_piece: dict[str, list[str]] = {}
        for key in keys:
            piece, _, row = key.partition("/")
            self.of_piece.setdefault(piece, []).append(row)
        self.keys = set(keys)

    def named(self, op: View) -> list[str]:
        """The cells of an op: `cell`, or all from `from` to `to`. Raises NoCells."""
        if "cell" in op:
            self._copy(op["cell"])
            return [op["cell"]]
        copy, rows, begun = self._place(op["from"])
        other, _, ended = self._place(op["to"])
        if copy != other:
            raise NoCells(FOREIGN)
        if begun > ended:
            raise NoCells(BACKWARDS)
        return [f"{copy}/{row}" for row in rows[begun : ended + 1]]

    def noted(self, op: View) -> list[str]:
        """The row of a note: all copies have one. Raises NoCells."""
        if op["row"] not in self.keys:
            raise NoCells(UNKNOWN)
        return [op["row"]]

    def _place(self, cell: str) -> tuple[str, list[str], int]:
        """The copy that a cell is of, that piece's rows, and which of them it is."""
        copy, piece = self._copy(cell)
        rows = self.of_piece[piece]
        return copy, rows, rows.index(cell.partition("/")[2])

    def _copy(self, cell: str) -> tuple[str, str]:
        """The copy and the piece of a row's key, or of one with the copy's number: `p1/r3`, `p1#17/r3`."""
        copy, _, row = cell.partition("/")
        piece, many, number = copy.partition("#")
        if f"{piece}/{row}" not in self.keys or (many and not _counts(number, self.makes.get(piece, 1))):
            raise NoCells(UNKNOWN)
        return copy, piece


def rows_of(session: Transaction, pattern: Pattern) -> Rows:
    """What of this pattern can be ticked by now."""
    wanted = select(PatternRow.key).where(PatternRow.pattern_id == pattern.id).order_by(PatternRow.position)
    makes = {key: about.get("make", 1) for key, about in pattern.pieces.items()}
    return Rows(list(session.scalars(wanted)), makes)


def _counts(number: str, most: int) -> bool:
    """Whether this is a copy's number: plain digits from 1 up."""
    return number.isascii() and number.isdigit() and len(number) < 7 and number[0] != "0" and int(number) <= most
