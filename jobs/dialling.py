"""Dialling: a connection to a receiver, to an address that was judged, and to no other.

The name is resolved once a try. If any of its addresses is not public, none is dialled: a name that stands for both is
a trap. The very address that was judged is dialled, and the other end is asked who it is before a byte is sent. So a
name that changes its mind between the look and the call (DNS rebinding) changes nothing.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from types import TracebackType
from typing import Self

from requests.utils import DEFAULT_CA_BUNDLE_PATH

from jobs.receivers import Receiver, bare, is_public

Resolve = Callable[[str, int], list[str]]
Connect = Callable[[tuple[str, int], float], socket.socket]

MOST_ADDRESSES = 4  # of one name that are tried in turn


class NoConnection(Exception):
    """No connection was made; the message says why, for our own log alone."""


class Line:
    """One connection's life: whoever holds it is cut off when its seconds are over, in whatever it does."""

    def __init__(self, seconds: float) -> None:
        self.over = False
        self._ends = monotonic() + seconds
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._timer.cancel()
        with self._lock, suppress(OSError):
            if self._socket is not None:
                self._socket.close()

    def hold(self, connected: socket.socket) -> None:
        """This socket ends with the line. Raises TimeoutError when the line has ended already."""
        with self._lock:
            self._socket = connected
            if self.over:
                connected.close()
                raise TimeoutError
        connected.settimeout(self.left())

    def left(self) -> float:
        """Seconds to its end."""
        return max(0.001, self._ends - monotonic())

    def _cut(self) -> None:
        with self._lock:
            self.over = True
            if self._socket is not None:
                with suppress(OSError):
                    # Not SSLSocket's own: it would let whoever reads go on without the encryption.
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


def resolved(host: str, port: int) -> list[str]:
    """The addresses a name stands for now. Raises OSError."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def trusted() -> ssl.SSLContext:
    """Whom we believe: the machine's own authorities, and the well-known ones for a machine that has none."""
    context = ssl.create_default_context()
    context.load_verify_locations(DEFAULT_CA_BUNDLE_PATH)
    return context


class Dialler:
    """Makes connections to receivers. Resolver and network are its only means; tests bring others."""

    def __init__(
        self,
        connect_seconds: float,
        context: ssl.SSLContext | None = None,
        resolve: Resolve = resolved,
        connect: Connect = socket.create_connection,
    ) -> None:
        self._seconds = connect_seconds
        self._context = context or trusted()
        self._resolve, self._connect = resolve, connect

    def dial(self, receiver: Receiver, line: Line) -> socket.socket:
        """A connection on which HTTP can be spoken, held by the line. Raises NoConnection."""
        try:
            addresses = self._judged(receiver)
            connected = self._first(addresses, receiver.port)
            line.hold(connected)
            if receiver.scheme == "http":
                return connected
            safe = self._context.wrap_socket(connected, server_hostname=receiver.host, do_handshake_on_connect=False)
            line.hold(safe)
            safe.do_handshake()
            return safe
        except (OSError, ValueError) as error:  # UnicodeError, a name no resolver can take, is a ValueError
            raise NoConnection(type(error).__name__) from error

    def _judged(self, receiver: Receiver) -> list[str]:
        found = self._looked_up(receiver.host, receiver.port)
        if not found:
            raise NoConnection("no address")
        if not receiver.named and not all(is_public(address) for address in found):
            raise NoConnection("not public")
        return found[:MOST_ADDRESSES]

    def _looked_up(self, host: str, port: int) -> list[str]:
        """A resolver has no time limit of its own: who waits on it is a thread that we can leave behind."""
        found: list[str] = []

        def look() -> None:
            with suppress(OSError, UnicodeError):
                found.extend(self._resolve(host, port))

        thread = threading.Thread(target=look, name="resolve", daemon=True)
        thread.start()
        thread.join(self._seconds)
        return [] if thread.is_alive() else found

    def _first(self, addresses: list[str], port: int) -> socket.socket:
        """The first of these addresses that answers, all of them within the time for one connection."""
        ends = monotonic() + self._seconds
        why: OSError = TimeoutError()
        for address in addresses:
            if (left := ends - monotonic()) <= 0:
                break
            try:
                connected = self._connect((address, port), left)
            except OSError as error:
                why = error
                continue
            if bare(connected.getpeername()[0]) != bare(address):
                connected.close()
                raise NoConnection("another peer")
            return connected
        raise why
