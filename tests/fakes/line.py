"""A line to a server, a proxy of ours that breaks on request: it is cut, or swallows what is sent and says nothing.

A train in a tunnel, also for what a browser's own switch forgets; a network that is half gone; a service that moves.
"""

from __future__ import annotations

import contextlib
import select
import socket
import threading
from pathlib import Path

Address = tuple[str, int] | Path  # a port, or a unix socket


class Line:
    """`with Line(address) as line:` listens at `line.port`. Connections are made anew after `mend`, never revived."""

    def __init__(self, beyond: Address) -> None:
        self._beyond = beyond
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.silent = threading.Event()  # what is sent goes nowhere, and every connection stays open
        self.dead = threading.Event()  # connections end, new ones too
        self.swallowed = 0  # connections on which something was lost

    def __enter__(self) -> Line:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self.dead.set()
        self._listener.close()

    @property
    def url(self) -> str:
        """Where it listens, for who speaks HTTP."""
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Ends every connection and takes no new one."""
        self.dead.set()

    def swallow(self) -> None:
        """Half open from here on: nothing arrives and nothing comes back, and nobody is told."""
        self.silent.set()

    def mend(self) -> None:
        """New connections work again."""
        self.dead.clear()
        self.silent.clear()

    def point_to(self, beyond: Address) -> None:
        """New connections go there; those that are open stay where they are."""
        self._beyond = beyond

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        lost = False
        with near, contextlib.suppress(OSError), _connected(self._beyond) as far:
            while not self.dead.is_set():
                ready, _, _ = select.select([near, far], [], [], 0.05)
                for source in ready:
                    data = source.recv(65536)
                    if not data:
                        return
                    if self.silent.is_set() and not lost:
                        lost = True
                        self.swallowed += 1
                    if not lost:
                        (far if source is near else near).sendall(data)


def _connected(address: Address) -> socket.socket:
    if isinstance(address, tuple):
        return socket.create_connection(address)
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(str(address))
    return connection
