"""Tasks: what a worker does when it is rung for a job.

The claim is the only thing that decides: a ring for a job that somebody has, or that has ended, does nothing.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from contextlib import suppress
from time import monotonic, sleep
from typing import Any, TypeVar

import structlog
from sqlalchemy.exc import IntegrityError, OperationalError

from db import records
from jobs import compose, prompts
from jobs.queue import Doorbell
from jobs.waking import Waking
from jobs.writer import Halted, ModelRefused, ModelUnavailable, Writer
from settings import Settings

log = structlog.get_logger()

T = TypeVar("T")
STORE_SECONDS = 30.0  # how long a worker waits for Postgres to come back
STOPPING_SECONDS = 3.0  # and once it is told to stop; then the lease runs out by itself

Json = dict[str, Any]


class Desk:
    """Where a worker sits: its settings, its bell, and the word to stop."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.bell = Doorbell(settings.redis_url)
        self.waking = Waking(settings.model_connect_timeout, records.alone)
        self.stopping = threading.Event()

    def write(self, job_id: str) -> None:
        """Writes the pattern of a job, if nobody else does."""
        halt = threading.Event()
        writer = Writer(self.settings, halt, self.waking)
        claim = self.lasting(lambda: records.claim(job_id, self.settings.lease_seconds, writer.model()))
        if claim is None:
            return
        self.bell.tell(job_id)
        structlog.contextvars.bind_contextvars(job=job_id, attempt=claim.attempt)
        heart = _Heart(claim, self.settings, halt, self.stopping)
        heart.start()
        try:
            self._compose(claim, writer, heart)
        finally:
            heart.stop()
            self.bell.wake()  # a webhook may be due, and the maker's next job may be rung for
            structlog.contextvars.unbind_contextvars("job", "attempt")

    def lasting(self, verb: Callable[[], T]) -> T:
        """Does it, and again while Postgres is away: half a minute, or a moment once told to stop. Then it raises."""
        end, pause = monotonic() + STORE_SECONDS, 0.1
        while True:
            try:
                return verb()
            except OperationalError:
                if self.stopping.is_set():
                    end = min(end, monotonic() + STOPPING_SECONDS)
                if monotonic() > end:
                    raise
            sleep(random.uniform(pause / 2, pause))
            pause = min(2.0, pause * 2)

    def _compose(self, claim: records.Claim, writer: Writer, heart: _Heart) -> None:
        wish = compose.Wish(
            prompt=claim.prompt,
            options=claim.options,
            variant=prompts.variant(claim.job_id, claim.options),
            sheet=claim.sheet,
            helped=claim.helped,
        )
        try:
            compose.Composer(wish, writer, _Store(claim, self, heart)).run()
            log.info("pattern written")
        except Halted:
            self._leave(claim, heart)
        except ModelUnavailable:
            minutes = round(self.settings.model_wait / 60)
            self._fail(
                claim, "model-unavailable", f"The writer has not answered for {minutes} minutes. Try again later."
            )
        except compose.OutputInvalid as error:
            self._fail(claim, "model-output-invalid", str(error))
        except ModelRefused as error:
            log.error("model refused", why=str(error))
            self._fail(claim, "internal", "The writer could not read our request. That is our fault; we have noted it.")
        except OperationalError as error:
            # Postgres is away for good: the lease runs out, and the job is taken up by whoever is alive then.
            log.error("store away", error=type(error).__name__)
        except Exception:
            log.exception("writing failed")
            self._fail(claim, "internal", "Something broke while this pattern was written. We have noted it.")

    def _leave(self, claim: records.Claim, heart: _Heart) -> None:
        """Why were we halted? Late: the job failed. Told to stop: it goes back. Else it is not ours any more."""
        if heart.late:
            seconds = round(self.settings.job_seconds)
            self._fail(claim, "timed-out", f"The pattern was not finished within {seconds} seconds.")
        elif self.stopping.is_set() and not heart.lost:
            self.lasting(lambda: records.hand_back(claim.job_id, claim.attempt))
            self.bell.tell(claim.job_id)
            log.info("handed back")
        else:
            log.info("stopped writing")

    def _fail(self, claim: records.Claim, kind: str, detail: str) -> None:
        self.lasting(lambda: records.fail(claim.job_id, claim.attempt, kind, detail))
        self.bell.tell(claim.job_id)
        log.warning("job failed", kind=kind)


