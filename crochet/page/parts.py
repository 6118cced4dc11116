"""Parts: the pieces of a text as they are planned, the rows of each, and the numbers of the rows.

`Next rnd` gets the next number, `Rows 3, 5 and 7` their own, each in its turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from crochet.findings import Finding
from crochet.page import sheet
from crochet.page.labels import FURTHEST
from crochet.page.prose import Counting
from crochet.page.sent import Sent


@dataclass(slots=True)
class Row:
    """A row of the text, or Joining and Finishing. `number`: None until the whole piece is known."""

    said: sheet.RowLine | sheet.TextLine
    words: Sent
    number: int = 0
    lost: bool = False  # what stands before it has changed the fabric, and was not worked out
    excused: bool = False  # its number need not follow the one before
    apart: bool = False  # it is of other sizes


@dataclass(slots=True)
class Part:
    """A piece as the text has it. `fresh`: it begins anew; else it goes on from the one before."""

    name: str | None
    make: int = 1
    edge: bool = False
    labelled: bool = False  # its rows say themselves that they are a border's
    fresh: bool = True
    opening: tuple[Sent, ...] = ()
    counting: Counting = field(default_factory=Counting)
    rows: list[Row] = field(default_factory=list)
    fastened: bool = False
    may_go_on: bool = False  # it says nothing of what it stands on: perhaps on the piece before


@dataclass(frozen=True, slots=True)
class Plan:
    parts: tuple[Part, ...]
    heads: tuple[str, ...]
    layout: tuple[int, int] | None
    findings: tuple[Finding, ...]


def numbered(rows: Sequence[Row], most: int, after: int) -> list[Row]:
    """The rows with their numbers, in the order in which they are worked; `after`: the number they go on from."""
    said = [one.said.numbers if isinstance(one.said, sheet.RowLine) else () for one in rows]
    first = next((i for i, numbers in enumerate(said) if numbers), None)
    before = sum(_many(one) for one in rows[:first]) if first is not None else 0
    at = max(said[first][0] - before - 1, -1) if first is not None else after
    told = {n for numbers in said for n in numbers}
    found: list[Row] = []
    mixed = False
    for one, numbers in zip(rows, said, strict=True):
        if isinstance(one.said, sheet.RowLine) and one.said.others:
            last = min(max(told), numbers[0] + FURTHEST)
            numbers = tuple(n for n in range(numbers[0], last + 1, 2) if n == numbers[0] or n not in told)
        mixed = mixed or any(b != a + 1 for a, b in pairwise(numbers))
        for n in (numbers or range(at + 1, at + 1 + _many(one)))[: most - len(found)]:
            found.append(replace(one, number=n))
            at = max(at, n) if mixed else n
    return sorted(found, key=lambda row: row.number) if mixed else found


def _many(one: Row) -> int:
    return one.said.many if isinstance(one.said, sheet.RowLine) else 1
