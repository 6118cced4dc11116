"""Summary: what storms have come to, as the table that is published."""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, datetime

from bench.machine import machine
from tests.faults.storm import Told


def table(storms: list[Told], lease: float) -> str:
    """The storms of one run, as Markdown."""
    blows: Counter[str] = sum((each.blows for each in storms), Counter())
    ends: Counter[str] = sum((each.ends for each in storms), Counter())
    asked: Counter[int] = sum((each.asked for each in storms), Counter())
    again = sorted(seconds for each in storms for seconds in each.running_again)
    alone = sorted(seconds for each in storms for seconds in each.alone)
    failed = [each.seed for each in storms if each.wrong]
    seeds = sorted(each.seed for each in storms)
    rows = [
        ("seeds", f"{len(seeds)} ({seeds[0]} to {seeds[-1]})"),
        ("jobs accepted", f"{sum(each.jobs for each in storms)}"),
        ("how they ended", _counted(ends)),
        ("blows", f"{blows.total()}: {_counted(blows)}"),
        ("jobs lost, effects doubled", f"{sum(e.lost for e in storms)}, {sum(e.doubled for e in storms)}"),
        ("seeds on which something else was wrong", ", ".join(map(str, failed)) or "none"),
        (f"a worker killed, another free, to its job running again; lease {lease:g} s", _spread(alone)),
        (
            "the same of all that were killed, stopped or frozen in the storm, waiting for a worker included",
            _spread(again),
        ),
        ("longest stretch in which nobody was answered", f"{max(each.without_service for each in storms):.1f} s"),
        ("answers by status", _counted(Counter({str(k) if k else "no answer": n for k, n in asked.items()}))),
    ]
    head = (
        f"Measured {datetime.now(UTC):%Y-%m-%d} on {machine()},"
        f" load {os.getloadavg()[2]:.1f} over the last quarter of an hour."
    )
    lines = [head, "", "| | |", "|---|---|", *(f"| {name} | {said} |" for name, said in rows)]
    wrong = [f"seed {each.seed}: {words}" for each in storms for words in each.wrong]
    return "\n".join([*lines, *wrong, *(f"again: ./knotty faults --seeds 1 --from {seed}" for seed in failed)])


def _counted(what: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in sorted(what.items(), key=lambda each: -each[1]))


def _spread(seconds: list[float]) -> str:
    if not seconds:
        return "none was seen"
    return f"{len(seconds)} times; median {seconds[len(seconds) // 2]:.1f} s, longest {seconds[-1]:.1f} s"
