"""The bench: `./knotty bench`, or `python -m bench [NAME ...] [--quick]`. About ten minutes for all of it.

Each part is a process of its own: one that fails or hangs is named, and the others go on. What they find is printed
and written into RESULTS.md; `--quick` only shows that they run, and writes nothing.
"""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench import results

ROOT = Path(__file__).resolve().parent.parent
# What each part measures, and the seconds after which it hangs.
PARTS = {
    "api": ("creating and polling, beside minimal Flask + RQ and FastAPI + arq", 300),
    "arrivals": ("how long a POST takes at 50 a second, and a webhook's first try", 180),
    "added": ("what is added to the model's own time, from the wish to the end", 180),
    "streams": ("from a row's commit to whoever follows it", 240),
    "progress": ("ticks a second", 120),
    "ticking": ("from a tap on a box until it is painted, on a slow phone", 420),
    "checker": ("the checker", 90),
    "writing": ("patterns an hour with knotty-mini, and what the processes take of memory", 180),
    "growth": ("what creating and polling cost with a thousand jobs kept, and with a million", 420),
}


def main(words: Sequence[str]) -> int:
    """Runs the parts that are named, or all. Gives the exit code: 1 when one has failed."""
    parser = argparse.ArgumentParser(prog="./knotty bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"a part: {', '.join(PARTS)}; all when none is named")
    parser.add_argument("--quick", action="store_true", help="a moment of each, only to see that it runs")
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)  # here, in this process, into that file
    asked = parser.parse_args(words)
    if strange := set(asked.names) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(strange))}: {', '.join(PARTS)}")
    if asked.into:
        asked.into.write_text(importlib.import_module(f"bench.{asked.names[0]}").measure(asked.quick))
        return 0
    failed = [name for name in asked.names or PARTS if not _run(name, asked.quick)]
    print(f"\nFailed: {', '.join(failed)}." if failed else "\nAll parts ran.", flush=True)
    return bool(failed)


def _run(name: str, quick: bool) -> bool:
    """One part, in a process of its own; what it tells, or that it failed, goes into RESULTS.md."""
    what, most = PARTS[name]
    print(f"\n== {name}: {what}", flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder) / "told"
        words = [sys.executable, "-m", "bench", name, "--into", str(into), *(["--quick"] if quick else [])]
        part = subprocess.Popen(words, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, start_new_session=True)
        try:
            code = part.wait(most)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            if part.poll() is None:
                os.killpg(part.pid, signal.SIGKILL)
                part.wait()
        told = into.read_text() if code == 0 and into.exists() else ""
    print(told or f"{name} failed.", f"({time.monotonic() - began:.0f} s)", sep="\n", flush=True)
    if not quick:
        why = "it hung" if code is None else f"it ended with {code}"
        results.write(name, told or f"**Failed** {datetime.now(UTC):%Y-%m-%d %H:%M} UTC: {why}.")
    return bool(told)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
