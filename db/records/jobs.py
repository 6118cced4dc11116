"""Jobs as their maker sees them: opened, read, listed, followed, canceled."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.orm import Session as Transaction

from db.ids import new_id
from db.models import Event, Job, Json, Pattern
from db.records.errors import AlreadyFinished, BadCursor, NoSuchJob
from db.session import Session

View = dict[str, Any]

UNFINISHED = ("queued", "running")
ENDED = ("succeeded", "failed", "canceled")


def open_job(maker_id: str, prompt: str, options: Json, metadata: Json | None = None) -> View:
    """Keeps a wish: the job, its pattern and its first event in one commit. Gives the job."""
    job_id, pattern_id = new_id("job"), new_id("pat")
    with Session.begin() as session:
        session.add(Pattern(id=pattern_id, maker_id=maker_id))
        session.flush()
        fresh = Job(
            id=job_id,
            maker_id=maker_id,
            pattern_id=pattern_id,
            prompt=prompt,
            options=options,
            notes=metadata or {},
            last_event=1,
        )
        session.add(fresh)
        session.flush()
        data = {
            "prompt": prompt,
            "options": options,
            "pattern": {"id": pattern_id},
            "created_at": stamp(fresh.created_at),
        }
        session.add(Event(job_id=job_id, seq=1, type="job.queued", data=data))
        session.flush()
        return view(session, fresh)


def job(job_id: str) -> View:
    """One job. Raises NoSuchJob."""
    with Session() as session:
        return view(session, _found(session.get(Job, job_id)))


def jobs_of(maker_id: str, status: str | None = None, limit: int = 20, cursor: str | None = None) -> View:
    """A page of a maker's jobs, newest first: {data, next_cursor}. Raises BadCursor."""
    wanted = select(Job).where(Job.maker_id == maker_id)
    if status:
        wanted = wanted.where(Job.status == status)
    if cursor:
        wanted = wanted.where(tuple_(Job.created_at, Job.id) < tuple_(*_read_cursor(cursor)))
    with Session() as session:
        found = session.scalars(wanted.order_by(Job.created_at.desc(), Job.id.desc()).limit(limit + 1)).all()
        page = found[:limit]
        more = _cursor(page[-1]) if len(found) > limit else None
        return {"data": [view(session, each) for each in page], "next_cursor": more}


def events(job_id: str, after: int = 0, limit: int = 1000) -> list[View]:
    """A job's events after the one numbered `after`, in order: [{id, type, at, data}]."""
    with Session() as session:
        found = session.scalars(
            select(Event).where(Event.job_id == job_id, Event.seq > after).order_by(Event.seq).limit(limit)
        )
        return [{"id": each.seq, "type": each.type, "at": stamp(each.at), "data": each.data} for each in found]


def cancel(job_id: str, maker_id: str) -> View:
    """Ends a job that has not ended; again is harmless. The rows so far stay.

    Raises NoSuchJob when it is not this maker's, AlreadyFinished when it has succeeded or failed.
    """
    with Session.begin() as session:
        ended = session.scalars(
            update(Job)
            .where(Job.id == job_id, Job.maker_id == maker_id, Job.status.in_(UNFINISHED))
            .values(
                status="canceled",
                phase=None,
                lease_until=None,
                finished_at=func.clock_timestamp(),
                last_event=Job.last_event + 1,
            )
            .returning(Job)
        ).one_or_none()
        if ended is None:
            known = _found(session.get(Job, job_id))
            if known.maker_id != maker_id:
                raise NoSuchJob(job_id)
            if known.status != "canceled":
                raise AlreadyFinished(known.status)
            return view(session, known)
        data = {"finished_at": stamp(ended.finished_at)}
        session.add(Event(job_id=job_id, seq=ended.last_event, type="job.canceled", data=data))
        return view(session, ended)


def view(session: Transaction, job: Job) -> View:
    """A job in the shape the API shows, less links."""
    return {
        "id": job.id,
        "maker_id": job.maker_id,
        "status": job.status,
        "phase": job.phase,
        "attempt": job.attempt,
        "version": job.last_event,
        "created_at": stamp(job.created_at),
        "started_at": stamp(job.started_at),
        "finished_at": stamp(job.finished_at),
        "prompt": job.prompt,
        "options": job.options,
        "progress": {
            "queue_position": _queue_position(session, job),
            "seconds_left": _seconds_left(job),
            "rows_written": job.rows_written,
            "rows_proven": job.rows_proven,
            "rows_expected": job.rows_expected,
        },
        "pattern": {"id": job.pattern_id, "title": job.title},
        "model": job.model,
        "usage": job.usage,
        "error": job.error,
        "metadata": job.notes,
    }


def stamp(moment: datetime | None) -> str | None:
    """RFC 3339 in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z") if moment else None


def _found(job: Job | None) -> Job:
    if job is None:
        raise NoSuchJob
    return job


def _queue_position(session: Transaction, job: Job) -> int | None:
    """How many are before it; None once it runs."""
    if job.status != "queued":
        return None
    before = select(func.count()).where(Job.status == "queued", Job.created_at < job.created_at)
    return session.scalar(before) or 0


def _seconds_left(job: Job) -> float | None:
    """From the pace of its own rows; None as long as that would be a guess."""
    if job.status != "running" or not job.started_at or not job.rows_written or not job.rows_expected:
        return None
    pace = (datetime.now(UTC) - job.started_at).total_seconds() / job.rows_written
    return round(max(0.0, pace * (job.rows_expected - job.rows_written)), 1)


def _cursor(job: Job) -> str:
    return base64.urlsafe_b64encode(f"{job.created_at.isoformat()} {job.id}".encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> tuple[datetime, str]:
    try:
        moment, _, job_id = (
            base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True).decode().partition(" ")
        )
        since = datetime.fromisoformat(moment)
    except (binascii.Error, ValueError) as error:
        raise BadCursor(cursor) from error
    if since.tzinfo is None or not job_id.startswith("job_") or "\0" in job_id:
        raise BadCursor(cursor)
    return since, job_id
