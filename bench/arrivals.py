"""Arrivals: how long a POST takes when fifty come a second, whoever is ready or not; and a webhook's first try."""

from __future__ import annotations

import time
from statistics import median

from bench import hot, load
from bench.machine import Began, share, spread, table
from bench.stage import OURS, Stage, stage
from db import records, session
from jobs.queue import Doorbell
from tests.fakes.receiver import Receiver

A_SECOND = 50
WEBHOOKS_A_SECOND = 10


def measure(quick: bool) -> str:
    """The figures, as they are told."""
    began = Began()
    rounds, seconds, hooks = (1, 1.0, 3) if quick else (3, 12.0, 60)
    with stage() as here:
        here.serve_ours()
        tokens = here.makers(32)
        port = here.ports[OURS]
        load.steady(port, [load.wish(token) for token in tokens], 202, A_SECOND, min(2.0, seconds))
        took = []
        for number in range(rounds):
            took.append(load.steady(port, [load.wish(token) for token in tokens], 202, A_SECOND, seconds))
            print(f"POST at {A_SECOND}/s, round {number + 1}: p99 {share(took[-1], 0.99):.1f} ms", flush=True)
            here.forget(OURS)
        first = webhooks(here, hooks)
    rows = [
        [f"POST at {A_SECOND}/s, {name}", f"{spread([share(each, part) for each in took])} ms"]
        for name, part in (("median", 0.5), ("p95", 0.95), ("p99", 0.99))
    ]
    rows += [
        ["webhook: from the commit of the job's end to its first try, median", f"{median(first):.1f} ms"],
        ["the same, p95", f"{share(first, 0.95):.1f} ms"],
    ]
    words = (
        f"POST: {rounds} rounds of {seconds:g} s, the median of them and from where to where; timed from when each was"
        f" due, so that one that has to wait counts. Postgres writes to disk (fsync on)."
        f" Webhooks: {hooks}, ten a second at most."
    )
    return f"{began.told()} {words}\n\n{table(['', 'took'], rows)}"


def webhooks(here: Stage, count: int) -> list[float]:
    """Milliseconds from the commit of a job's end to its message's arrival, of each."""
    engine = session.bind(here.settings())
    bell = Doorbell(here.settings().redis_url)
    maker = records.mint_maker("")[0]
    took: list[float] = []
    with Receiver() as receiver:
        for number in range(count + 1):  # the first makes connections, and is not counted
            hook = {"url": receiver.url, "events": ["job.succeeded"], "site": ""}
            job = records.open_job(maker, "punk rock blanket", {}, webhook=hook)["id"]
            records.claim(job, hot.LEASE, hot.MODEL)
            records.finish(job, 1, hot.HEAD, {}, "ok", {}, "")
            ended = time.perf_counter()
            bell.wake()
            until = time.perf_counter() + 10
            while len(receiver.got) <= number and time.perf_counter() < until:
                time.sleep(0.0005)
            if len(receiver.got) <= number:
                raise RuntimeError("A webhook never arrived.")
            took.append(1000 * (time.perf_counter() - ended))
            time.sleep(1 / WEBHOOKS_A_SECOND)
    engine.dispose()
    return took[1:]
