"""Rounds of the sweep: which jobs to ring, and which leases have run out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ARRAY, Interval, Text, bindparam, func, or_, select, update

from db.models import Event, Job, Json
from db.prepared import Prepared, at_once
from db.records import messages
from db.records.clock import now
from db.records.jobs import stamp, view
from db.session import Session, keep, reading

PER_MAKER = 2  # rung or running at a time, so that nobody fills the queue for everybody else


@dataclass(frozen=True, slots=True)
class Ring:
    """A job that waits for a worker, and the attempt it will be."""

    job_id: str
    attempt: int


def to_ring(again: float, limit: int = 100) -> list[Ring]:
    """Queued jobs nobody has rung for, or that nobody claimed within `again` seconds; oldest first, makers in turn."""
    with reading() as driver, at_once(driver):
        unheard = _UNHEARD.ask(driver, again=timedelta(seconds=again), most=limit)
        allowed = _ALLOWED.ask(driver, most=limit)
    return [Ring(row.id, row.attempt + 1) for row in (*unheard, *allowed)]


def mark_rung(job_ids: list[str]) -> None:
    """Remembers when these were rung. Killed between ring and mark, a sweep rings again: harmless."""
    keep(_MARK, ids=job_ids)


def reap(max_crashes: int) -> list[Ring]:
    """Takes jobs from workers whose lease ran out: back to the queue, or failed at the `max_crashes`-th time.

    Gives what was taken, with the attempt that lost it. Two sweeps at once share the work (SKIP LOCKED).
    """
    with Session.begin() as session:
        lost = session.scalars(
            select(Job).where(Job.status == "running", Job.lease_until < now()).with_for_update(skip_locked=True)
        ).all()
        ended_at = session.scalar(select(func.clock_timestamp()))
        for job in lost:
            job.crashes += 1
            job.last_event += 1
            job.lease_until = job.phase = job.rung_at = None
            if job.crashes < max_crashes:
                job.status = "queued"
                event: str = "job.requeued"
                data: Json = {"reason": "worker lost"}
            else:
                job.status, job.finished_at = "failed", ended_at
                job.error = {
                    "type": "attempts-exhausted",
                    "detail": f"The workers that wrote this pattern died {job.crashes} times. Try the wish again.",
                }
                event, data = "job.failed", {"finished_at": stamp(ended_at), "error": job.error}
            session.add(Event(job_id=job.id, seq=job.last_event, type=event, data=data))
            if job.status == "failed":
                messages.owe(session, job, view)
        return [Ring(job.id, job.attempt) for job in lost]


def _allowed() -> Any:
    in_hand = (
        select(Job.maker_id, func.count().label("jobs"))
        .where(or_(Job.status == "running", (Job.status == "queued") & Job.rung_at.is_not(None)))
        .group_by(Job.maker_id)
        .subquery()
    )
    turn = func.row_number().over(partition_by=Job.maker_id, order_by=Job.created_at)
    fresh = (
        select(Job.id, Job.attempt, Job.created_at, (turn + func.coalesce(in_hand.c.jobs, 0)).label("place"))
        .outerjoin(in_hand, in_hand.c.maker_id == Job.maker_id)
        .where(Job.status == "queued", Job.rung_at.is_(None))
        .subquery()
    )
    allowed = select(fresh.c.id, fresh.c.attempt).where(fresh.c.place <= PER_MAKER).order_by(fresh.c.created_at)
    return allowed.limit(bindparam("most"))


_ALLOWED = Prepared(_allowed())
_UNHEARD = Prepared(
    select(Job.id, Job.attempt)
    .where(Job.status == "queued", Job.rung_at < now() - bindparam("again", type_=Interval))
    .limit(bindparam("most"))
)
_MARK = Prepared(
    update(Job)
    .where(Job.id == func.any(bindparam("ids", type_=ARRAY(Text))), Job.status == "queued")
    .values(rung_at=func.clock_timestamp())
)
