"""Webhooks: one try at one delivery after Standard Webhooks 1.0: signed, sent once, answered in time or not.

    webhook-id         the delivery's id, the same at every try: who has seen it need not act again
    webhook-timestamp  when this try was begun, in seconds, by Postgres's clock
    webhook-signature  `v1,` and base64 of HMAC-SHA256 over `id.timestamp.body`; one for each secret that signs now

2xx is success and everything else is not: redirects are not followed, and 410 ends it for good. What is told of a
failure is the same whether a name, an address, a port or a certificate did not hold, and takes as long.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import random
import re
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic

import structlog

from db.records import Errand, Outcome
from jobs.dialling import Dialler, Line, NoConnection
from jobs.receivers import Forbidden, Guard, Receiver
from settings import BadSetting, Settings

log = structlog.get_logger()

MOST_REPLY = 64 * 1024  # bytes of an answer that are read
KEPT_REPLY = 1024  # and kept, to be shown to the maker
MOST_RETRY_AFTER = 86400.0
JITTER = 0.2
GONE = 410

_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a try, and what the receiver asks for."""

    outcome: Outcome
    retry_after: float = 0.0


class Courier:
    """Carries messages to their receivers, one try at a time."""

    def __init__(self, settings: Settings, guard: Guard, dialler: Dialler) -> None:
        self._guard, self._dialler = guard, dialler
        self._seconds, self._pad = settings.webhook_seconds, settings.webhook_connect_seconds
        self._agent = f"Knotty-AI/1 (+{settings.public_url})" if settings.public_url else "Knotty-AI/1"

    def carry(self, errand: Errand, stopping: threading.Event) -> Tried:
        """Makes one try. Never raises: what goes wrong is the outcome."""
        began = monotonic()
        try:
            receiver = self._guard.read(errand.url)
            with Line(self._seconds) as line:
                status, reply, after = self._ask(receiver, errand, line)
            return Tried(Outcome(_ms(began), status=status, reply=_words(reply)), after)
        except (NoConnection, Forbidden):
            # A refusal of ours must not be told from a closed port by its time.
            stopping.wait(began + self._pad - monotonic())
            return Tried(Outcome(_ms(began), error="no-connection"))
        except (OSError, ValueError, http.client.HTTPException):
            return Tried(Outcome(_ms(began), error="no-answer"))
        except Exception:
            log.exception("webhook not understood")  # a receiver found what we did not foresee: it has not answered
            return Tried(Outcome(_ms(began), error="no-answer"))

    def _ask(self, receiver: Receiver, errand: Errand, line: Line) -> tuple[int, bytes, float]:
        """Status, the beginning of the body, and seconds of `Retry-After`."""
        connection = _Connection(receiver.host, receiver.port, self._dialler.dial(receiver, line))
        connection.request("POST", receiver.target, errand.body.encode(), self._headers(receiver, errand))
        answer = connection.getresponse()
        reply = b""
        # Bytes as they came: what is packed stays packed, so that no bomb goes off here.
        while len(reply) < MOST_REPLY and (more := answer.read1(MOST_REPLY - len(reply))):
            reply += more
        if line.over:
            raise TimeoutError
        return answer.status, reply, retry_after(answer.getheader("Retry-After", ""), errand.at)

    def _headers(self, receiver: Receiver, errand: Errand) -> dict[str, str]:
        default = {"http": 80, "https": 443}[receiver.scheme] == receiver.port
        host = f"[{receiver.host}]" if ":" in receiver.host else receiver.host
        return {
            "Host": host if default else f"{host}:{receiver.port}",
            "Content-Type": "application/json",
            "User-Agent": self._agent,
            "Accept": "*/*",
            "Accept-Encoding": "identity",
            "Connection": "close",
            **signed(errand.secrets, errand.id, errand.at, errand.body),
        }


class _Connection(http.client.HTTPConnection):
    """HTTP on a socket that is there already; it never dials by itself."""

    def __init__(self, host: str, port: int, connected: socket.socket) -> None:
        super().__init__(host, port)
        self.sock = connected
        self.auto_open = 0


def signed(secrets: Sequence[str], message_id: str, at: datetime, body: str) -> dict[str, str]:
    """The three headers of a message: one signature for each secret, the current one's first."""
    seconds = int(at.timestamp())
    content = f"{message_id}.{seconds}.{body}".encode()
    made = [
        base64.b64encode(hmac.digest(base64.b64decode(secret.removeprefix("whsec_")), content, hashlib.sha256)).decode()
        for secret in secrets
    ]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(f"v1,{each}" for each in made),
    }


def retry_after(told: str, now: datetime) -> float:
    """Seconds that a `Retry-After` asks us to wait, at most a day; 0 when there is none or it makes no sense."""
    told = told.strip()
    if re.fullmatch(r"[0-9]{1,9}", told, re.ASCII):
        seconds = float(told)
    else:
        try:
            moment = parsedate_to_datetime(told)
        except ValueError:
            return 0.0
        seconds = ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now).total_seconds()
    return min(max(0.0, seconds), MOST_RETRY_AFTER)


def pauses(text: str) -> tuple[float, ...]:
    """The pauses between tries, from the setting's words. Raises BadSetting."""
    try:
        found = tuple(float(each) for each in text.split(",") if each.strip())
    except ValueError:
        raise BadSetting(f"WEBHOOK_PAUSES={text!r} is not a list of seconds") from None
    if not all(0 <= each < float("inf") for each in found):
        raise BadSetting(f"WEBHOOK_PAUSES={text!r} is not a list of seconds")
    return found


def again(
    tried: Tried, tries: int, waits: Sequence[float], draw: Callable[[float, float], float] = random.uniform
) -> float | None:
    """Seconds to the next try, spread a little so that many do not come at once; None: there is none."""
    if tried.outcome.status == GONE or tries > len(waits):
        return None
    return max(waits[tries - 1] * draw(1 - JITTER, 1 + JITTER), tried.retry_after)


def _words(reply: bytes) -> str:
    return _UNFIT.sub("\ufffd", reply[:KEPT_REPLY].decode(errors="replace"))


def _ms(began: float) -> int:
    return round((monotonic() - began) * 1000)
