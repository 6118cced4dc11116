"""Jobs as their maker sees them: read, listed, followed, canceled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, LargeBinary, Text, bindparam, func, select, tuple_, update
from sqlalchemy.orm import Session as Transaction

from db.models import Device, Event, Job, Pattern, table
from db.prepared import Prepared, at_once, driver_of
from db.records import messages
from db.records.cursors import read_cursor, write_cursor
from db.records.errors import AlreadyFinished, NoSuchJob
from db.records.estimates import LOOKS, Known, Outlook, looked, outlook
from db.records.makers import BEARING, Bearer, borne_by, token_hash
from db.records.sight import seen
from db.session import Session, reading

View = dict[str, Any]

UNFINISHED = ("queued", "running")


_jobs, _patterns, _events, _devices = (table(model).c for model in (Job, Pattern, Event, Device))

# What is shown of a job, under the names that `Job` has for it.
SHOWN = (
    *(_jobs[name] for name in ("id", "maker_id", "pattern_id", "status", "phase", "attempt", "last_event")),
    *(_jobs[name] for name in ("created_at", "started_at", "finished_at", "prompt", "options", "webhook", "title")),
    *(_jobs[name] for name in ("rows_kept", "rows_written", "rows_proven", "rows_expected")),
    *(_jobs[name] for name in ("model", "usage", "error")),
    _jobs["metadata"].label("notes"),
)
# Read whenever somebody asks how a job is.
_FOUND = Prepared(
    select(*SHOWN, *LOOKS, _patterns.visibility, _patterns.deleted_at, _patterns.taken_down_at)
    .join_from(table(Job), table(Pattern), _patterns.id == _jobs.pattern_id)
    .where(_jobs.id == bindparam("id"))
)
# The same, and who asks: one row, whether there is such a job, such a bearer, or neither.
_asked = select(bindparam("id", type_=Text).label("id"), bindparam("hash", type_=LargeBinary).label("hash")).subquery()
_FOUND_AS = Prepared(
    select(*SHOWN, *LOOKS, _patterns.visibility, _patterns.deleted_at, _patterns.taken_down_at, *BEARING).select_from(
        _asked.outerjoin(table(Job), _jobs.id == _asked.c.id)
        .outerjoin(table(Pattern), _patterns.id == _jobs.pattern_id)
        .outerjoin(table(Device), (_devices.token_hash == _asked.c.hash) & _devices.revoked_at.is_(None))
    )
)
_EVENTS = Prepared(
    select(_events.seq, _events.type, _events.at, _events.data)
    .where(_events.job_id == bindparam("id"), _events.seq > bindparam("after"))
    .order_by(_events.seq)
    .limit(bindparam("most"))
)

_HIDDEN = Prepared(
    select(_jobs.id, _patterns.maker_id, _patterns.taken_down_at)
    .join_from(table(Job), table(Pattern), _patterns.id == _jobs.pattern_id)
    .where(_jobs.id == func.any(bindparam("ids", type_=ARRAY(Text))))
    .where((_patterns.visibility == "private") | _patterns.taken_down_at.is_not(None))
)


def job(job_id: str, reader: str | None = None) -> View:
    """One job, as far as `reader` may see its pattern. Raises NoSuchJob; Gone or TakenDown when its pattern is."""
    with reading() as driver:
        found = _FOUND.ask(driver, id=job_id).fetchone()
    if found is None:
        raise NoSuchJob(job_id)
    return shown(seen(found, reader), looked(found))


def job_as(job_id: str, token: str, admit: Callable[[Bearer | None], str | None]) -> tuple[View, str | None]:
    """One job as whoever bears this token may see it, and who that is: one look at the store for both.

    `admit` says who reads, from who bears the token; what it raises comes before anything of the job. Raises as `job`.
    """
    with reading() as driver:
        [found] = _FOUND_AS.ask(driver, id=job_id, hash=token_hash(token))
    reader = admit(borne_by(found))
    if found.id is None:
        raise NoSuchJob(job_id)
    return shown(seen(found, reader), looked(found)), reader


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
    with reading() as driver:
        return _logged(_EVENTS.ask(driver, id=job_id, after=after, most=limit))


def news(read_to: dict[str, int], limit: int = 1000) -> tuple[dict[str, list[View]], dict[str, tuple[str, ...]]]:
    """Of each of these jobs the events after that number; and those of them whose pattern not everybody may see now,
    and who may: its maker, or nobody.
    """
    with reading() as driver, at_once(driver):
        found = {job_id: _EVENTS.ask(driver, id=job_id, after=seen, most=limit) for job_id, seen in read_to.items()}
        # Last: what was written after a pattern was hidden is not among what was read before.
        hidden = _HIDDEN.ask(driver, ids=list(read_to))
    may: dict[str, tuple[str, ...]] = {each.id: () if each.taken_down_at else (each.maker_id,) for each in hidden}
    return {job_id: _logged(each) for job_id, each in found.items()}, may


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
    return shown(job, outlook(driver_of(session), [job]))


def views(session: Transaction, jobs: Sequence[Job]) -> list[View]:
    """Jobs in that shape, by one look at the queue."""
    look = outlook(driver_of(session), jobs)
    return [shown(job, look) for job in jobs]


def shown(job: Known, look: Outlook) -> View:
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


def stamped(moment: Any) -> Any:
    """The same of a moment that only a statement knows."""
    return func.to_char(func.timezone("UTC", moment), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')


def _logged(found: Iterable[Any]) -> list[View]:
    return [{"id": each.seq, "type": each.type, "at": stamp(each.at), "data": each.data} for each in found]


def _found(job: Job | None) -> Job:
    if job is None:
        raise NoSuchJob
    return job
