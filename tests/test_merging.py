"""Merging at redeem: what a device had ticked and made by itself becomes the maker's that it is linked to."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from time import sleep
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from db import records
from db.models import Base, Maker, Progress, WebhookEndpoint
from db.records.makers import Bearer
from db.session import Session
from settings import Settings
from tests.store_fixtures import LEASE, MODEL, SQUARE, head, row

HOOK = {"url": "https://example.org/hook", "events": ["job.canceled"], "site": "https://knotty.example"}


def mint(name: str) -> Bearer:
    found = records.bearer_of(records.mint_maker(name)[1])
    assert found is not None
    return found


@pytest.fixture
def ada(store: Settings) -> Bearer:
    """The maker who gives the code."""
    return mint("phone")


@pytest.fixture
def bea(store: Settings) -> Bearer:
    """The maker who redeems it."""
    return mint("laptop")


def link(asks: Bearer, to: Bearer) -> dict[str, Any]:
    return records.redeem(None, code=records.open_link(to)["code"], asks=asks)


def written(maker_id: str, **more: Any) -> dict[str, Any]:
    """A job with two rows."""
    job = records.open_job(maker_id, "shawl", {}, **more)
    records.claim(job["id"], LEASE, MODEL)
    records.set_head(job["id"], 1, head(), None, "", LEASE)
    for number in (1, 2):
        records.add_row(job["id"], 1, SQUARE, row(number), "", LEASE)
    return job


def tick(maker_id: str, pattern_id: str, cell: str, stamp: str, done: bool = True) -> None:
    op = {"id": f"{maker_id} {stamp}", "cell": cell, "done": done, "stamp": stamp}
    assert records.merge_progress(maker_id, pattern_id, [op])["applied"]


def test_what_one_has_made_becomes_the_others(ada: Bearer, bea: Bearer) -> None:
    job = written(bea.maker_id)

    made = link(bea, ada)

    assert made["id"] == ada.maker_id
    assert [each["id"] for each in records.jobs_of(ada.maker_id)["data"]] == [job["id"]]
    assert records.pattern(job["pattern"]["id"])["maker_id"] == ada.maker_id
    assert records.cancel(job["id"], ada.maker_id)["status"] == "canceled"


def test_nothing_is_left_of_who_ended(ada: Bearer, bea: Bearer) -> None:
    job = written(bea.maker_id, webhook=HOOK)
    tick(bea.maker_id, job["pattern"]["id"], "p1/r1", "1-0-a")
    note = {"id": "n", "row": "p1/r1", "text": "5 mm hook", "stamp": "1-0-a"}
    records.merge_notes(bea.maker_id, job["pattern"]["id"], [note])
    records.report(bea.maker_id, job["pattern"]["id"], None, "It is rude.")

    link(bea, ada)

    with Session() as session:
        assert session.get(Maker, bea.maker_id) is None
        for table in Base.metadata.sorted_tables:
            if "maker_id" in table.c:
                owners = session.scalars(select(table.c.maker_id)).all()
                assert set(owners) <= {ada.maker_id}, table.name


def test_ticks_merge_by_their_stamps_whoever_ticked(ada: Bearer, bea: Bearer) -> None:
    pattern = written(ada.maker_id)["pattern"]["id"]
    tick(ada.maker_id, pattern, "p1/r1", "10-0-a", done=True)
    tick(bea.maker_id, pattern, "p1/r1", "9-0-z", done=False)  # 9 is less than 10, though not as text
    tick(ada.maker_id, pattern, "p1/r2", "5-0-a", done=True)
    tick(bea.maker_id, pattern, "p1/r2", "5-0-b", done=False)
    tick(bea.maker_id, pattern, "p1#3/r1", "1-0-b")

    link(bea, ada)

    assert records.progress(ada.maker_id, pattern)["cells"] == {
        "p1#3/r1": {"done": True, "stamp": "1-0-b"},
        "p1/r1": {"done": True, "stamp": "10-0-a"},
        "p1/r2": {"done": False, "stamp": "5-0-b"},
    }


def test_notes_merge_by_their_stamps_whoever_wrote_them(ada: Bearer, bea: Bearer) -> None:
    pattern = written(ada.maker_id)["pattern"]["id"]

    def note(who: Bearer, row: str, text: str, stamp: str) -> None:
        records.merge_notes(who.maker_id, pattern, [{"id": stamp, "row": row, "text": text, "stamp": stamp}])

    note(ada, "p1/r1", "hers, later", "10-0-a")
    note(bea, "p1/r1", "theirs, earlier", "9-0-z")
    note(bea, "p1/r2", "theirs alone", "5-0-b")

    link(bea, ada)

    assert records.progress(ada.maker_id, pattern)["notes"] == {
        "p1/r1": {"text": "hers, later", "stamp": "10-0-a"},
        "p1/r2": {"text": "theirs alone", "stamp": "5-0-b"},
    }


def test_a_tick_that_was_set_back_and_comes_again_after_the_merge_is_the_same_tick(ada: Bearer, bea: Bearer) -> None:
    pattern = written(ada.maker_id)["pattern"]["id"]
    op = {"id": "op", "cell": "p1/r1", "done": True, "stamp": "99999999999999-0-a"}
    first = records.merge_progress(bea.maker_id, pattern, [op])["applied"]

    link(bea, ada)

    assert records.merge_progress(ada.maker_id, pattern, [op])["applied"] == first


def test_of_two_reports_on_one_row_the_later_one_stays(ada: Bearer, bea: Bearer) -> None:
    pattern = written(ada.maker_id)["pattern"]["id"]
    records.report(bea.maker_id, pattern, "p1/r1", "Early.")
    records.report(ada.maker_id, pattern, "p1/r1", "Late.")
    records.report(ada.maker_id, pattern, "p1/r2", "Early.")
    records.report(bea.maker_id, pattern, "p1/r2", "Late.")
    records.report(bea.maker_id, pattern, None, "And all of it.")

    link(bea, ada)

    said = {each["row"]: each["says"] for each in records.reports_of(ada.maker_id, pattern)}
    assert said == {"p1/r1": "Late.", "p1/r2": "Late.", None: "And all of it."}


def test_deliveries_and_failing_urls_come_along(ada: Bearer, bea: Bearer) -> None:
    job = written(bea.maker_id, webhook=HOOK)
    records.cancel(job["id"], bea.maker_id)
    with Session.begin() as session:
        session.add_all(
            [
                WebhookEndpoint(maker_id=bea.maker_id, url="https://a.example/", reason="gone"),
                WebhookEndpoint(maker_id=bea.maker_id, url="https://b.example/", reason="gone"),
                WebhookEndpoint(maker_id=ada.maker_id, url="https://b.example/", reason="failing"),
            ]
        )

    link(bea, ada)

    [sent] = records.deliveries_of(job["id"], ada.maker_id)
    assert records.delivery(sent["id"], ada.maker_id)["status"] == "pending"
    kept = {each["url"]: each["reason"] for each in records.endpoints(ada.maker_id)}
    assert kept == {"https://a.example/": "gone", "https://b.example/": "failing"}


def test_the_old_secret_signs_for_a_day_and_is_never_the_current_one(ada: Bearer, bea: Bearer) -> None:
    old = records.webhook_secret(bea.maker_id)["secret"]

    link(bea, ada)

    now = records.webhook_secret(ada.maker_id)
    assert now["secret"] != old
    assert len(now["retiring"]) == 1


def test_many_old_secrets_do_not_make_the_header_long(ada: Bearer, bea: Bearer) -> None:
    for maker in (ada, bea):
        for _ in range(4):
            records.rotate_webhook_secret(maker.maker_id)
    current = records.webhook_secret(ada.maker_id)["secret"]

    link(bea, ada)

    now = records.webhook_secret(ada.maker_id)
    assert (now["secret"], len(now["retiring"])) == (current, 3)


def test_an_idempotency_key_that_both_have_used_stays_the_makers(ada: Bearer, bea: Bearer) -> None:
    keys = [records.Key("k", b"said"), records.Key("l", b"said")]
    mine = records.open_job(ada.maker_id, "shawl", {}, key=keys[0])
    records.open_job(bea.maker_id, "shawl", {}, key=keys[0])
    theirs = records.open_job(bea.maker_id, "shawl", {}, key=keys[1])

    link(bea, ada)

    for key, known in zip(keys, (mine, theirs), strict=True):
        with pytest.raises(records.AlreadyOpened) as again:
            records.open_job(ada.maker_id, "shawl", {}, key=key)
        assert again.value.job_id == known["id"]


def test_a_makers_own_quota_holds_over_what_came_along(ada: Bearer, bea: Bearer) -> None:
    quota = records.Quota(unfinished=2, creations=1000, address=b"a", queue_seconds=1e6)
    for maker in (ada, ada, bea):
        job = records.open_job(maker.maker_id, "shawl", {}, quota=quota)

    link(bea, ada)

    with pytest.raises(records.QuotaSpent):
        records.open_job(ada.maker_id, "shawl", {}, quota=quota)
    records.cancel(job["id"], ada.maker_id)
    with pytest.raises(records.QuotaSpent):
        records.open_job(ada.maker_id, "shawl", {}, quota=quota)


def test_a_job_that_is_being_written_goes_on_under_its_new_maker(ada: Bearer, bea: Bearer) -> None:
    job = written(bea.maker_id, webhook=HOOK | {"events": ["job.succeeded"]})

    link(bea, ada)

    assert records.add_row(job["id"], 1, SQUARE, row(3), "", LEASE)
    assert records.finish(job["id"], 1, head(), {"p1": {"name": "Square", "kind": "rounds", "make": 12}}, "ok", {}, "")
    assert len(records.deliveries_of(job["id"], ada.maker_id)) == 1


def test_a_device_of_the_same_maker_stays_that_device(ada: Bearer) -> None:
    again = link(ada, ada)

    assert (again["id"], again["device_id"]) == (ada.maker_id, ada.device_id)
    with Session() as session:
        assert session.scalar(select(func.count()).select_from(Maker)) == 1


def test_of_many_who_redeem_one_code_at_once_one_is_let_in(ada: Bearer) -> None:
    code = records.open_link(ada)["code"]

    def let_in(_: int) -> bool:
        try:
            return bool(records.redeem(None, code=code))
        except records.NoSuchLink:
            return False

    with ThreadPoolExecutor(8) as racers:
        assert sum(racers.map(let_in, range(16))) == 1


@pytest.mark.parametrize("ending", ["merged", "deleted"])
def test_who_ends_while_they_write_has_nothing_half_kept(ada: Bearer, bea: Bearer, ending: str) -> None:
    """Ticks that were said to be taken are not lost at the merge; those that come too late are refused, not kept."""
    pattern = written(ada.maker_id)["pattern"]["id"]
    taken: list[str] = []

    def tick_on(_: int) -> None:
        for number in range(1, 60):
            op = {"id": str(number), "cell": f"p1#{number % 12 + 1}/r1", "done": True, "stamp": f"{number}-0-b"}
            try:
                records.merge_progress(bea.maker_id, pattern, [op])
            except IntegrityError:
                return
            taken.append(op["stamp"])

    with ThreadPoolExecutor(1) as pool:
        ticking = pool.submit(tick_on, 0)
        while len(taken) < 5 and not ticking.done():
            sleep(0.001)
        link(bea, ada) if ending == "merged" else records.forget_maker(bea.maker_id)
        ticking.result()

    with Session() as session:
        assert session.get(Maker, bea.maker_id) is None
        assert not session.scalar(select(func.count()).select_from(Progress).where(Progress.maker_id == bea.maker_id))
    if ending == "merged":
        kept = {each["stamp"] for each in records.progress(ada.maker_id, pattern)["cells"].values()}
        assert set(taken[-12:]) == kept or (len(taken) < 12 and set(taken) == kept)
