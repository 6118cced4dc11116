"""Merging: what one maker has becomes another's, when a device that had ticked by itself is linked.

The one who ends gives away what they have, and no way in: their devices, links and recovery code end with them. Else
who had planted a cookie in a browser would come along into the maker that it is linked to.
"""

from __future__ import annotations

from sqlalchemy import Table, delete, func, insert, literal, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session as Transaction
from sqlalchemy.orm import aliased

from db.models import Base, Delivery, Job, Maker, Pattern, ProgressClamp, Report, WebhookEndpoint
from db.models import WebhookSecret as Secret
from db.records import quotas
from db.records.marks import NOTES, TICKS
from db.records.webhooks import MOST_OLD, OLD_SIGNS


def take_over(session: Transaction, old: str, into: str) -> None:
    """All that `old` has is `into`'s from this commit on, and `old` is no more."""
    for maker_id in sorted((old, into)):
        quotas.lock_maker(session, maker_id)
    hold_maker(session, old)
    _jobs(session, old, into)
    session.execute(update(Pattern).where(Pattern.maker_id == old).values(maker_id=into))
    session.execute(update(Delivery).where(Delivery.maker_id == old).values(maker_id=into))
    TICKS.take_over(session, old, into)
    NOTES.take_over(session, old, into)
    _copy(session, ProgressClamp, old, into)
    _copy(session, WebhookEndpoint, old, into)
    _reports(session, old, into)
    _secrets(session, old, into)
    session.execute(delete(Maker).where(Maker.id == old))


def hold_maker(session: Transaction, maker_id: str) -> None:
    """From here to the commit nothing is written for this maker; who tries waits, and finds them gone.

    In the order in which everybody else locks: the maker against new jobs, what is being written, the maker whole.
    """
    quotas.lock_maker(session, maker_id)
    for table in (Job, Delivery):
        session.execute(select(table.id).where(table.maker_id == maker_id).order_by(table.id).with_for_update())
    session.execute(select(Maker.id).where(Maker.id == maker_id).with_for_update())


def _jobs(session: Transaction, old: str, into: str) -> None:
    """An idempotency key that both have used stays that of the one who stays."""
    theirs = aliased(Job)
    known = select(theirs.idempotency_key).where(theirs.maker_id == into, theirs.idempotency_key.is_not(None))
    session.execute(
        update(Job)
        .where(Job.maker_id == old, Job.idempotency_key.in_(known))
        .values(idempotency_key=None, request_hash=None)
    )
    session.execute(update(Job).where(Job.maker_id == old).values(maker_id=into))


def _copy(session: Transaction, model: type[Base], old: str, into: str) -> None:
    """Rows that both have stay those of the one who stays."""
    table = model.__table__
    assert isinstance(table, Table)
    names = [column.name for column in table.columns]
    theirs = select(*(literal(into) if name == "maker_id" else table.c[name] for name in names))
    session.execute(upsert(table).from_select(names, theirs.where(table.c.maker_id == old)).on_conflict_do_nothing())


def _reports(session: Transaction, old: str, into: str) -> None:
    """Of two on the same row the later one is what this maker says."""
    names = ["pattern_id", "maker_id", "row_key", "says", "text", "created_at"]
    theirs = select(Report.pattern_id, literal(into), Report.row_key, Report.says, Report.text, Report.created_at)
    moved = upsert(Report).from_select(names, theirs.where(Report.maker_id == old))
    said = {name: moved.excluded[name] for name in ("says", "text", "created_at")}
    session.execute(
        moved.on_conflict_do_update(
            index_elements=["pattern_id", "maker_id", "row_key"],
            set_=said,
            where=Report.created_at < moved.excluded.created_at,
        )
    )


def _secrets(session: Transaction, old: str, into: str) -> None:
    """What the old one signed with signs too for a day, as after a rotation, and never becomes the current one."""
    until = func.least(Secret.expires_at, func.clock_timestamp() + OLD_SIGNS)  # a current one has no end
    theirs = select(literal(into), Secret.secret, Secret.created_at, until).where(Secret.maker_id == old)
    session.execute(insert(Secret).from_select(["maker_id", "secret", "created_at", "expires_at"], theirs))
    retiring = (Secret.maker_id == into, Secret.expires_at.is_not(None))
    newest = select(Secret.secret).where(*retiring).order_by(Secret.expires_at.desc()).limit(MOST_OLD)
    session.execute(delete(Secret).where(*retiring, Secret.secret.not_in(newest)))
