"""A rolling deploy under load: yesterday's processes, the migration beneath them, then today's in their place."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tarfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests

from embedded import children, ports, stack
from embedded.home import ROOT
from embedded.postgres import Postgres
from tests.fakes import sheets
from tests.fakes.line import Line
from tests.fakes.model_server import ModelServer, sheet
from tests.faults.house import QUICK

GRACE = 20.0


VERSIONS = sorted((ROOT / "db" / "migrations" / "versions").glob("*.py"))


@pytest.fixture(scope="module")
def yesterday(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code as it was before the latest migration was written; today's own where a checkout has no history."""
    came = _git("log", "--format=%H", "--diff-filter=A", "--", str(VERSIONS[-1].relative_to(ROOT))).decode().split()
    before = f"{came[-1]}^" if came else "HEAD^"
    packed = _git("archive", before, "api", "jobs", "db", "crochet", "settings.py", "pyproject.toml")
    if not packed:
        return ROOT
    place = tmp_path_factory.mktemp("yesterday")
    with tarfile.open(fileobj=io.BytesIO(packed)) as whole:
        whole.extractall(place, filter="data")
    return place


def _git(*words: str) -> bytes:
    """What git says; nothing where it has nothing to say, or is not there."""
    git = shutil.which("git")
    return subprocess.run([git, *words], cwd=ROOT, capture_output=True, check=False).stdout if git else b""


@dataclass
class Fleet:
    """The processes of one version."""

    code: Path
    env: dict[str, str]
    exits: ExitStack
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    port: int = 0

    def start(self) -> None:
        """Two workers, a sweep, an api; ready when that one answers."""
        self.port = ports.free()
        env = self.env | {"PYTHONPATH": str(self.code), "PORT": str(self.port)}
        found = stack.procfile()
        for name, kind in (("sweep", "sweep"), ("worker.1", "worker"), ("worker.2", "worker"), ("api", "api")):
            process = children.spawn(found[kind], env=env, cwd=self.code)
            self.running[name] = process
            self.exits.callback(process.wait)
            self.exits.callback(children.stop, process, stack.signal.SIGTERM, GRACE)
        end = time.monotonic() + 90
        while not ports.answers(f"http://127.0.0.1:{self.port}/readyz"):
            assert time.monotonic() < end
            time.sleep(0.1)

    def retire(self, name: str) -> int:
        """Tells one to end, as a cluster does, and waits."""
        self.running[name].terminate()
        return self.running[name].wait(GRACE)


class Load(threading.Thread):
    """One who asks for a pattern, follows it by polling, and asks for the next, until told to stop."""

    def __init__(self, url: str, over: threading.Event) -> None:
        super().__init__(daemon=True)
        self._url, self._over = f"{url}/api/v1", over
        self.said: Counter[int] = Counter()
        self.ends: Counter[str] = Counter()

    def run(self) -> None:
        token = self._asked("POST", "/makers", {}, {})["token"]
        mine = {"Authorization": f"Bearer {token}"}
        number = 0
        while not self._over.is_set():
            number += 1
            keyed = mine | {"Idempotency-Key": str(number)}
            job = self._asked("POST", "/jobs", keyed, {"prompt": "punk rock blanket"})
            while job["finished_at"] is None:
                job = self._asked("GET", f"/jobs/{job['id']}", mine)
                time.sleep(0.02)
            tick = {"id": str(number), "cell": "p1/r1", "done": True, "stamp": f"{1_700_000_000_000 + number}-0-load"}
            self._asked("PATCH", f"/patterns/{job['pattern']['id']}/progress", mine, {"ops": [tick]})
            self.ends[job["status"]] += 1

    def _asked(self, method: str, path: str, headers: dict[str, str], body: object = None) -> dict[str, object]:
        while True:
            try:
                reply = requests.request(method, self._url + path, headers=headers, json=body, timeout=30)
            except requests.ConnectionError:  # the one that answered has left; the next connection is another's
                self.said[0] += 1
                continue
            self.said[reply.status_code] += 1
            if reply.status_code < 500:
                found: dict[str, object] = reply.json()
                return found


@pytest.fixture
def database(postgres_server: Postgres) -> Iterator[str]:
    """An empty one."""
    postgres_server.drop_database("deploy")
    postgres_server.make_database("deploy")
    yield postgres_server.url("deploy")
    postgres_server.drop_database("deploy")


def migrate(env: dict[str, str], to: str) -> None:
    children.run([sys.executable, "-m", "alembic", "upgrade", to], env=env | {"PYTHONPATH": str(ROOT)}, cwd=ROOT)


def test_a_rolling_deploy_with_a_migration_under_load_fails_no_job_and_no_request(
    yesterday: Path, database: str, valkey: str
) -> None:
    over = threading.Event()
    with ExitStack() as exits:
        model = exits.enter_context(ModelServer(sheet(sheets.GOOD, pause=0.002)))
        stores = {"DATABASE_URL": database, "REDIS_URL": valkey, "MODEL_URL": model.url, "WEB_DIST": ""}
        env = {**os.environ, **stack.LIFTED, **QUICK, **stores, "LOG_LEVEL": "WARNING"}
        migrate(env, VERSIONS[-2].name.partition("_")[0])
        before, after = Fleet(yesterday, env, exits), Fleet(ROOT, env, exits)
        before.start()
        door = exits.enter_context(Line(("127.0.0.1", before.port)))
        load = [Load(f"http://127.0.0.1:{door.port}", over) for _ in range(2)]
        for each in load:
            each.start()
        wait(load, 2)
        migrate(env, "head")
        wait(load, 2)  # yesterday's code on today's tables
        after.start()
        door.point_to(("127.0.0.1", after.port))
        codes = [before.retire(name) for name in ("api", "worker.1", "sweep", "worker.2")]
        wait(load, 2)
        over.set()
        for each in load:
            each.join(60)

    said: Counter[int] = sum((each.said for each in load), Counter())
    ends: Counter[str] = sum((each.ends for each in load), Counter())
    assert codes == [0, 0, 0, 0]
    assert set(ends) == {"succeeded"}
    assert [status for status in said if status >= 400] == []


def wait(load: list[Load], more: int) -> None:
    """Until so many more patterns have been written."""
    had, end = sum(each.ends.total() for each in load), time.monotonic() + 90
    while sum(each.ends.total() for each in load) < had + more:
        assert time.monotonic() < end, [(each.said, each.ends) for each in load]
        time.sleep(0.05)
