"""Redis is cut off, emptied, killed at the worst moments: it is a doorbell, and nothing that matters was in it."""

from __future__ import annotations

import os
import signal
import time

import pytest
import redis

from tests.fakes import sheets
from tests.fakes.model_server import sheet
from tests.faults.conftest import Lined
from tests.faults.house import WHOLE, House


@pytest.mark.parametrize("how", ["cut", "swallow"])
def test_a_wish_while_redis_is_away_is_taken_at_once_and_written_when_it_is_back(lines: Lined, how: str) -> None:
    house = lines.house
    getattr(lines.valkey, how)()
    began = time.monotonic()
    job = house.wish()["id"]
    took = time.monotonic() - began

    assert took < 2  # no request waits for Redis, whose own time limit is two seconds
    assert house.status(job) == "queued"
    lines.valkey.mend()
    assert house.ends(job) == "succeeded"
    house.is_whole(job, attempts=1)


def test_rows_reach_a_stream_by_polling_while_redis_swallows_what_it_is_told(lines: Lined) -> None:
    house = lines.house
    house.model.script[:] = [sheet(sheets.GOOD, pause=0.02)]
    job = house.wish()["id"]
    house.until(lambda: len(house.rows(job)) >= 1)
    lines.valkey.swallow()
    with house.ask("GET", f"/jobs/{job}/events", headers={"Accept": "text/event-stream"}, stream=True) as reply:
        heard = [line for line in reply.iter_lines(chunk_size=1) if line.startswith(b"event: ")]

    assert heard.count(b"event: row.written") == len(WHOLE)
    assert heard[-1] == b"event: job.succeeded"
    house.is_whole(job, attempts=1)


def test_workers_behind_a_line_that_went_dead_unnoticed_hear_again_before_long(lines: Lined) -> None:
    house = lines.house
    workers = len(house.live.pids("jobs.worker"))
    with redis.Redis.from_url(house.queue) as client:
        house.until(lambda: client.info("clients")["blocked_clients"] == workers)  # all are listening
        lines.valkey.swallow()
        client.rpush("rq:queue:patterns", *[f"nobody-{number}" for number in range(workers)])
        house.until(lambda: client.llen("rq:queue:patterns") == 0)  # each was called, and none has heard it
    lines.valkey.mend()
    job = house.wish()["id"]

    assert house.ends(job) == "succeeded"
    house.is_whole(job, attempts=1)


@pytest.mark.parametrize("when", ["idle", "in the middle", "at the end"])
def test_redis_lost_while_a_worker_is_idle_or_writes_or_ends_costs_nothing(lines: Lined, when: str) -> None:
    house = lines.house
    house.model.script[:] = [sheet(sheets.GOOD, pause=0.01)]
    first = ""
    if when == "idle":
        lines.valkey.cut()
    else:
        first = house.wish()["id"]
        house.until(lambda: len(house.rows(first)) >= 1)
        lines.valkey.cut()
        if when == "at the end":
            house.ends(first)
    second = house.wish()["id"]
    with redis.Redis.from_url(house.queue) as client:
        client.flushall()  # and nothing of it has outlived
    lines.valkey.mend()

    for job in filter(None, (first, second)):
        assert house.ends(job) == "succeeded"
        house.is_whole(job, attempts=1)


def test_a_queue_emptied_under_fifty_waiting_and_five_running_jobs_loses_none_and_doubles_none(house: House) -> None:
    house.model.script[:] = [sheet(sheets.GOOD, pause=0.02)]
    makers = [house.mint() for _ in range(5)]  # one maker alone would get two workers
    jobs = []
    for number in range(55):
        house.maker = makers[number % 5]
        jobs.append(house.wish()["id"])
    house.until(lambda: sum(house.status(job) == "running" for job in jobs) == 5)
    with redis.Redis.from_url(house.queue) as client:
        client.flushall()
    house.model.script[:] = [sheet(sheets.GOOD)]

    for job in jobs:
        assert house.ends(job) == "succeeded"
        house.is_whole(job, attempts=1)


def test_a_sweep_killed_between_the_ring_and_its_mark_rings_again_and_the_job_is_written_once(house: House) -> None:
    frozen = house.live.pids("jobs.worker")
    for worker in frozen:  # nobody takes it before the sweep is dead
        os.kill(worker, signal.SIGSTOP)
        house.frozen.append(worker)
    sweep = house.live.leader("jobs.sweep")
    job = held(house)
    house.until(lambda: house.live.pids("jobs.sweep") != [sweep])
    for worker in frozen:
        os.kill(worker, signal.SIGCONT)

    assert house.ends(job) == "succeeded"
    house.is_whole(job, attempts=1)


def held(house: House) -> str:
    """A job for which the sweep has rung, and died before it could say so; gives the job."""
    os.kill(house.live.leader("jobs.sweep"), signal.SIGSTOP)  # it must not see the job before we hold it
    job = str(house.wish()["id"])
    with house.locked("SELECT 1 FROM jobs WHERE id = %s FOR UPDATE", job):
        os.kill(house.live.leader("jobs.sweep"), signal.SIGCONT)
        house.until(lambda: bool(house.waits("Lock", "jobs")))
        with redis.Redis.from_url(house.queue) as client:
            assert client.exists(f"rq:job:{job}-1")  # it has rung
        house.kill("jobs.sweep")
    return job
