"""The waker rings for everybody who has asked, and for a crowd together."""

from __future__ import annotations

import threading

from api.waker import Waker
from tests.conftest import wait_until


class Bell:
    """Counts its rings; each takes as long as it is held."""

    def __init__(self) -> None:
        self.rings = 0
        self.free = threading.Event()
        self.free.set()

    def wake(self) -> bool:
        self.rings += 1
        return self.free.wait(30)


def test_who_asks_is_told_of() -> None:
    bell = Bell()
    Waker(bell).wake()  # type: ignore[arg-type]

    wait_until(lambda: bell.rings == 1, 10)


def test_who_asks_during_a_ring_is_told_of_by_the_next_and_a_crowd_together() -> None:
    bell = Bell()
    waker = Waker(bell)  # type: ignore[arg-type]
    bell.free.clear()
    waker.wake()
    wait_until(lambda: bell.rings == 1, 10)

    for _ in range(50):
        waker.wake()
    bell.free.set()

    wait_until(lambda: bell.rings == 2, 10)
    assert not waker._asked.wait(0.1)
    assert bell.rings == 2


def test_a_redis_that_says_nothing_keeps_nobody_waiting() -> None:
    bell = Bell()
    bell.free.clear()
    waker = Waker(bell)  # type: ignore[arg-type]

    waker.wake()
    waker.wake()  # comes back though the ring has not

    bell.free.set()
