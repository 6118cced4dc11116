"""Writing: what a worker does to a job it has claimed.

Every verb is fenced by one UPDATE: `... WHERE id = :job AND attempt = :attempt AND status = 'running'`. It is fence,
cancel check, event number and renewed lease together. False: the job was canceled or a later attempt has it; the
caller stops writing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import cast, func, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session as Transaction

from db.models import Event, Job, Json, Pattern, PatternRow
from db.records import messages
from db.records.jobs import stamp, view
from db.session import Session


@dataclass(frozen=True, slots=True)
class Claim:
    """A job in hand: which attempt, the wish, and the sheet so far, from which a later attempt goes on.

    `helped`: another model than the one that is wanted has stepped in and written at that sheet.
    """

    job_id: str
    attempt: int
    pattern_id: str
    prompt: str
    options: Json
    sheet: str
    helped: bool


def claim(job_id: str, lease: float, model: Json) -> Claim | None:
    """Takes a queued job for `lease` seconds. None: another has it, or it has ended; ringing twice is harmless."""
    with Session.begin() as session:
        taken = session.scalars(
            update(Job)
            .where(Job.id == job_id, Job.status == "queued")
            .values(
                status="running",
                phase="writing",
                attempt=Job.attempt + 1,
                lease_until=_lease(lease),
                started_at=func.coalesce(Job.started_at, func.clock_timestamp()),
                model=model,
                last_event=Job.last_event + 1,
            )
            .returning(Job)
        ).one_or_none()
        if taken is None:
            return None
        pattern = session.get_one(Pattern, taken.pattern_id)
        pattern.model = model
        data = {"attempt": taken.attempt, "started_at": stamp(taken.started_at), "model": model}
        session.add(Event(job_id=job_id, seq=taken.last_event, type="job.started", data=data))
        helped = bool(pattern.sheet) and _helped(session, pattern.id)
        return Claim(job_id, taken.attempt, taken.pattern_id, taken.prompt, taken.options, pattern.sheet, helped)


def _helped(session: Transaction, pattern_id: str) -> bool:
    stepped_in = select(Event).join(Job, Job.id == Event.job_id)
    stepped_in = stepped_in.where(Job.pattern_id == pattern_id, Event.type == "job.phase", Event.data.has_key("model"))
    return bool(session.scalar(select(stepped_in.exists())))


def beat(job_id: str, attempt: int, lease: float) -> bool:
    """Renews the lease while the model is silent."""
    with Session.begin() as session:
        return _held(session, job_id, attempt, None, {}, lease) is not None


def set_head(job_id: str, attempt: int, head: Json, rows_expected: int | None, lines: str, lease: float) -> bool:
    """Keeps the head of the sheet: what the page shows, and the lines it was read from, which begin the sheet.

    Once more is harmless: an attempt may end between the head and its first row, or its commit's reply be lost.
    """
    title = head["title"]
    data = {"head": head, "title": title, "rows_expected": rows_expected}
    with Session.begin() as session:
        values = {"title": title, "rows_expected": rows_expected, "phase": "writing"}
        pattern_id = _held(session, job_id, attempt, ("head.written", data), values, lease)
        if pattern_id is None:
            return False
        session.execute(update(Pattern).where(Pattern.id == pattern_id).values(head=head, sheet=lines))
        return True


def add_row(job_id: str, attempt: int, piece: Json, row: Json, lines: str, lease: float) -> bool:
    """Keeps one row, once: the checker's report with its `result`, its piece, and the text as accepted."""
    data = {"piece": piece, "row": row}
    with Session.begin() as session:
        values = {
            "rows_written": Job.rows_written + 1,
            "rows_proven": Job.rows_proven + int(row["verdict"] == "ok"),
            "phase": "writing",
        }
        pattern_id = _held(session, job_id, attempt, ("row.written", data), values, lease)
        if pattern_id is None:
            return False
        about = {piece["key"]: {name: value for name, value in piece.items() if name != "key"}}
        session.execute(
            update(Pattern)
            .where(Pattern.id == pattern_id)
            .values(sheet=Pattern.sheet + lines, pieces=Pattern.pieces.op("||")(cast(about, JSONB)))
        )
        written = select(func.count()).where(PatternRow.pattern_id == pattern_id)
        session.add(
            PatternRow(
                pattern_id=pattern_id,
                key=row["key"],
                position=session.scalar(written) or 0,  # the fence has locked the job's row: nobody counts beside us
                verdict=row["verdict"],
                result=row["result"],
                row=row,
            )
        )
        return True


