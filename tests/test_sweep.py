"""The sweep: every job that waits is rung for, every dead worker's job is taken back."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

import pytest
import redis
from sqlalchemy import func, select, update

from db import records
from db.models import Creations
from db.session import Session
from jobs.queue import Doorbell
from jobs.sweep import Sweep, reap_once, ring_once
from settings import Settings
from tests.store_fixtures import LEASE, MODEL


@pytest.fixture
def bell(store):
    return Doorbell(store.redis_url)


def rung(bell):
    return sorted(bell.queue.get_job_ids())


def test_a_job_that_waits_is_rung_for_once(bell, store, job):
    assert ring_once(bell, store) == 1
    assert ring_once(bell, store) == 0
    assert rung(bell) == [f"{job['id']}-1"]


def test_only_the_id_travels(bell, store, job):
    ring_once(bell, store)

    sent = bell.redis.hgetall(f"rq:job:{job['id']}-1")
    assert b"punk" not in b"".join(sent.values())
    assert bell.queue.fetch_job(f"{job['id']}-1").args == [job["id"]]


def test_what_nobody_claimed_is_rung_again_even_from_an_emptied_queue(bell, store, job):
    ring_once(bell, store)
    bell.redis.flushall()
    hasty = Settings(database_url=store.database_url, redis_url=store.redis_url, ring_again_seconds=0)

    assert ring_once(bell, hasty) == 1
    assert rung(bell) == [f"{job['id']}-1"]


def test_ringing_twice_queues_once(bell, store, job):
    bell.ring(job["id"], 1)
    bell.ring(job["id"], 1)

    assert rung(bell) == [f"{job['id']}-1"]


def test_one_maker_cannot_fill_the_queue(bell, store, maker):
    for number in range(5):
        records.open_job(maker, str(number), {})
    other = records.open_job(records.mint_maker("")[0], "me too", {})

    ring_once(bell, store)

    assert len(rung(bell)) == 3
    assert f"{other['id']}-1" in rung(bell)


def test_the_next_job_of_a_maker_is_rung_when_one_has_ended(bell, store, maker):
    jobs = [records.open_job(maker, str(number), {})["id"] for number in range(3)]
    ring_once(bell, store)
    records.cancel(jobs[0], maker)

    assert ring_once(bell, store) == 1
    assert f"{jobs[2]}-1" in rung(bell)


def test_a_dead_workers_job_goes_back_to_the_queue(bell, store, job):
    records.claim(job["id"], -1, MODEL)

    assert reap_once(bell, store) == 1
    assert records.job(job["id"])["status"] == "queued"
    assert ring_once(bell, store) == 1
    assert rung(bell) == [f"{job['id']}-2"]


def test_a_living_workers_job_is_left_alone(bell, store, job):
    records.claim(job["id"], LEASE, MODEL)

    assert reap_once(bell, store) == 0


def test_two_sweeps_at_once_take_a_job_back_once(bell, store, job):
    records.claim(job["id"], -1, MODEL)
    gate = threading.Barrier(2)
    taken = []

    def sweep():
        gate.wait()
        taken.append(reap_once(bell, store))

    threads = [threading.Thread(target=sweep) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == [0, 1]
    assert [event["type"] for event in records.events(job["id"])].count("job.requeued") == 1


def test_a_sweep_wakes_at_once_and_ends_when_told(store, bell, maker):
    sweep = Sweep(store)
    ended = []
    runs = threading.Thread(target=lambda: ended.append(sweep.run()))
    runs.start()
    time.sleep(0.3)
    job = records.open_job(maker, "punk rock blanket", {})
    bell.wake()

    until = time.monotonic() + 10
    while not rung(bell) and time.monotonic() < until:
        time.sleep(0.01)
    sweep.stopping.set()
    runs.join(timeout=15)

    assert rung(bell) == [f"{job['id']}-1"]
    assert ended == [0]


def test_without_redis_the_job_waits_and_the_sweep_lives(store, job):
    away = Settings(database_url=store.database_url, redis_url="redis://127.0.0.1:9/0")
    bell = Doorbell(away.redis_url)

    assert bell.wake() is False
    with pytest.raises(redis.RedisError):
        ring_once(bell, away)
    sweep = Sweep(away)
    threading.Timer(1.0, sweep.stopping.set).start()

    assert sweep.run() == 0
    assert records.job(job["id"])["status"] == "queued"


def test_a_ring_that_died_in_a_workers_hand_is_rung_anew(bell, store, job):
    bell.ring(job["id"], 1)
    bell.redis.delete("rq:queue:patterns")  # a worker took it off and was killed before it could claim
    bell.ring(job["id"], 1)

    assert rung(bell) == [f"{job['id']}-1"]


def test_a_sweep_whose_loop_hangs_ends_so_that_it_is_started_anew(store, monkeypatch):
    monkeypatch.setattr("jobs.sweep.SILENT_SECONDS", 0.5)
    sweep = Sweep(Settings(database_url=store.database_url, redis_url=store.redis_url, ring_seconds=2))

    assert sweep.run() == 1
    sweep.stopping.set()  # its process would end; here its other loops would go on through the tests that follow


def test_the_sweep_forgets_what_is_kept_for_a_day_only(store, maker, monkeypatch):
    monkeypatch.setattr("jobs.sweep.TIDY_SECONDS", 0.05)
    quota = records.Quota(unfinished=5, creations=5, address=b"a", queue_seconds=1e6)
    records.open_job(maker, "yesterday", {}, quota=quota)
    with Session.begin() as session:
        session.execute(update(Creations).values(since=Creations.since - timedelta(hours=25)))
    sweep = Sweep(store)
    runs = threading.Thread(target=sweep.run)
    runs.start()

    def kept():
        with Session() as session:
            return session.scalar(select(func.count()).select_from(Creations))

    until = time.monotonic() + 20
    while kept() and time.monotonic() < until:
        time.sleep(0.02)
    sweep.stopping.set()
    runs.join(timeout=15)

    assert kept() == 0
