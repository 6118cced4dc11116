"""Variants: a row read once, with other numbers in it.

Fifty readings of nearly the same words are most of what it costs to mend a row. So its words are read twice: as they
stand, and with each number marked by one that nobody means. Where a mark comes out in the tree, that number stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from crochet.grammar.notation import read
from crochet.grammar.pattern import Row
from crochet.grammar.tokens import Reader, tokens
from crochet.grammar.vocabulary import Definitions

_MARK, _APART = 400_000, 1_000  # a tree may hold one more than what is written: `2 more times` are 3
_MOST = 400
Path = tuple[str | int, ...]


class Variants:
    """A row's tree, and where in it each number of the text stands."""

    def __init__(self, text: str, body: int, terms: str, names: Definitions) -> None:
        found = tokens(text, body)
        numbers = [token for token in found if token.kind == "n"]
        marks = {token.start: _MARK + _APART * k for k, token in enumerate(numbers)}
        marked = [
            token._replace(value=marks[token.start], text=str(marks[token.start])) if token.kind == "n" else token
            for token in found
        ]
        self.row = read(Reader(text, found, terms, names))
        self._starts = [token.start for token in numbers]
        self._values = [token.value for token in numbers]
        self._paths: dict[int, list[tuple[Path, int]]] = {}
        self._lost: set[int] = set()
        if len(numbers) > _MOST or not self._compared(read(Reader(text, marked, terms, names)), self.row, ()):
            self._paths.clear()

    def _compared(self, marked: Any, plain: Any, path: Path) -> bool:
        """Both are the same tree but for marks; where they stand is noted."""
        if isinstance(marked, int) and not isinstance(marked, bool) and marked >= _MARK:
            k, more = divmod(marked - _MARK, _APART)
            if k < len(self._starts) and more < 2 and plain == self._values[k] + more:
                self._paths.setdefault(self._starts[k], []).append((path, more))
            else:  # something else was worked out of it: `3 inc` makes 6
                self._lost |= {s for i, s in enumerate(self._starts) if marked % (_MARK + _APART * i) == 0}
            return True
        if type(marked) is not type(plain):
            return False
        if is_dataclass(marked):
            return all(
                self._compared(getattr(marked, one.name), getattr(plain, one.name), (*path, one.name))
                for one in fields(marked)
            )
        if isinstance(marked, tuple):
            return len(marked) == len(plain) and all(
                self._compared(a, b, (*path, i)) for i, (a, b) in enumerate(zip(marked, plain, strict=True))
            )
        return bool(marked == plain)

    def with_numbers(self, new: Mapping[int, int]) -> Row | None:
        """The tree with other numbers where they stand in the text; None: its words have to be read anew."""
        row: Any = self.row
        for start, value in new.items():
            if start in self._lost or start not in self._paths:
                return None
            for path, more in self._paths[start]:
                row = _put(row, path, value + more)
        assert isinstance(row, Row)
        return row


def _put(node: Any, path: Path, value: int) -> Any:
    if not path:
        return value
    at, rest = path[0], path[1:]
    if isinstance(at, int):
        return (*node[:at], _put(node[at], rest, value), *node[at + 1 :])
    return replace(node, **{at: _put(getattr(node, at), rest, value)})
