"""EventSource, as another wrote it, over a network that cuts: each event comes once, in order, up to the end."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable

import pytest

from db import records
from settings import Settings
from tests import written
from tests.fakes.scissors import Scissors

# Bytes of an answer: within its head, at once after it, within the first events, within later ones.
CUTS = [40, 700, 1100, 1500, 2200, 3100]


@pytest.fixture
def job_id(store: Settings) -> str:
    """A job that waits."""
    return str(records.open_job(records.mint_maker("")[0], "punk rock blanket", {}, {})["id"])


def write_slowly(job_id: str) -> None:
    written.start(job_id)
    for key in written.LINES:
        time.sleep(0.5)
        written.add(job_id, key)
    written.finish(job_id)


def test_an_eventsource_gets_each_event_once_however_often_it_is_cut_off(
    address: tuple[str, int], job_id: str, node: Callable[..., str]
) -> None:
    writer = threading.Thread(target=write_slowly, args=[job_id])
    writer.start()
    with Scissors(address, CUTS) as cut:
        said = node("follow.mjs", f"{cut.url}/api/v1/jobs/{job_id}/events")
    writer.join()

    *lines, last = said.splitlines()
    told = records.events(job_id)
    assert [json.loads(line.split(" ", 2)[2]) for line in lines] == told
    assert [line.split(" ", 2)[:2] for line in lines] == [[str(each["id"]), each["type"]] for each in told]
    assert last == "closed 204"
    assert cut.made >= 4
