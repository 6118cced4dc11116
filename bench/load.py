"""Load: many connections kept open, each asking again as soon as it has its answer; one thread, little work each."""

from __future__ import annotations

import itertools
import selectors
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from time import monotonic

_END = b"\r\n\r\n"
_LENGTH = b"content-length: "


@dataclass(frozen=True, slots=True)
class Answers:
    """What came back: a second's worth, and how long one took at the middle and at the 99th of a hundred."""

    a_second: float
    median_ms: float
    p99_ms: float


@dataclass(slots=True)
class _Asker:
    sock: socket.socket
    turns: Iterator[bytes]
    got: bytearray = field(default_factory=bytearray)
    asked: float = 0.0

    def ask(self) -> None:
        self.got.clear()
        self.asked = monotonic()
        self.sock.sendall(next(self.turns))

    def hears_all(self, wanted: bytes) -> bool:
        """Reads what is there; whether the answer is whole. Raises RuntimeError for another status."""
        more = self.sock.recv(65536)
        if not more:
            raise RuntimeError("The server hung up.")
        self.got += more
        head = self.got.find(_END)
        if head < 0:
            return False
        if not self.got.startswith(wanted):
            raise RuntimeError(f"Not what was wanted: {bytes(self.got[:300])!r}")
        said = self.got[:head].lower()
        at = said.find(_LENGTH) + len(_LENGTH)
        length = int(said[at : said.find(b"\r", at) if said.find(b"\r", at) > 0 else head])
        return len(self.got) >= head + len(_END) + length


def storm(port: int, turns: Sequence[Sequence[bytes]], status: int, seconds: float) -> Answers:
    """One connection for each of `turns`, which asks these requests in turn until the time is over."""
    wanted = f"HTTP/1.1 {status}".encode()
    selector = selectors.DefaultSelector()
    askers = []
    for each in turns:
        sock = socket.create_connection(("127.0.0.1", port))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        askers.append(_Asker(sock, itertools.cycle(each)))
        selector.register(sock, selectors.EVENT_READ, askers[-1])
    took: list[float] = []
    began = monotonic()
    for asker in askers:
        asker.ask()
    while (now := monotonic()) - began < seconds:
        for key, _ in selector.select(1):
            if key.data.hears_all(wanted):
                took.append(monotonic() - key.data.asked)
                key.data.ask()
    for asker in askers:
        asker.sock.close()
    took.sort()
    return Answers(len(took) / (now - began), 1000 * took[len(took) // 2], 1000 * took[len(took) * 99 // 100])
