"""Pace: a model that writes a row when the test says so."""

from __future__ import annotations

import threading

from tests.fakes.model_server import _Request


class Paced:
    """Writes the head and this many rows of a sheet, then a row more each time it is let.

    Asked again in the middle, as after a restart, it goes on where the prompt's sheet ends.
    """

    def __init__(self, text: str, rows: int = 0) -> None:
        self._lines = text.splitlines(keepends=True)
        self._free = self._lines.index(next(line for line in self._lines if line.startswith("Piece:"))) + 1 + rows
        self._changed = threading.Condition()

    def let(self, rows: int = 1) -> None:
        """Lets it write so many rows more."""
        with self._changed:
            self._free += rows
            self._changed.notify_all()

    def let_all(self) -> None:
        """Lets it write to the end."""
        self.let(len(self._lines))

    def __call__(self, request: _Request, prompt: str) -> None:
        so_far = prompt.partition("\n\n")[2]
        request.begin()
        for number in range(so_far.count("\n"), len(self._lines)):
            while not self._may(number):
                if request.left_within(0.05) or request.owner.closing.is_set():
                    return
            request.chunk(request.piece(self._lines[number]))
        request.last_word("stop", 40, len(self._lines))

    def _may(self, number: int) -> bool:
        with self._changed:
            return number < self._free or self._changed.wait_for(lambda: number < self._free, 0.5)
