"""Growth: what creating and polling cost with a thousand jobs kept, and with a million.

The store is filled by Postgres itself (see `fill.py`); then it is asked over HTTP as anybody asks, and what each verb
reads is counted by Postgres (see `hot.py`).
"""

from __future__ import annotations

import os
import random
import time
from statistics import median

from bench import fill, hot, load
from bench.machine import Began, spread, table
from bench.stage import OURS, Stage, stage
from db import session

SIZES = (1_000, 10_000, 100_000, 1_000_000)
CONNECTIONS = 4
POLLED = 200  # jobs, drawn from all
TOLD = ("create", "get a job that waits: its place, its time", "get a job that ended", "list mine", "events after")


def measure(quick: bool) -> str:
    """The figures, as they are told."""
    began = Began()
    rounds, seconds, sizes = (1, 0.3, (300, 600)) if quick else (3, 2.0, SIZES)
    found: dict[str, list[str]] = {}
    kept = 0
    with stage() as here:
        here.prepare_ours()
        for size in sizes:
            since = time.monotonic()
            with here.database(OURS) as connection:
                fill.whole(connection, size, kept)
            os.sync()  # else the disk is still busy with it when the first POST wants to be on it
            kept = size
            print(f"{size} jobs kept after {time.monotonic() - since:.0f} s", flush=True)
            read = _read(here, size)
            for name, told in (_asked(here, size, rounds, seconds) | read).items():
                found.setdefault(name, []).append(told)
    rows = [[name, *cells] for name, cells in found.items()]
    words = (
        f"{rounds} rounds of {seconds:g} s at each size, {CONNECTIONS} connections, median and from where to where."
        f" Beside each job lie its pattern with {fill.ROWS} rows, {fill.EVENTS} events and {fill.TICKS} ticks. What is"
        " read: rows of tables and entries of indexes, as Postgres counts them, for one asking."
    )
    return f"{began.told()} {words}\n\n{table(['jobs kept', *(f'{size:,}' for size in sizes)], rows)}"


def _asked(here: Stage, size: int, rounds: int, seconds: float) -> dict[str, str]:
    """Over HTTP: milliseconds at the middle."""
    here.serve_ours()
    port, [token] = here.ports[OURS], here.makers(1)
    with here.database(OURS) as connection:
        drawn = random.Random(size).sample(range(1, size + 1), min(POLLED, size))
        ids = fill.ids(connection, "job_", drawn)
    gets = [load.request("GET", f"/api/v1/jobs/{job}", token) for job in ids]
    posts, polls = [], []
    for number in range(rounds + 1):  # the first warms up and is not counted
        post = load.storm(port, [[load.wish(token)]] * CONNECTIONS, 202, seconds if number else 0.3)
        with here.database(OURS) as connection:
            connection.execute("DELETE FROM jobs WHERE status = 'queued'")
            connection.execute("VACUUM jobs")
        poll = load.storm(port, [gets[n:] + gets[:n] for n in range(CONNECTIONS)], 200, seconds if number else 0.3)
        if number:
            posts.append(post.median_ms)
            polls.append(poll.median_ms)
    here.stop(OURS, "sweep")
    print(f"  POST {median(posts):.1f} ms, GET {median(polls):.1f} ms", flush=True)
    return {"POST, median ms": spread(posts), "GET, median ms": spread(polls)}


def _read(here: Stage, size: int) -> dict[str, str]:
    """What each verb reads; nobody else asks meanwhile."""
    engine = session.bind(here.settings())
    with here.database(OURS) as connection:
        read = {each.verb: each for each in hot.reads(engine, connection, hot.Scene.of(connection, size))}
        connection.execute("DELETE FROM jobs WHERE finished_at IS NULL")
    engine.dispose()
    told = {f"read by: {verb}": str(read[verb].in_all) for verb in TOLD}
    most = max(read.values(), key=lambda each: each.in_all)
    return told | {f"the most read by any of {len(read)} verbs": f"{most.in_all} ({most.verb})"}
