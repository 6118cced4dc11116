"""Writing: what a worker does to a job it has claimed.

A verb is one statement, and its heart one UPDATE: `... WHERE id = :job AND attempt = :attempt AND status = 'running'`.
It is fence, cancel check, event number and renewed lease together; what hangs on it is written only where it has found
the job. False: the job was canceled or a later attempt has it; the caller stops writing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from psycopg.types.json import Jsonb
from sqlalchemy import Integer, Interval, Text, bindparam, cast, func, insert, literal, null, select, true, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session as Transaction

from db.models import Event, Job, Json, Pattern, PatternRow, table
from db.prepared import Prepared, driver_of
from db.records import messages
from db.records.jobs import SHOWN, stamped, view
from db.session import Session, keep


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
        asked = {"job": job_id, "lease": timedelta(seconds=lease), "model": Jsonb(model)}
        taken = _CLAIM.ask(driver_of(session), **asked).fetchone()
        if taken is None:
            return None
        helped = bool(taken.sheet) and _helped(session, taken.pattern_id)
        return Claim(job_id, taken.attempt, taken.pattern_id, taken.prompt, taken.options, taken.sheet, helped)


def _helped(session: Transaction, pattern_id: str) -> bool:
    stepped_in = select(Event).join(Job, Job.id == Event.job_id)
    stepped_in = stepped_in.where(Job.pattern_id == pattern_id, Event.type == "job.phase", Event.data.has_key("model"))
    return bool(session.scalar(select(stepped_in.exists())))


def beat(job_id: str, attempt: int, lease: float) -> bool:
    """Renews the lease while the model is silent."""
    return _kept(_BEAT, job_id, attempt, lease)


def set_head(job_id: str, attempt: int, head: Json, rows_expected: int | None, lines: str, lease: float) -> bool:
    """Keeps the head of the sheet: what the page shows, and the lines it was read from, which begin the sheet.

    Once more is harmless: an attempt may end between the head and its first row, or its commit's reply be lost.
    """
    data = {"head": head, "title": head["title"], "rows_expected": rows_expected}
    return _kept(_SET_HEAD, job_id, attempt, lease, data=Jsonb(data), lines=lines)


def add_row(job_id: str, attempt: int, piece: Json, row: Json, lines: str, lease: float) -> bool:
    """Keeps one row, once: the checker's report with its `result`, its piece, and the text as accepted."""
    about = {piece["key"]: {name: value for name, value in piece.items() if name != "key"}}
    data = {"piece": piece, "row": row}
    proven = int(row["verdict"] == "ok")
    return _kept(_ADD_ROW, job_id, attempt, lease, data=Jsonb(data), about=Jsonb(about), lines=lines, proven=proven)


def rewritten(job_id: str, attempt: int, key: str, text: str, message: str, reason: str, lease: float) -> bool:
    """Tells of a try that was thrown away, and why."""
    data = {"key": key, "text": text, "message": message, "reason": reason}
    return _kept(_REWRITTEN, job_id, attempt, lease, data=Jsonb(data))


def phase(job_id: str, attempt: int, phase: str, lease: float, model: Json | None = None) -> bool:
    """Says what the worker is at: waking_model, writing, rewriting, finishing. `model`: another one writes from now."""
    if model is None:
        return _kept(_PHASE, job_id, attempt, lease, data=Jsonb({"phase": phase}))
    return _kept(_OTHER_MODEL, job_id, attempt, lease, data=Jsonb({"phase": phase, "model": model}))


def finish(job_id: str, attempt: int, head: Json, pieces: Json, verdict: str, usage: Json, lines: str) -> bool:
    """Ends a job well: its status, its pattern and its last event and its webhook's message in one commit."""
    data = {
        "head": head,
        "title": head["title"],
        "pieces": [{"key": key, **about} for key, about in pieces.items()],
        "verdict": verdict,
        "usage": usage,
    }
    return _ended(_FINISH, job_id, attempt, data=Jsonb(data), pieces=Jsonb(pieces), lines=lines)


def fail(job_id: str, attempt: int, kind: str, detail: str) -> bool:
    """Ends a job badly, with words for the maker. The rows so far stay."""
    return _ended(_FAIL, job_id, attempt, data=Jsonb({"error": {"type": kind, "detail": detail}}))


def hand_back(job_id: str, attempt: int, reason: str = "worker stopped") -> bool:
    """Gives a job back to the queue, unharmed: no crash is counted, another worker goes on from its last row."""
    return _kept(_HAND_BACK, job_id, attempt, data=Jsonb({"reason": reason}))


def _kept(statement: Prepared, job_id: str, attempt: int, lease: float = 0, **asked: Any) -> bool:
    held = keep(statement, job=job_id, number=attempt, lease=timedelta(seconds=lease), **asked)
    return held.fetchone() is not None


def _ended(statement: Prepared, job_id: str, attempt: int, **asked: Any) -> bool:
    with Session.begin() as session:
        ended = statement.ask(driver_of(session), job=job_id, number=attempt, **asked).fetchone()
        if ended is not None:
            messages.owe(session, ended, view)
        return ended is not None


_jobs, _patterns = table(Job).c, table(Pattern).c

