"""Waking: what a worker knows of its models from one job to the next: which are away, and which it has loaded.

A load may take minutes, and a client that leaves meanwhile aborts it. So it is asked for in a thread of its own, which
outlasts the job that wanted it, and by one worker at a time: the others look whether it is done.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from time import monotonic

from jobs.endpoint import Endpoint
from jobs.wire import Away, ModelRefused, Wire

LOAD_SECONDS = 600.0
LOOK_SECONDS = 5.0

Alone = Callable[[str], AbstractContextManager[bool]]  # True within: nobody else is within under this name


@contextmanager
def unshared(_name: str) -> Iterator[bool]:
    """Nobody else is there to ask."""
    yield True


class Waking:
    """One worker's memory of its models."""

    def __init__(self, connect_seconds: float, alone: Alone = unshared) -> None:
        self._connect_seconds, self._alone = connect_seconds, alone
        self._away: dict[Endpoint, float] = {}
        self._loads: dict[Endpoint, threading.Thread] = {}

    def answered(self, endpoint: Endpoint) -> None:
        """It is there."""
        self._away.pop(endpoint, None)

    def missed(self, endpoint: Endpoint) -> None:
        """It did not answer."""
        self._away.setdefault(endpoint, monotonic())

    def away(self, endpoint: Endpoint) -> float | None:
        """For how many seconds it has been away, as far as is known; None: it answered when it was last asked."""
        since = self._away.get(endpoint)
        return None if since is None else monotonic() - since

    def load(self, endpoint: Endpoint) -> None:
        """Has it loaded, unless that is being done; does not wait for it."""
        body = endpoint.dialect.loading(endpoint.name)
        running = self._loads.get(endpoint)
        if body is None or (running is not None and running.is_alive()):
            return
        self._loads[endpoint] = threading.Thread(target=self._load, args=(endpoint, body), name="loading", daemon=True)
        self._loads[endpoint].start()

    def _load(self, endpoint: Endpoint, body: dict[str, object]) -> None:
        wire = Wire(self._connect_seconds)

        def get(path: str) -> bytes:
            return wire.get(endpoint.url + path, endpoint.key, LOOK_SECONDS)

        with self._alone(f"load {endpoint.url}") as alone, suppress(Away, ModelRefused):
            # Another may have done it between our look and our turn.
            if alone and not endpoint.dialect.loaded(endpoint.name, get):
                wire.post(endpoint.url + endpoint.dialect.path, endpoint.key, body, LOAD_SECONDS).close()
