"""The sweep's metrics: gauges are read when asked, and each job that has ended is counted once."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from db import records
from embedded import ports
from jobs.metrics import Board
from jobs.queue import Doorbell
from jobs.sweep import Sweep
from settings import Settings
from tests.fakes.model_server import ModelServer, silent
from tests.store_fixtures import LEASE, MODEL, SQUARE, head, row

USAGE = {"prompt_tokens": 70, "output_tokens": 400, "model_seconds": 1.5, "tries": 1}


@pytest.fixture
def board(store: Settings) -> Board:
    return Board(store)


def written(job: dict) -> None:
    """The job, written to its end with three rows and one try that was thrown away."""
    claim = records.claim(job["id"], LEASE, MODEL)
    assert claim is not None
    of = (job["id"], claim.attempt)
    records.set_head(*of, head(), 3, "", LEASE)
    records.add_row(*of, SQUARE, row(1), "", LEASE)
    records.rewritten(*of, "p1/r2", "Rnd 2: ...", "12 are made", "declared-mismatch", LEASE)
    records.add_row(*of, SQUARE, row(2, result="rewritten"), "", LEASE)
    records.add_row(*of, SQUARE, row(3), "", LEASE)
    records.finish(*of, head(), {}, "ok", USAGE, "")


def count(board: Board) -> int:
    ended = records.count_ended()
    for job in ended:
        board.counts.add(job)
    return len(ended)


def value(board: Board, name: str, **labels: str) -> float | None:
    return board.registry.get_sample_value(name, labels)


def test_a_job_that_has_ended_is_counted_once_with_all_that_it_took(board, job):
    written(job)

    assert (count(board), count(board)) == (1, 0)
    assert value(board, "knotty_jobs_finished_total", status="succeeded", reason="", model="knotty-mini") == 1
    rows = {name: value(board, "knotty_rows_total", result=name) for name in ("first", "rewritten", "thrown", "fixed")}
    assert rows == {"first": 2, "rewritten": 1, "thrown": 1, "fixed": 0}
    assert value(board, "knotty_patterns_total", verdict="ok") == 1
    assert value(board, "knotty_model_tokens_total", model="knotty-mini", part="output") == 400
    assert value(board, "knotty_job_attempts_total", end="finished") == 1
    for name in ("wait", "first_row"):
        assert value(board, f"knotty_job_{name}_seconds_count") == 1


def test_two_who_count_at_the_same_time_count_each_job_once(store, maker):
    for number in range(6):
        records.cancel(records.open_job(maker, str(number), {})["id"], maker)
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(len(records.count_ended()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(found) == 6


def test_a_failed_job_is_counted_by_its_reason_and_a_lost_lease_by_its_own(board, job):
    claim = records.claim(job["id"], 0.0, MODEL)
    assert claim is not None
    assert records.reap(3)
    again = records.claim(job["id"], LEASE, MODEL)
    assert again is not None
    records.fail(job["id"], again.attempt, "model-unavailable", "The writer has not answered.")

    count(board)

    labels = {"status": "failed", "reason": "model-unavailable", "model": "knotty-mini"}
    assert value(board, "knotty_jobs_finished_total", **labels) == 1
    assert value(board, "knotty_job_attempts_total", end="lease_lost") == 1
    assert value(board, "knotty_job_attempts_total", end="handed_back") == 0


def test_a_job_canceled_before_it_began_has_waited_for_nobody(board, job, maker):
    records.cancel(job["id"], maker)

    count(board)

    assert value(board, "knotty_job_wait_seconds_count") == 0
    assert value(board, "knotty_jobs_finished_total", status="canceled", reason="", model="") == 1


def test_the_gauges_tell_what_waits_now(board, store, job):
    Doorbell(store.redis_url).ring(job["id"], 1)

    assert value(board, "knotty_jobs", status="queued") == 1
    assert value(board, "knotty_doorbell", key="queued") == 1
    assert value(board, "knotty_store_up", store="postgres") == 1
    waited = value(board, "knotty_oldest_queued_seconds")
    assert waited is not None
    assert 0 < waited < 60


def test_an_empty_store_has_no_oldest_job(board):
    assert value(board, "knotty_oldest_queued_seconds") == 0
    assert value(board, "knotty_jobs", status="queued") == 0


def test_a_store_that_is_away_is_told_and_takes_only_its_own_gauges_with_it(store):
    away = Board(replace(store, redis_url=f"redis://127.0.0.1:{ports.free()}/0"))

    assert value(away, "knotty_store_up", store="redis") == 0
    assert value(away, "knotty_doorbell", key="queued") is None
    assert value(away, "knotty_jobs", status="queued") == 0


def test_a_model_that_does_not_answer_is_down(store):
    away = Board(replace(store, model_url=f"http://127.0.0.1:{ports.free()}"))

    assert value(away, "knotty_model_up", model="knotty-mini") == 0

    assert value(away, "knotty_model_loaded", model="knotty-mini") == 0


@pytest.mark.parametrize("api", ["ollama", "openai"])
def test_a_model_that_is_loaded_is_told_apart_from_one_that_is_not(store, api):
    with ModelServer(silent(), name="llama-knotty") as server:
        big = Board(replace(store, model_url=server.url, model_name="llama-knotty", model_api=api))
        told = []
        for server.loaded in (True, False):
            told.append([value(big, f"knotty_model_{name}", model="llama-knotty") for name in ("up", "loaded")])

    assert told == [[1, 1], [1, 0]]


def test_a_server_that_does_not_tell_what_it_has_loaded_is_up_and_no_more(store):
    with ModelServer(silent()) as server:
        elsewhere = Board(replace(store, model_url=f"{server.url}/prefix"))

        assert value(elsewhere, "knotty_model_up", model="knotty-mini") == 1
        assert value(elsewhere, "knotty_model_loaded", model="knotty-mini") is None


def test_the_model_that_steps_in_is_looked_at_too(store):
    with ModelServer(silent()) as server:
        both = Board(replace(store, model_name="llama-knotty", fallback_model_url=server.url))

        up = {model: value(both, "knotty_model_up", model=model) for model in ("llama-knotty", "knotty-mini")}
        assert up == {"llama-knotty": 0, "knotty-mini": 1}


def test_every_model_that_may_be_asked_has_its_series_from_the_start(store):
    both = Board(replace(store, model_name="llama-knotty", fallback_model_url="http://llm:11434"))

    for model in ("llama-knotty", "knotty-mini"):
        assert value(both, "knotty_model_tokens_total", model=model, part="output") == 0
        assert value(both, "knotty_model_seconds_total", model=model) == 0


def test_no_label_holds_an_id_or_a_wish(board, job):
    written(job)
    count(board)

    told = "".join(str(sample) for metric in board.registry.collect() for sample in metric.samples)
    assert job["id"] not in told
    assert "punk" not in told


def test_the_running_sweep_answers_prometheus_on_a_port_of_its_own(store, job):
    port = ports.free()
    sweep = Sweep(replace(store, metrics_port=port))
    thread = threading.Thread(target=sweep.run)
    thread.start()
    try:
        end = time.monotonic() + 20
        while time.monotonic() < end:
            try:
                told = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=5).text
                break
            except requests.ConnectionError:
                time.sleep(0.05)
        families = {family.name: family for family in text_string_to_metric_families(told)}
    finally:
        sweep.stopping.set()
        thread.join(timeout=30)

    assert families["knotty_jobs"].samples
    assert families["knotty_webhook_attempts"].samples
