"""Webhooks as their maker sees them: the secret, the deliveries with all their tries, the receivers given up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session as Transaction

from db.models import Delivery, DeliveryAttempt, Job, Maker, WebhookEndpoint, WebhookSecret
from db.records import messages
from db.records.errors import NoSuchDelivery, NoSuchJob
from db.records.jobs import stamp
from db.records.signing import ensure_secret, signing_secrets
from db.session import Session

View = dict[str, Any]

OLD_SIGNS = timedelta(hours=24)
MOST_OLD = 3  # who rotates again and again: so many old ones sign, the header stays short


def webhook_secret(maker_id: str) -> View:
    """A maker's secret, made when it is first asked for: {secret, created_at, retiring: [{expires_at}]}."""
    with Session.begin() as session:
        ensure_secret(session, maker_id)
        return _shown_secret(signing_secrets(session, maker_id))


def rotate_webhook_secret(maker_id: str) -> View:
    """A new secret; the one before signs too for a day, so that no receiver misses a message."""
    with Session.begin() as session:
        # One at a time for a maker. Their other rows may be written meanwhile.
        session.execute(select(Maker.id).where(Maker.id == maker_id).with_for_update(key_share=True))
        ensure_secret(session, maker_id)
        current, *old = signing_secrets(session, maker_id)
        current.expires_at = func.clock_timestamp() + OLD_SIGNS
        for each in old[MOST_OLD - 1 :]:
            session.delete(each)
        session.flush()
        ensure_secret(session, maker_id)
        return _shown_secret(signing_secrets(session, maker_id))


def deliveries_of(job_id: str, maker_id: str) -> list[View]:
    """The deliveries of a maker's own job, newest first. Raises NoSuchJob when it is not theirs."""
    with Session() as session:
        job = session.get(Job, job_id)
        if job is None or job.maker_id != maker_id:
            raise NoSuchJob(job_id)
        found = session.scalars(
            select(Delivery).where(Delivery.job_id == job_id).order_by(Delivery.created_at.desc(), Delivery.id)
        )
        return [_shown(session, each) for each in found]


def delivery(delivery_id: str, maker_id: str) -> View:
    """One delivery with its tries: {id, job_id, type, url, status, reason, created_at, ended_at, next_try_at,
    attempts: [{number, at, ms, status, error, reply}]}. Raises NoSuchDelivery."""
    with Session() as session:
        return _shown(session, _own(session, delivery_id, maker_id))


def ping_webhook(maker_id: str, url: str) -> View:
    """Keeps a test message for this URL, due at once; it is tried this one time."""
    with Session.begin() as session:
        ensure_secret(session, maker_id)
        made = messages.ping(maker_id, url)
        session.add(made)
        session.flush()
        session.refresh(made)
        return _shown(session, made)


def redeliver(delivery_id: str, maker_id: str) -> View:
    """Sends a message once more, now, under its own id, and again by the schedule from its start.

    While a try is under way nothing changes: that try is the one asked for. Raises NoSuchDelivery.
    """
    with Session.begin() as session:
        found = _own(session, delivery_id, maker_id, locked=True)
        if found.status != "pending" or not _under_way(session, found):
            found.status, found.reason, found.ended_at, found.tries = "pending", None, None, 0
            found.due_at = func.clock_timestamp()
            session.flush()
            session.refresh(found)
        return _shown(session, found)


def endpoints(maker_id: str) -> list[View]:
    """The URLs of a maker's that fail: [{url, failing_since, disabled_at, reason}], longest first."""
    with Session() as session:
        found = session.scalars(
            select(WebhookEndpoint)
            .where(WebhookEndpoint.maker_id == maker_id)
            .order_by(WebhookEndpoint.failing_since)
            .limit(100)
        )
        return [
            {
                "url": each.url,
                "failing_since": stamp(each.failing_since),
                "disabled_at": stamp(each.disabled_at),
                "reason": each.reason,
            }
            for each in found
        ]


def disable(session: Transaction, maker_id: str, url: str, reason: str) -> None:
    """Gives up a receiver: what is still owed to it ends here. A test or a redelivery that it takes brings it back."""
    session.execute(
        update(WebhookEndpoint)
        .where(WebhookEndpoint.maker_id == maker_id, WebhookEndpoint.url == url, WebhookEndpoint.disabled_at.is_(None))
        .values(disabled_at=func.clock_timestamp(), reason=reason)
    )
    session.execute(
        update(Delivery)
        .where(Delivery.maker_id == maker_id, Delivery.url == url, Delivery.status == "pending")
        .values(status="failed", reason="endpoint-disabled", ended_at=func.clock_timestamp())
    )


def _shown_secret(found: Sequence[WebhookSecret]) -> View:
    current, *old = found
    return {
        "secret": current.secret,
        "created_at": stamp(current.created_at),
        "retiring": [{"expires_at": stamp(each.expires_at)} for each in old],
    }


def _own(session: Transaction, delivery_id: str, maker_id: str, locked: bool = False) -> Delivery:
    found = session.get(Delivery, delivery_id, with_for_update=locked)
    if found is None or found.maker_id != maker_id:
        raise NoSuchDelivery(delivery_id)
    return found


def _under_way(session: Transaction, found: Delivery) -> bool:
    """Whether somebody is sending it now: its latest try has no end, and has not been given up for lost."""
    last = session.get(DeliveryAttempt, (found.id, found.attempt))
    now = session.scalar(select(func.clock_timestamp()))
    return last is not None and last.ms is None and now is not None and found.due_at > now


def _shown(session: Transaction, found: Delivery) -> View:
    attempts = session.scalars(
        select(DeliveryAttempt).where(DeliveryAttempt.delivery_id == found.id).order_by(DeliveryAttempt.number)
    )
    return {
        "id": found.id,
        "job_id": found.job_id,
        "type": found.type,
        "url": found.url,
        "status": found.status,
        "reason": found.reason,
        "created_at": stamp(found.created_at),
        "ended_at": stamp(found.ended_at),
        "next_try_at": stamp(found.due_at) if found.status == "pending" else None,
        "attempts": [
            {
                "number": each.number,
                "at": stamp(each.at),
                "ms": each.ms,
                "status": each.status,
                "error": each.error,
                "reply": each.reply,
            }
            for each in attempts
        ],
    }
