"""Fixtures: one real Postgres and one real Valkey for the whole run, a migrated database of its own for each test.

They are children of this process and end with it, even by SIGKILL.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import psutil
import psycopg
import pytest
import redis
from psycopg.sql import SQL, Identifier

from embedded import browser as embedded_browser
from embedded import children, ports
from embedded import home as embedded_home
from embedded import postgres as embedded_postgres
from embedded import stack as embedded_stack
from embedded import valkey as embedded_valkey
from settings import Settings

# numpy reads these when it is imported. Its threads gain one model's step nothing and take three times the processor.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

# The api's own fixtures, `app` and `client`, the store's, `store`, `maker`, `job`, and other people's clients.
pytest_plugins = ("tests.api_fixtures", "tests.store_fixtures", "tests.strangers_fixtures")

ROOT = Path(__file__).resolve().parent.parent
_numbers = itertools.count(1)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where several run at once: a file's tests stay together, a folder's, which share a whole Knotty, and those that
    share a training."""
    for item in items:
        apart, trained = item.path.parent != ROOT / "tests", item.path.name.startswith("test_finetune")
        group = item.path.parent.name if apart else "finetune" if trained else item.path.name
        item.add_marker(pytest.mark.xdist_group(group))


@pytest.fixture(scope="session")
def server_home() -> Iterator[Path]:
    """A folder for the run's servers: short, because sockets live in it."""
    home = Path(tempfile.mkdtemp(prefix="knotty-test-", dir="/tmp"))
    yield home
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server(server_home: Path) -> Iterator[embedded_postgres.Postgres]:
    """The run's Postgres. Not durable: a test's data need not outlive the machine."""
    server = embedded_postgres.prepare(server_home, durable=False)
    log = server_home / "postgres.log"
    process = server.spawn(log)
    try:
        server.wait(process, log)
        yield server
    finally:
        children.stop(process, embedded_postgres.STOP, grace=10)


@pytest.fixture(scope="session")
def postgres(postgres_server: embedded_postgres.Postgres) -> str:
    """The URL of the run's Postgres, at its maintenance database."""
    return postgres_server.url("postgres")


@pytest.fixture(scope="session")
def migrated_template(postgres_server: embedded_postgres.Postgres) -> str:
    """The name of a database with all migrations run once; `database` copies it."""
    name = "knotty_template"
    postgres_server.make_database(name)
    migrate = [sys.executable, "-m", "alembic", "upgrade", "head"]
    env = os.environ | {"DATABASE_URL": postgres_server.url(name)}
    done = subprocess.run(migrate, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"alembic upgrade head failed:\n{done.stdout}{done.stderr}", pytrace=False)
    return name


@pytest.fixture
def database(postgres_server: embedded_postgres.Postgres, migrated_template: str) -> Iterator[str]:
    """The URL of a fresh migrated database, this test's own."""
    name = f"knotty_{next(_numbers)}"
    address = f"host={postgres_server.sockets} user=postgres dbname=postgres"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(migrated_template))
        )
        yield postgres_server.url(name)
        connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


@pytest.fixture(scope="session")
def valkey_server(server_home: Path) -> Iterator[embedded_valkey.Valkey]:
    """The run's Valkey."""
    server = embedded_valkey.prepare(server_home)
    log = server_home / "valkey.log"
    process = server.spawn(log)
    try:
        server.wait(process, log)
        yield server
    finally:
        children.stop(process, embedded_valkey.STOP, grace=5)


@pytest.fixture
def valkey(valkey_server: embedded_valkey.Valkey) -> str:
    """The URL of the run's Valkey, emptied for this test."""
    with redis.Redis.from_url(valkey_server.url) as client:
        client.flushall()
    return valkey_server.url


@pytest.fixture
def limits() -> dict[str, float]:
    """Limits that a test sets low: `@pytest.mark.parametrize("limits", [{"unfinished_a_maker": 1}])`."""
    return {}