_DATA: Any = bindparam("data", type_=JSONB)  # of the event; what else is kept of it is taken out of it
_MODEL: Any = bindparam("model", type_=JSONB)
_LINES: Any = bindparam("lines", type_=Text)
_LEASE: Any = func.clock_timestamp() + bindparam("lease", type_=Interval)  # a worker's clock may be an hour off
_END = {"phase": null(), "lease_until": null(), "finished_at": func.clock_timestamp()}


def _of(*path: str) -> Any:
    return func.jsonb_extract_path(_DATA, *path)


def _text_of(*path: str) -> Any:
    return func.jsonb_extract_path_text(_DATA, *path)


def _changed(values: dict[str, Any], *where: Any) -> Any:
    """The job, if it is as it has to be, with these values and the next event's number."""
    changed = update(table(Job)).where(_jobs.id == bindparam("job"), *where)
    return changed.values({"last_event": _jobs.last_event + 1} | values).returning(*SHOWN).cte("held")


def _held(**values: Any) -> Any:
    """The fence: the job, while this attempt has it."""
    return _changed(values, _jobs.attempt == bindparam("number"), _jobs.status == "running")


def _told(held: Any, kind: str, data: Any = _DATA) -> Any:
    event = select(held.c.id, held.c.last_event, literal(kind), data)
    return insert(table(Event)).from_select(["job_id", "seq", "type", "data"], event).cte("event")


def _pattern(held: Any, **values: Any) -> Any:
    changed = update(table(Pattern)).where(_patterns.id == held.c.pattern_id).values(values)
    return changed.returning(_patterns.sheet).cte("pattern")


def _row(held: Any) -> Any:
    values = {
        "pattern_id": held.c.pattern_id,
        "key": _text_of("row", "key"),
        "position": held.c.rows_written - 1,
        "verdict": _text_of("row", "verdict"),
        "result": _text_of("row", "result"),
        "row": _of("row"),
    }
    return insert(table(PatternRow)).from_select(list(values), select(*values.values()).select_from(held)).cte("row")


def _claim() -> Any:
    taken = _changed(
        {
            "status": "running",
            "phase": "writing",
            "attempt": _jobs.attempt + 1,
            "lease_until": _LEASE,
            "started_at": func.coalesce(_jobs.started_at, func.clock_timestamp()),
            "model": _MODEL,
        },
        _jobs.status == "queued",
    )
    pattern, started = _pattern(taken, model=_MODEL), stamped(taken.c.started_at)
    data = func.jsonb_build_object("attempt", taken.c.attempt, "started_at", started, "model", _MODEL)
    found = select(taken, pattern.c.sheet).join_from(taken, pattern, true())
    return found.add_cte(_told(taken, "job.started", data))


def _set_head() -> Any:
    expected = cast(_text_of("rows_expected"), Integer)
    held = _held(title=_text_of("title"), rows_expected=expected, phase="writing", lease_until=_LEASE)
    return select(held.c.id).add_cte(_told(held, "head.written"), _pattern(held, head=_of("head"), sheet=_LINES))


def _add_row() -> Any:
    proven = _jobs.rows_proven + bindparam("proven", type_=Integer)
    rows = {"rows_written": _jobs.rows_written + 1, "rows_proven": proven}
    held = _held(**rows, phase="writing", lease_until=_LEASE)
    pieces = _patterns.pieces.op("||")(bindparam("about", type_=JSONB))
    pattern = _pattern(held, sheet=_patterns.sheet + _LINES, pieces=pieces)
    return select(held.c.id).add_cte(_told(held, "row.written"), pattern, _row(held))


def _tell(kind: str, **values: Any) -> Any:
    held = _held(**values)
    return select(held.c.id).add_cte(_told(held, kind))


def _other_model() -> Any:
    held = _held(phase=_text_of("phase"), model=_of("model"), lease_until=_LEASE)
    return select(held.c.id).add_cte(_told(held, "job.phase"), _pattern(held, model=_of("model")))


def _end(kind: str, **values: Any) -> tuple[Any, Any]:
    held = _held(**_END, **values)
    data = _DATA.op("||")(func.jsonb_build_object("finished_at", stamped(held.c.finished_at)))
    return held, _told(held, kind, data)


def _finish() -> Any:
    held, event = _end("job.succeeded", status="succeeded", title=_text_of("title"), usage=_of("usage"))
    pattern = _pattern(
        held,
        head=_of("head"),
        pieces=bindparam("pieces", type_=JSONB),
        verdict=_text_of("verdict"),
        finished_at=held.c.finished_at,
        sheet=_patterns.sheet + _LINES,
    )
    return select(held).add_cte(event, pattern)


def _fail() -> Any:
    held, event = _end("job.failed", status="failed", error=_of("error"))
    return select(held).add_cte(event)


_CLAIM, _SET_HEAD, _ADD_ROW = Prepared(_claim()), Prepared(_set_head()), Prepared(_add_row())
_BEAT = Prepared(select(_held(lease_until=_LEASE, last_event=_jobs.last_event).c.id))
_REWRITTEN = Prepared(_tell("row.rewritten", phase="rewriting", lease_until=_LEASE))
_PHASE = Prepared(_tell("job.phase", phase=_text_of("phase"), lease_until=_LEASE))
_OTHER_MODEL, _FINISH, _FAIL = Prepared(_other_model()), Prepared(_finish()), Prepared(_fail())
_HAND_BACK = Prepared(_tell("job.requeued", status="queued", phase=null(), lease_until=null(), rung_at=null()))
