"""Posting: what a deliverer does to the deliveries that are due.

A claim is one transaction and takes a delivery for as long as a try may last; whoever dies with it in hand loses it
when that time is over, by Postgres's clock. What is written of a try is fenced by its number, as a job's rows are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Interval, bindparam, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session as Transaction

from db.models import Delivery, DeliveryAttempt, WebhookEndpoint
from db.prepared import Prepared, driver_of
from db.records.clock import ago, now
from db.records.messages import TEST
from db.records.signing import signing_secrets
from db.records.webhooks import disable
from db.session import Session

MOST_ATTEMPTS = 100  # a delivery's that are kept; more than a receiver gets in a minute, which is counted from them
_LOCK = 7_161_820  # one claim at a time, so that what a receiver gets in a minute is counted exactly


@dataclass(frozen=True, slots=True)
class Errand:
    """One try that is ours to make: what to send where, and what to sign it with, the current secret first."""

    id: str
    attempt: int
    tries: int
    type: str
    url: str
    body: str
    at: datetime
    secrets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a try: the answer's status, or the error that there was instead; how long; how it began."""

    ms: int
    status: int | None = None
    error: str | None = None
    reply: str = ""


def claim_deliveries(limit: int, lease: float, a_minute: int, at_once: int) -> list[Errand]:
    """Takes what is due, at most `limit`, hosts in turn; a host gets so many tries a minute, and at once."""
    with Session.begin() as session:
        driver = driver_of(session)
        _ALONE.ask(driver)
        asked = {"limit": limit, "lease": timedelta(seconds=lease), "a_minute": a_minute, "at_once": at_once}
        ids = [each.id for each in _DUE.ask(driver, **asked)]
        if not ids:
            return []
        taken = session.scalars(
            update(Delivery)
            .where(Delivery.id.in_(ids), Delivery.status == "pending", Delivery.due_at <= now())
            .values(
                attempt=Delivery.attempt + 1,
                tries=Delivery.tries + 1,
                due_at=func.clock_timestamp() + timedelta(seconds=lease),
            )
            .returning(Delivery)
        ).all()
        return [_begun(session, each) for each in taken]


def keep_outcome(errand: Errand, outcome: Outcome, again: float | None, gone: bool, give_up: float) -> bool:
    """Keeps what became of a try. `again`: seconds to the next one, None when there is none.

    `gone`: the receiver wants no more. A receiver that has failed for `give_up` seconds is given up when a delivery's
    tries are spent. False: another has the delivery by now, or it is no longer there.
    """
    with Session.begin() as session:
        session.execute(
            update(DeliveryAttempt)
            .where(DeliveryAttempt.delivery_id == errand.id, DeliveryAttempt.number == errand.attempt)
            .values(ms=outcome.ms, status=outcome.status, error=outcome.error, reply=outcome.reply)
        )
        held = session.scalars(
            select(Delivery)
            .where(Delivery.id == errand.id, Delivery.attempt == errand.attempt, Delivery.status == "pending")
            .with_for_update()
        ).one_or_none()
        if held is None:
            return False
        if outcome.status is not None and 200 <= outcome.status < 300:
            _end(held, "delivered", None)
            session.execute(delete(WebhookEndpoint).where(*_of(held)))
        elif again is None:
            _end(held, "failed", "gone" if gone else "tries-exhausted")
        else:
            held.due_at = func.clock_timestamp() + timedelta(seconds=again)
        if held.status != "delivered" and held.type != TEST:
            _count_failure(session, held, gone, give_up)
        return True


def _begun(session: Transaction, taken: Delivery) -> Errand:
    number = taken.attempt
    session.execute(
        delete(DeliveryAttempt).where(
            DeliveryAttempt.delivery_id == taken.id, DeliveryAttempt.number <= number - MOST_ATTEMPTS
        )
    )
    begun = DeliveryAttempt(delivery_id=taken.id, number=number, host=taken.host)
    session.add(begun)
    session.flush()
    keys = tuple(each.secret for each in signing_secrets(session, taken.maker_id))
    return Errand(taken.id, number, taken.tries, taken.type, taken.url, taken.body, begun.at, keys)


def _count_failure(session: Transaction, held: Delivery, gone: bool, give_up: float) -> None:
    session.flush()
    session.execute(insert(WebhookEndpoint).values(maker_id=held.maker_id, url=held.url).on_conflict_do_nothing())
    known = session.execute(
        select(WebhookEndpoint.disabled_at, (WebhookEndpoint.failing_since <= ago(give_up)).label("long")).where(
            *_of(held)
        )
    ).one()
    if known.disabled_at is not None or gone or (held.status == "failed" and known.long):
        disable(session, held.maker_id, held.url, "gone" if gone else "failing")


def _of(held: Delivery) -> tuple[ColumnElement[bool], ...]:
    return WebhookEndpoint.maker_id == held.maker_id, WebhookEndpoint.url == held.url


def _end(held: Delivery, status: str, reason: str | None) -> None:
    held.status, held.reason, held.ended_at = status, reason, func.clock_timestamp()


def _due() -> Any:
    recent = (
        select(
            DeliveryAttempt.host,
            func.count().label("sent"),
            func.count()
            .filter(DeliveryAttempt.ms.is_(None), DeliveryAttempt.at > now() - bindparam("lease", type_=Interval))
            .label("open"),
        )
        .where(DeliveryAttempt.at > ago(60))
        .group_by(DeliveryAttempt.host)
        .subquery()
    )
    turn = func.row_number().over(partition_by=Delivery.host, order_by=Delivery.due_at)
    waiting = (
        select(
            Delivery.id,
            Delivery.due_at,
            (turn + func.coalesce(recent.c.sent, 0)).label("place"),
            (turn + func.coalesce(recent.c.open, 0)).label("beside"),
        )
        .outerjoin(recent, recent.c.host == Delivery.host)
        .where(Delivery.status == "pending", Delivery.due_at <= now())
        .subquery()
    )
    return (
        select(waiting.c.id)
        .where(waiting.c.place <= bindparam("a_minute"), waiting.c.beside <= bindparam("at_once"))
        .order_by(waiting.c.place, waiting.c.due_at)
        .limit(bindparam("limit"))
    )


_ALONE = Prepared(select(func.pg_advisory_xact_lock(_LOCK)))
_DUE = Prepared(_due())  # asked at every wake, beside those who wait to be rung for
