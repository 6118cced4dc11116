"""Hot: every statement that the service asks all day, as the verb that asks it, on a store that is full.

What a verb reads is counted by Postgres itself (rows of tables and entries of indexes, its foreign keys' checks too):
that number must not grow with what is kept.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy import Engine

from bench import fill
from db import records
from db.ids import new_id
from db.records import posting

LEASE = 30.0
MODEL = {"name": "knotty-mini", "digest": None}
HOOK = {"url": "https://example.org/hook", "events": ["job.succeeded"], "site": ""}
PIECE = {"key": "p1", "name": "Square", "kind": "rounds", "make": 12}
HEAD: dict[str, Any] = {"title": "Punk Rock Riot", "colours": [], "notes": []}
_numbers = itertools.count(1)


def row(number: int) -> dict[str, Any]:
    """A row as composing hands it over, as far as the store looks at it."""
    return {"key": f"p1/r{number}", "text": f"Rnd {number}: Ch 3.", "verdict": "ok", "result": "first"}


@dataclass
class Scene:
    """A filled store with some jobs that wait and some that are being written, and who asks."""

    maker: str
    token: str
    program: str
    ended: str
    pattern: str

    @classmethod
    def of(cls, connection: fill.Connection, jobs: int) -> Scene:
        """Sets it: thirty wait, five are being written."""
        number = jobs // 2 + 1 + (jobs // 2) % 2  # odd, so of a person
        [maker] = fill.ids(connection, "mkr_", [1 + number // fill.MAKERS_EVERY])
        [program] = fill.ids(connection, "mkr_", [fill.PROGRAM])
        [ended], [pattern] = fill.ids(connection, "job_", [number]), fill.ids(connection, "pat_", [number])
        made = cls(maker, f"token{1 + number // fill.MAKERS_EVERY}", program, ended, pattern)
        for _ in range(30):
            made.waits()
        for _ in range(5):
            made.runs()
        return made

    def waits(self, maker: str | None = None, webhook: dict[str, Any] | None = None) -> dict[str, Any]:
        """One more job that waits, as a request with a key makes it."""
        quota = records.Quota(10**6, 10**6, b"here", 1e9)
        key = records.Key(f"key-{next(_numbers)}-{time.time_ns()}", b"said")
        return records.open_job(maker or self.maker, "punk rock blanket", {"rounds": 5}, {}, key, quota, webhook)

    def runs(self, webhook: dict[str, Any] | None = None) -> str:
        """One more that is being written, with its head."""
        job = str(self.waits(webhook=webhook)["id"])
        records.claim(job, LEASE, MODEL)
        records.set_head(job, 1, HEAD, 3, "Title: Punk Rock Riot\n", LEASE)
        return job

    def whole(self, webhook: dict[str, Any] | None = None) -> str:
        """One that has ended just now."""
        job = self.runs(webhook)
        records.finish(job, 1, HEAD, {"p1": PIECE}, "ok", {"output_tokens": 1}, "End.\n")
        return job

    def failed(self) -> str:
        """One that has failed just now."""
        job = self.runs()
        records.fail(job, 1, "internal", "Something broke.")
        return job

    def due(self) -> records.Errand:
        """A webhook's try that is ours to make."""
        self.whole(HOOK)
        [taken] = posting.claim_deliveries(1, LEASE, 10**6, 10**6)
        return taken

    def tick(self) -> list[dict[str, Any]]:
        """One tick, newer than all."""
        return [{"id": new_id("op"), "cell": "p1#7/r1", "done": True, "stamp": f"{time.time_ns() // 10**6}-0-k7f2"}]

    def note(self) -> list[dict[str, Any]]:
        """One note, newer than all."""
        return [{"id": new_id("op"), "row": "p1/r1", "text": "5 mm", "stamp": f"{time.time_ns() // 10**6}-0-k7f2"}]


Made = Any


def _nothing(_scene: Scene) -> None:
    """Nothing has to be made for it."""


