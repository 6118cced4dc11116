"""Schemathesis: a stranger's program reads the OpenAPI document and asks all it allows, and what it does not."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from sqlalchemy import text

from db import records
from db.session import Session
from jobs.queue import Doorbell
from settings import Settings
from tests import written
from tests.store_fixtures import LEASE, MODEL

ROOT = Path(__file__).resolve().parent.parent
CONFIG = ROOT / "tests" / "strangers" / "schemathesis.toml"
NEWEST = text("SELECT id FROM jobs WHERE status = 'queued' ORDER BY created_at DESC LIMIT 1")  # who asks may wait


@pytest.fixture
def ends(store: Settings) -> Iterator[None]:
    """In place of workers: each job ends within a moment, every second one well, so that it can be retried."""
    stop, bell = threading.Event(), Doorbell(store.redis_url)

    def work() -> None:
        well = False
        while not stop.wait(0.02):
            with Session.begin() as session:
                waiting = session.scalars(NEWEST).all()
            for job_id in waiting:
                well = not well
                if well:
                    written.whole(job_id)
                elif claim := records.claim(job_id, LEASE, MODEL):
                    records.fail(job_id, claim.attempt, "model-output-invalid", "No row was understood.")
                bell.tell(job_id)

    worker = threading.Thread(target=work)
    worker.start()
    yield
    stop.set()
    worker.join()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("limits", [{"sse_seconds": 1.0}])  # it reads every stream to its end
def test_schemathesis_finds_nothing_in_any_phase(address: tuple[str, int], ends: None, tmp_path: Path) -> None:
    url = "http://{}:{}".format(*address)
    _, token = records.mint_maker("schemathesis")
    schemathesis = Path(sys.executable).parent / "schemathesis"
    command = [schemathesis, "--config-file", CONFIG, "run", f"{url}/api/v1/openapi.json"]
    env = os.environ | {"PYTHONPATH": str(ROOT), "NO_COLOR": "1", "KNOTTY": url, "TOKEN": token}
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    print(done.stdout)
    me = requests.get(f"{url}/api/v1/devices", headers={"Authorization": f"Bearer {token}"}, timeout=30)
    assert me.ok, "it has deleted itself, and all it asked after that was refused"
