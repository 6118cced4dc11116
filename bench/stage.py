"""Stage: one Postgres that writes to disk, one Valkey, and on them our processes and those of the peers."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import psycopg
import redis
import requests

from embedded import children, ports, postgres, stack, valkey
from settings import Settings

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / ".venv-peers"
LOCK = ROOT / "requirements-peers.lock"

OURS, FASTAPI, FLASK = "Knotty", "FastAPI + arq", "Flask + RQ"
POOL = 20  # connections to Postgres that each may have
THREADS = 128  # of one process, where a thread serves a request

_JOBS = (
    "CREATE TABLE jobs (id text PRIMARY KEY, status text NOT NULL, prompt text NOT NULL,"
    " created_at timestamptz NOT NULL DEFAULT now())"
)


class Stage:
    """What is up while we measure, and how to reach it."""

    def __init__(self, home: Path, exits: contextlib.ExitStack) -> None:
        self._home, self._exits = home, exits
        self.ports: dict[str, int] = {}
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.env: dict[str, str] = {}
        self.postgres = postgres.prepare(home)
        self.valkey = valkey.prepare(home)
        for server, how in ((self.postgres, postgres.STOP), (self.valkey, valkey.STOP)):
            log = home / f"{type(server).__name__}.log"
            process = self.processes[type(server).__name__.lower()] = server.spawn(log)
            exits.callback(children.stop, process, how, 10)
            server.wait(process, log)

    def database(self, name: str) -> psycopg.Connection[tuple[object, ...]]:
        """A connection to the database of one of them."""
        return psycopg.connect(host=str(self.postgres.sockets), user="postgres", dbname=_plain(name), autocommit=True)

    def settings(self) -> Settings:
        """Of ours, to speak to its store as its processes do."""
        return Settings.from_env(self.env)

    def prepare_ours(self, **env: str) -> None:
        """Our database, with its tables; limits are counted but high, logs and metrics on."""
        self.postgres.make_database(_plain(OURS))
        stores = {"DATABASE_URL": self.postgres.url(_plain(OURS)), "REDIS_URL": f"{self.valkey.url}?db=0"}
        served = {"WEB_DIST": "", "LOG_LEVEL": "INFO", "WEB_THREADS": str(THREADS), "API_CONNECTIONS": str(POOL)}
        served |= {"WEBHOOK_ALLOW": stack.LOOPBACK, "PYTHONPATH": str(ROOT), "MODEL_URL": "http://127.0.0.1:9"}
        self.env = {**os.environ, **stack.LIFTED, **stores, **served, **env}
        children.run([sys.executable, "-m", "alembic", "upgrade", "head"], env=self.env, cwd=ROOT)

    def serve_ours(self, **env: str) -> None:
        """The api as in production, and the sweep: it calls workers."""
        if not self.env:
            self.prepare_ours(**env)
        self._serve(OURS, _gunicorn("--config", "api/gunicorn.conf.py", "api.app:create_app()"), self.env)
        self._start("sweep", [sys.executable, "-m", "jobs.sweep"], self.env)

    def start_worker(self) -> None:
        """One more worker."""
        number = sum(name.startswith("worker") for name in self.processes) + 1
        self._start(f"worker {number}", [sys.executable, "-m", "jobs.worker"], self.env)

    def start_model(self, slots: int) -> str:
        """knotty-mini, ready: its address."""
        words = ("-m", "llm.serve", "--slots", str(slots), "--port", str(ports.free()))
        self._start("model", [sys.executable, *words], {**os.environ, "PYTHONPATH": str(ROOT)})
        self._answers("model", int(words[-1]))
        return f"http://127.0.0.1:{words[-1]}"

    def stop(self, *names: str) -> None:
        """Ends these processes."""
        for name in names:
            children.stop(self.processes.pop(name), postgres.STOP, 10)

    def makers(self, count: int) -> list[str]:
        """So many people's tokens."""
        address = f"http://127.0.0.1:{self.ports[OURS]}/api/v1/makers"
        return [str(requests.post(address, timeout=30).json()["token"]) for _ in range(count)]

    def forget(self, name: str) -> None:
        """No round finds what the one before has left."""
        with self.database(name) as connection:
            connection.execute("TRUNCATE jobs, patterns CASCADE" if name == OURS else "TRUNCATE jobs")
            connection.execute("VACUUM ANALYZE")
        with redis.Redis.from_url(self.valkey.url) as client:
            client.flushall()

    def serve_flask(self) -> None:
        """gunicorn, with as many threads as ours."""
        words = ("--worker-class", "gthread", "--threads", str(THREADS), "bench.peers.flask_rq:app")
        self._serve(FLASK, _gunicorn(*words), self._env(FLASK, "postgresql+psycopg"))

    def serve_fastapi(self) -> None:
        """uvicorn on uvloop and httptools, one event loop."""
        words = ("--loop", "uvloop", "--http", "httptools", "--no-access-log", "bench.peers.fastapi_arq:app")
        command = [str(_peers_python()), "-m", "uvicorn", *words]
        self._serve(FASTAPI, command, self._env(FASTAPI, "postgresql"))

    def _env(self, name: str, scheme: str) -> Mapping[str, str]:
        self.postgres.make_database(_plain(name))
        with self.database(name) as connection:
            connection.execute(_JOBS)
        store = f"{scheme}://postgres@/{_plain(name)}?host={self.postgres.sockets}"
        return {**os.environ, "POSTGRES": store, "VALKEY_SOCKET": str(self.valkey.socket), "POOL": str(POOL)}

    def _serve(self, name: str, command: list[str], env: Mapping[str, str]) -> None:
        port = self.ports[name] = ports.free()
        # gunicorn and ours read PORT, uvicorn UVICORN_PORT.
        self._start(name, command, {**env, "PORT": str(port), "UVICORN_PORT": str(port)})
        self._answers(name, port)

    def _answers(self, name: str, port: int) -> None:
        """Returns once somebody answers there, whatever it is: to listen is not yet to be ready. Raises CannotStart."""
        end = time.monotonic() + 120
        while time.monotonic() < end and self.processes[name].poll() is None:
            with contextlib.suppress(requests.RequestException):
                requests.get(f"http://127.0.0.1:{port}/healthz", timeout=2)
                return
            time.sleep(0.1)
        raise children.CannotStart(f"{name} did not start:\n{self._log(name).read_text()[-2000:]}")

    def _start(self, name: str, command: list[str], env: Mapping[str, str]) -> None:
        with self._log(name).open("wb") as out:
            process = self.processes[name] = children.spawn(command, env=env, cwd=ROOT, out=out)
        self._exits.callback(children.stop, process, postgres.STOP, 10)

    def _log(self, name: str) -> Path:
        return self._home / f"{_plain(name)}.log"


@contextlib.contextmanager
def stage() -> Iterator[Stage]:
    """A Postgres and a Valkey of their own; all that is started beside them ends with them."""
    home = Path(tempfile.mkdtemp(prefix="knotty-bench-", dir="/tmp"))
    with contextlib.ExitStack() as exits:
        exits.callback(shutil.rmtree, home, ignore_errors=True)
        yield Stage(home, exits)


def _plain(name: str) -> str:
    return name.lower().replace(" + ", "_").replace(" ", "_")


def _gunicorn(*words: str) -> list[str]:
    return [sys.executable, "-m", "gunicorn", *words]


def _peers_python() -> Path:
    """The Python of an environment of their own: arq holds an older redis than ours."""
    ready = PEERS / "lock"
    if not ready.exists() or ready.read_text() != LOCK.read_text():
        print("Installing the peers into .venv-peers (once) ...", flush=True)
        children.run([sys.executable, "-m", "venv", "--clear", PEERS])
        pip = [PEERS / "bin" / "python", "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        children.run([*pip, "--require-hashes", "-r", LOCK])
        ready.write_text(LOCK.read_text())
    return PEERS / "bin" / "python"
