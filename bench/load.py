"""Load: many connections kept open, each asking again as soon as it has its answer; one thread, little work each."""

from __future__ import annotations

import itertools
import json
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


def request(verb: str, path: str, token: str = "", body: bytes = b"") -> bytes:
    """One request as it goes over the wire, by whoever has this token."""
    head = [f"{verb} {path} HTTP/1.1", "Host: localhost", *([f"Authorization: Bearer {token}"] if token else [])]
    if body:
        head += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*head, "", ""]).encode() + body


def wish(token: str = "", path: str = "/api/v1/jobs") -> bytes:
    """A POST of a wish."""
    return request("POST", path, token, json.dumps({"prompt": "punk rock blanket"}).encode())


def steady(port: int, asks: Sequence[bytes], status: int, a_second: float, seconds: float) -> list[float]:
    """So many requests a second on connections that stand open, one for each of `asks`: milliseconds of each.

    Each is timed from when it was due: one that finds no connection free waits, and its waiting counts.
    """
    wanted, selector, free = f"HTTP/1.1 {status}".encode(), selectors.DefaultSelector(), []
    for each in asks:
        free.append(_Asker(_connected(port), itertools.cycle([each])))
        selector.register(free[-1].sock, selectors.EVENT_READ, free[-1])
    took: list[float] = []
    began, sent, most = monotonic(), 0, int(a_second * seconds)
    while len(took) < most:
        due = began + sent / a_second
        while sent < most and free and monotonic() >= due:
            asker = free.pop(0)
            asker.ask()
            asker.asked = due
            sent += 1
            due = began + sent / a_second
        wait = max(0.0, due - monotonic()) if sent < most and free else 1.0
        for key, _ in selector.select(wait):
            if key.data.hears_all(wanted):
                took.append(1000 * (monotonic() - key.data.asked))
                free.append(key.data)
    for key in list(selector.get_map().values()):
        key.data.sock.close()
    return took


def _connected(port: int) -> socket.socket:
    sock = socket.create_connection(("127.0.0.1", port))
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def storm(port: int, turns: Sequence[Sequence[bytes]], status: int, seconds: float) -> Answers:
    """One connection for each of `turns`, which asks these requests in turn until the time is over."""
    wanted = f"HTTP/1.1 {status}".encode()
    selector = selectors.DefaultSelector()
    askers = []
    for each in turns:
        askers.append(_Asker(_connected(port), itertools.cycle(each)))
        selector.register(askers[-1].sock, selectors.EVENT_READ, askers[-1])
    took: list[float] = []
    began = monotonic()
    for asker in askers:
        asker.ask()
    while (now := monotonic()) - began < seconds or not took:
        for key, _ in selector.select(1):
            if key.data.hears_all(wanted):
                took.append(monotonic() - key.data.asked)
                key.data.ask()
    for asker in askers:
        asker.sock.close()
    took.sort()
    return Answers(len(took) / (now - began), 1000 * took[len(took) // 2], 1000 * took[len(took) * 99 // 100])
