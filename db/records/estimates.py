"""Estimates: how many wait before a job, and how long it will take, from what the store has seen. Never invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ARRAY, Text, bindparam, case, func, select

from db.models import Job, table
from db.prepared import Driver, Prepared

SAMPLE = 20  # the last jobs that succeeded; their median is what one usually takes
Known = Any  # a job, or a row with what is shown of one

UNSEEN = 5.0  # seconds a job is taken for when none has succeeded yet; only to say when the queue is too long


@dataclass(frozen=True, slots=True)
class Outlook:
    """One look at the queue: the time, how many run, what one usually takes, and the places of those asked for."""

    at: float = 0.0  # seconds since 1970, by Postgres's clock
    running: int = 0
    usual: float | None = None
    places: dict[str, int] = field(default_factory=dict)

    def place(self, job: Known) -> int | None:
        """How many are before it; None once it runs."""
        return self.places.get(job.id) if job.status == "queued" else None

    def wait(self, job_id: str) -> float:
        """Seconds of work before a job that waits. Those that run are the workers there are, or else there is one."""
        return self.places.get(job_id, 0) // max(1, self.running) * (self.usual or UNSEEN)

    def seconds_left(self, job: Known) -> float | None:
        """Until it ends; None where that would be a guess."""
        if job.status == "queued":
            return None if self.usual is None else round(self.wait(job.id) + self.usual, 1)
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


def outlook(driver: Driver, jobs: Sequence[Known]) -> Outlook:
    """Looks once for all of these; not at all when every one has ended."""
    if not any(job.status in ("queued", "running") for job in jobs):
        return Outlook()
    waiting = [job.id for job in jobs if job.status == "queued"]
    found = _STATE_AND_PLACES.ask(driver, ids=waiting).fetchall() if waiting else _STATE.ask(driver).fetchall()
    now, places = found[0], {row.id: row.place for row in found if waiting and row.id is not None}
    return Outlook(float(now.at), now.running, now.usual, places)


def looked(found: Any) -> Outlook:
    """The outlook of one job that was read with `LOOKS`."""
    return Outlook(float(found.at), found.running, found.usual, {found.id: found.place})


@dataclass(frozen=True, slots=True)
class Prospect:
    """What meets a maker who opens one more job: how many of theirs have not ended, and its outlook under this id."""

    unfinished: int
    look: Outlook

    @property
    def now(self) -> datetime:
        """When that is, by Postgres's clock."""
        return datetime.fromtimestamp(self.look.at, UTC)


def prospect(found: Any, job_id: str) -> Prospect:
    """What `PROSPECT` has found, for the job that will have this id."""
    return Prospect(found.unfinished, Outlook(float(found.at), found.running, found.usual, {job_id: int(found.place)}))


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


def _looks() -> tuple[Any, ...]:
    job, queue = table(Job).c, _queue().subquery()
    at, running, usual = _state().selected_columns
    lasts = (job.status == "queued") | (job.status == "running")
    place = select(queue.c.place).where(queue.c.id == job.id).scalar_subquery()
    return (
        at,
        case((lasts, running.element), else_=0).label("running"),
        case((lasts, usual.element)).label("usual"),
        case((job.status == "queued", place)).label("place"),
    )


def _state_and_places() -> Any:
    state, queue = _state().subquery(), _queue().subquery()
    return select(state, queue).outerjoin(queue, queue.c.id == func.any(bindparam("ids", type_=ARRAY(Text))))


def _prospect() -> Any:
    """The new job comes after whoever has been rung for, and after as many of each other maker's as its own turn is."""
    mine = bindparam("maker", type_=Text)
    waiting = (
        select(Job.maker_id, func.count().label("jobs"), func.count().filter(Job.rung_at.is_(None)).label("fresh"))
        .where(Job.status == "queued")
        .group_by(Job.maker_id)
        .cte("waiting")
    )
    own = select(waiting.c.jobs, waiting.c.fresh).where(waiting.c.maker_id == mine).subquery()
    turn = func.coalesce(select(own.c.fresh).scalar_subquery(), 0) + 1
    before = func.sum(waiting.c.jobs - waiting.c.fresh + func.least(waiting.c.fresh, turn))
    written = select(func.count()).where(Job.status == "running", Job.maker_id == mine).scalar_subquery()
    return _state().add_columns(
        func.coalesce(select(before).scalar_subquery(), 0).label("place"),
        (func.coalesce(select(own.c.jobs).scalar_subquery(), 0) + written).label("unfinished"),
    )


LOOKS = _looks()  # columns beside a job's own; what is not asked of one that has ended is not looked for
_STATE, _STATE_AND_PLACES = Prepared(_state()), Prepared(_state_and_places())
PROSPECT = Prepared(_prospect())  # asked before a `maker`'s job is kept, so that all it is can be kept by one statement
