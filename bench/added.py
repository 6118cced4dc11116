"""Added: what is added to the model's own time, from the wish to the event that says it is written.

The model is one that knows a sheet and takes its time for it, so that this time is known to the millisecond.
"""

from __future__ import annotations

import http.client
import json
import time
from statistics import median
from typing import Any

from bench.load import wish
from bench.machine import Began, share, spread, table
from bench.stage import OURS, stage
from tests.fakes import sheets
from tests.fakes.model_server import ModelServer, Step, sheet

PAUSE = 0.004  # between two pieces of eight letters


def measure(quick: bool) -> str:
    """The figures, as they are told."""
    began = Began()
    rounds, jobs = (1, 2) if quick else (3, 15)
    spent: list[float] = []
    found: list[list[dict[str, float]]] = []
    with stage() as here, ModelServer(_timed(sheet(sheets.GOOD, pause=PAUSE), spent)) as model:
        here.serve_ours(MODEL_URL=model.url)
        here.start_worker()
        [token] = here.makers(1)
        one(here.ports[OURS], token, spent)
        for number in range(rounds):
            found.append([one(here.ports[OURS], token, spent) for _ in range(jobs)])
            print(f"round {number + 1}: {median(each['added'] for each in found[-1]):.1f} ms added", flush=True)
    names = {
        "added": "added to the model's own time",
        "post": "of it: until POST has answered",
        "start": "of it: until a worker has begun",
        "rest": "of it: from there to the last event, less the model",
        "model": "the model's own time",
    }
    rows = []
    for name, words in names.items():
        of = [[each[name] for each in one_round] for one_round in found]
        rows.append(
            [words, f"{spread([median(each) for each in of])} ms", f"{spread([share(each, 0.95) for each in of])} ms"]
        )
    told = (
        f"{rounds} rounds of {jobs} wishes, one after the other; a worker waits for them. From before the POST until"
        " the client has read `job.succeeded` from the stream, less the time that the model took to answer."
    )
    return f"{began.told()} {told}\n\n{table(['', 'median', 'p95'], rows)}"


def one(port: int, token: str, spent: list[float]) -> dict[str, float]:
    """One wish from beginning to end: milliseconds."""
    spent.clear()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    began = time.perf_counter()
    connection.request("POST", "/api/v1/jobs", body=wish(token).partition(b"\r\n\r\n")[2], headers=_head(token))
    answer = connection.getresponse()
    job: dict[str, Any] = json.loads(answer.read())
    if answer.status != 202:
        raise RuntimeError(f"POST answered {answer.status}: {job}")
    posted = time.perf_counter()
    connection.request("GET", f"/api/v1/jobs/{job['id']}/events", headers=_head(token))
    started = ended = 0.0
    with connection.getresponse() as stream:
        for line in stream:
            if line.startswith(b"event: job.started"):
                started = time.perf_counter()
            if line.startswith(b"event: job.succeeded"):
                ended = time.perf_counter()
                break
            if line.startswith((b"event: job.failed", b"event: job.canceled")):
                raise RuntimeError("The job did not succeed.")
    connection.close()
    if not (started and ended):
        raise RuntimeError("The stream ended before the job.")
    model = sum(spent)
    parts = {
        "added": ended - began - model,
        "post": posted - began,
        "start": started - posted,
        "rest": ended - started - model,
        "model": model,
    }
    return {name: 1000 * seconds for name, seconds in parts.items()}


def _timed(step: Step, spent: list[float]) -> Step:
    """The same, and how long it took."""

    def timed(request: Any, prompt: str) -> None:
        began = time.perf_counter()
        try:
            step(request, prompt)
        finally:
            spent.append(time.perf_counter() - began)

    return timed


def _head(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
