"""The worker, as a process of its own: rung, killed, told to stop, left without a model."""

from __future__ import annotations

import contextlib
import os
import pickle
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
import redis

from db import records, session
from embedded import children
from embedded import postgres as embedded_postgres
from embedded import valkey as embedded_valkey
from jobs.sweep import Sweep
from settings import Settings
from tests.fakes import sheets
from tests.fakes.model_server import EOF, ERROR, LENGTH, ModelServer, say, sheet

ROOT = Path(__file__).resolve().parent.parent
ENDED = ("succeeded", "failed", "canceled")


class Workers:
    """Worker processes on this test's stores, and a sweep that rings them."""

    def __init__(self, settings: Settings, model_url: str, **env: str) -> None:
        self.env = os.environ | {
            "DATABASE_URL": settings.database_url,
            "REDIS_URL": settings.redis_url,
            "MODEL_URL": model_url,
            "LEASE_SECONDS": "2",
            "HEARTBEAT_SECONDS": "0.5",
            **env,
        }
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen([sys.executable, "-m", "jobs.worker"], cwd=ROOT, env=self.env)
        self.processes.append(process)
        return process


@contextmanager
def workers(settings: Settings, model_url: str, **env: str) -> Iterator[Workers]:
    quick = Settings(
        database_url=settings.database_url,
        redis_url=settings.redis_url,
        reap_seconds=0.2,
        ring_again_seconds=2,
    )
    made, sweep = Workers(settings, model_url, **env), Sweep(quick)
    running = threading.Thread(target=sweep.run, daemon=True)
    running.start()
    try:
        yield made
    finally:
        for process in made.processes:
            process.kill()
            process.wait()
        sweep.stopping.set()
        running.join(timeout=15)


def wait_for(condition, seconds=60.0):
    """Waits until it is true, and gives what it gave; a hang guard ends it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := condition():
            return found
        time.sleep(0.02)
    raise AssertionError("it did not happen")


def rows_of(job):
    return [row["key"] for piece in records.pattern(job["pattern"]["id"])["pieces"] for row in piece["rows"]]


def ended(job):
    now = records.job(job["id"])
    return now if now["status"] in ENDED else None


WHOLE = ["p1/r1", "p1/r2", "p1/r3", "p2/r1", "p3/r1", "p4/r1"]


def assert_whole(job):
    """The pattern is complete, no row is there twice, the log has no gap."""
    assert rows_of(job) == WHOLE
    log = records.events(job["id"])
    assert [event["id"] for event in log] == list(range(1, len(log) + 1))
    assert [event["data"]["row"]["key"] for event in log if event["type"] == "row.written"] == WHOLE
    assert [event["type"] for event in log].count("job.succeeded") == 1


@pytest.mark.parametrize(("api", "digest"), [("ollama", "f" * 64), ("openai", None)])
def test_a_wish_becomes_a_pattern(store, job, api, digest):
    with ModelServer(sheet(sheets.GOOD)) as model, workers(store, model.url, MODEL_API=api) as team:
        team.start()
        told = wait_for(lambda: ended(job))

    assert told["status"] == "succeeded"
    assert told["usage"]["output_tokens"] > 0
    assert told["model"] == {"name": "knotty-mini", "digest": digest}
    assert_whole(job)


def test_attack_89_a_worker_killed_in_the_middle_loses_nothing_and_doubles_nothing(store, job):
    with ModelServer(sheet(sheets.GOOD, pause=0.03)) as model, workers(store, model.url) as team:
        first = team.start()
        wait_for(lambda: len(rows_of(job)) >= 2)
        first.send_signal(signal.SIGKILL)
        first.wait()
        assert len(rows_of(job)) < len(WHOLE)
        team.start()
        told = wait_for(lambda: ended(job))

    assert told["status"] == "succeeded"
    assert told["attempt"] == 2
    assert_whole(job)


class Pickled:
    """What would run when it is unpickled."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.trace),)