@pytest.fixture
def settings(database: str, valkey: str, limits: dict[str, float]) -> Settings:
    """This test's settings: real stores, no page, no limits, and a model that is away until a test brings one."""
    lifted = Settings.from_env(embedded_stack.LIFTED)
    stores = {"database_url": database, "redis_url": valkey}
    alone = {"web_dist": "", "model_url": "http://127.0.0.1:9", "metrics_public": 1}
    return replace(lifted, **stores, **limits, **alone)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Live:
    """A whole Knotty that runs: started by the launcher, as a person would start it, on a free port."""

    url: str
    home: Path
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def said(self) -> str:
        """What it has printed so far."""
        return self.log.read_text(errors="replace")

    @property
    def running(self) -> embedded_home.Running:
        found = embedded_home.running(self.home)
        assert found is not None, self.said
        return found

    @property
    def database(self) -> str:
        """Its database's URL, to look at what it keeps."""
        return f"postgresql+psycopg://postgres@/knotty?host={self.home}/run-postgres"

    def pids(self, name: str) -> list[int]:
        """The numbers of its processes whose command line has this word, such as `jobs.worker` or `postgres`."""
        found = []
        for each in psutil.Process(self.process.pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):  # it may be ending just now
                if name == Path(each.exe()).name or name in [Path(word).name for word in each.cmdline()]:
                    found.append(each.pid)
        return found

    def leader(self, name: str) -> int:
        """The number of the one process of that name that the supervisor itself started."""
        [found] = [pid for pid in self.pids(name) if psutil.Process(pid).ppid() == self.process.pid]
        return found

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """Stops it as Ctrl-C does. Gives the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(120)


@pytest.fixture(scope="session")
def start_knotty() -> Iterator[Callable[..., Live]]:
    """Starts whole Knottys: `start_knotty(MODEL_URL=...)`; the names are environment variables, `words` follow `up`.

    A home may be given to start one again on the same data; `before` is put before the command. All are stopped at
    the end of the run at the latest.
    """
    made: list[Live] = []
    homes: list[Path] = []

    def start(
        home: Path | None = None, before: Sequence[str] = (), words: Sequence[str] = (), **environment: str
    ) -> Live:
        if home is None:
            home = Path(tempfile.mkdtemp(prefix="knotty-live-", dir="/tmp"))
            homes.append(home)
        log = home.with_name(f"{home.name}.log")
        given = {"KNOTTY_HOME": str(home), "PORT": str(ports.free()), "KNOTTY_WORKERS": "2"}
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        # The launcher's second half: this environment is the one its first half makes.
        env = kept | {"PYTHONPATH": str(ROOT)} | given | environment
        command = [*before, sys.executable, "-P", "-m", "embedded", "up", *words]
        with log.open("wb") as out:
            process = children.spawn(command, env=env, cwd=Path("/"), out=out)
        live = Live(f"http://localhost:{env['PORT']}", home, process, log)
        made.append(live)
        wait_until(lambda: ready(live), 180, lambda: live.said)
        return live

    def ready(live: Live) -> bool:
        assert live.process.poll() is None, live.said
        found = embedded_home.running(live.home)
        return found is not None and found.ready

    yield start
    for live in made:
        live.stop()
        live.log.unlink(missing_ok=True)
    for home in homes:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where Debian's packages are unpacked: this checkout's home, where a later run finds them again."""
    place = embedded_home.folder()
    return place if place.exists() else tmp_path_factory.mktemp("tools")


@pytest.fixture(scope="session")
def live(start_knotty: Callable[..., Live]) -> Live:
    """One whole Knotty for the run: the api, two workers, the sweep, and our own small model. Tests share it."""
    return start_knotty()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium. `./knotty test` brings one; without it the tests that need one fail, and say so."""
    found = embedded_browser.find()
    if found is None:
        pytest.fail("No Chromium was found. ./knotty test installs one; CHROMIUM names another.", pytrace=False)
    return str(found)


def wait_until(true: Callable[[], bool], seconds: float, said: Callable[[], str] = str) -> None:
    """Waits for something to become true; a guard against hanging, and no measure of speed."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, said()
        time.sleep(0.05)
