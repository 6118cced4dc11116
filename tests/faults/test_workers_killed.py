"""A worker is killed by its job, again and again, or its clock is wrong."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from db import records
from settings import Settings
from tests.conftest import ROOT
from tests.fakes import receiver as receivers
from tests.fakes import sheets
from tests.fakes.model_server import ModelServer, sheet
from tests.fakes.receiver import Receiver
from tests.faults.house import House
from tests.test_worker import assert_whole, ended, wait_for, workers


def test_a_job_that_kills_three_workers_has_failed_is_told_once_and_the_queue_goes_on(house: House) -> None:
    deadly, good = "kills whoever writes it", sheet(sheets.GOOD)

    def killing(request: Any, prompt: str) -> None:
        if deadly in prompt:
            os.kill(house.asker(request.client_address[1]), signal.SIGKILL)
        else:
            good(request, prompt)

    house.model.script[:] = [killing]
    with Receiver(receivers.status(200)) as receiver:
        bad = house.wish(prompt=deadly, webhook={"url": receiver.url})["id"]
        others = [house.wish()["id"] for _ in range(3)]
        assert house.ends(bad) == "failed"
        house.until(lambda: bool(receiver.got))
        for other in others:
            assert house.ends(other) == "succeeded"
            house.is_whole(other, attempts=1)
        house.until(
            lambda: house.sql("SELECT status FROM webhook_deliveries WHERE job_id = %s", bad) == [("delivered",)]
        )

    assert house.job(bad)["error"]["type"] == "attempts-exhausted"
    log = [event["type"] for event in house.events(bad)]
    assert log.count("job.started") == 3
    assert (log.count("job.failed"), log[-1]) == (1, "job.failed")
    assert len(receiver.got) == 1


# Python runs a module of this name before ours: what the process calls now is an hour off, from its first line on.
WRONG = """
import datetime, os, time
from pathlib import Path

shift = float(os.environ["CLOCK_SHIFT"])
right = time.time

class datetime_(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(right() + shift, tz)

    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(right() + shift, datetime.timezone.utc).replace(tzinfo=None)

datetime.datetime = datetime_
time.time = lambda: right() + shift
time.time_ns = lambda: int((right() + shift) * 1e9)
Path(os.environ["CLOCK_SEEN"]).write_text(str(datetime.datetime.now().timestamp()))
"""


@pytest.mark.parametrize("hours", [1, -1])
def test_a_worker_whose_clock_is_an_hour_off_keeps_its_lease_and_writes_as_any(
    store: Settings, job: dict[str, Any], tmp_path: Path, hours: int
) -> None:
    (tmp_path / "sitecustomize.py").write_text(WRONG)
    seen = tmp_path / "seen"
    wrong = {"PYTHONPATH": f"{tmp_path}:{ROOT}", "CLOCK_SHIFT": str(3600 * hours), "CLOCK_SEEN": str(seen)}
    with ModelServer(sheet(sheets.GOOD, pause=0.02)) as model, workers(store, model.url, **wrong) as team:
        team.start()
        told = wait_for(lambda: ended(job))  # takes longer than a lease, which is renewed meanwhile

    assert abs(float(seen.read_text()) - time.time() - 3600 * hours) < 600
    assert (told["status"], told["attempt"]) == ("succeeded", 1)
    assert_whole(job)
    log = [event["at"] for event in records.events(job["id"])]
    assert log == sorted(log)
    assert (
        told["created_at"]
        <= told["started_at"]
        <= told["finished_at"]
        <= time.strftime("%FT%TZ", time.gmtime(time.time() + 60))
    )
