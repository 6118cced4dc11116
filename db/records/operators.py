"""Operators: what whoever runs the site may do: see jobs that are stuck, ring them again, take a pattern down."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, or_, select, update

from db.models import Event, Job, Pattern, Report
from db.records.clock import ago, now
from db.records.errors import NoSuchJob, NoSuchPattern
from db.records.jobs import UNFINISHED, stamp
from db.records.reports import view
from db.records.rounds import Ring
from db.session import Session

View = dict[str, Any]


def stuck_jobs(seconds: float, limit: int = 100) -> list[View]:
    """Unfinished jobs of which nothing was heard for so long: [{id, status, phase, attempt, crashes, last_event_at,
    why}], the longest first."""
    found = (
        select(Job, Event.at, (Job.lease_until < now()).label("late"))
        .join(Event, (Event.job_id == Job.id) & (Event.seq == Job.last_event))
        .where(or_(*(Job.status == each for each in UNFINISHED)), Event.at < ago(seconds))
        .order_by(Event.at)
        .limit(limit)
    )
    with Session() as session:
        return [
            {
                "id": job.id,
                "status": job.status,
                "phase": job.phase,
                "attempt": job.attempt,
                "crashes": job.crashes,
                "last_event_at": stamp(at),
                "why": _why(job, bool(late)),
            }
            for job, at, late in session.execute(found)
        ]


def ring_again(job_id: str) -> Ring | None:
    """Makes an unfinished job wait for a worker anew, whoever had it; no crash is counted. None: it has ended.

    A worker that has it after all is fenced off by the next attempt. Raises NoSuchJob.
    """
    with Session.begin() as session:
        job = session.get(Job, job_id, with_for_update=True)
        if job is None:
            raise NoSuchJob(job_id)
        if job.status not in UNFINISHED:
            return None
        if job.status == "running":
            job.status, job.phase, job.lease_until, job.last_event = "queued", None, None, job.last_event + 1
            session.add(Event(job_id=job_id, seq=job.last_event, type="job.requeued", data={"reason": "operator"}))
        job.rung_at = None
        return Ring(job.id, job.attempt + 1)


def reported_patterns(limit: int = 100) -> list[View]:
    """Patterns that makers have reported, newest report first: [{id, title, taken_down_at, reports: [...]}]."""
    latest = func.max(Report.created_at)
    found = (
        select(Pattern)
        .join(Report, Report.pattern_id == Pattern.id)
        .group_by(Pattern.id)
        .order_by(latest.desc())
        .limit(limit)
    )
    with Session() as session:
        patterns = session.scalars(found).all()
        said = session.scalars(
            select(Report).where(Report.pattern_id.in_([each.id for each in patterns])).order_by(Report.created_at)
        ).all()
        return [
            {
                "id": each.id,
                "title": each.edits.get("title", (each.head or {}).get("title")),
                "taken_down_at": stamp(each.taken_down_at),
                "reports": [view(one) for one in said if one.pattern_id == each.id],
            }
            for each in patterns
        ]


def take_down(pattern_id: str) -> None:
    """Hides a pattern, its job and its log from everybody; nothing of it is lost. Again is harmless."""
    _mark(pattern_id, func.coalesce(Pattern.taken_down_at, func.clock_timestamp()))


def put_back(pattern_id: str) -> None:
    """Shows a pattern again that was taken down."""
    _mark(pattern_id, None)


def _mark(pattern_id: str, at: Any) -> None:
    with Session.begin() as session:
        marked = session.execute(
            update(Pattern).where(Pattern.id == pattern_id).values(taken_down_at=at).returning(Pattern.id)
        ).one_or_none()
        if marked is None:
            raise NoSuchPattern(pattern_id)


def _why(job: Job, late: bool) -> str:
    if job.status == "queued":
        return "never rung: is a sweep running?" if job.rung_at is None else "rung, and no worker took it"
    if late:
        return "its worker is gone, and no sweep has taken it back"
    return "waits for the model" if job.phase == "waking_model" else "a worker has it, and no row comes"
