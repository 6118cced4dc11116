"""Postgres is killed, falls silent, has no connection left: whoever asks is told to come again, and nothing hangs."""

from __future__ import annotations

import contextlib
import time
from collections import Counter
from collections.abc import Callable

import psycopg
import pytest
import requests

from tests.fakes import sheets
from tests.fakes.model_server import sheet
from tests.faults.conftest import Lined
from tests.faults.house import House


def asked_until(house: House, true: Callable[[int], bool], said: Counter[int]) -> None:
    """Asks the api again and again until it says so; each status is counted, each 503 says when to come again."""

    def answered() -> bool:
        reply = house.ask("GET", "/jobs", seconds=30)
        said[reply.status_code] += 1
        assert reply.status_code != 503 or int(reply.headers["Retry-After"]) > 0
        return true(reply.status_code)

    house.until(answered)


def test_while_postgres_is_killed_and_started_again_the_api_says_503_and_jobs_go_on(house: House) -> None:
    house.model.script[:] = [sheet(sheets.GOOD, pause=0.02)]
    jobs = [house.wish()["id"] for _ in range(2)]
    house.until(lambda: all(house.rows(job) for job in jobs))
    said: Counter[int] = Counter()
    house.kill("postgres")
    asked_until(house, lambda status: status == 503, said)
    asked_until(house, lambda status: status == 200, said)

    assert set(said) == {200, 503}
    for job in jobs:
        house.ends(job)
        house.is_whole(job)


@pytest.mark.parametrize("connections", ["open ones", "none yet"])
def test_a_postgres_that_swallows_what_it_is_sent_is_given_up_in_seconds_and_asked_again_when_it_is_back(
    lines: Lined, connections: str
) -> None:
    house = lines.house
    house.model.script[:] = [sheet(sheets.GOOD, pause=0.03)]
    job = house.wish()["id"]
    house.until(lambda: len(house.rows(job)) >= 1)
    if connections == "none yet":
        lines.postgres.cut()
        lines.postgres.mend()
    lines.postgres.swallow()
    began = time.monotonic()
    reply = house.ask("GET", "/jobs", seconds=60)
    took = time.monotonic() - began
    lines.postgres.mend()

    assert (reply.status_code, int(reply.headers["Retry-After"]) > 0) == (503, True)
    assert took < 11  # five seconds for an answer, and as many for a connection where one is to be made
    house.until(lambda: house.ask("GET", "/jobs").status_code == 200)
    assert house.ends(job) == "succeeded"
    house.is_whole(job)


def test_a_stream_over_a_postgres_that_falls_silent_stays_open_and_goes_on_without_a_gap(lines: Lined) -> None:
    house = lines.house
    house.model.script[:] = [sheet(sheets.GOOD, pause=0.02)]
    job = house.wish()["id"]
    heard = []
    with house.ask("GET", f"/jobs/{job}/events", headers={"Accept": "text/event-stream"}, stream=True) as reply:
        for line in reply.iter_lines(chunk_size=1):
            if line.startswith(b"id: "):
                heard.append(int(line[4:]))
            if line == b"event: head.written":
                lines.postgres.swallow()
                house.until(lambda: lines.postgres.swallowed > 0)
                lines.postgres.mend()

    assert house.ends(job) == "succeeded"
    house.is_whole(job)
    assert heard == [event["seq"] for event in house.events(job)]


def test_with_every_connection_of_postgres_taken_the_api_says_503_and_recovers_by_itself(lines: Lined) -> None:
    house = lines.house
    job = house.wish()["id"]
    house.ends(job)
    ours = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'faults' AND pid <> ALL(%s)"
    with contextlib.ExitStack() as taken:
        mine = []
        while True:  # what the api, the workers and the sweep have is ended and taken too
            try:
                one = taken.enter_context(psycopg.connect(house.database, autocommit=True))
            except psycopg.OperationalError:
                if len(mine) >= 190:
                    break
                continue
            mine.append(one.info.backend_pid)
            one.execute(ours, [mine])
        said: Counter[int] = Counter()
        asked_until(house, lambda status: status == 503, said)
        with contextlib.suppress(requests.RequestException):
            assert house.ask("GET", f"/jobs/{job}").status_code == 503
    asked_until(house, lambda status: status == 200, said)

    assert set(said) <= {200, 503}
    again = house.wish()["id"]
    assert house.ends(again) == "succeeded"
