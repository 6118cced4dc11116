"""Deliverer: sends the webhooks that are due, several at once, each by one sender only.

It is a loop of the sweep. A sender that has made its try takes what is due next by itself, so a slow receiver keeps one
sender busy and nobody else waiting. A process that dies loses its tries to the next one when their time is over: a
receiver may get one message twice, under one id, and never not at all.
"""

from __future__ import annotations

import threading
from time import monotonic

import structlog
from sqlalchemy.exc import SQLAlchemyError

from db import records
from db.records.messages import TEST
from jobs import webhooks
from jobs.dialling import Dialler
from jobs.metrics import Counts
from jobs.receivers import Guard
from settings import Settings

log = structlog.get_logger()

AT_ONCE = 2  # tries that one host gets at once: one that hangs must not hold every sender


class Deliverer:
    """The senders of one process."""

    def __init__(self, settings: Settings, dialler: Dialler | None = None, counts: Counts | None = None) -> None:
        self.stopping = threading.Event()
        self._settings = settings
        self._counts = counts
        self._waits = webhooks.pauses(settings.webhook_pauses)
        guard = Guard.of(settings.webhook_allow, settings.public_url, settings.trusted_hosts)
        dialler = dialler or Dialler(settings.webhook_connect_seconds)
        self._courier = webhooks.Courier(settings, guard, dialler)
        self._free = threading.Semaphore(settings.webhook_senders)

    def send_due(self) -> int:
        """Sends what is due, as far as senders are free; gives how many it has begun. Raises OperationalError."""
        slots = 0
        while slots < self._settings.webhook_senders and self._free.acquire(blocking=False):
            slots += 1
        errands: list[records.Errand] = []
        try:
            errands = self._claim(slots) if slots else []
        finally:
            for _ in range(slots - len(errands)):
                self._free.release()
        for errand in errands:
            threading.Thread(target=self._send, args=(errand,), name="sender", daemon=True).start()
        return len(errands)

    def stop(self) -> None:
        """Begins no more tries, and lets those under way end. What is cut off is sent again by the next process."""
        self.stopping.set()
        ends = monotonic() + self._settings.webhook_seconds
        for _ in range(self._settings.webhook_senders):
            self._free.acquire(timeout=max(0.0, ends - monotonic()))

    def _claim(self, limit: int) -> list[records.Errand]:
        settings = self._settings
        return records.claim_deliveries(limit, settings.webhook_lease_seconds, settings.webhook_host_minute, AT_ONCE)

    def _send(self, errand: records.Errand) -> None:
        try:
            todo: list[records.Errand] = [errand]
            while todo:
                self._try(todo.pop())
                todo = [] if self.stopping.is_set() else self._claim(1)
        except SQLAlchemyError as error:
            # The try is lost to us, not its delivery: it is due again when the lease is over.
            log.warning("store away", loop="sender", error=type(error).__name__)
        except Exception:
            log.exception("sender died")
        finally:
            self._free.release()

    def _try(self, errand: records.Errand) -> None:
        tried = self._courier.carry(errand, self.stopping)
        outcome = tried.outcome
        waits = () if errand.type == TEST else self._waits
        pause = webhooks.again(tried, errand.tries, waits)
        gone = outcome.status == webhooks.GONE
        kept = records.keep_outcome(errand, outcome, pause, gone, self._settings.webhook_give_up_seconds)
        if self._counts is not None:
            delivered = outcome.status is not None and 200 <= outcome.status < 300
            result = "delivered" if delivered else "again" if pause is not None else "given_up"
            self._counts.webhooks.labels(result).inc()
        log.info(
            "webhook tried",
            delivery=errand.id,
            attempt=errand.attempt,
            status=outcome.status,
            error=outcome.error,
            ms=outcome.ms,
            kept=kept,
        )