def rewritten(job_id: str, attempt: int, key: str, text: str, message: str, reason: str, lease: float) -> bool:
    """Tells of a try that was thrown away, and why."""
    data = {"key": key, "text": text, "message": message, "reason": reason}
    return _tell(job_id, attempt, ("row.rewritten", data), {"phase": "rewriting"}, lease)


def phase(job_id: str, attempt: int, phase: str, lease: float, model: Json | None = None) -> bool:
    """Says what the worker is at: waking_model, writing, rewriting, finishing. `model`: another one writes from now."""
    if model is None:
        return _tell(job_id, attempt, ("job.phase", {"phase": phase}), {"phase": phase}, lease)
    data, values = {"phase": phase, "model": model}, {"phase": phase, "model": model}
    with Session.begin() as session:
        pattern_id = _held(session, job_id, attempt, ("job.phase", data), values, lease)
        if pattern_id is not None:
            session.execute(update(Pattern).where(Pattern.id == pattern_id).values(model=model))
        return pattern_id is not None


def finish(job_id: str, attempt: int, head: Json, pieces: Json, verdict: str, usage: Json, lines: str) -> bool:
    """Ends a job well: its status, its pattern and its last event and its webhook's message in one commit."""
    with Session.begin() as session:
        values = {"title": head["title"], "usage": usage, **_END, "status": "succeeded"}
        ended = _ended(session, job_id, attempt, values)
        if ended is None:
            return False
        data = {
            "finished_at": stamp(ended.finished_at),
            "head": head,
            "title": head["title"],
            "pieces": [{"key": key, **about} for key, about in pieces.items()],
            "verdict": verdict,
            "usage": usage,
        }
        session.add(Event(job_id=job_id, seq=ended.last_event, type="job.succeeded", data=data))
        messages.owe(session, ended, view)
        session.execute(
            update(Pattern)
            .where(Pattern.id == ended.pattern_id)
            .values(
                head=head, pieces=pieces, verdict=verdict, finished_at=ended.finished_at, sheet=Pattern.sheet + lines
            )
        )
        return True


def fail(job_id: str, attempt: int, kind: str, detail: str) -> bool:
    """Ends a job badly, with words for the maker. The rows so far stay."""
    error = {"type": kind, "detail": detail}
    with Session.begin() as session:
        ended = _ended(session, job_id, attempt, {**_END, "status": "failed", "error": error})
        if ended is None:
            return False
        data = {"finished_at": stamp(ended.finished_at), "error": error}
        session.add(Event(job_id=job_id, seq=ended.last_event, type="job.failed", data=data))
        messages.owe(session, ended, view)
        return True


def hand_back(job_id: str, attempt: int, reason: str = "worker stopped") -> bool:
    """Gives a job back to the queue, unharmed: no crash is counted, another worker goes on from its last row."""
    values = {"status": "queued", "phase": None, "lease_until": None, "rung_at": None}
    return _tell(job_id, attempt, ("job.requeued", {"reason": reason}), values, None)


_END: dict[str, Any] = {"phase": None, "lease_until": None, "finished_at": func.clock_timestamp()}


def _lease(seconds: float) -> Any:
    # Postgres's clock alone decides; a worker's may be an hour off.
    return func.clock_timestamp() + timedelta(seconds=seconds)


def _tell(job_id: str, attempt: int, event: tuple[str, Json], values: dict[str, Any], lease: float | None) -> bool:
    with Session.begin() as session:
        return _held(session, job_id, attempt, event, values, lease) is not None


def _held(
    session: Transaction,
    job_id: str,
    attempt: int,
    event: tuple[str, Json] | None,
    values: dict[str, Any],
    lease: float | None,
) -> str | None:
    """The fence. Gives the pattern's id while this attempt holds the job, and logs the event under the next number."""
    if lease is not None:
        values = values | {"lease_until": _lease(lease)}
    held = session.execute(
        update(Job)
        .where(Job.id == job_id, Job.attempt == attempt, Job.status == "running")
        .values(**values, last_event=Job.last_event + int(event is not None))
        .returning(Job.pattern_id, Job.last_event)
    ).one_or_none()
    if held is None:
        return None
    if event is not None:
        session.add(Event(job_id=job_id, seq=held.last_event, type=event[0], data=event[1]))
    return str(held.pattern_id)


def _ended(session: Transaction, job_id: str, attempt: int, values: dict[str, Any]) -> Job | None:
    return session.scalars(
        update(Job)
        .where(Job.id == job_id, Job.attempt == attempt, Job.status == "running")
        .values(**values, last_event=Job.last_event + 1)
        .returning(Job)
    ).one_or_none()
