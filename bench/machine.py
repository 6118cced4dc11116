"""Machine: what was measured on, how loaded it was, and how figures are told: the median, and from where to where."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import psutil


class Began:
    """The moment a part began; taken before anything of it runs."""

    def __init__(self) -> None:
        self.load = psutil.getloadavg()[0]

    def told(self) -> str:
        """What it was measured on, and with what going on beside it."""
        return f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC on {machine()}; load {self.load:.1f} before it began."


def machine() -> str:
    """Its cores and memory, and the Python that runs on it."""
    memory = psutil.virtual_memory().total / 2**30
    return f"{psutil.cpu_count()} cores of {_processor()}, {memory:.0f} GiB, Python {platform.python_version()}"


def share(values: Sequence[float], part: float) -> float:
    """The value below which this part of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def spread(values: Sequence[float], digits: int = 1) -> str:
    """The median of repeats, and the least and the greatest of them."""
    low, middle, high = (f"{value:.{digits}f}" for value in (min(values), median(values), max(values)))
    return middle if len(values) == 1 else f"{middle} ({low} to {high})"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table; all but its first column stand to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _processor() -> str:
    told = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return told[0].partition(": ")[2] if told else platform.machine()
