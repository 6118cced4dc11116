"""lane: one model server and one composer beside it, asked for one pattern after another.

The composer is `python -m jobs.compose`: the loop that ships, in a process of its own, because the model's room knows
nothing of the worker's. Both are started here; a server that is somebody else's is only asked.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, Self

import requests

from llm.evaluation.frozen import Frozen
from llm.shape import NAME

Json = dict[str, Any]
ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0
TICK = os.sysconf("SC_CLK_TCK")


class NoServer(Exception):
    """The model's server did not come up, or is not there."""


class Server(NamedTuple):
    """Where a model answers, as the worker's settings name it."""

    url: str
    name: str = NAME
    prompt: str = "plain"
    api: str = ""

    def settings(self) -> dict[str, str]:
        """The environment of a composer that asks it."""
        said = {"MODEL_URL": self.url, "MODEL_NAME": self.name, "MODEL_PROMPT": self.prompt, "MODEL_API": self.api}
        return {name: value for name, value in said.items() if value}

    def digest(self) -> str:
        """The digest of the model's weights, as the server tells it; empty where it tells none."""
        try:
            told = requests.get(f"{self.url}/api/tags", timeout=10).json()["models"]
        except (requests.RequestException, ValueError, KeyError):
            return ""
        return next((str(one.get("digest", "")) for one in told if str(one.get("name")).startswith(self.name)), "")


class Lane:
    """A composer at work, and the server that it asks: its own, unless one is named."""

    def __init__(self, server: Server | None = None, weights: Path | None = None) -> None:
        self._own = None if server else _serve(weights)
        self.server = server or Server(self._own.url if self._own else "")
        self._composer = subprocess.Popen(
            [sys.executable, "-m", "jobs.compose"],
            cwd=ROOT,
            env=os.environ | _QUIET | self.server.settings(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._composer.stdin is not None
        self._composer.stdin.close()
        self._composer.wait(30)
        if self._own:
            self._own.process.terminate()
            self._own.process.wait(30)

    def ask(self, wish: Frozen, seed: int) -> Json:
        """What came of a wish, as `jobs.compose` tells it, and the processor's seconds that both processes took."""
        assert self._composer.stdin is not None and self._composer.stdout is not None
        before = self._spent()
        said = {"prompt": wish.prompt, "options": dict(wish.options), "seed": seed}
        self._composer.stdin.write(json.dumps(said) + "\n")
        self._composer.stdin.flush()
        line = self._composer.stdout.readline()
        if not line:
            raise NoServer(f"the composer ended with {self._composer.wait()}")
        told: Json = json.loads(line)
        return told | {"cpu_seconds": round(self._spent() - before, 3) if self._own else None}

    def _spent(self) -> float:
        """Seconds of processor that the composer and our own server have used so far."""
        mine = _seconds(self._composer.pid)
        return mine + sum(map(_seconds, _children(self._own.process.pid))) if self._own else mine


class _Own(NamedTuple):
    process: subprocess.Popen[bytes]
    url: str


# One thread a process: what is measured is one core.
_QUIET: Mapping[str, str] = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def _serve(weights: Path | None) -> _Own:
    """Our own server with one slot, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "llm.serve", "--slots", "1", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--weights", str(weights)] if weights else []
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | _QUIET, stderr=subprocess.DEVNULL)
    own = _Own(process, f"http://127.0.0.1:{port}")
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            if requests.get(f"{own.url}/api/ps", timeout=5).ok:
                return own
        except requests.RequestException:
            time.sleep(0.1)
    process.kill()
    raise NoServer(f"the model's server did not answer in {START_SECONDS:g} s")


def _children(pid: int) -> list[int]:
    """A process and those it has started."""
    return [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]


def _seconds(pid: int) -> float:
    """Seconds of processor of one process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK
