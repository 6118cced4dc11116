"""Sweep: rings workers for jobs that wait, takes jobs from workers that died, sends webhooks, puts the samples out,
forgets what is old, counts what has ended, and has today's compiler judge what is kept as proven.

A thread for each. A loop that dies or falls silent ends the process, so that whoever supervises it starts it
anew; two sweeps at once are harmless.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from functools import partial
from time import monotonic

import redis
import structlog
from sqlalchemy.exc import OperationalError

from db import records, session
from jobs import logs, recheck, samples
from jobs.deliverer import Deliverer
from jobs.metrics import Board
from jobs.queue import WAKE, Doorbell
from settings import Settings

log = structlog.get_logger()

TIDY_SECONDS = 30.0  # between two looks for what need not be kept any longer
TIDY_MOST = 10.0  # of one such look
COUNT_SECONDS = 5.0  # between two looks for jobs that have ended
RECHECK_SECONDS = 5.0  # between two batches of kept patterns that are judged anew
RECHECK_RESTING, RECHECK_BUSY = 10, 1  # patterns in a batch: while nobody waits for anything, and else
REST = 2.0  # times as long as a look took, before the next one: it is for all of a crowd
SILENT_SECONDS = 60.0  # a loop that has not come round for so long hangs; every wait in it is shorter


def ring_once(bell: Doorbell, settings: Settings) -> int:
    """Rings for every job that waits unheard; gives how many. Raises RedisError, OperationalError."""
    waiting = records.to_ring(settings.ring_again_seconds)
    for ring in waiting:
        bell.ring(ring.job_id, ring.attempt)
    if waiting:
        # After the ring: killed in between, a sweep rings once too often, and a claim is taken only once.
        records.mark_rung([ring.job_id for ring in waiting])
    return len(waiting)


def reap_once(bell: Doorbell, settings: Settings) -> int:
    """Takes back jobs whose lease ran out; gives how many. Raises OperationalError."""
    lost = records.reap(settings.max_crashes)
    for ring in lost:
        log.warning("lease lost", job=ring.job_id, attempt=ring.attempt)
        bell.tell(ring.job_id)
        try:
            bell.forget(ring.job_id, ring.attempt)
        except redis.RedisError as error:
            log.warning("redis away", error=type(error).__name__)
    if lost:
        bell.wake()
    return len(lost)


def tidy_once(_bell: Doorbell, settings: Settings) -> int:
    """Forgets what is kept for some days only, batch by batch, TIDY_MOST seconds of it; gives how much.

    What is left then is the next round's. Raises OperationalError.
    """
    forgotten, until = 0, monotonic() + TIDY_MOST
    forgets: tuple[Callable[[], int], ...] = (
        records.forget_creations,
        records.forget_secrets,
        partial(records.forget_deliveries, settings.keep_days),
        partial(records.forget_jobs, settings.keep_days),  # after the deliveries that keep them
    )
    for forget in forgets:
        while (batch := forget()) and monotonic() < until:
            forgotten += batch
        forgotten += batch
    return forgotten + records.forget_makers(settings.keep_makers_days)


def samples_once(_bell: Doorbell, _settings: Settings) -> int:
    """Sees that the samples are there; gives how many were not. Raises OperationalError."""
    return samples.put_out()


class Sweep:
    """The loops, until `stop`."""

    LOOPS = ("_ring", "_reap", "_deliver", "_tidy", "_count", "_recheck")

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.stopping = threading.Event()
        self._bell = Doorbell(settings.redis_url)
        self._board = Board(settings)
        self._deliverer = Deliverer(settings, counts=self._board.counts)
        self._seen: dict[str, float] = {}  # when each loop last came round

    def run(self) -> int:
        """Runs until told to stop (0) or until a loop dies (1)."""
        died = threading.Event()
        if self.settings.metrics_port:
            self._board.serve(self.settings.metrics_host, self.settings.metrics_port)
        loops = [
            threading.Thread(target=self._guarded, args=(loop, died), name=loop.__name__, daemon=True)
            for loop in (getattr(self, name) for name in self.LOOPS)
        ]
        for loop in loops:
            loop.start()
        while not self.stopping.wait(0.2):
            if died.is_set() or not all(loop.is_alive() for loop in loops):
                return 1
            if any(monotonic() - seen > SILENT_SECONDS for seen in list(self._seen.values())):
                log.error("loop silent")
                return 1
        for loop in loops:
            loop.join(timeout=max(self.settings.stop_seconds, self.settings.webhook_seconds + 1))
        return 0

    def _guarded(self, loop: Callable[[], None], died: threading.Event) -> None:
        try:
            loop()
        except Exception:
            log.exception("loop died", loop=loop.__name__)
            died.set()

    def _ring(self) -> None:
        ears = _Ears(self.settings.redis_url)
        while not self.stopping.is_set():
            self._lasting(ring_once)
            ears.wait(self.settings.ring_seconds, self.stopping)

    def _reap(self) -> None:
        while not self.stopping.wait(self.settings.reap_seconds):
            self._lasting(reap_once)

    def _deliver(self) -> None:
        ears = _Ears(self.settings.redis_url)
        while not self.stopping.is_set():
            self._lasting(self._send_due)
            ears.wait(self.settings.ring_seconds, self.stopping)
        self._deliverer.stop()

    def _send_due(self, _bell: Doorbell, _settings: Settings) -> int:
        return self._deliverer.send_due()

    def _tidy(self) -> None:
        self._lasting(samples_once)
        while not self.stopping.wait(TIDY_SECONDS):
            self._lasting(samples_once)
            self._lasting(tidy_once)

    def _count(self) -> None:
        while not self.stopping.wait(COUNT_SECONDS):
            self._lasting(self._count_ended)

    def _count_ended(self, _bell: Doorbell, _settings: Settings) -> int:
        ended = records.count_ended()
        for job in ended:
            self._board.counts.add(job)
        return len(ended)

    def _recheck(self) -> None:
        while not self.stopping.wait(RECHECK_SECONDS):
            self._lasting(self._recheck_some)

    def _recheck_some(self, _bell: Doorbell, _settings: Settings) -> int:
        now = records.backlog()
        most = RECHECK_BUSY if now.queued or now.running else RECHECK_RESTING
        for number in range(most):
            if self.stopping.is_set() or (result := recheck.recheck_one()) is None:
                return number
            self._board.counts.rechecks.labels(result).inc()
        return most

    def _lasting(self, work: Callable[[Doorbell, Settings], int]) -> None:
        """One look; a store that is away is no reason to die."""
        self._seen[work.__name__] = monotonic()
        try:
            work(self._bell, self.settings)
        except (redis.RedisError, OperationalError) as error:
            log.warning("store away", loop=work.__name__, error=type(error).__name__)


class _Ears:
    """Hears WAKE; without Redis it simply sleeps."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._heard: redis.client.PubSub | None = None
        self._woke = monotonic()  # when the last look began

    def wait(self, seconds: float, stopping: threading.Event) -> None:
        rested = monotonic() + min(seconds, REST * (monotonic() - self._woke))
        try:
            if self._heard is None:
                client = redis.Redis.from_url(self._url, socket_connect_timeout=0.5, socket_timeout=seconds + 2)
                self._heard = client.pubsub(ignore_subscribe_messages=True)  # type: ignore[no-untyped-call]
                self._heard.subscribe(WAKE)
            if self._heard.get_message(timeout=seconds):
                # Who comes alone is seen at once; of a crowd the rest is seen by the next look.
                stopping.wait(max(0.0, rested - monotonic()))
            while self._heard.get_message(timeout=0):
                pass
        except redis.RedisError:
            self._heard = None
            stopping.wait(seconds)
        self._woke = monotonic()


def main() -> int:
    """`python -m jobs.sweep`."""
    settings = Settings.from_env()
    logs.configure(settings.log_level)
    engine = session.bind(settings, connections=settings.sweep_connections + settings.webhook_senders)
    sweep = Sweep(settings)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sweep.stopping.set())
    log.info("sweep started", pid=os.getpid())
    code = sweep.run()
    engine.dispose()
    return code


if __name__ == "__main__":
    raise SystemExit(main())
