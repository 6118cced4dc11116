"""Waker: tells the sweep that something waits, off the requests' way: none waits for Redis, and a crowd rings once."""

from __future__ import annotations

import threading
from time import sleep

from jobs.queue import Doorbell

PAUSE = 0.02  # seconds; whoever comes within them is told of together


class Waker:
    """The thread that rings. It starts with the first call, after the fork."""

    def __init__(self, bell: Doorbell) -> None:
        self._bell = bell
        self._asked = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """The sweep is told within a moment; if Redis is away it looks by itself within a second."""
        self._asked.set()
        if self._thread is None:
            with self._lock:
                if self._thread is None:
                    self._thread = threading.Thread(target=self._run, name="waker", daemon=True)
                    self._thread.start()

    def _run(self) -> None:
        while self._asked.wait():
            self._asked.clear()  # before the ring: who asks during it is told of by the next
            self._bell.wake()
            sleep(PAUSE)
