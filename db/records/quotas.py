"""Quotas: how much one maker, and one address, may ask for. Counted under a lock, so that no race exceeds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import case, delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session as Transaction

from db.models import Creations, Job, Maker
from db.records.errors import QuotaSpent
from db.session import Session

HOUR = 3600
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Quota:
    """What an opening of a job is counted against; `queue_seconds` is how much work may wait before it."""

    unfinished: int
    creations: int
    address: bytes
    queue_seconds: float


def lock_maker(session: Transaction, maker_id: str) -> None:
    """Whatever of this maker is counted from here to the commit is counted by nobody else meanwhile."""
    # NO KEY: a row that only points at the maker is not held up.
    session.execute(select(Maker.id).where(Maker.id == maker_id).with_for_update(key_share=True))


def spend_unfinished(session: Transaction, maker_id: str, most: int) -> None:
    """Room for one more unfinished job of a locked maker, or QuotaSpent."""
    wanted = select(func.count()).where(Job.maker_id == maker_id, Job.status.in_(("queued", "running")))
    if (session.scalar(wanted) or 0) >= most:
        raise QuotaSpent("unfinished", most, 10)


def spend_creation(session: Transaction, address: bytes, most: int) -> None:
    """Counts one job of this address, or raises QuotaSpent. An hour begins with its first job.

    Last in its transaction: the address's row stays locked until the commit.
    """
    now = func.clock_timestamp()
    over = Creations.since <= now - timedelta(seconds=HOUR)
    one = insert(Creations).values(address=address, since=now, count=1)
    counted = session.scalar(
        one.on_conflict_do_update(
            index_elements=[Creations.address],
            set_={
                "since": case((over, now), else_=Creations.since),
                "count": case((over, 1), else_=Creations.count + 1),
            },
            where=or_(over, Creations.count < most),
        ).returning(Creations.count)
    )
    if counted is None:
        age = session.scalars(
            select(func.extract("epoch", now - Creations.since)).where(Creations.address == address)
        ).one()
        raise QuotaSpent("creations", most, max(1.0, HOUR - float(age)), HOUR)


def forget_creations() -> int:
    """Forgets the addresses of yesterday; gives how many."""
    with Session.begin() as session:
        old = delete(Creations).where(Creations.since < func.clock_timestamp() - DAY).returning(Creations.address)
        return len(session.scalars(old).all())