# What is made for it before, and what is then asked of the store with that.
VERBS: dict[str, tuple[Callable[[Scene], Made], Callable[[Scene, Made], object]]] = {
    "know a bearer": (_nothing, lambda s, _: records.bearer_of(s.token)),
    "mint a maker": (_nothing, lambda *_: records.mint_maker("phone")),
    "create": (_nothing, lambda s, _: s.waits()),
    "create, with a webhook": (_nothing, lambda s, _: s.waits(webhook=HOOK)),
    "create, the program": (_nothing, lambda s, _: s.waits(s.program)),
    "get a job that ended": (lambda s: s.ended, lambda s, job: records.job(job, s.maker)),
    "get a job that waits: its place, its time": (lambda s: s.waits()["id"], lambda s, job: records.job(job, s.maker)),
    "get a job, as a bearer": (lambda s: s.ended, lambda s, job: records.job_as(job, s.token, lambda _: s.maker)),
    "get a job that runs": (lambda s: s.runs(), lambda s, job: records.job(job, s.maker)),
    "list mine": (_nothing, lambda s, _: records.jobs_of(s.maker)),
    "list mine, the program": (_nothing, lambda s, _: records.jobs_of(s.program)),
    "list mine that run, the program": (_nothing, lambda s, _: records.jobs_of(s.program, "running")),
    "list my patterns": (_nothing, lambda s, _: records.patterns_of(s.maker)),
    "events after": (lambda s: s.ended, lambda _s, job: records.events(job, 2)),
    "news of one that is followed": (lambda s: s.ended, lambda _s, job: records.news({job: 2})),
    "read a pattern": (lambda s: s.pattern, lambda s, pattern: records.pattern(pattern, s.maker)),
    "read progress": (lambda s: s.pattern, lambda s, pattern: records.progress(s.maker, pattern)),
    "merge a tick": (lambda s: s.tick(), lambda s, ops: records.merge_progress(s.maker, s.pattern, ops)),
    "merge a note": (lambda s: s.note(), lambda s, ops: records.merge_notes(s.maker, s.pattern, ops)),
    "report": (lambda s: s.pattern, lambda s, pattern: records.report(s.maker, pattern, "p1/r1", "wrong")),
    "reports of mine": (lambda s: s.pattern, lambda s, pattern: records.reports_of(s.maker, pattern)),
    "change a pattern": (
        lambda s: s.pattern,
        lambda s, pattern: records.edit_pattern(pattern, s.maker, lambda _: True, {"title": "For Ada"}),
    ),
    "delete a pattern": (
        lambda s: records.job(s.whole())["pattern"]["id"],
        lambda s, pattern: records.delete_pattern(pattern, s.maker),
    ),
    "cancel": (lambda s: s.waits()["id"], lambda s, job: records.cancel(job, s.maker)),
    "try again": (lambda s: s.failed(), lambda s, job: records.retry_job(job, s.maker)),
    "ring": (lambda s: s.waits(), lambda *_: records.to_ring(15.0)),
    "mark as rung": (lambda s: s.waits()["id"], lambda _s, job: records.mark_rung([job])),
    "claim": (lambda s: s.waits()["id"], lambda _s, job: records.claim(job, LEASE, MODEL)),
    "beat": (lambda s: s.runs(), lambda _s, job: records.beat(job, 1, LEASE)),
    "keep a head": (lambda s: s.runs(), lambda _s, job: records.set_head(job, 1, HEAD, 3, "Title: x\n", LEASE)),
    "add a row": (lambda s: s.runs(), lambda _s, job: records.add_row(job, 1, PIECE, row(1), "Rnd 1\n", LEASE)),
    "tell of a phase": (lambda s: s.runs(), lambda _s, job: records.phase(job, 1, "finishing", LEASE)),
    "finish": (
        lambda s: s.runs(HOOK),
        lambda _s, job: records.finish(job, 1, HEAD, {"p1": PIECE}, "ok", {"output_tokens": 1}, "End.\n"),
    ),
    "fail": (lambda s: s.runs(), lambda _s, job: records.fail(job, 1, "internal", "Something broke.")),
    "hand back": (lambda s: s.runs(), lambda _s, job: records.hand_back(job, 1)),
    "reap": (lambda s: records.claim(s.waits()["id"], -1, MODEL), lambda *_: records.reap(3)),
    "deliveries due": (lambda s: s.whole(HOOK), lambda *_: posting.claim_deliveries(8, LEASE, 60, 2)),
    "keep a try's outcome": (
        lambda s: s.due(),
        lambda _s, errand: records.keep_outcome(errand, records.Outcome(9, status=200), None, False, 1e6),
    ),
    "deliveries of a job": (lambda s: s.ended, lambda s, job: records.deliveries_of(job, s.maker)),
    "metrics: what waits": (_nothing, lambda *_: records.backlog()),
    "metrics: what has ended": (lambda s: s.whole(), lambda *_: records.count_ended()),
    "what is stuck": (_nothing, lambda *_: records.stuck_jobs(120.0)),
    "recheck, none is due": (_nothing, lambda *_: records.take_recheck("judged")),
    "forget jobs, none is old": (_nothing, lambda *_: records.forget_jobs(30.0)),
    "forget deliveries, none is old": (_nothing, lambda *_: records.forget_deliveries(30.0)),
    "forget secrets": (_nothing, lambda *_: records.forget_secrets()),
    "forget addresses": (_nothing, lambda *_: records.forget_creations()),
    "forget makers": (_nothing, lambda *_: records.forget_makers(30.0, looked_at=20)),
    "a link for a device": (lambda s: records.bearer_of(s.token), lambda _s, bearer: records.open_link(bearer)),
    "forget a maker": (lambda _: records.mint_maker("")[0], lambda _s, maker: records.forget_maker(maker)),
}


@dataclass(frozen=True, slots=True)
class Read:
    """What one verb took: milliseconds, and how many rows and entries Postgres read for it, by table or index."""

    verb: str
    ms: float
    entries: dict[str, int]

    @property
    def in_all(self) -> int:
        return sum(self.entries.values())


def reads(engine: Engine, connection: fill.Connection, scene: Scene) -> Iterator[Read]:
    """Asks each verb once, on connections that end with it: a backend tells what it has read when it ends."""
    for verb, (make, ask) in VERBS.items():
        made = make(scene)
        engine.dispose()
        before = _counted(connection)
        began = time.perf_counter()
        ask(scene, made)
        ms = 1000 * (time.perf_counter() - began)
        engine.dispose()
        now = _counted(connection)
        yield Read(verb, ms, {name: now[name] - before[name] for name in now if now[name] > before.get(name, 0)})


def _counted(connection: fill.Connection) -> dict[str, int]:
    """By name how much was read since the database was made; waits until the others have ended and told theirs."""
    end = time.monotonic() + 20
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    others += " AND backend_type = 'client backend'"
    while connection.execute(others).fetchone() != (0,) and time.monotonic() < end:
        time.sleep(0.005)
    found = connection.execute(
        "SELECT relname, seq_tup_read FROM pg_stat_user_tables"
        " UNION ALL SELECT indexrelname, idx_tup_read FROM pg_stat_user_indexes"
    )
    return dict(found.fetchall())


def connect(url: str) -> fill.Connection:
    """A connection of our own to the database of that URL."""
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)
