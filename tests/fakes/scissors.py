"""A network that cuts: a proxy that lets so many bytes of each answer through and then drops the connection."""

from __future__ import annotations

import contextlib
import select
import socket
import struct
import threading
from collections.abc import Iterator, Sequence

_RESET = struct.pack("ii", 1, 0)  # SO_LINGER: hang up by RST, not by FIN


class Scissors:
    """`with Scissors(address, [100, 2000]) as cut:` cuts its first two connections; `cut.url` is where it listens."""

    def __init__(self, beyond: tuple[str, int], after: Sequence[int]) -> None:
        self._beyond = beyond
        self._after: Iterator[int] = iter(after)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.made = 0

    def __enter__(self) -> Scissors:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                threading.Thread(target=self._carry, args=(near, next(self._after, None)), daemon=True).start()

    def _carry(self, near: socket.socket, left: int | None) -> None:
        """Every other cut is a reset, as by a lost network; the rest are clean ends, as by a proxy that restarts."""
        with near, socket.create_connection(self._beyond) as far, contextlib.suppress(OSError):
            while True:
                # One thread for both ways: a socket that another still reads is not closed by close().
                ready, _, _ = select.select([near, far], [], [])
                source = ready[0]
                data = source.recv(left if left and source is far else 65536)
                if not data:
                    return
                (far if source is near else near).sendall(data)
                if left and source is far and (left := left - len(data)) == 0:
                    self.made += 1
                    if self.made % 2:
                        near.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                    return
