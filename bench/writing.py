"""Writing: how many patterns an hour one machine writes with knotty-mini, and what each process takes of memory."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from statistics import median

import psutil
from sqlalchemy import text

from bench.machine import Began, share, spread, table
from bench.stage import Stage, stage
from db import records, session
from db.session import Session
from jobs.queue import Doorbell

WISHES = ("punk rock blanket", "mermaid scarf", "autumn forest cushion", "a baby blanket in soft yellow", "retro bag")


def measure(quick: bool) -> str:
    """The figures, as they are told."""
    began = Began()
    seconds, warm = (2.0, 1) if quick else (60.0, 6)
    workers = max(2, min(4, len(os.sched_getaffinity(0))))
    with stage() as here:
        here.serve_ours(MODEL_URL=here.start_model(workers))
        for _ in range(workers):
            here.start_worker()
        engine = session.bind(here.settings())
        maker, bell = records.mint_maker("")[0], Doorbell(here.settings().redis_url)
        asked = [_ask(maker, bell, number) for number in range(warm)]
        _wait(lambda: _ended() >= warm, 120)
        idle = memory(here)
        begun, before = time.monotonic(), _ended()
        loaded = idle
        while (gone := time.monotonic() - begun) < seconds or (_ended() == before and gone < 60):
            while len(asked) - _ended() < 2 * workers:
                asked.append(_ask(maker, bell, len(asked)))
            loaded = memory(here)
            time.sleep(0.5)
        written, took = _ended() - before, time.monotonic() - begun
        each, proven = _told(asked[warm:])
        engine.dispose()
    print(f"{written} patterns in {took:.0f} s", flush=True)
    if not written:
        raise RuntimeError("No pattern was written.")
    figures = [
        ["patterns an hour", f"{3600 * written / took:.0f}"],
        ["seconds from a worker's claim to the end, median (from to)", spread(each)],
        ["the same, p95", f"{share(each, 0.95):.1f}"],
        ["of these patterns proven", f"{proven} of {len(each)}"],
    ]
    used = [[name, f"{idle[name]:.0f}", f"{loaded.get(name, 0):.0f}"] for name in idle]
    used.append(["all", f"{sum(idle.values()):.0f}", f"{sum(loaded.values()):.0f}"])
    words = (
        f"{seconds:g} s with {workers} workers and a model server of {workers} slots, always more waiting than they"
        f" take; wishes of {len(WISHES)} kinds. Memory as what each process has alone and its share of what it has with"
        " others (PSS), in MiB: after the first patterns with nothing to do, and while all write."
    )
    return (
        f"{began.told()} {words}\n\n{table(['knotty-mini, one machine', ''], figures)}\n\n"
        f"{table(['MiB', 'idle', 'writing'], used)}"
    )


def memory(here: Stage) -> dict[str, float]:
    """What each process and its children take, in MiB."""
    taken = {}
    for name, process in here.processes.items():
        family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        taken[name] = sum(_pss(each) for each in family) / 2**20
    return taken


def _pss(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except psutil.NoSuchProcess:
        return 0


def _ask(maker: str, bell: Doorbell, number: int) -> str:
    job = records.open_job(maker, f"{WISHES[number % len(WISHES)]} {number}", {})
    bell.wake()
    return str(job["id"])


def _ended() -> int:
    with Session() as asking:
        return int(asking.scalar(text("SELECT count(*) FROM jobs WHERE finished_at IS NOT NULL")) or 0)


def _told(asked: list[str]) -> tuple[list[float], int]:
    """The seconds that each of those took that have ended well, and how many patterns are proven."""
    words = "SELECT extract(epoch FROM j.finished_at - j.started_at), p.verdict FROM jobs j JOIN patterns p"
    words += " ON p.id = j.pattern_id WHERE j.status = 'succeeded' AND j.id = ANY(:ids)"
    with Session() as asking:
        found = asking.execute(text(words), {"ids": asked}).all()
    print(f"median {median([float(row[0]) for row in found]) if found else 0:.2f} s", flush=True)
    return [float(row[0]) for row in found], sum(row[1] == "ok" for row in found)


def _wait(true: Callable[[], bool], most: float) -> None:
    end = time.monotonic() + most
    while not true():
        if time.monotonic() > end:
            raise RuntimeError("The first patterns were not written.")
        time.sleep(0.05)
