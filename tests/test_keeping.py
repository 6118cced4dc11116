"""Keeping: what has ended is kept for its days and then forgotten; patterns stay until somebody deletes them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, text, update

from db import records
from db.ids import new_id
from db.models import Creations, Delivery, Device, Event, Job, Maker, Pattern, WebhookSecret
from db.session import Session
from jobs.queue import Doorbell
from jobs.sweep import tidy_once
from settings import Settings
from tests import written
from tests.hooked import URL, hooked

DAYS = 30.0


def age(model: type[Any], days: float, *names: str) -> None:
    """All rows of a table are so many days older."""
    with Session.begin() as session:
        older = {name: getattr(model, name) - text(f"interval '{days} days'") for name in names}
        session.execute(update(model).values(older))


def aged_job(days: float, job_id: str) -> None:
    """A job that ended so long ago."""
    written.whole(job_id)
    age(Job, days, "created_at", "started_at", "finished_at")


def count(model: type[Any]) -> int:
    with Session() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_a_job_is_kept_for_its_days_and_gone_the_day_after_with_its_log(job: dict[str, Any]) -> None:
    aged_job(DAYS - 1, job["id"])
    assert records.forget_jobs(DAYS) == 0
    assert len(records.events(job["id"])) == job["version"] + 2 + len(written.LINES) + 1

    age(Job, 2, "finished_at")

    assert records.forget_jobs(DAYS) == 1
    with pytest.raises(records.NoSuchJob):
        records.job(job["id"])
    assert count(Event) == 0


def test_a_job_that_has_not_ended_is_never_taken(maker: str) -> None:
    for number in range(3):
        records.open_job(maker, str(number), {})
    running = records.open_job(maker, "running", {})
    written.start(running["id"])
    age(Job, 1000, "created_at", "started_at")

    assert records.forget_jobs(0) == 0
    assert count(Job) == 4


def test_an_idempotency_key_goes_with_its_job_and_may_be_used_again(maker: str) -> None:
    key = records.Key("once", b"said")
    job = records.open_job(maker, "punk rock blanket", {}, key=key)
    aged_job(DAYS + 1, job["id"])
    with pytest.raises(records.AlreadyOpened):
        records.open_job(maker, "punk rock blanket", {}, key=key)

    records.forget_jobs(DAYS)

    assert records.open_job(maker, "punk rock blanket", {}, key=key)["id"] != job["id"]


def test_a_job_stays_as_long_as_what_was_told_of_it(maker: str) -> None:
    job = hooked(maker)
    aged_job(DAYS + 1, job["id"])

    assert (records.forget_deliveries(DAYS), records.forget_jobs(DAYS)) == (0, 0)

    with Session.begin() as session:
        session.execute(update(Delivery).values(status="delivered", ended_at=func.clock_timestamp()))
    age(Delivery, DAYS + 1, "ended_at")

    assert (records.forget_deliveries(DAYS), records.forget_jobs(DAYS)) == (1, 1)


def test_a_delivery_is_kept_for_its_days_and_one_that_is_due_for_ever(maker: str) -> None:
    records.ping_webhook(maker, URL)
    records.ping_webhook(maker, URL)
    age(Delivery, 1000, "created_at", "due_at")
    with Session.begin() as session:
        one = select(Delivery.id).limit(1).scalar_subquery()
        ended = {"status": "failed", "ended_at": func.clock_timestamp() - text(f"interval '{DAYS - 1} days'")}
        session.execute(update(Delivery).where(Delivery.id == one).values(ended))
    assert records.forget_deliveries(DAYS) == 0

    age(Delivery, 2, "ended_at")

    assert records.forget_deliveries(DAYS) == 1
    assert count(Delivery) == 1


def test_batches_are_no_larger_than_they_may_be_and_the_oldest_go_first(maker: str) -> None:
    jobs = [records.open_job(maker, str(number), {})["id"] for number in range(5)]
    for job_id in jobs:
        aged_job(10, job_id)  # the first is fifty days old now, the last ten

    assert records.forget_jobs(15, batch=3) == 3
    assert {job["id"] for job in records.jobs_of(maker)["data"]} == set(jobs[3:])
    assert [records.forget_jobs(15, batch=3) for _ in range(2)] == [1, 0]


def test_what_somebody_holds_is_left_for_the_next_time(maker: str) -> None:
    jobs = [records.open_job(maker, str(number), {})["id"] for number in range(3)]
    for job_id in jobs:
        aged_job(DAYS, job_id)

    with Session() as session:
        session.execute(select(Job.id).where(Job.id == jobs[1]).with_for_update())
        assert records.forget_jobs(DAYS - 1) == 2

    assert records.forget_jobs(DAYS - 1) == 1


def test_two_sweeps_at_once_share_the_work(store: Settings, maker: str) -> None:
    for number in range(20):
        job = records.open_job(maker, str(number), {})
        written.whole(job["id"])
    age(Job, DAYS + 1, "finished_at")
    gate, gone = threading.Barrier(2), []

    def sweep() -> None:
        gate.wait()
        while batch := records.forget_jobs(DAYS, batch=3):
            gone.append(batch)

    threads = [threading.Thread(target=sweep) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(gone) == 20
    assert (count(Job), count(Event), count(Pattern)) == (0, 0, 20)


def test_the_sweep_forgets_all_that_is_old_in_as_many_batches_as_it_takes(
    store: Settings, maker: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        job = records.open_job(maker, str(number), {})
        written.whole(job["id"])
    records.ping_webhook(maker, URL)
    records.rotate_webhook_secret(maker)
    records.open_job(maker, "counted", {}, quota=records.Quota(9, 9, b"here", 1e9))
    records.mint_maker("nobody")
    age(Job, 31, "finished_at")
    age(WebhookSecret, 2, "expires_at")
    age(Creations, 2, "since")
    age(Maker, 31, "created_at")
    age(Device, 31, "seen_at")
    with Session.begin() as session:
        session.execute(update(Delivery).values(status="failed", ended_at=func.now() - text("interval '31 days'")))
    bell = Doorbell(store.redis_url)

    assert tidy_once(bell, store) == 3 + 1 + 1 + 1 + 1
    assert tidy_once(bell, store) == 0
    assert (count(Job), count(Pattern), count(Maker)) == (1, 4, 1)


def test_nothing_is_forgotten_that_the_settings_keep(store: Settings, job: dict[str, Any]) -> None:
    aged_job(31, job["id"])

    assert tidy_once(Doorbell(store.redis_url), replace(store, keep_days=32)) == 0


# Makers.


def tick(maker_id: str) -> None:
    job = records.open_job(records.mint_maker("another")[0], "x", {})
    written.whole(job["id"])
    op = {"id": "1", "cell": "p1/r1", "done": True, "stamp": "1-0-a"}
    records.merge_progress(maker_id, job["pattern"]["id"], [op])


def note(maker_id: str) -> None:
    job = records.open_job(records.mint_maker("another")[0], "x", {})
    written.whole(job["id"])
    op = {"id": "1", "row": "p1/r1", "text": "6 mm hook", "stamp": "1-0-a"}
    records.merge_notes(maker_id, job["pattern"]["id"], [op])


def say(maker_id: str) -> None:
    job = records.open_job(records.mint_maker("another")[0], "x", {})
    records.report(maker_id, job["pattern"]["id"], None, "rude")


def delete(maker_id: str) -> None:
    job = records.open_job(maker_id, "x", {})
    records.delete_pattern(job["pattern"]["id"], maker_id)


def print_code(maker_id: str) -> None:
    with Session() as session:
        device = session.scalars(select(Device.id).where(Device.maker_id == maker_id)).one()
    records.open_recovery(records.Bearer(maker_id, device))


HAVE: dict[str, Callable[[str], object]] = {
    "a pattern": lambda maker_id: records.open_job(maker_id, "x", {}),
    "a pattern that is deleted": delete,
    "a tick": tick,
    "a note": note,
    "a report": say,
    "a secret": records.webhook_secret,
    "a test message": lambda maker_id: records.ping_webhook(maker_id, URL),
    "a code on paper": print_code,
}


def long_away() -> None:
    age(Maker, 1000, "created_at")
    age(Device, 1000, "seen_at", "created_at")


def test_a_maker_with_nothing_is_kept_for_their_days_and_gone_the_day_after(maker: str) -> None:
    age(Maker, DAYS - 1, "created_at")
    age(Device, DAYS - 1, "seen_at")
    assert records.forget_makers(DAYS) == 0

    age(Maker, 2, "created_at")
    age(Device, 2, "seen_at")

    assert records.forget_makers(DAYS) == 1
    assert (count(Maker), count(Device)) == (0, 0)


@pytest.mark.parametrize("what", HAVE)
def test_a_maker_who_has_something_stays(maker: str, what: str) -> None:
    HAVE[what](maker)
    long_away()

    records.forget_makers(DAYS)

    with Session() as session:
        assert session.get(Maker, maker) is not None


def test_a_maker_whose_device_was_here_lately_stays(maker: str) -> None:
    age(Maker, 1000, "created_at")

    assert records.forget_makers(DAYS) == 0


def test_a_maker_to_whom_something_is_being_given_stays(maker: str) -> None:
    long_away()

    with Session() as session:
        session.add(Pattern(id=new_id("pat"), maker_id=maker))
        session.flush()  # not committed: nobody sees it yet
        assert records.forget_makers(DAYS) == 0
        session.commit()

    assert records.forget_makers(DAYS) == 0


def test_every_maker_is_looked_at_however_few_at_a_time(store: Settings) -> None:
    for _ in range(30):
        records.mint_maker("")
    long_away()

    rounds = 0
    while count(Maker):
        records.forget_makers(DAYS, looked_at=5)
        rounds += 1
        assert rounds < 2000


# What the API says of a pattern whose job is gone.


@pytest.fixture
def me(client: FlaskClient) -> FlaskClient:
    """A maker with a cookie."""
    client.post("/api/v1/makers", json={"name": "phone"})
    return client


@pytest.fixture
def old(me: FlaskClient) -> dict[str, Any]:
    """A job of theirs that was whole, and is gone."""
    job: dict[str, Any] = me.post("/api/v1/jobs", json={"prompt": "punk rock blanket"}).json
    aged_job(DAYS + 1, job["id"])
    assert records.forget_jobs(DAYS) == 1
    return job


def test_a_pattern_whose_job_is_gone_is_read_as_before(me: FlaskClient, old: dict[str, Any]) -> None:
    other: dict[str, Any] = me.post("/api/v1/jobs", json={"prompt": "punk rock blanket"}).json
    written.whole(other["id"])
    now, fresh = me.get(old["links"]["pattern"]).json, me.get(other["links"]["pattern"]).json

    assert now["job"] is None
    own = ("id", "job", "created_at")
    assert {name: now[name] for name in now if name not in own} == {
        name: fresh[name] for name in fresh if name not in own
    }


@pytest.mark.parametrize("form", [".txt", ".svg", "/preview.svg"])
def test_a_pattern_whose_job_is_gone_is_printed_and_drawn_as_before(
    me: FlaskClient, old: dict[str, Any], form: str
) -> None:
    other: dict[str, Any] = me.post("/api/v1/jobs", json={"prompt": "punk rock blanket"}).json
    written.whole(other["id"])

    assert me.get(old["links"]["pattern"] + form).data == me.get(other["links"]["pattern"] + form).data


def test_a_pattern_whose_job_is_gone_is_ticked_changed_listed_and_taken_along(
    me: FlaskClient, old: dict[str, Any]
) -> None:
    address = old["links"]["pattern"]
    op = {"id": "1", "cell": "p1/r1", "done": True, "stamp": "1-0-a"}
    assert me.patch(f"{address}/progress", json={"ops": [op]}).json["applied"]
    tag = {"If-Match": me.get(address).headers["ETag"]}

    changed = me.patch(address, json={"title": "For Ada", "visibility": "private"}, headers=tag)

    assert (changed.status_code, changed.json["title"]) == (200, "For Ada")
    [entry] = me.get("/api/v1/patterns").json["data"]
    assert (entry["title"], entry["prompt"], entry["job"]) == ("For Ada", None, None)
    assert me.get("/api/v1/jobs").json["data"] == []
    assert [each["title"] for each in me.get("/api/v1/me/export").json["patterns"]] == ["For Ada"]


def test_a_pattern_whose_job_is_gone_is_deleted_for_good(me: FlaskClient, old: dict[str, Any]) -> None:
    assert me.delete(old["links"]["pattern"]).status_code == 204

    assert me.get(old["links"]["pattern"]).json["type"] == "/problems/gone"


@pytest.mark.parametrize(
    ("verb", "link"), [("get", ""), ("get", "/events"), ("get", "/deliveries"), ("post", "/cancel"), ("post", "/retry")]
)
def test_all_that_a_job_once_answered_is_not_found_when_it_is_gone(
    me: FlaskClient, old: dict[str, Any], verb: str, link: str
) -> None:
    reply = getattr(me, verb)(old["links"]["self"] + link)

    assert (reply.status_code, reply.json["type"]) == (404, "/problems/not-found")


def test_a_maker_who_was_forgotten_is_a_stranger_who_may_come_anew(me: FlaskClient) -> None:
    long_away()
    assert records.forget_makers(DAYS) == 1

    assert me.get("/api/v1/jobs").json["type"] == "/problems/credentials-invalid"
    assert me.post("/api/v1/makers", json={"name": "phone"}).status_code == 201
