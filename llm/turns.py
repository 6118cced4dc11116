"""turns: who writes when: a few texts at once in one process, a piece at a time each, in the order of asking."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from llm.pen import Written

AT_ONCE = 2  # texts that take turns; more would only make each of them slower
WAITING = 4  # who waits for one of them to end; with more, nobody could ask how we are
AHEAD = 8  # pieces written in one go while another text waits: to change threads at each would cost a quarter more


class NoSlot(Exception):
    """No text has ended in time, or too many wait for that."""


class Turns:
    """Slots for texts, and one engine for all of them."""

    def __init__(self, wait: float, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self._wait = wait
        self._slots = Line(at_once)
        self._engine = Line(1)
        self._waiting = waiting

    def text(self, pieces: Iterator[str | Written]) -> Turn:
        """A text's pieces, written in turns with others, once there is a slot. Raises NoSlot, and what is wrong with
        the prompt."""
        if not self._slots.enter(self._wait, self._waiting):
            raise NoSlot
        return Turn(pieces, self._slots, self._engine)


class Line:
    """So many may be in at once; who waits is let in in the order of coming, while a lock would let in anybody."""

    def __init__(self, most: int) -> None:
        self._free = most
        self._queue: deque[threading.Event] = deque()
        self._guard = threading.Lock()

    def enter(self, seconds: float | None = None, waiting: int | None = None) -> bool:
        """Waits to be let in, so long at most; False: in vain, or because too many wait already."""
        with self._guard:
            if self._free and not self._queue:
                self._free -= 1
                return True
            if waiting is not None and len(self._queue) >= waiting:
                return False
            mine = threading.Event()
            self._queue.append(mine)
        if mine.wait(seconds):
            return True
        with self._guard:
            if mine.is_set():  # in the last moment
                return True
            self._queue.remove(mine)
            return False

    def is_awaited(self) -> bool:
        """Whether somebody waits to be let in."""
        return bool(self._queue)

    def leave(self) -> None:
        """Makes room for the next."""
        with self._guard:
            if self._queue:
                self._queue.popleft().set()
            else:
                self._free += 1


class Turn:
    """The pieces of one text. Its slot is free when they end, fail or are closed; the engine after a piece or a few.

    No generator: closing one that was never begun would not run its `finally`, and the slot would be lost.
    """

    def __init__(self, pieces: Iterator[str | Written], slots: Line, engine: Line) -> None:
        self._pieces, self._slots, self._engine = pieces, slots, engine
        self._open = True
        self._fault: BaseException | None = None
        self._ahead: deque[str | Written] = deque()
        self._write()  # so that a bad prompt fails before an answer is begun

    def __iter__(self) -> Turn:
        return self

    def __next__(self) -> str | Written:
        if not self._ahead:
            self._write()
        return self._ahead.popleft()

    def _write(self) -> None:
        """Has the next piece written; some, while somebody waits for the engine."""
        if self._fault:
            raise self._fault
        self._engine.enter()
        try:
            self._ahead.append(next(self._pieces))
            while self._engine.is_awaited() and len(self._ahead) < AHEAD and isinstance(self._ahead[-1], str):
                self._ahead.append(next(self._pieces))
        except BaseException as fault:
            self._end()
            if not self._ahead:
                raise
            self._fault = fault  # told behind the pieces that came before it
        finally:
            self._engine.leave()

    def close(self) -> None:
        """Nobody wants the rest: the writing ends where it is."""
        self._engine.enter()
        try:
            self._end()
        finally:
            self._engine.leave()

    def _end(self) -> None:
        if self._open:
            self._open = False
            self._pieces.close()  # type: ignore[attr-defined]
            self._slots.leave()
