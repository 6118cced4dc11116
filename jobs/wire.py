"""Wire: HTTP to a model's server, one request at a time, that another thread can end.

No proxies, no redirects, no retries of urllib3's, nothing inflated. A watchdog shuts the socket down when the server
goes silent or the job is no longer ours: closing it from another thread would hang.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

MOST_LINE = 64 * 1024  # bytes of one line of a server's stream
MOST_BODY = 1024 * 1024  # bytes of a whole stream
CHUNK = 4096  # read as it comes, so much at most
LATER = 1.0  # seconds after which the watchdog ends what the socket's own time-outs have not

BROKEN = (requests.RequestException, HTTPError, OSError, ValueError, AttributeError)  # a socket cut while it is read


class Away(Exception):
    """No answer this time; or one of this status, which says the same."""

    def __init__(self, why: str, status: int = 0) -> None:
        super().__init__(why)
        self.status = status


class ModelRefused(Exception):
    """The model's server says that our request is wrong; trying again would not help."""


class Halted(Exception):
    """The job is no longer ours: canceled, taken by a later attempt, late, or the worker is told to stop."""


class StreamBroken(Exception):
    """A stream ended before the model had finished; the message says how. What came before it is good."""


class Wire:
    """One worker's connections to its models' servers."""

    def __init__(self, connect_seconds: float) -> None:
        self._connect_seconds = connect_seconds
        self._watch = _Watch()
        self._sockets: list[socket.socket] = []  # kept from the moment they are connected
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["Accept-Encoding"] = "identity"
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, _Adapter(self))

    def get(self, url: str, key: str, seconds: float) -> bytes:
        """A whole answer, within so many seconds or not much more. Raises Away."""
        answer = self._asked("GET", url, key, None, min(seconds, self._connect_seconds), seconds)
        try:
            if answer.status_code != 200:
                raise Away(f"status {answer.status_code}", answer.status_code)
            return b"".join(_chunks(answer))
        except BROKEN as error:
            raise Away(_words(error)) from error
        finally:
            self._watch.rest()
            answer.close()

    def post(self, url: str, key: str, body: dict[str, Any], seconds: float) -> requests.Response:
        """The answer to one request, its body unread. Raises Away, ModelRefused.

        A missing model, a full server and a wrong key are like an absent one: all may come right by themselves.
        """
        answer = self._asked("POST", url, key, body, self._connect_seconds, seconds)
        self._watch.rest()
        if answer.status_code == 200:
            return answer
        self.cut()
        answer.close()
        if answer.status_code in (400, 413, 422):
            raise ModelRefused(f"status {answer.status_code}")
        raise Away(f"status {answer.status_code}", answer.status_code)

    def lines(self, answer: requests.Response, silence: float) -> Iterator[bytes]:
        """The lines of a stream, bounded, each as soon as it is whole. Raises StreamBroken when it is not one."""
        kept, size = b"", 0
        try:
            self._watch.allow(silence)
            for chunk in _chunks(answer):
                size += len(chunk)
                *whole, kept = (kept + chunk).split(b"\n")
                if size > MOST_BODY or max(map(len, (kept, *whole))) > MOST_LINE:
                    raise ValueError("the stream is too long")
                self._watch.rest()  # what the reader does with the lines is not the server's silence
                yield from (line for line in whole if line.strip())
                self._watch.allow(silence)
            if kept.strip():
                yield kept
        except BROKEN as error:
            late = f"nothing came for {silence:g} seconds"
            raise StreamBroken(late if self._watch.bitten else _words(error)) from error
        finally:
            self._watch.rest()

    def cut(self) -> None:
        """Ends every connection: whoever reads from it wakes up at once, and the server sees a broken pipe."""
        for each in self._sockets:
            with suppress(OSError):  # it has ended by itself
                each.shutdown(socket.SHUT_RDWR)

    def keep(self, connected: socket.socket | None) -> None:
        """Remembers a connection, to be cut."""
        if connected is not None:
            self._sockets = [*(each for each in self._sockets if each.fileno() != -1), connected]

    @contextmanager
    def watched(self, halt: threading.Event) -> Iterator[None]:
        """A watchdog meanwhile: it cuts once halted, or when the server is too long in answering. Raises Halted."""
        if halt.is_set():
            raise Halted
        over = threading.Event()
        threading.Thread(target=self._guard, args=(halt, over), name="watchdog", daemon=True).start()
        try:
            yield
        finally:
            over.set()

    def _guard(self, halt: threading.Event, over: threading.Event) -> None:
        while not over.is_set():
            if halt.wait(0.05):
                # Again and again: a connection may just be coming to life.
                while not over.wait(0.05):
                    self.cut()
                return
            if self._watch.late():
                self.cut()

    def _asked(
        self, method: str, url: str, key: str, body: dict[str, Any] | None, connect: float, seconds: float
    ) -> requests.Response:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._watch.allow(connect + seconds + LATER)  # a head may come byte by byte, each in time
        try:
            return self._session.request(
                method, url, json=body, headers=headers, timeout=(connect, seconds), stream=True, allow_redirects=False
            )
        except BROKEN as error:
            self._watch.rest()
            raise Away(_words(error)) from error


class _Watch:
    """A deadline that is set anew for everything that is waited for."""

    def __init__(self) -> None:
        self._until: float | None = None
        self.bitten = False  # the last thing waited for did not come in time

    def allow(self, seconds: float) -> None:
        """So long from now."""
        self._until, self.bitten = monotonic() + seconds, False

    def rest(self) -> None:
        """Nothing is waited for."""
        self._until = None

    def late(self) -> bool:
        """Whether what is waited for is overdue; says so once."""
        until = self._until
        if until is None or monotonic() < until:
            return False
        self._until, self.bitten = None, True
        return True


class _Adapter(HTTPAdapter):
    """Connections that show their socket to the wire."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        super().__init__(max_retries=0)

    def init_poolmanager(self, connections: int, *_: Any, **__: Any) -> None:
        """A pool of such connections."""
        wire = self._wire

        class Plain(HTTPConnection):
            def connect(self) -> None:
                super().connect()
                wire.keep(self.sock)

        class Tls(HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                wire.keep(self.sock)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class TlsPool(HTTPSConnectionPool):
            ConnectionCls = Tls

        self.poolmanager = PoolManager(num_pools=connections, maxsize=2)
        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": TlsPool}


def _chunks(answer: requests.Response) -> Iterator[bytes]:
    """A body as it comes. `iter_content` would wait for a whole chunk where the server sends no chunks."""
    size = 0
    while chunk := answer.raw.read1(CHUNK, decode_content=False):
        size += len(chunk)
        if size > MOST_BODY + CHUNK:
            raise ValueError("the answer is too long")
        yield chunk


def _words(error: BaseException) -> str:
    """A failure in few words."""
    return {"ConnectTimeout": "no connection", "ReadTimeout": "no answer"}.get(type(error).__name__, str(error)[:200])
