"""The deliverer: from a job's end to a receiver's answer, over real stores and sockets. Numbers are those of faults."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url
from standardwebhooks.webhooks import Webhook
from structlog.testing import capture_logs

from db import records
from jobs.deliverer import Deliverer
from jobs.dialling import Dialler
from jobs.queue import Doorbell
from jobs.sweep import Sweep, tidy_once
from tests.fakes import receiver as fake
from tests.fakes.receiver import Receiver
from tests.store_fixtures import LEASE, MODEL, head

ROOT = Path(__file__).resolve().parent.parent
ALL = ["job.succeeded", "job.failed", "job.canceled"]


@pytest.fixture
def quick(store):
    """Settings whose pauses are short, with loopback allowed."""
    return replace(
        store,
        webhook_allow="http://127.0.0.1",
        webhook_pauses="0.05,0.05,0.05",
        webhook_seconds=2.0,
        webhook_connect_seconds=0.2,
        ring_seconds=0.1,
    )


@contextmanager
def sweeping(settings):
    sweep = Sweep(settings)
    runs = threading.Thread(target=sweep.run, daemon=True)
    runs.start()
    try:
        yield sweep
    finally:
        sweep.stopping.set()
        runs.join(timeout=20)
        assert not runs.is_alive()


def hooked(maker, url):
    return records.open_job(maker, "punk rock blanket", {}, webhook={"url": url, "events": ALL, "site": ""})


def ended(maker, url):
    job = hooked(maker, url)
    records.cancel(job["id"], maker)
    return job


def only(job, maker):
    [found] = records.deliveries_of(job["id"], maker)
    return found


def wait_for(condition, seconds=30.0):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := condition():
            return found
        time.sleep(0.02)
    raise AssertionError("it did not happen")


def done(job, maker):
    found = only(job, maker)
    return found if found["status"] != "pending" else None


def test_a_finished_job_is_told_and_the_message_verifies(quick, maker):
    with Receiver() as receiver, sweeping(quick):
        job = hooked(maker, f"{receiver.url}/hook")
        records.claim(job["id"], LEASE, MODEL)
        records.finish(job["id"], 1, head(), {}, "ok", {"tries": 0}, "")
        Doorbell(quick.redis_url).wake()
        found = wait_for(lambda: done(job, maker))

    [got] = receiver.got
    told = Webhook(records.webhook_secret(maker)["secret"]).verify(got.body, got.headers)
    assert (told["type"], told["data"]["id"], told["data"]["status"]) == ("job.succeeded", job["id"], "succeeded")
    assert (found["status"], found["attempts"][0]["status"]) == ("delivered", 200)
    assert found["attempts"][0]["reply"] == "words"
    assert got.headers["webhook-id"] == found["id"]


def test_f24_three_failures_and_a_success_are_four_tries_under_one_id_each_signed_anew(quick, maker):
    no = fake.status(500, b"oh no")
    with Receiver(no, no, no, fake.status(204, b"")) as receiver, sweeping(quick):
        job = ended(maker, receiver.url)
        found = wait_for(lambda: done(job, maker))

    assert [each["status"] for each in found["attempts"]] == [500, 500, 500, 204]
    assert [each["number"] for each in found["attempts"]] == [1, 2, 3, 4]
    assert len(receiver.got) == 4
    assert {got.headers["webhook-id"] for got in receiver.got} == {found["id"]}
    assert len({got.body for got in receiver.got}) == 1
    stamps = [int(got.headers["webhook-timestamp"]) for got in receiver.got]
    assert stamps == sorted(stamps)
    secret = records.webhook_secret(maker)["secret"]
    for got in receiver.got:
        Webhook(secret).verify(got.body, got.headers)


def test_when_all_tries_are_spent_it_has_failed(quick, maker):
    with Receiver(fake.status(503, b"")) as receiver, sweeping(quick):
        job = ended(maker, receiver.url)
        found = wait_for(lambda: done(job, maker))

    assert (found["status"], found["reason"], len(found["attempts"])) == ("failed", "tries-exhausted", 4)


def test_f26_gone_is_one_try_and_switches_the_receiver_off(quick, maker):
    with Receiver(fake.status(410)) as receiver, sweeping(quick):
        job = ended(maker, receiver.url)
        found = wait_for(lambda: done(job, maker))
        later = ended(maker, receiver.url)
        time.sleep(0.5)

    assert (found["status"], found["reason"], len(receiver.got)) == ("failed", "gone", 1)
    assert only(later, maker)["reason"] == "endpoint-disabled"


def test_f26_a_retry_after_is_waited_for(quick, maker):
    with Receiver(fake.status(429, Retry_After="3600")) as receiver, sweeping(quick):
        job = ended(maker, receiver.url)
        wait_for(lambda: only(job, maker)["attempts"] and only(job, maker)["attempts"][0]["status"])
        time.sleep(0.5)
        found = only(job, maker)

    assert (found["status"], len(receiver.got)) == ("pending", 1)
    assert found["next_try_at"][:13] > found["attempts"][0]["at"][:13]  # in another hour


def test_f27_a_name_that_turns_inward_between_wish_and_try_is_blocked_at_connect(quick, maker):
    """Attacks 16 and 19: each try resolves once, and dials what it resolved or nothing."""
    answers, dialled = iter([["93.184.216.34"], ["127.0.0.1"]]), []

    def connect(address, timeout):
        dialled.append(address)
        raise ConnectionRefusedError

    means = Dialler(quick.webhook_connect_seconds, resolve=lambda *_: next(answers), connect=connect)
    deliverer = Deliverer(replace(quick, webhook_pauses="0.05"), means)
    job = ended(maker, "https://rebind.example/hook")
    wait_for(lambda: deliverer.send_due() + 1 and done(job, maker))
    deliverer.stop()

    assert dialled == [("93.184.216.34", 443)]
    assert [each["error"] for each in only(job, maker)["attempts"]] == ["no-connection"] * 2


def test_a_test_message_is_tried_once(quick, maker):
    with Receiver(fake.status(500)) as receiver, sweeping(quick):
        sent = records.ping_webhook(maker, receiver.url)
        found = wait_for(
            lambda: records.delivery(sent["id"], maker)["ended_at"] and records.delivery(sent["id"], maker)
        )

    assert (found["status"], len(found["attempts"])) == ("failed", 1)
    assert json.loads(receiver.got[0].body)["type"] == "webhook.test"
    assert records.endpoints(maker) == []


def test_a_redelivery_is_sent_under_the_same_id(quick, maker):
    with Receiver() as receiver, sweeping(quick):
        job = ended(maker, receiver.url)
        first = wait_for(lambda: done(job, maker))
        records.redeliver(first["id"], maker)
        wait_for(lambda: len(receiver.got) == 2 and done(job, maker))

    assert {got.headers["webhook-id"] for got in receiver.got} == {first["id"]}


def test_two_sweeps_send_each_message_once(quick, maker):
    with Receiver() as receiver, sweeping(quick), sweeping(quick):
        jobs = [ended(maker, receiver.url) for _ in range(20)]
        for job in jobs:
            wait_for(lambda job=job: done(job, maker))

    assert sorted(got.headers["webhook-id"] for got in receiver.got) == sorted(only(job, maker)["id"] for job in jobs)


def test_a_receiver_that_hangs_keeps_no_other_waiting(quick, maker):
    slow = replace(quick, webhook_senders=3, webhook_seconds=5.0)
    with Receiver(fake.silent()) as hanging, Receiver() as well:
        # Hosts are told apart by name: loopback has two.
        slow = replace(slow, webhook_allow="http://127.0.0.1,http://localhost")
        with sweeping(slow):
            for _ in range(8):
                ended(maker, hanging.url)
            wait_for(lambda: len(hanging.got) == 2)
            job = ended(maker, well.url.replace("127.0.0.1", "localhost"))
            found = wait_for(lambda: done(job, maker))
            assert len(hanging.got) == 2

    assert found["status"] == "delivered"


def test_attack_32_a_host_gets_no_more_than_its_share_of_a_minute(quick, maker):
    with Receiver() as receiver, sweeping(replace(quick, webhook_host_minute=5)):
        for _ in range(12):
            ended(maker, receiver.url)
        wait_for(lambda: len(receiver.got) >= 5)
        time.sleep(1)

    assert len(receiver.got) == 5


def test_f25_a_sweep_killed_after_sending_sends_again_under_the_same_id(quick, maker):
    env = {field.name.upper(): str(getattr(quick, field.name)) for field in fields(quick)}
    env |= {"WEBHOOK_LEASE_SECONDS": "4", "WEBHOOK_SECONDS": "20"}  # a busy machine kills a process late
    command = [sys.executable, "-m", "jobs.sweep"]
    with Receiver(fake.silent(), fake.status(200)) as receiver:
        job = ended(maker, receiver.url)
        first = subprocess.Popen(command, cwd=ROOT, env=os.environ | env)
        wait_for(lambda: len(receiver.got) == 1)
        first.send_signal(signal.SIGKILL)
        first.wait()
        second = subprocess.Popen(command, cwd=ROOT, env=os.environ | env)
        try:
            found = wait_for(lambda: done(job, maker))
        finally:
            second.terminate()
            code = second.wait(20)

    assert code == 0
    assert [got.headers["webhook-id"] for got in receiver.got] == [found["id"]] * 2
    assert [each["ms"] is None for each in found["attempts"]] == [True, False]
    assert found["status"] == "delivered"


def test_a_store_that_goes_away_during_a_try_costs_no_message(quick, maker, postgres):
    """What became of the try cannot be kept: the delivery is due again when its time is over."""
    name = make_url(quick.database_url).database
    took = fake.status(200)

    def away(allowed):
        with psycopg.connect(postgres.replace("+psycopg", ""), autocommit=True) as other:
            other.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {str(allowed).lower()}")
            if not allowed:
                other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])

    def take_and_part(request):
        away(allowed=False)
        took(request)

    with Receiver(take_and_part, took) as receiver:
        job = ended(maker, receiver.url)
        deliverer = Deliverer(replace(quick, webhook_lease_seconds=1.0))
        deliverer.send_due()
        wait_for(lambda: receiver.sent)
        deliverer.stop()
        away(allowed=True)
        with sweeping(quick):
            found = wait_for(lambda: done(job, maker))

    assert [each["ms"] is None for each in found["attempts"]] == [True, False]
    assert {got.headers["webhook-id"] for got in receiver.got} == {found["id"]}


def test_without_redis_messages_are_sent_all_the_same(quick, maker):
    with Receiver() as receiver, sweeping(replace(quick, redis_url="redis://127.0.0.1:9/0")):
        job = ended(maker, receiver.url)

        assert wait_for(lambda: done(job, maker))["status"] == "delivered"


def test_tidying_forgets_deliveries_that_ended_long_ago(quick, maker):
    with Receiver() as receiver, sweeping(quick):
        job = ended(maker, receiver.url)
        found = wait_for(lambda: done(job, maker))

    assert tidy_once(Doorbell(quick.redis_url), replace(quick, keep_days=0.0)) >= 1
    with pytest.raises(records.NoSuchDelivery):
        records.delivery(found["id"], maker)


def test_attack_97_neither_url_nor_secret_nor_body_is_in_the_log(quick, maker):
    answers = fake.status(500, b"canary-reply"), fake.status(200)
    with capture_logs() as lines, Receiver(*answers) as receiver, sweeping(quick):
        job = ended(maker, f"{receiver.url}/canary-url?key=canary-key")
        wait_for(lambda: done(job, maker))

    said = json.dumps(lines)
    assert said.count("webhook tried") == 2
    assert "canary" not in said
    assert records.webhook_secret(maker)["secret"].removeprefix("whsec_")[:12] not in said
