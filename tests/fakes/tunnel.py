"""A railway tunnel: a proxy that loses the network and finds it again, also for what a browser's switch forgets."""

from __future__ import annotations

import contextlib
import select
import socket
import threading


class Tunnel:
    """`with Tunnel(address) as way:` listens at `way.url`; `way.enter()` ends every connection and takes no new one."""

    def __init__(self, beyond: tuple[str, int]) -> None:
        self._beyond = beyond
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._inside = threading.Event()
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Tunnel:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self.enter()
        self._listener.close()

    def enter(self) -> None:
        """No network from here on."""
        self._inside.set()

    def leave(self) -> None:
        """The network is back."""
        self._inside.clear()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                if self._inside.is_set():
                    near.close()
                else:
                    threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        with near, socket.create_connection(self._beyond) as far, contextlib.suppress(OSError):
            while not self._inside.is_set():
                ready, _, _ = select.select([near, far], [], [], 0.05)
                for source in ready:
                    data = source.recv(65536)
                    if not data:
                        return
                    (far if source is near else near).sendall(data)
