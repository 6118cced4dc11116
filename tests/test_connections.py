"""Connections and threads: what all processes may have at once is less than what there is, and operate.md says so."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from api import events
from embedded import postgres, stack
from jobs.sweep import Sweep
from settings import Settings

ROOT = Path(__file__).resolve().parent.parent
KEPT = 3  # of Postgres, for its superuser
GIVEN = Settings()
API, WORKER = GIVEN.api_connections, GIVEN.worker_connections
SWEEP = GIVEN.sweep_connections + GIVEN.webhook_senders


def objects(path: str) -> list[dict[str, Any]]:
    return [each for each in yaml.safe_load_all((ROOT / "kustomize" / path).read_text()) if each]


def rolling(pods: int) -> int:
    """While a Deployment is renewed a quarter more of it may run."""
    return pods + math.ceil(pods / 4)


def processes() -> int:
    """Of the api, in one pod."""
    told = (ROOT / "kustomize/base/kustomization.yaml").read_text()
    return int(re.findall(r"WEB_CONCURRENCY=(\d+)", told)[0])


def slots() -> int:
    [worker] = [
        each
        for each in objects("components/keda/scaling.yaml")
        if each["kind"] == "ScaledObject" and each["metadata"]["name"] == "worker"
    ]
    return int(worker["spec"]["maxReplicaCount"])


def most(what: str) -> tuple[int, int, int]:
    """What api, workers and sweeps may have, where all this runs."""
    if what == "./knotty up":
        return API, 4 * WORKER, SWEEP
    pods, sweeps = 1, 1
    if what == "production":
        scaler = objects("overlays/production/availability.yaml")[0]
        pods, sweeps = scaler["spec"]["maxReplicas"], 2
    return rolling(pods) * processes() * API, rolling(slots()) * WORKER, rolling(sweeps) * SWEEP


def told() -> dict[str, list[int]]:
    """The table of operate.md."""
    page = (ROOT / "docs/operate.md").read_text()
    table = page.partition("**Threads and connections.**")[2].partition("Behind a pooler")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| `")]
    return {cells[0]: [int(re.findall(r"\d+", cell)[0]) for cell in cells[1:]] for cells in rows}


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("`./knotty up`", "./knotty up"),
        ("`dev-cpu`, `minikube-gpu`", "minikube"),
        ("`production`", "production"),
    ],
)
def test_all_connections_together_are_as_told_and_fewer_than_postgres_takes(row: str, what: str) -> None:
    api, worker, sweep = most(what)

    assert told()[row][:4] == [api, worker, sweep, api + worker + sweep]
    assert api + worker + sweep + KEPT < told()[row][4]


def test_postgres_takes_as_many_as_is_told() -> None:
    [container] = objects("components/data/postgres.yaml")[0]["spec"]["template"]["spec"]["containers"]

    assert f"max_connections={told()['`dev-cpu`, `minikube-gpu`'][4]}" in container["args"]
    assert told()["`./knotty up`"][4] == postgres.CONNECTIONS


def test_a_laptop_has_no_more_workers_than_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KNOTTY_WORKERS", raising=False)

    assert stack.worker_count() <= 4


def test_each_loop_of_a_sweep_has_its_connection_and_each_sender_has() -> None:
    scrapes = 2  # Prometheus, and a person who looks

    assert len(Sweep.LOOPS) + scrapes <= GIVEN.sweep_connections


def test_streams_leave_threads_for_who_asks_and_goes() -> None:
    [threads] = re.findall(r'"WEB_THREADS", "(\d+)"', (ROOT / "api/gunicorn.conf.py").read_text())

    assert (int(threads), int(threads) - events.MOST_HELD) == (128, 32)
