"""Lighthouse: what it says of the page, on a phone and on a desk: `python -m bench.lighthouse [--quick]`.

It comes from npm, once, beside our data; it is no part of `./knotty bench`, which needs no network.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import psutil
import requests

from bench import results
from bench.machine import Began, spread, table
from embedded import browser, children, home, page, ports

ROOT = Path(__file__).resolve().parent.parent
PARTS = Path(__file__).resolve().parent / "lighthouse_parts"
SCORES = {"accessibility": "accessibility", "best practices": "best-practices", "performance": "performance"}
TIMES = {"LCP, s": "largest-contentful-paint", "TBT, ms": "total-blocking-time", "kB": "total-byte-weight"}
DIVIDED = {"LCP, s": 1000, "TBT, ms": 1, "kB": 1000}
WISH = {"prompt": "punk rock blanket", "options": {"seed": 7}}


def measure(quick: bool) -> str:
    """The figures, as they are told."""
    began = Began()
    program = _program()
    version = json.loads((program.parent.parent / "package.json").read_text())["version"]
    rows, load = [], []
    with _knotty() as url:
        wish = requests.post(f"{url}/api/v1/jobs", json=WISH, headers={"Prefer": "wait=60"}, timeout=90).json()
        shown = {"home": url, "a finished pattern": f"{url}{wish['pattern']['url']}"}
        for what, address in shown.items():
            for where in ("mobile", "desktop"):
                told = []
                for _ in range(1 if quick else 3):
                    load.append(psutil.getloadavg()[0])
                    told.append(_look(program, address, where))
                    print(f"{what}, {where}", flush=True)
                rows.append([what, where, *_figures(told)])
    words = f"Lighthouse {version}; median of {1 if quick else 3} and from where to where; load {min(load):.1f} to"
    head = ["page", "as on", *SCORES, *TIMES]
    return f"{began.told()} {words} {max(load):.1f} while it ran.\n\n{table(head, rows)}\n"


def _figures(told: list[dict[str, Any]]) -> Iterator[str]:
    for name in SCORES.values():
        yield spread([each["categories"][name]["score"] for each in told], 2)
    for name, audit in TIMES.items():
        values = [each["audits"][audit]["numericValue"] / DIVIDED[name] for each in told]
        yield f"{median(values):.0f}" if name == "kB" else spread(values, 1 if name.endswith(" s") else 0)


def _look(program: Path, address: str, where: str) -> dict[str, Any]:
    """One report, of a browser that was never there before."""
    flags = "--headless=new" + (" --no-sandbox" if os.geteuid() == 0 else "")
    preset = ["--preset=desktop"] if where == "desktop" else []
    env = page.environment() | {"CHROME_PATH": str(browser.ensure())}
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder) / "report.json"
        words = ["--quiet", "--output=json", f"--output-path={into}", f"--chrome-flags={flags}"]
        asked = f"--only-categories={','.join(SCORES.values())}"
        command = [page.node(), program, address, *words, asked, *preset]
        for left in range(4, -1, -1):  # on a busy machine the browser starts too late for it now and then
            try:
                children.run(command, env=env, cwd=Path(folder))
                break
            except children.CannotStart:
                if not left:
                    raise
        report: dict[str, Any] = json.loads(into.read_text())
    if report.get("runtimeError"):
        raise RuntimeError(report["runtimeError"]["message"])
    return report


def _program() -> Path:
    """Lighthouse's own program, as its lock has it; installed when it is not there."""
    place = home.folder() / "lighthouse"
    place.mkdir(parents=True, exist_ok=True)
    if _read(place) != _read(PARTS):
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(PARTS / name, place / name)
        print("Fetching Lighthouse (first time) ...", flush=True)
        try:
            children.run(page.npm_command("ci", "--no-audit", "--no-fund"), env=page.environment(), cwd=place)
        except children.CannotStart:
            (place / "package-lock.json").unlink()
            raise
    return place / "node_modules" / "lighthouse" / "cli" / "index.js"


def _read(place: Path) -> str:
    lock = place / "package-lock.json"
    return lock.read_text() if lock.exists() else ""


@contextmanager
def _knotty() -> Iterator[str]:
    """A whole Knotty on this machine, with data of its own. Gives its address."""
    with tempfile.TemporaryDirectory(prefix="knotty-lighthouse-") as folder:
        place, log = Path(folder), Path(folder) / "said.log"
        env = os.environ | {"KNOTTY_HOME": folder, "PORT": str(ports.free()), "PYTHONPATH": str(ROOT)}
        with log.open("wb") as out:
            command = [sys.executable, "-P", "-m", "embedded", "up"]
            process = children.spawn(command, env=env, cwd=ROOT, out=out)
        try:
            yield _ready(place, log)
        finally:
            children.stop(process, signal.SIGINT, grace=60)


def _ready(place: Path, log: Path) -> str:
    for _ in range(1800):
        found = home.running(place)
        if found and found.ready:
            return found.url.removesuffix("/")
        time.sleep(0.1)
    raise RuntimeError(log.read_text())


if __name__ == "__main__":
    told = measure("--quick" in sys.argv)
    print(told, flush=True)
    if "--quick" not in sys.argv:
        results.write("bench.lighthouse", told)