def test_attack_88_a_pickle_written_into_the_queue_is_not_run_and_changes_nothing(store, job, tmp_path):
    trace = tmp_path / "it ran"
    bad = pickle.dumps(Pickled(trace))
    with redis.Redis.from_url(store.redis_url) as queue:
        for name, data in (("raw", bad), ("packed", zlib.compress(bad))):
            queue.hset(f"rq:job:{name}", mapping={"data": data, "origin": "patterns", "status": "queued"})
            queue.rpush("rq:queue:patterns", name)
    with ModelServer(sheet(sheets.GOOD)) as model, workers(store, model.url) as team:
        team.start()
        told = wait_for(lambda: ended(job))

    assert told["status"] == "succeeded"
    assert_whole(job)
    assert not trace.exists()


def test_a_worker_frozen_past_its_lease_writes_nothing_when_it_wakes(store, job):
    with ModelServer(sheet(sheets.GOOD, pause=0.03)) as model, workers(store, model.url) as team:
        frozen = team.start()
        wait_for(lambda: len(rows_of(job)) >= 1)
        frozen.send_signal(signal.SIGSTOP)
        team.start()
        wait_for(lambda: ended(job))
        frozen.send_signal(signal.SIGCONT)
        time.sleep(1.5)

    assert_whole(job)


@pytest.mark.parametrize("signals", [1, 2])
def test_a_worker_told_to_stop_hands_its_job_back_within_a_row(store, job, signals):
    with ModelServer(sheet(sheets.GOOD, pause=0.05)) as model, workers(store, model.url) as team:
        first = team.start()
        wait_for(lambda: len(rows_of(job)) >= 1)
        for _ in range(signals):
            first.send_signal(signal.SIGTERM)
            time.sleep(0.05)
        assert first.wait(timeout=10) == 0
        log = [event["type"] for event in records.events(job["id"])]
        assert "job.requeued" in log
        assert model.cut.wait(5)
        team.start()
        wait_for(lambda: ended(job))

    assert_whole(job)


def test_workers_that_want_a_sleeping_model_have_it_loaded_once(store, maker):
    made = [records.open_job(maker, str(number), {}) for number in range(3)]
    with ModelServer(sheet(sheets.GOOD), loaded=False) as model, workers(store, model.url) as team:
        model.loading = 3.0
        for _ in range(3):
            team.start()
        for job in made:
            wait_for(lambda job=job: ended(job))

    assert (model.loads, model.aborted) == (1, 0)
    for job in made:
        assert_whole(job)


def test_a_model_that_is_away_is_waited_for(store, job):
    model = ModelServer(sheet(sheets.GOOD))
    with workers(store, model.url) as team:
        team.start()  # the port is bound, but nobody serves: as good as away
        model._http.server_close()
        wait_for(lambda: records.job(job["id"])["phase"] == "waking_model")
        assert records.job(job["id"])["status"] == "running"
        with ModelServer(sheet(sheets.GOOD), port=int(model.url.rsplit(":", 1)[1])):
            told = wait_for(lambda: ended(job))

    assert told["status"] == "succeeded"
    phases = [event["data"]["phase"] for event in records.events(job["id"]) if event["type"] == "job.phase"]
    assert phases == ["waking_model", "writing"]
    assert_whole(job)


@pytest.mark.parametrize("api", ["ollama", "openai"])
def test_canceling_stops_the_writing_and_lets_the_model_go(store, job, maker, api):
    with ModelServer(sheet(sheets.GOOD, pause=0.05)) as model, workers(store, model.url, MODEL_API=api) as team:
        team.start()
        wait_for(lambda: len(rows_of(job)) >= 1)
        records.cancel(job["id"], maker)
        assert model.cut.wait(10)
        kept = rows_of(job)
        time.sleep(1)

    assert rows_of(job) == kept
    assert records.job(job["id"])["status"] == "canceled"


def test_a_canceled_job_tried_again_goes_on_from_its_good_rows(store, job, maker):
    with ModelServer(sheet(sheets.GOOD, pause=0.05)) as model, workers(store, model.url) as team:
        team.start()
        wait_for(lambda: len(rows_of(job)) >= 2)
        records.cancel(job["id"], maker)
        kept = rows_of(job)
        again = records.retry_job(job["id"], maker)
        assert rows_of(again) == kept
        told = wait_for(lambda: ended(again))

    assert told["status"] == "succeeded"
    assert rows_of(again) == WHOLE
    log = records.events(again["id"])
    assert [event["data"]["row"]["key"] for event in log if event["type"] == "row.written"] == WHOLE[len(kept) :]


