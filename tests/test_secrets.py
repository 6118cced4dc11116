"""Secrets: what was sent is in no log and in no metric, whatever goes wrong. Attacks 96 and 97."""

from __future__ import annotations

import json
import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
import requests

from db import records
from jobs.logs import JsonLines, trace
from settings import Settings
from tests.fakes import sheets
from tests.fakes.model_server import ModelServer, sheet, status

ROOT = Path(__file__).resolve().parent.parent


def lines(log: str) -> list[dict[str, object]]:
    """Every line, each one a JSON object."""
    return [json.loads(line) for line in log.splitlines()]


def hits(text: str, *secrets: str) -> list[str]:
    """What of a log gives anything away."""
    return [line[:300] for line in text.splitlines() if "CANARY" in line or any(one in line for one in secrets)]


def break_store(settings: Settings) -> None:
    """From now on the store refuses some wishes, and quotes the whole row when it does."""
    with psycopg.connect(settings.database_url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("ALTER TABLE jobs ADD CONSTRAINT broken CHECK (prompt NOT LIKE '%broken%')")


def raw(address: tuple[str, int], request: bytes) -> None:
    with socket.create_connection(address, 10) as wire:
        wire.sendall(request)
        wire.recv(65536)


@pytest.mark.parametrize("limits", [{"creations_an_hour": 4}])
def test_attack_97_no_log_and_no_metric_of_the_api_holds_what_was_sent(
    address: tuple[str, int], settings: Settings, tmp_path: Path
) -> None:
    base = f"http://{address[0]}:{address[1]}"
    jobs = f"{base}/api/v1/jobs"
    token = requests.post(f"{base}/api/v1/makers", json={"name": "CANARY-name"}, timeout=30).json()["token"]
    me = {
        "Authorization": f"Bearer {token}",
        "Idempotency-Key": "CANARY-key",
        "User-Agent": "CANARY-agent",
        "Referer": "https://CANARY.example/",
        "X-Request-Id": "CANARY id",
        "X-Forwarded-For": "CANARY-forwarded",
    }
    wish = {"prompt": "CANARY-prompt", "metadata": {"CANARY-field": "CANARY-value"}, "options": {"item": "CANARY-item"}}
    job = requests.post(jobs, json=wish, headers=me, timeout=30).json()
    requests.post(jobs, json=wish | {"prompt": "CANARY-other"}, headers=me, timeout=30)
    requests.post(jobs, json={"CANARY": 1}, headers=me, timeout=30)
    requests.post(jobs, data=b'{"CANARY', headers=me | {"Content-Type": "application/json"}, timeout=30)
    requests.get(f"{jobs}?cursor=CANARY&status=CANARY&token={token}", headers=me, timeout=30)
    requests.get(f"{base}/api/v1/patterns/{token}", timeout=30)
    requests.get(f"{base}/p/whsec_CANARYsecret", timeout=30)
    requests.get(jobs, headers={"Authorization": "Bearer kn_CANARY" + "a" * 40}, timeout=30)
    requests.get(jobs, cookies={"knotty": "kn_CANARY" + "a" * 40}, timeout=30)
    requests.post(f"{base}/api/v1/check", data="CANARY-text", headers={"Content-Type": "text/plain"}, timeout=30)
    break_store(settings)
    broken = requests.post(jobs, json={"prompt": "CANARY-broken", "metadata": {"a": token}}, headers={}, timeout=30)
    for _ in range(5):
        limited = requests.post(jobs, json=wish, timeout=30)
    raw(address, b"GET /CANARY-line HTTP/9\r\nHost: a\r\n\r\n")
    raw(address, b"GET / HTTP/1.1\r\nHost: a\r\nCANARY header: x\r\n\r\n")
    raw(address, b"CANARYMETHOD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    metrics = requests.get(f"{base}/metrics", timeout=30).text

    log = (tmp_path / "gunicorn.log").read_text()
    assert job["status"] == "queued"
    assert (limited.status_code, broken.status_code) == (429, 500)
    assert "CANARY" not in broken.text.replace(broken.json()["request_id"], "")
    assert hits(log, token) == []
    assert hits(metrics, token, job["id"]) == []
    # It is not silence: the failure is there, with its place and the request it belongs to.
    [told] = [line for line in lines(log) if line["event"] == "unforeseen"]
    assert told["request_id"] == broken.json()["request_id"]
    assert told["error"] == "IntegrityError"
    assert any("api/jobs.py" in place and "create_job" in place for one in told["exception"] for place in one["at"])


def test_attack_96_whatever_is_sent_a_log_line_is_one_line(address: tuple[str, int], tmp_path: Path) -> None:
    base = f"http://{address[0]}:{address[1]}"
    requests.post(f"{base}/api/v1/jobs", json={"prompt": 'a\n{"event": "forged"}'}, timeout=30)
    requests.get(f"{base}/x%0a%7b%22event%22%3a%22forged%22%7d%1b%5b31m", timeout=30)
    raw(address, b"GET /x HTTP/1.1\r\nHost: a\r\nX-Request-Id: a\x1b[31m\r\nConnection: close\r\n\r\n")

    log = (tmp_path / "gunicorn.log").read_text()
    assert "\x1b" not in log
    assert all(line["event"] != "forged" for line in lines(log))


@pytest.mark.parametrize("step", [sheet(sheets.GOOD), status(400)], ids=["written", "refused"])
def test_attack_97_no_log_of_worker_and_sweep_holds_a_wish(
    settings: Settings, store: Settings, tmp_path: Path, step: Callable[..., None]
) -> None:
    job = run_through(store, tmp_path, step, "CANARY-prompt")

    log = (tmp_path / "log").read_text()
    assert hits(log) == []
    assert {line["event"] for line in lines(log)} >= {"worker started", "sweep started"}
    assert any(line.get("job") == job for line in lines(log))


def test_attack_97_a_worker_that_breaks_says_where_and_not_over_what(store: Settings, tmp_path: Path) -> None:
    with psycopg.connect(store.database_url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("DROP TABLE pattern_rows")

    job = run_through(store, tmp_path, sheet(sheets.GOOD), "CANARY-prompt")

    log = (tmp_path / "log").read_text()
    assert records.job(job)["error"]["type"] == "internal"
    assert hits(log, "Rnd 1") == []
    [told] = [line for line in lines(log) if line["event"] == "writing failed"]
    assert any("db/records/writing.py" in place for one in told["exception"] for place in one["at"])


def run_through(store: Settings, tmp_path: Path, step: Callable[..., None], prompt: str) -> str:
    """A wish through a real worker and a real sweep, until it has ended; their log is `tmp_path/log`."""
    maker, _ = records.mint_maker("CANARY-name")
    job = str(records.open_job(maker, prompt, {"rounds": 3, "item": "CANARY-item"}, {"CANARY": "x"})["id"])
    with ModelServer(step) as model, (tmp_path / "log").open("w") as log:
        env = os.environ | {
            "DATABASE_URL": store.database_url,
            "REDIS_URL": store.redis_url,
            "MODEL_URL": model.url,
            "MODEL_KEY": "CANARY-model-key",
            "LEASE_SECONDS": "2",
            "HEARTBEAT_SECONDS": "0.5",
            "LEASE_LOST_SECONDS": "1.5",
            "REAP_SECONDS": "0.2",
        }
        running = [
            subprocess.Popen([sys.executable, "-m", name], cwd=ROOT, env=env, stdout=log, stderr=log)
            for name in ("jobs.worker", "jobs.sweep")
        ]
        try:
            until = time.monotonic() + 90
            while records.job(job)["finished_at"] is None:
                assert time.monotonic() < until, "it did not end"
                time.sleep(0.05)
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(20)
    assert "Bearer CANARY-model-key" in model.keys
    return job


def test_a_failure_is_told_by_its_kind_and_its_place_and_so_is_what_led_to_it() -> None:
    def inner(secret: str) -> None:
        raise ValueError(secret)

    def outer(secret: str) -> None:
        try:
            inner(secret)
        except ValueError as error:
            raise KeyError(secret) from error

    with pytest.raises(KeyError) as caught:
        outer("CANARY")
    told = trace((caught.type, caught.value, caught.tb))

    assert [one["kind"] for one in told] == ["builtins.KeyError", "builtins.ValueError"]
    assert "CANARY" not in json.dumps(told)
    assert all(__file__ in place for one in told for place in one["at"])


def test_a_librarys_line_is_json_without_what_was_put_into_it() -> None:
    def record(level: int, message: object, *args: object) -> logging.LogRecord:
        return logging.LogRecord("gunicorn.error", level, "x", 1, message, args, None)

    def says(level: int, message: object, *args: object) -> str:
        return str(json.loads(JsonLines().format(record(level, message, *args)))["says"])

    assert says(logging.INFO, "Listening at: %s", "http://localhost") == "Listening at: http://localhost"
    assert says(logging.ERROR, "Error handling request %s", "CANARY") == "Error handling request %s"
    assert says(logging.WARNING, "Invalid request from ip=1.2.3.4: CANARY") == "Invalid request"
    assert says(logging.ERROR, ValueError("CANARY")) == "ValueError"