class _Heart(threading.Thread):
    """Renews the lease while the model is silent, and halts the writing when that is due."""

    def __init__(
        self, claim: records.Claim, settings: Settings, halt: threading.Event, stopping: threading.Event
    ) -> None:
        super().__init__(name="heart", daemon=True)
        self.late = self.lost = False
        self._claim, self._settings, self._halt, self._stopping = claim, settings, halt, stopping
        self._over = threading.Event()
        self._renewed = monotonic()
        self._left = settings.job_seconds
        self._counting_since: float | None = monotonic()

    def run(self) -> None:
        """Beats until stopped; looks often, because a job that is to stop must stop within a row."""
        next_beat = monotonic() + self._settings.heartbeat_seconds
        while not self._over.wait(0.1):
            now = monotonic()
            if self._stopping.is_set():
                return self._halt.set()
            if self._counting_since is not None and now - self._counting_since > self._left:
                self.late = True
                return self._halt.set()
            if now >= next_beat:
                self._beat()
                next_beat = now + self._settings.heartbeat_seconds
            if self.lost or monotonic() - self._renewed > self._settings.lease_lost_seconds:
                self.lost = True
                return self._halt.set()
        return None

    def _beat(self) -> None:
        with suppress(OperationalError):  # the store may be back before the lease runs out
            if records.beat(self._claim.job_id, self._claim.attempt, self._settings.lease_seconds):
                self._renewed = monotonic()
            else:
                self.lost = True

    def pause(self) -> None:
        """Waiting for the model is not counted."""
        if self._counting_since is not None:
            self._left -= monotonic() - self._counting_since
            self._counting_since = None

    def resume(self) -> None:
        """Counts again."""
        if self._counting_since is None:
            self._counting_since = monotonic()

    def stop(self) -> None:
        """No more beats."""
        self._over.set()
        self.join(timeout=5)


class _Store:
    """Composing's sink: every accepted thing is a commit under this attempt's fence, then a word to who follows."""

    def __init__(self, claim: records.Claim, desk: Desk, heart: _Heart) -> None:
        self._claim, self._desk, self._heart = claim, desk, heart
        self._of = (claim.job_id, claim.attempt)
        self._lease = desk.settings.lease_seconds

    def head(self, head: Json, rows_expected: int | None, lines: str) -> None:
        """Keeps the head."""
        self._kept(lambda: records.set_head(*self._of, head, rows_expected, lines, self._lease))

    def row(self, piece: Json, row: Json, lines: str) -> None:
        """Keeps a row."""
        self._kept(lambda: records.add_row(*self._of, piece, row, lines, self._lease))

    def rewritten(self, key: str, text: str, message: str, reason: str) -> None:
        """Tells of a try thrown away."""
        self._kept(lambda: records.rewritten(*self._of, key, text, message, reason, self._lease))

    def waking(self, away: bool, model: Json | None) -> None:
        """Tells that the model is away, or that one writes, and which; the deadline stands still meanwhile."""
        self._heart.pause() if away else self._heart.resume()
        if model is not None:
            log.warning("another model writes", model=model["name"])
        phase = "waking_model" if away else "writing"
        self._kept(lambda: records.phase(*self._of, phase, self._lease, model))

    def finish(self, head: Json, pieces: Json, verdict: str, usage: Json, lines: str) -> None:
        """Ends the job."""
        self._kept(lambda: records.finish(*self._of, head, pieces, verdict, usage, lines))

    def _kept(self, verb: Callable[[], bool]) -> None:
        try:
            held = self._desk.lasting(verb)
        except IntegrityError:
            held = True  # committed, but the reply was lost with the connection: it is there
        if not held:
            self._heart.lost = True
            raise Halted
        self._desk.bell.tell(self._claim.job_id)


_desk: Desk | None = None  # RQ calls a function by its name; this is where it finds its worker


def sit(desk: Desk) -> None:
    """This process's worker is here."""
    global _desk
    _desk = desk


def write_pattern(job_id: str) -> None:
    """What RQ calls."""
    if _desk is None:
        raise RuntimeError("no worker in this process: start python -m jobs.worker")
    _desk.write(job_id)
