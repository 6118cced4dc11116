"""Estimates: how many wait before a job, and how long it will take, from what the store has seen. Never invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, case, func, select
from sqlalchemy.orm import Session as Transaction

from db.models import Job

SAMPLE = 20  # the last jobs that succeeded; their median is what one usually takes
UNSEEN = 5.0  # seconds a job is taken for when none has succeeded yet; only to say when the queue is too long


@dataclass(frozen=True, slots=True)
class Outlook:
    """One look at the queue: the time, how many run, what one usually takes, and the places of those asked for."""

    at: float = 0.0  # seconds since 1970, by Postgres's clock
    running: int = 0
    usual: float | None = None
    places: dict[str, int] = field(default_factory=dict)

    def place(self, job: Job) -> int | None:
        """How many are before it; None once it runs."""
        return self.places.get(job.id) if job.status == "queued" else None

    def wait(self, job: Job) -> float:
        """Seconds of work before a job that waits. Those that run are the workers there are, or else there is one."""
        return self.places.get(job.id, 0) // max(1, self.running) * (self.usual or UNSEEN)

    def seconds_left(self, job: Job) -> float | None:
        """Until it ends; None where that would be a guess."""
        if job.status == "queued":
            return None if self.usual is None else round(self.wait(job) + self.usual, 1)
        if job.status != "running" or job.phase == "waking_model" or job.started_at is None:
            return None
        gone = self.at - job.started_at.timestamp()
        own = job.rows_written - job.rows_kept
        if own > 0 and job.rows_expected:
            left = gone / own * (job.rows_expected - job.rows_written)
        elif self.usual is not None:
            left = self.usual - gone
        else:
            return None
        return round(left, 1) if left > 0 else None  # it has taken longer than it should: nobody knows


def outlook(session: Transaction, jobs: Sequence[Job]) -> Outlook:
    """Looks once for all of these; not at all when every one has ended."""
    if not any(job.status in ("queued", "running") for job in jobs):
        return Outlook()
    waiting = [job.id for job in jobs if job.status == "queued"]
    if not waiting:
        [now] = session.execute(_STATE)
        return Outlook(float(now.at), now.running, now.usual)
    found = session.execute(_STATE_AND_PLACES, {"ids": waiting}).all()
    now = found[0]
    places = {row.id: row.place for row in found if row.id is not None}
    return Outlook(float(now.at), now.running, now.usual, places)


def _state() -> Any:
    took = func.extract("epoch", Job.finished_at - Job.started_at).label("took")
    last = select(took).where(Job.status == "succeeded").order_by(Job.finished_at.desc()).limit(SAMPLE).subquery()
    usual = select(func.percentile_cont(0.5).within_group(last.c.took)).scalar_subquery()
    running = select(func.count()).where(Job.status == "running").scalar_subquery()
    return select(
        func.extract("epoch", func.clock_timestamp()).label("at"), running.label("running"), usual.label("usual")
    )


def _queue() -> Any:
    """Who has been rung for goes first; then makers in turn, as the sweep rings them (see `rounds.py`)."""
    fresh = Job.rung_at.is_(None)
    turn = func.row_number().over(partition_by=(Job.maker_id, fresh), order_by=Job.created_at)
    waiting = (
        select(Job.id, Job.created_at, fresh.label("fresh"), case((fresh, turn), else_=0).label("turn"))
        .where(Job.status == "queued")
        .subquery()
    )
    order = (waiting.c.fresh, waiting.c.turn, waiting.c.created_at)
    return select(waiting.c.id, (func.row_number().over(order_by=order) - 1).label("place"))


def _state_and_places() -> Any:
    state, queue = _state().subquery(), _queue().subquery()
    return select(state, queue).outerjoin(queue, queue.c.id.in_(bindparam("ids", expanding=True)))


# Made once: putting such a statement together takes as long as a small one takes to run.
_STATE, _STATE_AND_PLACES = _state(), _state_and_places()
