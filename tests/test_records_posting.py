"""Records of posting: a delivery is claimed by one, tried by a schedule, its receiver given up when it fails for long.

Numbers are those of the attacks and faults.
"""

from __future__ import annotations

import random
import string
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from db import records
from db.records.posting import Outcome
from jobs.receivers import MAX_URL
from tests.hooked import URL, WEEK, claimed, ended, hooked, keep, only, sql


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


def test_a_url_as_long_as_any_can_fail(maker):
    url = "https://hooks.example/" + "".join(random.Random(1).choices(string.ascii_letters, k=MAX_URL - 22))
    ended(maker, url=url)
    [errand] = claimed()

    assert keep(errand, 500, again=60)
    assert [each["url"] for each in records.endpoints(maker)] == [url]
