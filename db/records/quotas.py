"""Quotas: how much one maker, and one address, may ask for. Counted under a lock, so that no race exceeds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, case, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session as Transaction

from db.models import Creations, Maker, table
from db.prepared import Prepared, driver_of
from db.records.errors import QuotaSpent
from db.session import Session

HOUR = 3600

# NO KEY: a row that only points at the maker is not held up.
LOCK = Prepared(select(Maker.id).where(Maker.id == bindparam("maker")).with_for_update(key_share=True))


@dataclass(frozen=True, slots=True)
class Quota:
    """What an opening of a job is counted against; `queue_seconds` is how much work may wait before it."""

    unfinished: int
    creations: int
    address: bytes
    queue_seconds: float


def lock_maker(session: Transaction, maker_id: str) -> None:
    """Whatever of this maker is counted from here to the commit is counted by nobody else meanwhile."""
    LOCK.ask(driver_of(session), maker=maker_id)


def spend_unfinished(unfinished: int, most: int) -> None:
    """Room for one more beside the unfinished jobs of a locked maker, or QuotaSpent."""
    if unfinished >= most:
        raise QuotaSpent("unfinished", most, 10)


def spend_creation(session: Transaction, quota: Quota) -> None:
    """Counts one job of this address, or raises QuotaSpent. An hour begins with its first job.

    Last in its transaction: the address's row stays locked until the commit.
    """
    if session.scalar(creation(), {"address": quota.address, "most": quota.creations}) is None:
        raise creations_spent(quota)


def creation() -> Any:
    """Counts one job of an `address`, or gives nothing when it has had its `most`."""
    now = func.clock_timestamp()
    over = Creations.since <= now - timedelta(seconds=HOUR)
    one = insert(table(Creations)).values(address=bindparam("address"), since=now, count=1)
    return one.on_conflict_do_update(
        index_elements=[Creations.address],
        set_={
            "since": case((over, now), else_=Creations.since),
            "count": case((over, 1), else_=Creations.count + 1),
        },
        where=or_(over, Creations.count < bindparam("most")),
    ).returning(Creations.count)


def creations_spent(quota: Quota) -> QuotaSpent:
    """What is to be raised when this address has had its jobs of the hour."""
    age = func.extract("epoch", func.clock_timestamp() - Creations.since)
    with Session() as session:
        gone = session.scalar(select(age).where(Creations.address == quota.address)) or 0
    return QuotaSpent("creations", quota.creations, max(1.0, HOUR - float(gone)), HOUR)
