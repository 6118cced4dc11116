"""Counting: what the metrics know of the store: what waits now, and each job that has ended, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session as Transaction

from db.models import Delivery, Event, Job, Json, Pattern
from db.records.clock import now
from db.session import Session


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits, counted at one moment. Seconds are 0 where nothing waits."""

    queued: int
    running: int
    oldest_queued_seconds: float
    leases_expired: int
    webhooks_due: int
    webhook_oldest_due_seconds: float


@dataclass(frozen=True, slots=True)
class Ended:
    """A job that has ended. Seconds: None where it never came so far.

    `rows`: how many of each result, and how many tries were thrown away.
    """

    status: str
    reason: str
    model: str
    verdict: str | None
    wait_seconds: float | None
    first_row_seconds: float | None
    seconds: float | None
    attempts: int
    crashes: int
    usage: Json
    rows: Counter[str] = field(default_factory=Counter)


def backlog() -> Backlog:
    """What waits now."""
    with Session() as session:
        # Two statements, because there is an index of those that wait and one of those that run, and none of both.
        waiting = session.execute(
            select(func.count(), func.min(Job.created_at), now()).where(Job.status == "queued")
        ).one()
        running = session.execute(
            select(func.count(), func.count().filter(Job.lease_until < now())).where(Job.status == "running")
        ).one()
        due = session.execute(
            select(func.count(), func.min(Delivery.due_at)).where(
                Delivery.status == "pending", Delivery.due_at <= now()
            )
        ).one()
    queued, oldest, at = waiting
    return Backlog(queued, running[0], _since(oldest, at) or 0.0, running[1], due[0], _since(due[1], at) or 0.0)


def count_ended(limit: int = 200) -> list[Ended]:
    """Takes jobs that have ended and were not counted yet; each is given once, however many ask."""
    with Session.begin() as session:
        fresh = (
            select(Job.id)
            .where(Job.finished_at.is_not(None), Job.counted_at.is_(None))
            .order_by(Job.finished_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        jobs = session.scalars(
            update(Job).where(Job.id.in_(fresh)).values(counted_at=func.clock_timestamp()).returning(Job)
        ).all()
        if not jobs:
            return []
        rows, first = _rows(session, [job.id for job in jobs])
        patterns = select(Pattern.id, Pattern.verdict).where(Pattern.id.in_([job.pattern_id for job in jobs]))
        verdicts = {row.id: row.verdict for row in session.execute(patterns)}
        return [_ended(job, rows[job.id], first.get(job.id), verdicts.get(job.pattern_id)) for job in jobs]


def _rows(session: Transaction, ids: Sequence[str]) -> tuple[dict[str, Counter[str]], dict[str, datetime]]:
    """How many rows of each result every job has written, and when its first was."""
    counts: dict[str, Counter[str]] = {job_id: Counter() for job_id in ids}
    first: dict[str, datetime] = {}
    result = func.coalesce(Event.data["row"]["result"].astext, "thrown")
    told = session.execute(
        select(Event.job_id, result.label("result"), func.count().label("number"), func.min(Event.at).label("at"))
        .where(Event.job_id.in_(ids), Event.type.in_(("row.written", "row.rewritten")))
        .group_by(Event.job_id, "result")
    )
    for each in told:
        counts[each.job_id][each.result] = each.number
        if each.result != "thrown":
            first[each.job_id] = min(each.at, first.get(each.job_id, each.at))
    return counts, first


def _ended(job: Job, rows: Counter[str], first: datetime | None, verdict: str | None) -> Ended:
    return Ended(
        status=job.status,
        reason=str((job.error or {}).get("type", "")) if job.status == "failed" else "",
        model=str((job.model or {}).get("name") or ""),
        verdict=verdict if job.status == "succeeded" else None,
        wait_seconds=_since(job.created_at, job.started_at),
        first_row_seconds=_since(job.created_at, first),
        seconds=_since(job.created_at, job.finished_at),
        attempts=job.attempt,
        crashes=job.crashes,
        usage=job.usage or {},
        rows=rows,
    )


def _since(begun: datetime | None, ended: datetime | None) -> float | None:
    return max(0.0, (ended - begun).total_seconds()) if begun and ended else None
