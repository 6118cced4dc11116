"""House: a whole Knotty that is to be broken, seen from outside: by HTTP, by its database, by its processes."""

from __future__ import annotations

import contextlib
import os
import signal
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import psycopg
import requests

from tests.conftest import Live, wait_until
from tests.fakes.model_server import ModelServer

Json = dict[str, Any]

ENDED = ("succeeded", "failed", "canceled")
ENDS = ("job.succeeded", "job.failed", "job.canceled")
WHOLE = ["p1/r1", "p1/r2", "p1/r3", "p2/r1", "p3/r1", "p4/r1"]  # the rows of sheets.GOOD
GUARD = 90.0  # seconds; against hanging, no measure of speed

# Minutes become seconds; what they mean to one another stays.
QUICK = {
    "LEASE_SECONDS": "4",
    "HEARTBEAT_SECONDS": "0.5",
    "LEASE_LOST_SECONDS": "3",
    "REAP_SECONDS": "0.2",
    "RING_AGAIN_SECONDS": "2",
    "WEBHOOK_LEASE_SECONDS": "4",
    "WEBHOOK_SECONDS": "3",
    "WEBHOOK_PAUSES": "0.3,0.3,0.5,0.5,1,1,1,2,2,2",
}


@dataclass
class House:
    """One that runs, and the scripted model that its workers ask. `maker` is the token of whoever asks here."""

    live: Live
    model: ModelServer
    database: str = ""  # where it keeps what lasts, by a way of our own that no fault touches
    queue: str = ""
    maker: str = ""
    frozen: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.database = (self.database or self.live.database).replace("+psycopg", "")
        self.queue = self.queue or f"unix://{self.live.home}/run-valkey/valkey.sock"
        self.maker = self.mint()

    # Asking.

    def ask(self, method: str, path: str, seconds: float = 30, **more: Any) -> requests.Response:
        """One request under the maker's token; `path` is under /api/v1."""
        headers = {"Authorization": f"Bearer {self.maker}"} if self.maker else {}
        headers |= more.pop("headers", {})
        return requests.request(method, f"{self.live.url}/api/v1{path}", headers=headers, timeout=seconds, **more)

    def mint(self) -> str:
        """A new maker's token."""
        return str(self.ask("POST", "/makers", json={}).json()["token"])

    def wish(self, key: str = "", **body: Any) -> Json:
        """Asks for a pattern; gives the job."""
        headers = {"Idempotency-Key": key or uuid.uuid4().hex}
        reply = self.ask("POST", "/jobs", headers=headers, json={"prompt": "punk rock blanket", **body})
        assert reply.status_code == 202, reply.text
        found: Json = reply.json()
        return found

    def job(self, job_id: str) -> Json:
        """A job as the api shows it."""
        found: Json = self.ask("GET", f"/jobs/{job_id}").json()
        return found

    # Looking.

    def sql(self, words: str, *values: Any) -> list[Any]:
        """What Postgres itself says."""
        with psycopg.connect(self.database, autocommit=True) as connection:
            cursor = connection.execute(words, values)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []

    @contextlib.contextmanager
    def locked(self, words: str, *values: Any) -> Iterator[None]:
        """A transaction that has done so and stays open: whoever wants the same waits."""
        with psycopg.connect(self.database) as connection:
            connection.execute(words, values)  # type: ignore[arg-type]
            yield
            connection.rollback()

    def waits(self, kind: str, table: str) -> list[int]:
        """The backends that wait for this, `Lock` or the event `SyncRep`, while they write or want this table."""
        words = (
            "SELECT DISTINCT pid FROM pg_stat_activity JOIN pg_locks USING (pid) WHERE relation = %s::regclass"
            " AND %s IN (wait_event_type, wait_event) AND (mode = 'RowExclusiveLock' OR NOT granted)"
        )
        return [pid for (pid,) in self.sql(words, table, kind)]

    def status(self, job_id: str) -> str:
        """How a job stands, straight from the store."""
        [(found,)] = self.sql("SELECT status FROM jobs WHERE id = %s", job_id)
        return str(found)

    def rows(self, job_id: str) -> list[str]:
        """The keys of the rows that are kept, in order."""
        words = "SELECT key FROM pattern_rows JOIN jobs USING (pattern_id) WHERE jobs.id = %s ORDER BY position"
        return [key for (key,) in self.sql(words, job_id)]

    def events(self, job_id: str) -> list[Json]:
        """The log of a job, straight from the store."""
        found = self.sql("SELECT seq, type, data, at FROM job_events WHERE job_id = %s ORDER BY seq", job_id)
        return [{"seq": seq, "type": kind, "data": data, "at": at} for seq, kind, data, at in found]

    def until(self, true: Callable[[], bool], seconds: float = GUARD) -> None:
        """Waits for something that the store, the processes or the api show."""
        wait_until(true, seconds, lambda: self.live.said[-6000:])

    def ends(self, job_id: str) -> str:
        """Waits for a job's end and gives its status."""
        self.until(lambda: self.status(job_id) in ENDED)
        return self.status(job_id)

    def is_whole(self, job_id: str, attempts: int | None = None) -> None:
        """It went well: every row is there once, the log has no gap and one end; and took so many attempts."""
        log = self.events(job_id)
        assert [event["seq"] for event in log] == list(range(1, len(log) + 1))
        assert [event["type"] for event in log if event["type"] in ENDS] == ["job.succeeded"]
        assert log[-1]["type"] == "job.succeeded"
        assert self.rows(job_id) == WHOLE
        assert [event["data"]["row"]["key"] for event in log if event["type"] == "row.written"] == WHOLE
        if attempts is not None:
            assert [event["type"] for event in log].count("job.started") == attempts

    # Breaking.

    def kill(self, name: str, how: signal.Signals = signal.SIGKILL) -> int:
        """Signals the one process of that name which the supervisor started; gives its number."""
        pid = self.live.leader(name)
        os.kill(pid, how)
        return pid

    def asker(self, port: int) -> int:
        """The number of the process whose connection to the model has this port of its own."""
        for pid in self.live.pids("jobs.worker"):
            with contextlib.suppress(psutil.Error):
                if any(each.laddr.port == port for each in psutil.Process(pid).net_connections()):
                    return pid
        raise LookupError(port)

    def calm(self) -> None:
        """Waits until every process is there again and both stores answer."""
        for pid in self.frozen:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)
        self.frozen.clear()
        workers = int(psutil.Process(self.live.process.pid).environ()["KNOTTY_WORKERS"])
        self.until(lambda: len(self.live.pids("jobs.worker")) == workers and bool(self.live.pids("jobs.sweep")))
        self.until(self.ready)

    def ready(self) -> bool:
        """Whether the api answers and misses nothing."""
        with contextlib.suppress(requests.RequestException):
            reply = requests.get(f"{self.live.url}/readyz", timeout=5)
            return reply.status_code == 200 and "away" not in reply.text
        return False


def socket_of(url: str) -> Path:
    """The unix socket of a store's URL."""
    folder = url.partition("host=")[2]
    return Path(folder) / ".s.PGSQL.5432" if folder else Path(url.removeprefix("unix://"))
