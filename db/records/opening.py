"""Opening: a wish becomes a job, unless its maker, its address or the queue has too many already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from psycopg.types.json import Jsonb
from sqlalchemy import DateTime, LargeBinary, Text, bindparam, insert, literal, select
from sqlalchemy.dialects.postgresql import JSONB

from db.ids import new_id
from db.models import Base, Event, Job, Json, Pattern, table
from db.prepared import Driver, Prepared, at_once
from db.records import quotas
from db.records.errors import AlreadyOpened, KeyReused, QueueFull
from db.records.estimates import PROSPECT, Prospect, prospect
from db.records.jobs import SHOWN, shown, stamp
from db.records.signing import ensure_secret
from db.session import Session, writing

View = dict[str, Any]


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
    if webhook:
        with Session.begin() as session:
            ensure_secret(session, maker_id)
    with writing() as driver:
        found = admit(driver, maker_id, job_id, key, quota)
        queued = {"prompt": prompt, "options": options, "pattern": {"id": pattern_id}, "created_at": stamp(found.now)}
        kept = {
            "id": job_id,
            "maker": maker_id,
            "pattern": pattern_id,
            "prompt": prompt,
            "options": Jsonb(options),
            "metadata": Jsonb(metadata or {}),
            "key": key and key.name,
            "said": key and key.said,
            "webhook": webhook and Jsonb(webhook),
            "now": found.now,
            "queued": Jsonb(queued),
        }
        with at_once(driver):
            if quota is None:
                answer = _KEEP.ask(driver, **kept)
            else:
                answer = _KEEP_AND_COUNT.ask(driver, **kept, address=quota.address, most=quota.creations)
            driver.commit()
        fresh = answer.fetchone()
    if fresh is None and quota is not None:
        raise quotas.creations_spent(quota)
    return shown(fresh, found.look)


def admit(driver: Driver, maker_id: str, job_id: str, key: Key | None, quota: quotas.Quota | None) -> Prospect:
    """What meets this maker's new job. Of twins in flight under one key one is first, the other hears so.

    Raises AlreadyOpened, KeyReused, QuotaSpent, QueueFull.
    """
    known = None
    with at_once(driver):
        if key is not None or quota is not None:
            quotas.LOCK.ask(driver, maker=maker_id)
        if key is not None:
            known = _KNOWN.ask(driver, maker=maker_id, key=key.name)
        ahead = PROSPECT.ask(driver, maker=maker_id)
    if key is not None and known is not None and (before := known.fetchone()) is not None:
        raise AlreadyOpened(before.id) if before.request_hash == key.said else KeyReused(key.name)
    found = prospect(ahead.fetchone(), job_id)
    if quota is not None:
        quotas.spend_unfinished(found.unfinished, quota.unfinished)
        if (wait := found.look.wait(job_id)) > quota.queue_seconds:
            raise QueueFull(wait)
    return found


def _keep(counted: bool) -> Any:
    """All that a new job is, in one statement. Counted: none of it, and no row, when its address has had enough."""
    creation = quotas.creation().cte("creation")
    given = select(bindparam("id", type_=Text).label("id"))
    allowed = (given.where(select(creation.c.count).exists()) if counted else given).cte("allowed")
    values = {
        "id": allowed.c.id,
        "maker_id": bindparam("maker", type_=Text),
        "pattern_id": bindparam("pattern", type_=Text),
        "prompt": bindparam("prompt", type_=Text),
        "options": bindparam("options", type_=JSONB),
        "metadata": bindparam("metadata", type_=JSONB),
        "idempotency_key": bindparam("key", type_=Text),
        "request_hash": bindparam("said", type_=LargeBinary),
        "webhook": bindparam("webhook", type_=JSONB),
        "created_at": bindparam("now", type_=DateTime(timezone=True)),
        "last_event": literal(1),
    }
    its_pattern = {"id": values["pattern_id"], "maker_id": values["maker_id"]}
    event = {
        "job_id": allowed.c.id,
        "seq": literal(1),
        "type": literal("job.queued"),
        "data": bindparam("queued", type_=JSONB),
    }

    def add(model: type[Base], said: dict[str, Any]) -> Any:
        return insert(table(model)).from_select(list(said), select(*said.values()).select_from(allowed))

    job = add(Job, values).returning(*SHOWN).cte("job")
    return select(job).add_cte(add(Pattern, its_pattern).cte("its_pattern"), add(Event, event).cte("event"))


_KEEP, _KEEP_AND_COUNT = Prepared(_keep(counted=False)), Prepared(_keep(counted=True))
_KNOWN = Prepared(
    select(Job.id, Job.request_hash).where(Job.maker_id == bindparam("maker"), Job.idempotency_key == bindparam("key"))
)
