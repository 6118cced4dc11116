"""Records of webhooks: a message is kept with its job's end, sent again when asked, signed with secrets that change."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from db import records
from db.records import messages, posting
from tests.hooked import ALL, URL, claimed, ended, hooked, keep, only, sql
from tests.store_fixtures import LEASE, MODEL, head


def succeed(job, maker):
    records.claim(job["id"], LEASE, MODEL)
    records.finish(job["id"], 1, head(), {}, "ok", {"tries": 0}, "")


def fail(job, maker):
    records.claim(job["id"], LEASE, MODEL)
    records.fail(job["id"], 1, "internal", "Something broke.")


def exhaust(job, maker):
    for _ in range(3):
        records.claim(job["id"], -1, MODEL)
        records.reap(3)


@pytest.mark.parametrize(
    ("end", "kind"),
    [
        (succeed, "job.succeeded"),
        (fail, "job.failed"),
        (exhaust, "job.failed"),
        (lambda job, maker: records.cancel(job["id"], maker), "job.canceled"),
    ],
)
def test_every_end_of_a_job_leaves_one_message_that_shows_the_job(maker, end, kind):
    job = hooked(maker, metadata={"order": "A-113"})
    end(job, maker)

    found = only(job, maker)
    [errand] = claimed()
    told = json.loads(errand.body)
    assert (found["type"], found["status"], found["url"]) == (kind, "pending", URL)
    assert set(told) == {"type", "timestamp", "data"}
    assert told["type"] == kind
    now = records.job(job["id"])
    assert told["timestamp"] == now["finished_at"]
    assert {name: told["data"][name] for name in now if name not in ("maker_id", "webhook", "pattern")} == {
        name: value for name, value in now.items() if name not in ("maker_id", "webhook", "pattern")
    }
    assert "maker_id" not in told["data"]


def test_an_end_that_was_not_asked_for_leaves_none(maker):
    job = hooked(maker, events=["job.succeeded"])
    records.cancel(job["id"], maker)
    other = records.open_job(maker, "no webhook", {})
    records.cancel(other["id"], maker)

    assert records.deliveries_of(job["id"], maker) == records.deliveries_of(other["id"], maker) == []


def test_a_message_is_in_the_commit_of_its_jobs_end_or_not_at_all(maker, monkeypatch):
    """F14 and the rest: were it a commit of its own, a kill in between would lose it."""
    job = hooked(maker)
    records.claim(job["id"], LEASE, MODEL)
    monkeypatch.setattr(messages, "delivery", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        records.finish(job["id"], 1, head(), {}, "ok", {}, "")

    assert records.job(job["id"])["status"] == "running"


def test_canceling_twice_leaves_one_message(maker):
    job = ended(maker)
    records.cancel(job["id"], maker)

    assert len(records.deliveries_of(job["id"], maker)) == 1


def test_a_message_is_under_20_kb_and_says_when_metadata_is_left_out(maker):
    large = {f"{n:040}": "🧶" * 500 for n in range(20)}
    job = records.open_job(
        maker, "🧶" * 500, {}, large, webhook={"url": URL, "events": ALL, "site": "https://knotty.example"}
    )
    records.cancel(job["id"], maker)

    [errand] = claimed()
    data = json.loads(errand.body)["data"]
    assert len(errand.body.encode()) < 20_000
    assert (data["metadata"], data["metadata_omitted"]) == ({}, True)
    assert data["prompt"] == "🧶" * 500


# -- once more


def test_a_redelivery_bears_the_same_id_and_begins_the_schedule_anew(maker):
    job = ended(maker)
    [first] = claimed()
    keep(first)

    shown = records.redeliver(first.id, maker)
    [second] = claimed()

    assert shown["status"] == "pending"
    assert (second.id, second.body, second.tries, second.attempt) == (first.id, first.body, 1, 2)
    keep(second)
    assert [each["number"] for each in only(job, maker)["attempts"]] == [1, 2]


def test_a_redelivery_of_one_that_waits_is_due_now(maker):
    ended(maker)
    [errand] = claimed()
    keep(errand, 500, again=3600)
    records.redeliver(errand.id, maker)

    assert [each.attempt for each in claimed()] == [2]


def test_a_redelivery_while_a_try_is_under_way_starts_no_second_one(maker):
    ended(maker)
    [errand] = claimed()

    records.redeliver(errand.id, maker)

    assert claimed() == []
    assert keep(errand)


def test_a_delivery_keeps_its_last_hundred_tries(maker):
    job = ended(maker)
    for _ in range(posting.MOST_ATTEMPTS + 5):
        [errand] = claimed(a_minute=1000)
        keep(errand, 500, again=-1)

    numbers = [each["number"] for each in only(job, maker)["attempts"]]
    assert numbers == list(range(6, posting.MOST_ATTEMPTS + 6))


def test_what_ended_long_ago_is_forgotten(maker):
    job, waiting = ended(maker), ended(maker)
    [errand, _] = claimed()
    keep(errand)
    sql("UPDATE webhook_deliveries SET ended_at = now() - interval '31 days' WHERE status = 'delivered'")
    records.forget_deliveries(30)

    left = records.deliveries_of(job["id"], maker) + records.deliveries_of(waiting["id"], maker)
    assert [each["status"] for each in left] == ["pending"]


# -- whose


def test_attack_59_another_makers_deliveries_are_as_if_absent(maker):
    job = ended(maker)
    found = only(job, maker)
    other = records.mint_maker("")[0]

    with pytest.raises(records.NoSuchJob):
        records.deliveries_of(job["id"], other)
    for verb in (records.delivery, records.redeliver):
        with pytest.raises(records.NoSuchDelivery):
            verb(found["id"], other)
        with pytest.raises(records.NoSuchDelivery):
            verb("whd_" + "a" * 26, maker)


# -- secrets


def test_a_maker_has_one_secret_however_many_ask_for_it_at_once(maker):
    gate = threading.Barrier(6)

    def ask(_):
        gate.wait()
        return records.webhook_secret(maker)["secret"]

    with ThreadPoolExecutor(6) as askers:
        found = set(askers.map(ask, range(6)))

    assert len(found) == 1
    assert found.pop().startswith("whsec_")


def test_after_a_rotation_both_secrets_sign_and_after_a_day_the_new_one_alone(maker):
    old = records.webhook_secret(maker)["secret"]
    told = records.rotate_webhook_secret(maker)
    ended(maker)
    [errand] = claimed()

    assert errand.secrets == (told["secret"], old)
    assert len(told["retiring"]) == 1
    keep(errand, 500, again=-1)
    sql("UPDATE webhook_secrets SET expires_at = now() - interval '1 second' WHERE expires_at IS NOT NULL")
    [errand] = claimed()
    assert errand.secrets == (told["secret"],)


def test_of_many_rotations_the_last_four_secrets_sign(maker):
    told = [records.webhook_secret(maker)["secret"]]
    told += [records.rotate_webhook_secret(maker)["secret"] for _ in range(6)]
    ended(maker)
    [errand] = claimed()

    assert errand.secrets == tuple(told[::-1][:4])


def test_two_rotations_at_once_make_two_secrets_and_one_is_current(maker):
    with ThreadPoolExecutor(4) as turning:
        made = {told["secret"] for told in turning.map(lambda _: records.rotate_webhook_secret(maker), range(4))}

    assert len(made) == 4
    assert records.webhook_secret(maker)["secret"] in made
