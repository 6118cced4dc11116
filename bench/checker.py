"""Checker: how many rows a second are read, worked and judged, on one core."""

from __future__ import annotations

import time

from bench.machine import Began, spread, table
from crochet import work
from tests.squares import classic, solid


def measure(quick: bool) -> str:
    """The figures, as they are told."""
    began = Began()
    rounds = 1 if quick else 7
    sheets = {
        "a classic square of 5 rounds": classic(5),
        "a classic square of 10 rounds": classic(10),
        "a classic square of 20 rounds": classic(20),
        "a solid square of 10 rounds": solid(10),
        "a solid square of 24 rounds, one count wrong": _wrong(solid(24)),
    }
    rows = []
    for name, lines in sheets.items():
        text = "\n".join(lines)
        took = [_milliseconds(text) for _ in range(rounds)]
        print(f"{name}: {min(took):.1f} ms", flush=True)
        rows.append(
            [name, str(len(text)), f"{spread(took)} ms", spread([1000 * len(lines) / each for each in took], 0)]
        )
    words = f"{rounds} rounds; the whole of `check`, from the text to the report, fixes of the wrong one tried too."
    return f"{began.told()} {words}\n\n{table(['', 'letters', 'took', 'rows a second'], rows)}"


def _wrong(lines: list[str]) -> list[str]:
    return [*lines[:-1], lines[-1].replace("(380 dc", "(381 dc")]


def _milliseconds(text: str) -> float:
    began = time.perf_counter()
    work.check(text, "us")
    return 1000 * (time.perf_counter() - began)
