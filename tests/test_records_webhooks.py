"""Records of webhooks: a message is kept with its job's end, claimed by one, tried by a schedule, and kept with it."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from db import records
from db.records import messages, posting
from db.records.posting import Outcome
from db.session import Session
from tests.store_fixtures import LEASE, MODEL, head

URL = "https://hooks.example/knotty"
ALL = ["job.succeeded", "job.failed", "job.canceled"]
WEEK = 7 * 86400.0


def hooked(maker, events=ALL, url=URL, **more):
    return records.open_job(maker, "punk rock blanket", {}, webhook={"url": url, "events": events, "site": ""}, **more)


def claimed(limit=10, a_minute=60, at_once=60, lease=LEASE):
    return records.claim_deliveries(limit, lease, a_minute, at_once)


def only(job, maker):
    [found] = records.deliveries_of(job["id"], maker)
    return found


def ended(maker, **more):
    """A job of this maker's that was canceled, and the errand of its message."""
    job = hooked(maker, **more)
    records.cancel(job["id"], maker)
    return job


def keep(errand, status=200, again=None, gone=False, give_up=WEEK):
    return records.keep_outcome(errand, Outcome(12, status=status, reply="words"), again, gone, give_up)


def sql(words, **values):
    with Session.begin() as session:
        session.execute(text(words), values)


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


def test_two_deliverers_never_have_one_try_at_once(maker):
    for _ in range(12):
        ended(maker)
    gate = threading.Barrier(6)

    def claim(_):
        gate.wait()
        return claimed(limit=4)

    with ThreadPoolExecutor(6) as deliverers:
        errands = [errand for found in deliverers.map(claim, range(6)) for errand in found]

    assert len(errands) == 12
    assert len({errand.id for errand in errands}) == 12
    assert claimed() == []


def test_f25_a_deliverer_that_dies_loses_its_try_to_the_next_one(maker):
    job = ended(maker)
    [lost] = claimed(lease=-1)
    [again] = claimed()

    assert (again.id, again.body) == (lost.id, lost.body)
    assert (lost.attempt, again.attempt) == (1, 2)
    assert not keep(lost, 500, again=1.0)  # a late answer is kept with its try and changes nothing else
    assert keep(again)
    found = only(job, maker)
    assert found["status"] == "delivered"
    assert [(each["number"], each["status"]) for each in found["attempts"]] == [(1, 500), (2, 200)]


def test_a_try_that_fails_is_tried_again_when_that_is_due(maker):
    job = ended(maker)
    [first] = claimed()

    assert keep(first, 503, again=3600)
    assert claimed() == []
    assert only(job, maker)["status"] == "pending"
    sql("UPDATE webhook_deliveries SET due_at = now()")
    [second] = claimed()

    assert (second.id, second.tries, second.secrets) == (first.id, 2, first.secrets)


def test_a_try_keeps_status_duration_and_how_the_answer_began(maker):
    job = ended(maker)
    [errand] = claimed()
    assert only(job, maker)["attempts"][0]["ms"] is None
    records.keep_outcome(errand, Outcome(480, status=500, reply="<h1>oh"), 5.0, False, WEEK)

    [attempt] = only(job, maker)["attempts"]

    assert {name: value for name, value in attempt.items() if name != "at"} == {
        "number": 1,
        "ms": 480,
        "status": 500,
        "error": None,
        "reply": "<h1>oh",
    }


def test_attack_32_a_host_gets_so_many_tries_a_minute_from_all_makers_together(maker, store):
    others = [records.mint_maker("")[0] for _ in range(3)]
    for owner in [maker, *others] * 4:
        ended(owner, url=f"https://victim.example/{owner}")
    spared = ended(maker, url="https://quiet.example/")

    found = claimed(limit=100, a_minute=5)

    assert [errand.url for errand in found].count("https://quiet.example/") == 1
    assert len(found) == 6
    assert claimed(limit=100, a_minute=5) == []
    assert only(spared, maker)["attempts"]


def test_a_host_that_hangs_does_not_take_every_deliverer(maker):
    for _ in range(5):
        ended(maker, url="https://slow.example/")
    ended(maker, url="https://quick.example/")

    urls = [errand.url for errand in claimed(limit=4, at_once=2)]

    assert sorted(urls) == ["https://quick.example/", "https://slow.example/", "https://slow.example/"]
    assert claimed(limit=4, at_once=2) == []


# -- receivers that are given up


def test_f26_a_receiver_that_is_gone_is_off_and_what_is_owed_to_it_ends(maker):
    jobs = [ended(maker) for _ in range(2)]
    [errand] = claimed(limit=1)
    keep(errand, 410, gone=True)
    later = ended(maker)

    states = sorted((only(job, maker)["status"], only(job, maker)["reason"]) for job in [*jobs, later])
    assert states == [("failed", "endpoint-disabled"), ("failed", "endpoint-disabled"), ("failed", "gone")]
    assert claimed() == []
    [told] = records.endpoints(maker)
    assert (told["url"], told["reason"]) == (URL, "gone")
    assert told["disabled_at"]


def test_a_receiver_that_has_failed_for_days_is_given_up_when_the_tries_of_a_message_are_spent(maker):
    ended(maker)
    [errand] = claimed()
    keep(errand, 500, again=60)
    sql("UPDATE webhook_endpoints SET failing_since = now() - interval '6 days'")
    sql("UPDATE webhook_deliveries SET due_at = now()")
    [errand] = claimed()
    keep(errand, 500, again=60, give_up=5 * 86400)
    assert records.endpoints(maker)[0]["disabled_at"] is None  # it has tries left
    sql("UPDATE webhook_deliveries SET due_at = now()")
    [errand] = claimed()
    keep(errand, 500, give_up=5 * 86400)

    assert records.endpoints(maker)[0]["reason"] == "failing"


def test_a_receiver_that_failed_once_and_then_answers_is_not_counted_as_failing(maker):
    ended(maker)
    [errand] = claimed()
    keep(errand, 500, again=0)
    assert records.endpoints(maker)[0]["disabled_at"] is None
    [errand] = claimed()
    keep(errand)

    assert records.endpoints(maker) == []


@pytest.mark.parametrize("how", ["test", "redelivery"])
def test_a_receiver_given_up_is_back_when_it_takes_a_test_or_a_redelivery(maker, how):
    job = ended(maker)
    [errand] = claimed()
    keep(errand, 410, gone=True)
    if how == "test":
        records.ping_webhook(maker, URL)
    else:
        records.redeliver(errand.id, maker)
    [errand] = claimed()
    keep(errand)

    assert records.endpoints(maker) == []
    hooked(maker)
    assert only(ended(maker), maker)["status"] == "pending"
    assert only(job, maker)["status"] == ("failed" if how == "test" else "delivered")


def test_a_redelivery_to_a_receiver_given_up_is_one_try(maker):
    job = ended(maker)
    [errand] = claimed()
    keep(errand, 410, gone=True)
    records.redeliver(errand.id, maker)
    [errand] = claimed()
    keep(errand, 500, again=5)

    assert (only(job, maker)["status"], only(job, maker)["reason"]) == ("failed", "endpoint-disabled")


def test_one_makers_bad_receiver_is_no_other_makers(maker):
    ended(maker)
    [errand] = claimed()
    keep(errand, 410, gone=True)
    other = records.mint_maker("")[0]

    assert only(ended(other), other)["status"] == "pending"


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
