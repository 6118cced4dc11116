"""A receiver of webhooks that misbehaves on request: real HTTP, over TLS if it is given a context.

A script says what each request gets: a list of steps, taken in turn; the last one stays. Steps:

    status(500)             that status with a few words, and whatever headers
    flood(n)                200, and n bytes of body
    packed(data)            200, and these bytes said to be gzip
    drip(seconds)           200, and a byte of body every so often, without an end
    drip_head(seconds)      the same before the headers end
    silent()                takes the request and never answers
    hang_up()               takes the request and closes
    raw(b"...")             these very bytes
"""

from __future__ import annotations

import contextlib
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Step = Callable[["_Request"], None]


@dataclass(frozen=True, slots=True)
class Got:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes


class Receiver:
    """A receiver for one test: `with Receiver(status(200)) as receiver: ... receiver.url`."""

    def __init__(self, *script: Step, tls: ssl.SSLContext | None = None) -> None:
        self.script = list(script) or [status(200)]
        self.got: list[Got] = []
        self.sent = 0  # bytes of bodies that went out
        self.connections = 0
        self.closing = threading.Event()
        self._lock = threading.Lock()
        self._http = _Server(self, tls)
        self.port = self._http.server_port
        self.url = f"http{'s' if tls else ''}://127.0.0.1:{self.port}"

    def __enter__(self) -> Receiver:
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()

    def next_step(self, got: Got) -> Step:
        """What this request gets."""
        with self._lock:
            self.got.append(got)
            return self.script.pop(0) if len(self.script) > 1 else self.script[0]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, owner: Receiver, tls: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), type("Handler", (_Request,), {"owner": owner}))
        self.owner, self.tls = owner, tls

    def get_request(self) -> tuple[Any, Any]:
        connection, address = super().get_request()
        self.owner.connections += 1
        if self.tls:
            connection = self.tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        return connection, address

    def handle_error(self, *_: Any) -> None:
        """A client that hangs up is what these tests are about."""


class _Request(BaseHTTPRequestHandler):
    owner: Receiver
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.owner.next_step(Got(self.path, headers, body))(self)

    def do_GET(self) -> None:
        self.do_POST()

    def head(self, code: int, **headers: str) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def send(self, data: bytes) -> None:
        self.wfile.write(data)
        self.owner.sent += len(data)

    def log_message(self, *_: Any) -> None:
        """Quiet."""


def status(code: int, words: bytes = b"words", **headers: str) -> Step:
    """A whole answer."""

    def step(request: _Request) -> None:
        request.head(code, Content_Length=str(len(words)), **headers)
        request.send(words)

    return step


def flood(size: int) -> Step:
    """A body without measure."""

    def step(request: _Request) -> None:
        request.close_connection = True
        request.head(200, Content_Length=str(size))
        with contextlib.suppress(OSError):
            for _ in range(size // 65536):
                request.send(b"x" * 65536)

    return step


def packed(data: bytes) -> Step:
    """A body that calls itself gzip."""
    return status(200, data, Content_Encoding="gzip")


def drip(seconds: float) -> Step:
    """A body a byte at a time."""

    def step(request: _Request) -> None:
        request.head(200, Content_Length="1000000")
        with contextlib.suppress(OSError):
            while not request.owner.closing.wait(seconds):
                request.send(b"x")

    return step


def drip_head(seconds: float) -> Step:
    """A head a byte at a time."""

    def step(request: _Request) -> None:
        with contextlib.suppress(OSError):
            request.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
            while not request.owner.closing.wait(seconds):
                request.wfile.write(b"x")

    return step


def silent() -> Step:
    """No answer at all."""
    return lambda request: request.owner.closing.wait(60) and None


def hang_up() -> Step:
    """Closes without a word, having read all."""

    def step(request: _Request) -> None:
        request.close_connection = True

    return step


def raw(data: bytes) -> Step:
    """These bytes, then the end."""

    def step(request: _Request) -> None:
        request.close_connection = True
        request.wfile.write(data)

    return step
