"""Retries: a new job on the pattern of one that failed or was canceled: good rows are kept, others written anew."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session as Transaction

from db.ids import new_id
from db.models import Event, Job, Json, Pattern, PatternRow
from db.prepared import driver_of
from db.records.errors import NoSuchJob, NotRetryable
from db.records.jobs import View, shown, stamp
from db.records.opening import Key, admit
from db.records.patterns import living, pieces_of
from db.records.quotas import Quota, spend_creation
from db.session import Session

AGAIN = ("failed", "canceled")


def retry_job(job_id: str, maker_id: str, key: Key | None = None, quota: Quota | None = None) -> View:
    """A new job of the same wish on the same pattern: it goes on behind the last good row. Gives the new job.

    Raises NoSuchJob when it is not this maker's, NotRetryable unless it failed or was canceled and no other job
    writes the pattern or has finished it; AlreadyOpened, KeyReused, QuotaSpent and QueueFull as `open_job` does.
    """
    with Session.begin() as session:
        old = session.get(Job, job_id)
        if old is None or old.maker_id != maker_id:
            raise NoSuchJob(job_id)
        fresh_id = new_id("job")
        found = admit(driver_of(session), maker_id, fresh_id, key, quota)
        pattern = living(session, old.pattern_id, maker_id, lock=True)
        states = session.scalars(select(Job.status).where(Job.pattern_id == pattern.id)).all()
        if not set(states) <= set(AGAIN):
            raise NotRetryable(job_id)
        rows = _keep_good_rows(session, pattern)
        head = pattern.head or {}
        expected = old.rows_expected if pattern.head else None
        fresh = Job(
            id=fresh_id,
            maker_id=maker_id,
            pattern_id=pattern.id,
            prompt=old.prompt,
            options=old.options,
            notes=old.notes,
            idempotency_key=key and key.name,
            request_hash=key and key.said,
            webhook=old.webhook,
            title=head.get("title"),
            rows_kept=len(rows),
            rows_written=len(rows),
            rows_proven=len(rows),
            rows_expected=expected,
            last_event=1,
        )
        session.add(fresh)
        session.flush()
        data: dict[str, Any] = {
            "prompt": fresh.prompt,
            "options": fresh.options,
            "pattern": {"id": pattern.id},
            "created_at": stamp(fresh.created_at),
            "retry_of": job_id,
            "kept": {"head": pattern.head, "rows_expected": expected, "pieces": pieces_of(pattern.pieces, rows)},
        }
        session.add(Event(job_id=fresh.id, seq=1, type="job.queued", data=data))
        session.flush()
        if quota is not None:
            spend_creation(session, quota)
        return shown(fresh, found.look)


def _keep_good_rows(session: Transaction, pattern: Pattern) -> list[Json]:
    """Cuts the sheet before its first row that is not proven: what stands on it was worked on sand. Gives what stays.

    With no good row nothing stays, not even the head: perhaps it is what led nowhere.
    """
    found = session.scalars(
        select(PatternRow).where(PatternRow.pattern_id == pattern.id).order_by(PatternRow.position)
    ).all()
    good = next((number for number, row in enumerate(found) if row.verdict != "ok"), len(found))
    if good < len(found):
        bad = found[good].row["text"]
        pattern.sheet = pattern.sheet[: f"\n{pattern.sheet}".index(f"\n{bad}\n")]
        dropped = PatternRow.position >= found[good].position
        session.execute(delete(PatternRow).where(PatternRow.pattern_id == pattern.id, dropped))
    rows = [row.row for row in found[:good]]
    if not rows:
        pattern.sheet, pattern.head = "", None
    pattern.model = None
    kept = {row["key"].partition("/")[0] for row in rows}
    pattern.pieces = {key: about for key, about in pattern.pieces.items() if key in kept}
    return rows