def test_a_job_that_takes_too_long_ends_in_words_and_keeps_its_rows(store, job):
    with ModelServer(sheet(sheets.GOOD, pause=0.05)) as model, workers(store, model.url, JOB_SECONDS="4") as team:
        team.start()
        told = wait_for(lambda: ended(job))
        assert model.cut.wait(5)

    assert (told["status"], told["error"]["type"]) == ("failed", "timed-out")
    assert 0 < len(rows_of(job)) < len(WHOLE)


@pytest.mark.parametrize("end", [EOF, ERROR, LENGTH])
def test_a_stream_that_ends_in_the_middle_costs_no_row(store, job, end):
    half = sheets.GOOD[: sheets.GOOD.index("ch 1, 3 dc in next ch-1 sp")]
    with ModelServer(say(half, end), sheet(sheets.GOOD)) as model, workers(store, model.url) as team:
        team.start()
        wait_for(lambda: ended(job))

    assert len(model.prompts) == 2
    assert_whole(job)


def test_postgres_killed_and_restarted_in_the_middle_costs_no_row(tmp_path, valkey):
    home = Path(tempfile.mkdtemp(prefix="knotty-pg-", dir="/tmp"))
    server, log = embedded_postgres.prepare(home, durable=True), home / "log"
    process = server.spawn(log)
    try:
        server.wait(process, log)
        server.make_database("knotty")
        own = Settings(database_url=server.url("knotty"), redis_url=valkey)
        env = os.environ | {"DATABASE_URL": own.database_url}
        subprocess.run([sys.executable, "-m", "alembic", "upgrade", "head"], cwd=ROOT, env=env, check=True)
        engine = session.bind(own)
        job = records.open_job(records.mint_maker("")[0], "punk rock blanket", {"rounds": 3})
        with ModelServer(sheet(sheets.GOOD, pause=0.03)) as model, workers(own, model.url, LEASE_SECONDS="30") as team:
            team.start()
            wait_for(lambda: len(rows_of(job)) >= 2)
            for child in psutil.Process(process.pid).children(recursive=True):
                with contextlib.suppress(psutil.NoSuchProcess):  # it may just have ended by itself
                    child.kill()
            process.kill()
            process.wait()
            time.sleep(1.5)
            process = server.spawn(log)
            server.wait(process, log)
            told = wait_for(lambda: ended(job))
        assert (told["status"], told["attempt"]) == ("succeeded", 1)
        assert_whole(job)
        engine.dispose()
    finally:
        children.stop(process, embedded_postgres.STOP, grace=10)
        shutil.rmtree(home, ignore_errors=True)


def test_a_worker_that_waits_hears_again_soon_after_redis_is_back_and_empty(store, maker):
    home = Path(tempfile.mkdtemp(prefix="knotty-vk-", dir="/tmp"))
    server, log = embedded_valkey.prepare(home), home / "log"
    process = server.spawn(log)
    try:
        server.wait(process, log)
        own = Settings(database_url=store.database_url, redis_url=server.url)
        with ModelServer(sheet(sheets.GOOD)) as model, workers(own, model.url) as team:
            first = team.start()
            before = records.open_job(maker, "before", {})
            wait_for(lambda: ended(before))
            process.kill()
            process.wait()
            while_away = records.open_job(maker, "while it is away", {})
            time.sleep(8)  # RQ's own back-off would by now sleep for eight seconds and more
            process = server.spawn(log)
            server.wait(process, log)
            if first.poll() is not None:
                team.start()
            wait_for(lambda: ended(while_away))
        assert_whole(before)
        assert_whole(while_away)
    finally:
        children.stop(process, embedded_valkey.STOP, grace=5)
        shutil.rmtree(home, ignore_errors=True)


def test_an_emptied_queue_loses_no_job(store, maker):
    made = [records.open_job(maker, str(number), {}) for number in range(4)]
    with ModelServer(sheet(sheets.GOOD, pause=0.005)) as model, workers(store, model.url) as team:
        wait_for(lambda: redis.Redis.from_url(store.redis_url).llen("rq:queue:patterns"))
        redis.Redis.from_url(store.redis_url).flushall()
        team.start()
        for job in made:
            wait_for(lambda job=job: ended(job))

    for job in made:
        assert_whole(job)
