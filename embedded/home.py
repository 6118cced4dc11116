"""The home: the folder with a Knotty's data, the lock that lets one run at a time have it, and the note of what runs.

`KNOTTY_HOME`, else `.knotty` in the checkout. In it: `postgres/`, `log/`, `lock`, and, while it runs, `running.json`.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from embedded.children import CannotStart, sweep_group

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Running:
    """What a run says about itself. `born` tells a process from a later one that was given the same number."""

    pid: int
    born: str
    url: str
    ready: bool = False
    children: list[tuple[int, str]] = field(default_factory=list)

    @property
    def alive(self) -> bool:
        return born(self.pid) == self.born


def folder(env: Mapping[str, str] | None = None) -> Path:
    """Where the data of this checkout's Knotty are."""
    env = os.environ if env is None else env
    return Path(env.get("KNOTTY_HOME") or ROOT / ".knotty").expanduser().absolute()


def lock(home: Path) -> int | None:
    """Takes the home for this process, until it ends however it ends. None: another run has it."""
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        held = os.open(home / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as fault:
        raise CannotStart(f"{home} cannot be used: {fault.strerror}. KNOTTY_HOME names another folder.") from None
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(held)
        return None
    return held


def note(home: Path, running: Running | None) -> None:
    """Writes down what runs (one rename, so a reader sees all or nothing); None: nothing runs any more."""
    target = home / "running.json"
    if running is None:
        target.unlink(missing_ok=True)
        return
    half = target.with_suffix(".new")
    half.write_text(json.dumps(asdict(running)))
    half.replace(target)


def running(home: Path) -> Running | None:
    """The run that has this home, if it is alive."""
    found = _noted(home)
    return found if found and found.alive else None


def born(pid: int) -> str:
    """When a process began, in ticks since the machine's start; empty: there is none, or it is a zombie."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] in "ZX" else fields[19]


def end_leftovers(home: Path, seconds: float = 15) -> None:
    """Waits for what a killed run left (each was told to end when it died), then kills what is still there."""
    found = _noted(home)
    left = [(pid, at) for pid, at in found.children if born(pid) == at] if found else []
    end = time.monotonic() + seconds
    while left and time.monotonic() < end:
        time.sleep(0.1)
        left = [(pid, at) for pid, at in left if born(pid) == at]
    for pid, _ in left:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGQUIT)  # Postgres takes its own children with it
    if left:
        time.sleep(1)
    for pid, at in left:
        if born(pid) == at:
            sweep_group(pid)
    note(home, None)


def me(url: str, children: Iterable[int] = (), ready: bool = False) -> Running:
    """This process, as others will read of it."""
    return Running(os.getpid(), born(os.getpid()), url, ready, [(pid, born(pid)) for pid in children])


def _noted(home: Path) -> Running | None:
    try:
        found = Running(**json.loads((home / "running.json").read_text()))
    except (OSError, ValueError, TypeError):
        return None
    return found
