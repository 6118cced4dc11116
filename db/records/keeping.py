"""Keeping: what is kept for some days only, and forgotten: a batch a call, a short transaction each.

Two at once share the work (SKIP LOCKED), and one that is stopped has forgotten whole batches or nothing: the next call
goes on.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, delete, exists, select, tuple_

from db.ids import new_id
from db.models import (
    Base,
    Creations,
    Delivery,
    Device,
    DeviceLink,
    Job,
    Maker,
    Pattern,
    Progress,
    Report,
    RowNote,
    WebhookEndpoint,
    WebhookSecret,
    table,
)
from db.records.clock import ago, now
from db.session import Session

BATCH = 200  # a job has some fifty events, which go with it
LOOKED_AT = 1000  # makers a call: few of them have nothing
DAY = 86400.0
ADDRESS_DAYS = 1.0


def forget_jobs(days: float, batch: int = BATCH) -> int:
    """Drops jobs that ended so long ago, with their events and idempotency keys; gives how many.

    Their patterns stay. A job whose webhook is still told of, or was lately, stays as long as its deliveries.
    """
    told = exists().where(Delivery.job_id == Job.id)
    return _forget(Job, batch, Job.finished_at, Job.finished_at < ago(days * DAY), ~told)


def forget_deliveries(days: float, batch: int = BATCH) -> int:
    """Drops messages that were taken or given up so long ago, with their tries; gives how many."""
    return _forget(Delivery, batch, Delivery.ended_at, Delivery.ended_at < ago(days * DAY))


def forget_secrets(batch: int = BATCH) -> int:
    """Drops secrets that sign no more; gives how many."""
    return _forget(WebhookSecret, batch, WebhookSecret.expires_at, WebhookSecret.expires_at < now())


def forget_creations(batch: int = BATCH) -> int:
    """Forgets the addresses of yesterday; gives how many."""
    return _forget(Creations, batch, Creations.since, Creations.since < ago(ADDRESS_DAYS * DAY))


def forget_makers(days: float, looked_at: int = LOOKED_AT) -> int:
    """Drops makers who have nothing, and whose devices were not seen for so long; gives how many.

    Looks at some of them, from anywhere on, so that whoever calls again and again has looked at all: most makers have
    something for ever, and no index could tell.
    """
    with Session.begin() as session:
        start = new_id("mkr")
        near = select(Maker.id).order_by(Maker.id)
        ids = list(session.scalars(near.where(Maker.id >= start).limit(looked_at)))
        ids += session.scalars(near.where(Maker.id < start).limit(looked_at - len(ids)))
        idle = (Maker.id.in_(ids), *_idle(days))
        held = session.scalars(select(Maker.id).where(*idle).with_for_update(skip_locked=True)).all()
        # Once more, now that nobody can give them anything: what came before the lock is seen only from here.
        gone = delete(Maker).where(Maker.id.in_(held), *_idle(days)).returning(Maker.id)
        return len(session.execute(gone, execution_options={"synchronize_session": False}).all()) if held else 0


def _idle(days: float) -> tuple[ColumnElement[bool], ...]:
    """Has nothing, and nobody has come for so long. A deleted pattern is something: its address says so for ever."""
    has = (Pattern, Job, Progress, RowNote, Report, Delivery, WebhookSecret, WebhookEndpoint, DeviceLink)
    seen = exists().where(Device.maker_id == Maker.id, Device.seen_at >= ago(days * DAY))
    return Maker.created_at < ago(days * DAY), ~seen, *(~exists().where(each.maker_id == Maker.id) for each in has)


def _forget(model: type[Base], batch: int, oldest: Any, *old: ColumnElement[bool]) -> int:
    """Drops the oldest of those that nobody else holds."""
    keys = tuple(table(model).primary_key.columns)
    key = keys[0] if len(keys) == 1 else tuple_(*keys)
    # A CTE is asked once, however the rest is planned: no batch is larger than it may be.
    chosen = select(*keys).where(*old).order_by(oldest).limit(batch).with_for_update(skip_locked=True).cte("chosen")
    gone = delete(table(model)).where(key.in_(select(*chosen.c))).returning(keys[0])
    with Session.begin() as session:
        return len(session.execute(gone).all())
