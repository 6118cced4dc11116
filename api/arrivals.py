"""Arrivals: a connection gets one of the server's threads when its whole request is here, and not before.

gunicorn alone gives a thread to whoever has sent one byte, and waits there for the rest without an end: as many slow
clients as there are threads silence it. It also waits in its main loop, up to two seconds, for a client to hang up.
Here the main loop gathers what comes and lets go of what is late, so a thread never waits for a client to speak.
"""

from __future__ import annotations

import errno
import re
import socket
import struct
from itertools import islice
from selectors import EVENT_READ
from time import monotonic
from typing import Any

from gunicorn import http, util
from gunicorn.workers.gthread import TConn, ThreadWorker

SECONDS = 10.0  # for a whole request, from its first byte
SILENCE = 10  # a thread waits this long for a client that does not take its answer
LINGER = 2.0  # for a client to hang up after the last answer
SPARE = 50  # connections kept free: the oldest that has not said all makes room for a new one
MOST_GATHERED = 64 * 1024 * 1024  # bytes of all that is not whole yet
MOST_HEAD = 64 * 1024
MOST_BODY = 64 * 1024
MOST_TEXT = 256 * 1024  # where a whole pattern is sent
MOST_CHUNK_LINE = 4096

_TEXTS = (b"POST /api/v1/check", b"POST /api/v1/chart")
_BARE = re.compile(rb"(?<!\r)\n")
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,12})[ \t]*(?=\r\n)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
_EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.IGNORECASE)


class Unfit(Exception):
    """What has come is no request that could be taken; the status to refuse it with, and its name."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(status, reason)
        self.status, self.reason = status, reason


class Arrival:
    """What has come of one request. It only measures: whether it is a good one is gunicorn's and the app's to say."""

    def __init__(self) -> None:
        self.buffer = bytearray()
        self.ends = monotonic() + SECONDS
        self.expects = False  # the client waits for a word before it sends the body
        self._body = -1  # where the body begins
        self._length: int | None = None  # None: in chunks
        self._chunk = 0  # where the next chunk's line begins
        self._most = MOST_BODY

    def add(self, data: bytes) -> bool:
        """Takes more of it; gives whether all is here, or as much as will be looked at. Raises Unfit."""
        seen = max(0, len(self.buffer) - 3)
        self.buffer += data
        if self._body < 0 and not self._head(seen):
            return False
        if len(self.buffer) - self._body > self._most:
            return True  # too large: refused without another look
        if self._length is None:
            return self._chunks()
        return len(self.buffer) - self._body >= self._length

    def _head(self, seen: int) -> bool:
        end = self.buffer.find(b"\r\n\r\n", seen)
        if _BARE.search(self.buffer, 0, end if end >= 0 else len(self.buffer)):
            raise Unfit(400, "Bad Request")
        if end < 0:
            if len(self.buffer) > MOST_HEAD:
                raise Unfit(431, "Request Header Fields Too Large")
            return False
        head = bytes(self.buffer[: end + 2])
        self._body = self._chunk = end + 4
        self._most = MOST_TEXT if head.startswith(_TEXTS) else MOST_BODY
        lengths = _LENGTH.findall(head)
        chunked = bool(_CHUNKED.search(head))
        if chunked and not lengths:
            self._length = None
        elif len(lengths) == 1 and not chunked and int(lengths[0]) <= self._most:
            self._length = int(lengths[0])
        else:
            self._length = 0  # none, or one that is refused at once
        self.expects = self._length != 0 and bool(_EXPECTS.search(head))
        return True

    def _chunks(self) -> bool:
        while (end := self.buffer.find(b"\r\n", self._chunk)) >= 0:
            try:
                size = int(self.buffer[self._chunk : end].partition(b";")[0], 16)
            except ValueError:
                return True
            if size <= 0:
                return self.buffer.find(b"\r\n\r\n", end) >= 0
            if end + 2 + size + 2 > len(self.buffer):
                return False
            self._chunk = end + 2 + size + 2
        return len(self.buffer) - self._chunk > MOST_CHUNK_LINE


class Connection(TConn):  # type: ignore[misc]  # gunicorn is untyped
    """A connection of this worker. Hanging up politely is the worker's business."""

    worker: ArrivalWorker

    def close(self, graceful: bool = False) -> None:
        """At once, or when the client has hung up too."""
        if graceful:
            self.worker.linger(self.sock)
        else:
            super().close()


class ArrivalWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn is untyped
    """gunicorn's threads, behind a main loop that gathers requests. Everything here runs in that loop."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._arriving: dict[Connection, Arrival] = {}  # in the order they began
        self._lingering: dict[socket.socket, float] = {}
        self._gathered = 0

    def accept(self, listener: Any) -> None:
        """A new connection. Without a free descriptor the oldest that dawdles goes first."""
        try:
            sock, client = listener.accept()
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE):
                self._make_room(SPARE)
            elif error.errno not in (errno.EAGAIN, errno.ECONNABORTED):
                raise
            return
        self.nr_conns += 1
        for option in (socket.SO_SNDTIMEO, socket.SO_RCVTIMEO):
            sock.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", SILENCE, 0))
        conn = Connection(self.cfg, sock, client, listener.getsockname())
        conn.worker = self
        conn.parser = http.get_parser(self.cfg, sock, client)
        self.enqueue_req(conn)

    def enqueue_req(self, conn: Connection) -> None:
        """Waits for its next request; what came early with the one before it counts."""
        conn.sock.setblocking(False)
        self._arriving[conn] = Arrival()
        early = conn.parser.unreader.take_buffered()
        if (early and self._take(conn, early)) or self._hear(conn):
            return
        self.poller.register(conn.sock, EVENT_READ, lambda _: self._hear(conn, registered=True))

    def _hear(self, conn: Connection, registered: bool = False) -> bool:
        """Reads what is there; gives whether the waiting is over, one way or another."""
        try:
            data = conn.sock.recv(64 * 1024)
        except BlockingIOError:
            return False
        except OSError:
            data = b""
        if not data and not self._arriving[conn].buffer:
            self._forget(conn, registered)
            self.nr_conns -= 1
            conn.close()
            return True
        if not data:  # hung up in the middle: gunicorn says what that is worth
            self._hand_over(conn, registered)
            return True
        return self._take(conn, data, registered)

    def _take(self, conn: Connection, data: bytes, registered: bool = False) -> bool:
        arrival = self._arriving[conn]
        self._gathered += len(data)
        try:
            whole = arrival.add(data)
        except Unfit as unfit:
            self._refuse(conn, unfit, registered)
            return True
        if whole:
            self._hand_over(conn, registered)
        elif arrival.expects:
            arrival.expects = False
            try:
                conn.sock.send(b"HTTP/1.1 100 Continue\r\n\r\n")
            except OSError:
                return False  # reading will tell
        return whole

    def _hand_over(self, conn: Connection, registered: bool) -> None:
        arrival = self._forget(conn, registered)
        conn.parser.unreader.unread(bytes(arrival.buffer))
        conn.data_ready = True
        super().enqueue_req(conn)

    def _refuse(self, conn: Connection, unfit: Unfit, registered: bool) -> None:
        self._forget(conn, registered)
        self.nr_conns -= 1
        try:
            util.write_error(conn.sock, unfit.status, unfit.reason, "")
        except OSError:
            conn.close()
        else:
            conn.close(graceful=True)

    def _forget(self, conn: Connection, registered: bool) -> Arrival:
        if registered:
            self.poller.unregister(conn.sock)
        arrival = self._arriving.pop(conn)
        self._gathered -= len(arrival.buffer)
        return arrival

    def murder_pending(self) -> None:
        """Each second or more often: lets go of who is late, and of the oldest when it gets crowded."""
        now = monotonic()
        late = [conn for conn, arrival in self._arriving.items() if arrival.ends < now or not self.alive]
        for conn in late:
            if self._arriving[conn].buffer:
                self._refuse(conn, Unfit(408, "Request Timeout"), registered=True)
            else:
                self._drop(conn)
        crowd = self.nr_conns + SPARE - self.worker_connections
        self._make_room(max(crowd, SPARE if self._gathered > MOST_GATHERED else 0))
        for sock in [sock for sock, ends in self._lingering.items() if ends < now]:
            self._end(sock)

    def _make_room(self, many: int) -> None:
        for conn in list(islice(self._arriving, max(0, many))):
            self._drop(conn)
            many -= 1
        for _ in range(min(max(0, many), len(self.keepalived_conns))):
            conn = self.keepalived_conns.popleft()
            self.poller.unregister(conn.sock)
            self.nr_conns -= 1
            conn.close()

    def _drop(self, conn: Connection) -> None:
        self._forget(conn, registered=True)
        self.nr_conns -= 1
        conn.close()

    def linger(self, sock: socket.socket) -> None:
        """Says that nothing more comes, and waits a little for the client to hang up, so that it reads all of it."""
        try:
            sock.shutdown(socket.SHUT_WR)
            sock.setblocking(False)
            self.poller.register(sock, EVENT_READ, self._drain)
        except (OSError, ValueError):
            util.close(sock)
            return
        if len(self._lingering) > self.worker_connections // 2:
            self._end(next(iter(self._lingering)))
        self._lingering[sock] = monotonic() + LINGER

    def _drain(self, sock: socket.socket) -> None:
        try:
            over = not sock.recv(64 * 1024)
        except BlockingIOError:
            return
        except OSError:
            over = True
        if over:
            self._end(sock)

    def _end(self, sock: socket.socket) -> None:
        del self._lingering[sock]
        self.poller.unregister(sock)
        util.close(sock)
