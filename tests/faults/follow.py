"""Follow: a client that reads a job's stream to its end, over as many connections as that takes."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import requests

from tests.faults.house import House

Json = dict[str, Any]


def follow(house: House, job_id: str, over: Callable[[], bool] = lambda: False) -> Iterator[Json]:
    """The events of a job as they come, resumed by `Last-Event-ID` wherever a connection ends, until 204.

    `over`: nobody waits any longer, because the job should have ended long ago.
    """
    last = ""
    while True:
        headers = {"Accept": "text/event-stream"} | ({"Last-Event-ID": last} if last else {})
        try:
            with house.ask("GET", f"/jobs/{job_id}/events", headers=headers, stream=True, seconds=20) as reply:
                if reply.status_code == 204:
                    return
                if reply.status_code == 503:
                    raise requests.ConnectionError("away just now")
                reply.raise_for_status()
                for event in parsed(reply):
                    last = str(event["id"])
                    yield event
        except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError):
            assert not over(), f"{job_id} has not ended: heard up to {last or 'nothing'}"
            time.sleep(0.1)


def parsed(reply: requests.Response) -> Iterator[Json]:
    """The whole events of a stream; half of one, where the connection was cut, is none."""
    lines: list[str] = []
    for raw in reply.iter_lines(chunk_size=1):
        line = raw.decode()
        if line:
            lines.append(line)
            continue
        said = [each.partition(": ")[2] for each in lines if each.startswith("data: ")]
        lines = []
        if said:
            found: Json = json.loads("\n".join(said))
            yield found
