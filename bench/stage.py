"""Stage: one Postgres that writes to disk, one Valkey, and on them ours and the peers, each as one serving process."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import psycopg

from embedded import children, ports, postgres, stack, valkey

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
        self.postgres = postgres.prepare(home)
        self.valkey = valkey.prepare(home)
        for server, how in ((self.postgres, postgres.STOP), (self.valkey, valkey.STOP)):
            log = home / f"{type(server).__name__}.log"
            process = server.spawn(log)
            exits.callback(children.stop, process, how, 10)
            server.wait(process, log)

    def database(self, name: str) -> psycopg.Connection[tuple[object, ...]]:
        """A connection to the database of one of them."""
        return psycopg.connect(host=str(self.postgres.sockets), user="postgres", dbname=_plain(name), autocommit=True)

    def serve_ours(self) -> None:
        """The api as in production, logs and metrics on, limits counted but high; and the sweep: it calls workers."""
        self.postgres.make_database(_plain(OURS))
        stores = {"DATABASE_URL": self.postgres.url(_plain(OURS)), "REDIS_URL": f"{self.valkey.url}?db=0"}
        served = {"WEB_DIST": "", "LOG_LEVEL": "INFO", "WEB_THREADS": str(THREADS)}
        env = {**os.environ, **stack.LIFTED, **stores, **served}
        children.run([sys.executable, "-m", "alembic", "upgrade", "head"], env=env, cwd=ROOT)
        self._serve(OURS, _gunicorn("--config", "api/gunicorn.conf.py", "api.app:create_app()"), env)
        self._start("sweep", [sys.executable, "-m", "jobs.sweep"], env)

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
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                return
            time.sleep(0.1)
        raise children.CannotStart(f"{name} did not start:\n{self._log(name).read_text()[-2000:]}")

    def _start(self, name: str, command: list[str], env: Mapping[str, str]) -> None:
        with self._log(name).open("wb") as out:
            process = children.spawn(command, env=env, cwd=ROOT, out=out)
        self._exits.callback(children.stop, process, postgres.STOP, 10)

    def _log(self, name: str) -> Path:
        return self._home / f"{_plain(name)}.log"


@contextlib.contextmanager
def all_up() -> Iterator[Stage]:
    """Ours and both peers, ready."""
    home = Path(tempfile.mkdtemp(prefix="knotty-bench-", dir="/tmp"))
    with contextlib.ExitStack() as exits:
        exits.callback(shutil.rmtree, home, ignore_errors=True)
        stage = Stage(home, exits)
        stage.serve_ours()
        stage.serve_fastapi()
        stage.serve_flask()
        yield stage


def _plain(name: str) -> str:
    return name.lower().replace(" + ", "_")


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
