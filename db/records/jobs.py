"""Jobs as their maker sees them: opened, read, listed, followed, canceled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, tuple_, update
from sqlalchemy.orm import Session as Transaction

from db.ids import new_id
from db.models import Event, Job, Json, Pattern
from db.records import messages, quotas
from db.records.cursors import read_cursor, write_cursor
from db.records.errors import AlreadyFinished, AlreadyOpened, KeyReused, NoSuchJob, QueueFull
from db.records.estimates import Outlook, outlook
from db.records.sight import seen
from db.records.signing import ensure_secret
from db.session import Session

View = dict[str, Any]

UNFINISHED = ("queued", "running")


@dataclass(frozen=True, slots=True)
class Key:
    """What a client calls one request of theirs, and the hash of what it says: the same again is the same job."""

    name: str
    said: bytes


def open_job(
    maker_id: str,
    prompt: str,
    options: Json,
    metadata: Json | None = None,
    key: Key | None = None,
    quota: quotas.Quota | None = None,
    webhook: Json | None = None,
) -> View:
    """Keeps a wish: the job, its pattern and its first event in one commit. Gives the job.

    `webhook`: {url, events, site}; `site` is where the links of its messages begin.
    Raises AlreadyOpened or KeyReused for a key that is known, QuotaSpent or QueueFull when it cannot be taken now.
    """
    job_id, pattern_id = new_id("job"), new_id("pat")
    with Session.begin() as session:
        admit(session, maker_id, key, quota)
        session.add(Pattern(id=pattern_id, maker_id=maker_id))
        session.flush()
        fresh = Job(
            id=job_id,
            maker_id=maker_id,
            pattern_id=pattern_id,
            prompt=prompt,
            options=options,
            notes=metadata or {},
            idempotency_key=key and key.name,
            request_hash=key and key.said,
            webhook=webhook,
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
        if webhook:
            ensure_secret(session, maker_id)
        session.flush()
        return opened(session, fresh, quota)


def admit(session: Transaction, maker_id: str, key: Key | None, quota: quotas.Quota | None) -> None:
    """Whether a job of this maker may be opened under this key. Of twins in flight one is first, the other hears so."""
    if key is not None or quota is not None:
        quotas.lock_maker(session, maker_id)
    if key is not None:
        wanted = select(Job.id, Job.request_hash).where(Job.maker_id == maker_id, Job.idempotency_key == key.name)
        if (known := session.execute(wanted).one_or_none()) is not None:
            raise AlreadyOpened(known.id) if known.request_hash == key.said else KeyReused(key.name)
    if quota is not None:
        quotas.spend_unfinished(session, maker_id, quota.unfinished)


def opened(session: Transaction, fresh: Job, quota: quotas.Quota | None) -> View:
    """The job just made, unless that was one too many: then nothing of it stays."""
    look = outlook(session, [fresh])
    if quota is not None:
        if (wait := look.wait(fresh)) > quota.queue_seconds:
            raise QueueFull(wait)
        quotas.spend_creation(session, quota.address, quota.creations)
    return shown(fresh, look)


def job(job_id: str, reader: str | None = None) -> View:
    """One job, as far as `reader` may see its pattern. Raises NoSuchJob; Gone or TakenDown when its pattern is."""
    wanted = select(Job, Pattern).join(Pattern, Pattern.id == Job.pattern_id).where(Job.id == job_id)
    with Session() as session:
        found = session.execute(wanted).one_or_none()
        if found is None:
            raise NoSuchJob(job_id)
        seen(found.Pattern, reader)
        return view(session, found.Job)


def jobs_of(maker_id: str, status: str | None = None, limit: int = 20, cursor: str | None = None) -> View:
    """A page of a maker's jobs, newest first: {data, next_cursor}. Raises BadCursor."""
    scope = f"jobs {maker_id} {status or ''}"
    kept = Pattern.deleted_at.is_(None)
    wanted = select(Job).join(Pattern, Pattern.id == Job.pattern_id).where(Job.maker_id == maker_id, kept)
    if status:
        wanted = wanted.where(Job.status == status)
    if cursor:
        moment, last = read_cursor(scope, cursor)
        wanted = wanted.where(tuple_(Job.created_at, Job.id) < (datetime.fromisoformat(moment), last))
    with Session() as session:
        found = session.scalars(wanted.order_by(Job.created_at.desc(), Job.id.desc()).limit(limit + 1)).all()
        page = views(session, found[:limit])
    last_of = found[limit - 1] if len(found) > limit else None
    more = write_cursor(scope, [last_of.created_at.isoformat(), last_of.id]) if last_of else None
    return {"data": page, "next_cursor": more}


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
        ended = end_canceled(session, Job.id == job_id, Job.maker_id == maker_id)
        if ended is None:
            known = _found(session.get(Job, job_id))
            if known.maker_id != maker_id:
                raise NoSuchJob(job_id)
            if known.status != "canceled":
                raise AlreadyFinished(known.status)
            return view(session, known)
        return view(session, ended)


def end_canceled(session: Transaction, *which: ColumnElement[bool]) -> Job | None:
    """Ends the unfinished job that this says, with its last event and its webhook's message; None: there is none."""
    ended = session.scalars(
        update(Job)
        .where(*which, Job.status.in_(UNFINISHED))
        .values(
            status="canceled",
            phase=None,
            lease_until=None,
            finished_at=func.clock_timestamp(),
            last_event=Job.last_event + 1,
        )
        .returning(Job)
    ).one_or_none()
    if ended is not None:
        data = {"finished_at": stamp(ended.finished_at)}
        session.add(Event(job_id=ended.id, seq=ended.last_event, type="job.canceled", data=data))
        messages.owe(session, ended, view)
    return ended


def view(session: Transaction, job: Job) -> View:
    """A job in the shape the API shows, less links."""
    return shown(job, outlook(session, [job]))


def views(session: Transaction, jobs: Sequence[Job]) -> list[View]:
    """Jobs in that shape, by one look at the queue."""
    look = outlook(session, jobs)
    return [shown(job, look) for job in jobs]


def shown(job: Job, look: Outlook) -> View:
    """A job in that shape, by this look at the queue."""
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
            "queue_position": look.place(job),
            "seconds_left": look.seconds_left(job),
            "rows_written": job.rows_written,
            "rows_proven": job.rows_proven,
            "rows_expected": job.rows_expected,
        },
        "pattern": {"id": job.pattern_id, "title": job.title},
        "model": job.model,
        "usage": job.usage,
        "error": job.error,
        "metadata": job.notes,
        "webhook": job.webhook and {name: job.webhook[name] for name in ("url", "events")},
    }


def stamp(moment: datetime | None) -> str | None:
    """RFC 3339 in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z") if moment else None


def _found(job: Job | None) -> Job:
    if job is None:
        raise NoSuchJob
    return job
