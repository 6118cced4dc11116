"""Makers against everything at once: what is being written or sent while a maker merges, deletes a pattern, or goes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select

from db import records
from db.models import Base, Delivery, DeviceLink, Job
from db.records.makers import Bearer
from db.session import Session
from settings import Settings
from tests.store_fixtures import LEASE, MODEL, SQUARE, head, row

HOOK = {
    "url": "https://example.org/hook",
    "events": ["job.succeeded", "job.canceled"],
    "site": "https://knotty.example",
}
PIECES = {"p1": {"name": "Square", "kind": "rounds", "make": 12}}
ROUNDS = 6


def mint() -> Bearer:
    found = records.bearer_of(records.mint_maker("")[1])
    assert found is not None
    return found


def running(maker_id: str) -> dict[str, Any]:
    job = records.open_job(maker_id, "shawl", {}, webhook=HOOK)
    records.claim(job["id"], LEASE, MODEL)
    records.set_head(job["id"], 1, head(), None, "", LEASE)
    return job


def write_on(job: dict[str, Any]) -> bool:
    """What a worker does: rows, and the end. False as soon as the job is not its any more."""
    for number in range(1, 6):
        if not records.add_row(job["id"], 1, SQUARE, row(number), "", LEASE):
            return False
    return records.finish(job["id"], 1, head(), PIECES, "ok", {}, "")


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each of them gives, begun at one moment. What one raises is raised here."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        gate.wait(30)
        return act()

    with ThreadPoolExecutor(len(acts)) as racers:
        return [each.result(30) for each in [racers.submit(run, act) for act in acts]]


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_job_that_ends_while_its_maker_merges_ends_once_for_the_new_one(store: Settings, number: int) -> None:
    ada, bea = mint(), mint()
    job = running(bea.maker_id)
    code = records.open_link(ada)["code"]

    written, linked = at_once(lambda: write_on(job), lambda: records.redeem(None, code=code, asks=bea))

    assert (written, linked["id"]) == (True, ada.maker_id)
    ended = records.job(job["id"])
    assert (ended["status"], ended["maker_id"]) == ("succeeded", ada.maker_id)
    assert len(records.deliveries_of(job["id"], ada.maker_id)) == 1


@pytest.mark.parametrize("number", range(ROUNDS))
def test_attack_77_delete_while_running_leaves_one_end_and_no_row(store: Settings, number: int) -> None:
    me = mint()
    job = running(me.maker_id)
    pattern = job["pattern"]["id"]

    at_once(lambda: write_on(job), lambda: records.delete_pattern(pattern, me.maker_id))

    with pytest.raises(records.Gone):
        records.job(job["id"])
    assert len(records.deliveries_of(job["id"], me.maker_id)) == 1
    with Session() as session:
        assert session.scalars(select(Job.status)).one() in ("succeeded", "canceled")
        assert not session.scalar(select(func.count()).select_from(Base.metadata.tables["pattern_rows"]))


@pytest.mark.parametrize("number", range(ROUNDS))
def test_attack_77_a_maker_who_goes_while_a_job_is_written_leaves_nothing(store: Settings, number: int) -> None:
    me = mint()
    job = running(me.maker_id)

    at_once(lambda: write_on(job), lambda: records.forget_maker(me.maker_id))

    with Session() as session:
        for name in ("makers", "jobs", "patterns", "pattern_rows", "job_events", "webhook_deliveries", "devices"):
            assert not session.scalar(select(func.count()).select_from(Base.metadata.tables[name])), name


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_message_that_is_sent_while_its_maker_merges_is_kept_once(store: Settings, number: int) -> None:
    ada, bea = mint(), mint()
    job = records.open_job(bea.maker_id, "shawl", {}, webhook=HOOK)
    records.cancel(job["id"], bea.maker_id)
    code = records.open_link(ada)["code"]

    def claim() -> int:
        return len(records.claim_deliveries(1, 30.0, 60, 8))

    claimed, _ = at_once(claim, lambda: records.redeem(None, code=code, asks=bea))

    assert claimed + len(records.claim_deliveries(1, 30.0, 60, 8)) == 1
    with Session() as session:
        assert session.scalars(select(Delivery.maker_id)).all() == [ada.maker_id]


def test_two_devices_that_open_a_link_at_once_have_one(store: Settings) -> None:
    me = mint()

    at_once(*[lambda: records.open_link(me)] * 8, *[lambda: records.open_recovery(me)] * 4)

    with Session() as session:
        assert sorted(session.scalars(select(DeviceLink.kind))) == ["link", "recovery"]
