"""Progress: how many requests a second tick a row, each by another maker on the same pattern."""

from __future__ import annotations

import json
import time

from bench import hot, load
from bench.machine import Began, spread, table
from bench.stage import OURS, stage
from db import records, session

CONNECTIONS = 16
ROWS = 9


def measure(quick: bool) -> str:
    """The figures, as they are told."""
    began = Began()
    rounds, seconds = (1, 0.5) if quick else (5, 3.0)
    with stage() as here:
        here.serve_ours()
        tokens = here.makers(CONNECTIONS)
        engine = session.bind(here.settings())
        pattern = _pattern(tokens[0])
        engine.dispose()
        found = []
        for number in range(rounds + 1):  # the first warms up and is not counted
            turns = [_ticks(pattern, token, 200 if quick else 2000) for token in tokens]
            answers = load.storm(here.ports[OURS], turns, 200, seconds)
            if number or quick:
                found.append(answers)
                print(f"round {number}: {answers.a_second:.0f} a second, {answers.median_ms:.1f} ms", flush=True)
    rows = [
        ["ticks a second", spread([each.a_second for each in found], 0)],
        ["median", f"{spread([each.median_ms for each in found])} ms"],
        ["p99", f"{spread([each.p99_ms for each in found])} ms"],
    ]
    words = (
        f"{rounds} rounds of {seconds:g} s: {CONNECTIONS} makers, each with a connection of their own, tick rows of one"
        " pattern, one a request, and ask again as soon as they have their answer. One process of the api."
    )
    return f"{began.told()} {words}\n\n{table(['PATCH progress', 'one round (from to)'], rows)}"


def _pattern(token: str) -> str:
    """A pattern with some rows that can be ticked."""
    maker = records.bearer_of(token)
    assert maker is not None
    job = records.open_job(maker.maker_id, "punk rock blanket", {})
    records.claim(job["id"], 600, hot.MODEL)
    for number in range(1, ROWS + 1):
        records.add_row(job["id"], 1, hot.PIECE, hot.row(number), "Rnd 1\n", 600)
    records.finish(job["id"], 1, hot.HEAD, {"p1": hot.PIECE}, "ok", {}, "")
    return str(job["pattern"]["id"])


def _ticks(pattern: str, token: str, count: int) -> list[bytes]:
    """So many requests, each with a newer tick than the one before."""
    now = time.time_ns() // 10**6
    made = []
    for number in range(count):
        cell = f"p1#{1 + number % 12}/r{1 + number % ROWS}"
        op = {"id": f"{now}-{number}", "cell": cell, "done": number % 2 == 0, "stamp": f"{now}-{number}-k7f2"}
        path = f"/api/v1/patterns/{pattern}/progress"
        made.append(load.request("PATCH", path, token, json.dumps({"ops": [op]}).encode()))
    return made
