"""Limits: how often one address may ask. What must be exact (jobs) is counted in Postgres; this is each process's own.

Reads and writes a minute, and ids that were not there: who guesses is stopped before the next guess is looked up.
Every answer of the API says how much is left (`RateLimit`), a refusal when to come again (`Retry-After`).
"""

from __future__ import annotations

import hashlib
import hmac
import threading
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address
from time import monotonic

from flask import Flask, Response, current_app, g, request

from api.errors import Refused, policy, rate_headers, within
from api.openapi import LIMITED
from db import records
from settings import Settings

MINUTE = 60.0
MOST_KNOWN = 50_000  # addresses; more than that at once, and the oldest are forgotten

READ = ("GET", "HEAD")
# What a meter counts, as whoever hits it is told.
_WORDS = {
    "reads": "{most} reads",
    "writes": "{most} requests that change something",
    "unknown-ids": "{most} tries of ids or codes that are not there",
}
GUESSED = ("/api/v1/devices/redeem",)  # what is sent there may be a guess


@dataclass(slots=True)
class Window:
    """One address's minute: when it began and how much of it is spent."""

    since: float
    spent: int = 0


@dataclass(slots=True)
class Meter:
    """So many a minute for each address; a minute begins with the first."""

    name: str
    most: int
    _windows: dict[str, Window] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def spend(self, address: str, count: int = 1) -> tuple[int, float]:
        """Counts; gives how many are left (below 0: one too many) and in how many seconds all are back."""
        now = monotonic()
        with self._lock:
            window = self._windows.get(address)
            if window is None or now - window.since >= MINUTE:
                # A dict keeps its order: who began first is first out.
                self._windows.pop(address, None)
                if len(self._windows) >= MOST_KNOWN:
                    del self._windows[next(iter(self._windows))]
                window = self._windows[address] = Window(now)
            window.spent = min(window.spent + count, self.most + 1)
            return self.most - window.spent, window.since + MINUTE - now


def register(app: Flask, settings: Settings) -> None:
    """Counts every request to the API, first of all."""
    app.extensions["meters"] = {
        "reads": Meter("reads", settings.reads_a_minute),
        "writes": Meter("writes", settings.writes_a_minute),
        "unknown-ids": Meter("unknown-ids", settings.unknown_ids_a_minute),
    }
    app.before_request(_count)
    app.after_request(_tell)


def address() -> str:
    """Who asks, as far as limits go: an IPv4 address, or the /64 that somebody with IPv6 has all of."""
    try:
        found = ip_address(request.remote_addr or "")
    except ValueError:
        return ""  # a unix socket: only a proxy of ours
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(IPv6Address(int(found) >> 64 << 64))
    return str(found)


def quota() -> records.Quota:
    """What a new job of this request is counted against. The address is kept as a keyed hash only."""
    settings: Settings = current_app.config["SETTINGS"]
    if (key := current_app.extensions.get("address key")) is None:
        key = current_app.extensions["address key"] = records.server_key("addresses")
    g.quota = records.Quota(
        unfinished=settings.unfinished_a_maker,
        creations=settings.creations_an_hour,
        address=hmac.digest(key, address().encode(), hashlib.sha256)[:16],
        queue_seconds=settings.queue_seconds,
    )
    return g.quota  # type: ignore[no-any-return]


def _meter(name: str) -> Meter:
    found: Meter = current_app.extensions["meters"][name]
    return found


def _count() -> None:
    if not request.path.startswith(LIMITED):
        return
    meter, here = _meter("reads" if request.method in READ else "writes"), address()
    left, seconds = meter.spend(here)
    g.rate = (meter, left, seconds)
    if left < 0:
        raise _spent(meter, seconds)
    # An address with an id in it, or a code in its body; a bad guess is counted when it is answered.
    if request.view_args or request.path in GUESSED:
        guesses = _meter("unknown-ids")
        left, seconds = guesses.spend(here, 0)
        if left <= 0:
            raise _spent(guesses, seconds)


def _spent(meter: Meter, seconds: float) -> Refused:
    what = _WORDS[meter.name].format(most=meter.most)
    words = f"At most {what} a minute from one address. There is room again {within(seconds)}."
    return Refused("quota-exceeded", words, headers=rate_headers(meter.name, meter.most, 0, seconds, int(MINUTE)))


def _tell(answer: Response) -> Response:
    if (rate := g.get("rate")) is None:
        return answer
    if g.get("unknown_id"):
        _meter("unknown-ids").spend(address())
    meter, left, seconds = rate
    told = rate_headers(meter.name, meter.most, max(0, left), seconds, int(MINUTE))
    if quota := g.get("quota"):  # who opens a job learns of the limits on jobs before they are reached
        on_jobs = policy("unfinished", quota.unfinished, None), policy("creations", quota.creations, records.HOUR)
        told["RateLimit-Policy"] = ", ".join((told["RateLimit-Policy"], *on_jobs))
    for name in ("RateLimit-Policy", "RateLimit"):
        answer.headers.setdefault(name, told[name])
    return answer
