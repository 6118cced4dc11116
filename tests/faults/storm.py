"""Storm: a seed's twelve jobs, three workers and random blows at random moments; then everything is compared."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import psycopg
import redis

from tests.fakes import receiver as receivers
from tests.fakes import sheets
from tests.fakes.model_server import EOF, Step, sheet, status
from tests.fakes.receiver import Receiver
from tests.faults.clients import Client, Watch, together
from tests.faults.house import ENDED, ENDS, WHOLE, House

JOBS, WORKERS, MAKERS = 12, 3, 4
SECONDS = 14.0  # for which it blows
BLOWS = 10

Json = dict[str, Any]

# What is hit, and how; the numbers are how often one of them is chosen.
KINDS = {
    ("jobs.worker", "SIGKILL"): 4,
    ("jobs.worker", "SIGTERM"): 2,
    ("jobs.worker", "SIGSTOP"): 2,
    ("valkey-server", "SIGKILL"): 2,
    ("valkey-server", "FLUSHALL"): 2,
    ("postgres", "SIGKILL"): 2,
    ("jobs.sweep", "SIGKILL"): 2,
    ("jobs.sweep", "SIGSTOP"): 1,
    ("gunicorn", "SIGKILL"): 2,
    ("gunicorn", "SIGTERM"): 1,
}


@dataclass
class Told:
    """What a seed has come to."""

    seed: int
    jobs: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    blows: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    doubled: int = 0
    running_again: list[float] = field(default_factory=list)  # from a blow at a worker to its job's next attempt
    alone: list[float] = field(default_factory=list)  # the same of one that is killed while another has nothing to do
    without_service: float = 0.0  # the longest stretch in which the api answered nobody
    asked: Counter[int] = field(default_factory=Counter)  # answers by status; 0: none
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)


class Storm:
    """One seed. The same seed deals the same blows in the same order; when they land is up to the machine."""

    def __init__(self, house: House, seed: int, lease: float) -> None:
        self.house, self.told, self.lease = house, Told(seed), lease
        self.chance = random.Random(seed)
        self._hit: list[tuple[float, str]] = []  # when a worker was ended, and the job that it had

    def run(self) -> Told:
        """Twelve clients, the blows among them, calm, and the comparing."""
        began = time.monotonic()
        tokens = [self.house.mint() for _ in range(MAKERS)]
        first = self._one_crash()
        over = threading.Event()
        watch = Watch(self.house, over)
        watch.start()
        with Receiver(*self._misbehaving(), receivers.status(200)) as receiver:
            clients = [self._client(number, tokens, receiver.url) for number in range(JOBS)]
            together(clients, self._blow)
            self.house.calm()
            over.set()
            watch.join()
            self._compare(clients, receiver, first)
        self.told.without_service = watch.longest
        self.told.seconds = time.monotonic() - began
        return self.told

    def _client(self, number: int, tokens: list[str], url: str) -> Client:
        chance = random.Random(self.told.seed * 1000 + number)
        pause = chance.uniform(0, SECONDS / 2)
        token = tokens[number % MAKERS]
        return Client(self.house, number, chance, token, f"{url}/{number}", pause, number in (3, 8), self.told.asked)

    def _misbehaving(self) -> Iterator[receivers.Step]:
        for _ in range(JOBS):
            yield self.chance.choice(
                (receivers.status(200), receivers.status(200), receivers.status(500), receivers.hang_up())
            )

    def _one_crash(self) -> str:
        """Before it blows: one worker is killed while the others wait for work; gives the job that it had."""
        job = str(self.house.wish()["id"])
        self.house.until(lambda: job in self._busy().values())
        [worker] = [pid for pid, held in self._busy().items() if held == job]
        os.kill(worker, signal.SIGKILL)
        moment = datetime.now(UTC)
        self.house.ends(job)
        self.house.is_whole(job, attempts=2)
        again = [each["at"] for each in self.house.events(job) if each["type"] == "job.started"][1]
        self.told.alone.append((again - moment).total_seconds())
        return job

    # The blows.

    def _blow(self) -> None:
        kinds, weights = list(KINDS), list(KINDS.values())
        moments = sorted(self.chance.uniform(0.5, SECONDS) for _ in range(BLOWS))
        chosen = self.chance.choices(kinds, weights, k=BLOWS)
        began = time.monotonic()
        for moment, (name, how) in zip(moments, chosen, strict=True):
            time.sleep(max(0.0, began + moment - time.monotonic()))
            if self._strike(name, how):
                self.told.blows[f"{name} {how}"] += 1

    def _strike(self, name: str, how: str) -> bool:
        """One blow; False: there is nobody just now, an earlier one has not been got over."""
        if how == "FLUSHALL":
            with contextlib.suppress(redis.RedisError), redis.Redis.from_url(self.house.queue) as client:
                return bool(client.flushall())
            return False
        try:
            busy = self._busy() if name == "jobs.worker" else {}
            victims = list(busy) or (self.house.live.pids(name) if name == "jobs.worker" else [])
            victim = self.chance.choice(victims) if victims else self.house.live.leader(name)
            os.kill(victim, signal.Signals[how])
        except (ValueError, ProcessLookupError):
            return False
        held = busy.get(victim)
        if held:
            self._hit.append((time.time(), held))
        if how == "SIGSTOP":
            self.house.frozen.append(victim)
            threading.Timer(1.5 * self.lease, self._thaw, [victim]).start()
        return True

    def _thaw(self, victim: int) -> None:
        with contextlib.suppress(ProcessLookupError, ValueError):
            self.house.frozen.remove(victim)
            os.kill(victim, signal.SIGCONT)

    def _busy(self) -> dict[int, str]:
        """The workers that have a job in hand, and which, as far as Redis knows; no frozen one."""
        found: dict[int, str] = {}
        alive = set(self.house.live.pids("jobs.worker")) - set(self.house.frozen)
        with (
            contextlib.suppress(redis.RedisError, psycopg.OperationalError),
            redis.Redis.from_url(self.house.queue, decode_responses=True) as client,
        ):
            for job, attempt in self.house.sql("SELECT id, attempt FROM jobs WHERE status = 'running' ORDER BY id"):
                name: Any = client.hget(f"rq:job:{job}-{attempt}", "worker_name")
                if name and (pid := int(name.rsplit("-", 2)[1])) in alive:
                    found[pid] = job
        return found

    # The comparing.

    def _compare(self, clients: list[Client], receiver: Receiver, first: str) -> None:
        told = self.told
        for client in clients:
            told.wrong += client.wrong
        ids = {client.job["id"]: client for client in clients if client.job}
        told.jobs = len(ids)
        kept = self.house.sql(
            "SELECT id, status, last_event, rows_written, crashes, error->>'type' FROM jobs WHERE id <> %s", first
        )
        for stray in {job for job, *_ in kept} - set(ids):
            told.doubled += 1
            told.wrong.append(f"{stray} is nobody's")
        for gone in set(ids) - {job for job, *_ in kept}:
            told.lost += 1
            told.wrong.append(f"{gone} was promised and is not there")
        for job, how, last, rows, crashes, error in kept:
            told.ends[how] += 1
            if how not in ENDED:
                told.lost += 1
                told.wrong.append(f"{job} is {how}")
            if how == "failed" and (error, crashes) != ("attempts-exhausted", 3):
                told.wrong.append(f"{job} has failed: {error}")
            if job in ids:
                self._compare_one(job, how, last, rows, ids[job])
        self._compare_messages(ids, receiver)
        self._measure(ids)

    def _compare_one(self, job: str, how: str, last: int, rows: int, client: Client) -> None:
        log, keys = self.house.events(job), self.house.rows(job)
        written = [event["data"]["row"]["key"] for event in log if event["type"] == "row.written"]
        heard = [(event["id"], event["type"], event["data"]) for event in client.heard]
        ticked = {tick["cell"]: tick["done"] for tick in sorted(client.ticks, key=lambda each: str(each["stamp"]))}
        headers = {"Authorization": f"Bearer {client.token}"}
        progress = self.house.ask("GET", f"/patterns/{client.job['pattern']['id']}/progress", headers=headers).json()
        shown = {cell: each["done"] for cell, each in progress["cells"].items()}
        truths = {
            "its events have a gap": [event["seq"] for event in log] == list(range(1, last + 1)),
            "it has not one end": [each["type"] in ENDS for each in log].count(True) == 1 and log[-1]["type"] in ENDS,
            "it ended otherwise": log[-1]["type"] == f"job.{how}",
            "a row is there twice, or out of order": keys == WHOLE[: len(keys)] == written and rows == len(keys),
            "a row is missing": how != "succeeded" or keys == WHOLE,
            "its stream is not the log": heard == [(each["seq"], each["type"], each["data"]) for each in log],
            "its ticks are not those sent": shown == ticked,
        }
        wrong = [words for words, true in truths.items() if not true]
        self.told.doubled += len(written) - len(set(written)) + max(0, [e["type"] in ENDS for e in log].count(True) - 1)
        self.told.wrong += [f"{job}: {words}" for words in wrong]

    def _compare_messages(self, ids: dict[str, Client], receiver: Receiver) -> None:
        """At least once each, under one id."""
        pending = "SELECT count(*) FROM webhook_deliveries WHERE status = 'pending'"
        self.house.until(lambda: self.house.sql(pending) == [(0,)])
        for job, client in ids.items():
            got = [each for each in receiver.got if each.path == f"/{client.number}"]
            owed = self.house.sql("SELECT id, status FROM webhook_deliveries WHERE job_id = %s", job)
            named = {(each.headers["webhook-id"], "delivered") for each in got}
            if len(owed) != 1 or named != set(owed):
                self.told.lost += not got
                self.told.wrong.append(f"{job} should be told once: {owed}, came {len(got)} times")
            if len({each.body for each in got}) > 1:
                self.told.wrong.append(f"{job} was told in two ways")

    def _measure(self, ids: dict[str, Client]) -> None:
        """From a worker's end to the next attempt of what it had in hand."""
        for at, job in self._hit:
            moment = datetime.fromtimestamp(at, UTC)
            begun = (
                [each["at"] for each in self.house.events(job) if each["type"] == "job.started"] if job in ids else []
            )
            later = [each for each in begun if each > moment]
            if later:
                self.told.running_again.append((later[0] - moment).total_seconds())


def weather(seed: int) -> list[Step]:
    """The model of a seed's storm: it writes one sheet, and is away or breaks off now and then."""
    chance = random.Random(seed)
    good, cut, away = sheet(sheets.GOOD, pause=0.01), sheet(sheets.GOOD, end=EOF), status(503)
    return [*(chance.choice((good, good, good, good, cut, away)) for _ in range(2 * JOBS)), good]
