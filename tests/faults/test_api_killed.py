"""The api is killed, or its answer is lost: what was promised is there once, the rest may be asked for again."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest
import requests

from tests.fakes import sheets
from tests.fakes.model_server import sheet
from tests.fakes.scissors import Scissors
from tests.faults.follow import follow
from tests.faults.house import ENDS, House


class Asked(threading.Thread):
    """A wish on its way, from a client that nobody answers."""

    def __init__(self, house: House, key: str) -> None:
        super().__init__(daemon=True)
        self._house, self._key = house, key
        self.lost = threading.Event()
        self.start()

    def run(self) -> None:
        try:
            self._house.wish(self._key)
        except requests.RequestException:
            self.lost.set()


@contextmanager
def commits_held(house: House) -> Iterator[None]:
    """Every commit is on the disk, and waits for a second server that does not exist before anybody hears of it."""
    house.sql("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    house.sql("SELECT pg_reload_conf()")
    try:
        yield
    finally:
        house.sql("ALTER SYSTEM RESET synchronous_standby_names")
        house.sql("SELECT pg_reload_conf()")


def test_a_wish_whose_api_is_killed_after_the_commit_runs_by_itself_and_its_key_finds_it(house: House) -> None:
    house.ends(house.wish()["id"])  # what is made once for the first wish of all is a commit too
    with commits_held(house):
        asked = Asked(house, "f1")
        house.until(lambda: bool(house.waits("SyncRep", "jobs")))
        house.kill("gunicorn")
    assert asked.lost.wait(30)

    house.until(lambda: house.sql("SELECT count(*) FROM jobs WHERE idempotency_key = 'f1'") == [(1,)])
    [(job,)] = house.sql("SELECT id FROM jobs WHERE idempotency_key = 'f1'")
    assert house.ends(job) == "succeeded"  # no api was there to wake anybody
    house.calm()
    again = house.ask("POST", "/jobs", headers={"Idempotency-Key": "f1"}, json={"prompt": "punk rock blanket"})
    assert (again.json()["id"], again.headers["Idempotent-Replayed"]) == (job, "true")
    house.is_whole(job, attempts=1)


def test_a_wish_whose_api_is_killed_before_the_commit_leaves_nothing_and_is_one_job_when_asked_again(
    house: House,
) -> None:
    with house.locked("LOCK TABLE jobs IN ACCESS EXCLUSIVE MODE"):
        asked = Asked(house, "f2")
        house.until(lambda: bool(house.waits("Lock", "jobs")))
        house.kill("gunicorn")
        assert asked.lost.wait(30)
    house.calm()

    assert house.sql("SELECT id FROM jobs WHERE idempotency_key = 'f2'") == []
    job = house.wish("f2")["id"]
    assert house.ends(job) == "succeeded"
    assert house.sql("SELECT id FROM jobs WHERE idempotency_key = 'f2'") == [(job,)]


def test_a_wish_whose_answer_was_lost_is_the_same_job_when_asked_again(house: House) -> None:
    host, port = house.live.url.removeprefix("http://").split(":")
    said = {"headers": {"Authorization": f"Bearer {house.maker}", "Idempotency-Key": "f3"}, "timeout": 30}
    with Scissors((host, int(port)), [1, 1]) as cut:  # by a reset, then by an end like any other
        for _ in range(2):
            with pytest.raises(requests.ConnectionError):
                requests.post(f"{cut.url}/api/v1/jobs", json={"prompt": "punk rock blanket"}, **said)
        kept = requests.post(f"{cut.url}/api/v1/jobs", json={"prompt": "punk rock blanket"}, **said)

    assert kept.headers["Idempotent-Replayed"] == "true"
    assert house.sql("SELECT id FROM jobs WHERE idempotency_key = 'f3'") == [(kept.json()["id"],)]


@pytest.mark.parametrize("what", ["the process that streams", "the whole api"])
def test_a_stream_whose_server_is_killed_goes_on_elsewhere_without_a_gap(house: House, what: str) -> None:
    house.model.script[:] = [sheet(sheets.GOOD, pause=0.01)]
    job = house.wish()["id"]
    heard = []
    for event in follow(house, job):
        heard.append(event)
        if event["type"] == "row.written" and event["data"]["row"]["key"] == "p1/r1":
            leader = house.live.leader("gunicorn")
            os.kill(streaming(leader) if what.endswith("streams") else leader, signal.SIGKILL)

    assert [event["id"] for event in heard] == [event["seq"] for event in house.events(job)]
    assert heard[-1]["type"] in ENDS
    house.is_whole(job, attempts=1)


def streaming(leader: int) -> int:
    """Of the api's processes the one that has a client just now: the only stream there is."""
    port = int(psutil.Process(leader).environ()["PORT"])
    for child in psutil.Process(leader).children():
        if any(each.status == "ESTABLISHED" and each.laddr.port == port for each in child.net_connections()):
            return child.pid
    raise LookupError(leader)
