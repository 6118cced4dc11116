"""Estimates: the place in the queue and the time left are what the store has seen, or nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, update

from db import records
from db.models import Job
from db.session import Session
from tests.store_fixtures import LEASE, MODEL, SQUARE, head, row


def set_back(job, **moments):
    """As if these had happened so many seconds ago."""
    with Session.begin() as session:
        values = {name: func.clock_timestamp() - timedelta(seconds=ago) for name, ago in moments.items()}
        session.execute(update(Job).where(Job.id == job["id"]).values(**values))


def took(maker, seconds):
    """A job that has succeeded in so many seconds."""
    job = records.open_job(maker, "done", {})
    records.claim(job["id"], LEASE, MODEL)
    records.finish(job["id"], 1, head(), {}, "ok", {}, "")
    set_back(job, started_at=seconds, finished_at=0)


def left(job):
    return records.job(job["id"])["progress"]["seconds_left"]


def place(job):
    return records.job(job["id"])["progress"]["queue_position"]


def test_nothing_is_guessed_before_anything_was_seen(job):
    assert (place(job), left(job)) == (0, None)
    records.claim(job["id"], LEASE, MODEL)
    assert (place(job), left(job)) == (None, None)


def test_a_job_that_waits_takes_what_one_usually_takes_and_those_before_it_too(maker):
    for seconds in (10, 20, 600):  # one that hung for long makes nobody wait
        took(maker, seconds)
    waiting = [records.open_job(records.mint_maker("")[0], str(number), {}) for number in range(3)]

    assert [place(job) for job in waiting] == [0, 1, 2]
    assert [left(job) for job in waiting] == pytest.approx([20, 40, 60], abs=0.5)


def test_more_workers_make_the_wait_shorter(maker):
    took(maker, 20)
    for _ in range(2):
        records.claim(records.open_job(maker, "running", {})["id"], LEASE, MODEL)
    waiting = [records.open_job(records.mint_maker("")[0], str(number), {}) for number in range(4)]

    assert [left(job) for job in waiting] == pytest.approx([20, 20, 40, 40], abs=0.5)


def test_a_job_that_is_written_goes_on_at_the_pace_of_its_own_rows(job):
    records.claim(job["id"], LEASE, MODEL)
    records.set_head(job["id"], 1, head(), 4, "", LEASE)
    records.add_row(job["id"], 1, SQUARE, row(1), "", LEASE)
    set_back(job, started_at=10)

    assert left(job) == pytest.approx(30, abs=1)


def test_rows_that_a_retry_keeps_are_no_pace_of_its_own(job, maker):
    records.claim(job["id"], LEASE, MODEL)
    records.set_head(job["id"], 1, head(), 4, "Title: x\n", LEASE)
    for number in (1, 2):
        records.add_row(job["id"], 1, SQUARE, row(number), f"Rnd {number}: ...\n", LEASE)
    records.cancel(job["id"], maker)
    again = records.retry_job(job["id"], maker)
    records.claim(again["id"], LEASE, MODEL)
    records.add_row(again["id"], 1, SQUARE, row(3), "Rnd 3: ...\n", LEASE)
    set_back(again, started_at=10)

    assert left(again) == pytest.approx(10, abs=1)


def test_a_job_without_rows_to_count_takes_what_one_usually_takes(maker, job):
    took(maker, 20)
    records.claim(job["id"], LEASE, MODEL)
    set_back(job, started_at=5)

    assert left(job) == pytest.approx(15, abs=1)


def test_a_job_that_has_taken_longer_than_it_should_says_nothing(maker, job):
    took(maker, 20)
    records.claim(job["id"], LEASE, MODEL)
    set_back(job, started_at=30)

    assert left(job) is None


def test_nobody_knows_when_a_model_wakes(maker, job):
    took(maker, 20)
    records.claim(job["id"], LEASE, MODEL)
    records.phase(job["id"], 1, "waking_model", LEASE)

    assert left(job) is None


def test_what_has_ended_has_no_time_left(maker, job):
    took(maker, 20)
    records.cancel(job["id"], maker)

    assert (place(job), left(job)) == (None, None)


def test_who_has_been_rung_for_is_before_who_has_not(maker):
    mine = [records.open_job(maker, str(number), {}) for number in range(4)]
    other = records.open_job(records.mint_maker("")[0], "later", {})
    rung = [ring.job_id for ring in records.to_ring(15)]
    assert rung == [mine[0]["id"], mine[1]["id"], other["id"]]

    records.mark_rung(rung)

    assert [place(job) for job in (*mine[:2], other, *mine[2:])] == [0, 1, 2, 3, 4]
