"""docs/api.md is followed to the letter: its programs run, and the commands of its sections are understood."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import requests

from embedded import page
from tests.guide import blocks, program


@pytest.mark.parametrize("name", ["follow.py", "follow.mjs"])
def test_the_programs_of_the_guide_follow_a_job_to_its_end(
    live: Any, request: pytest.FixtureRequest, tmp_path: Path, name: str
) -> None:
    place = request.getfixturevalue("strangers") if name.endswith("mjs") else tmp_path
    (place / f"guide-{name}").write_text(program(name))
    runner = page.node() if name.endswith("mjs") else sys.executable
    env = os.environ | {"KNOTTY": live.url, "WISH": "punk rock cushion"}
    done = subprocess.run(
        [str(runner), str(place / f"guide-{name}")], env=env, capture_output=True, text=True, timeout=120, check=False
    )

    assert done.returncode == 0, done.stderr
    told = [line.split(" ") for line in done.stdout.splitlines()]
    numbers = [int(number) for number, _ in told]
    assert numbers == sorted(set(numbers))
    assert "row.written" in [kind for _, kind in told]
    assert told[-1][1] == "job.succeeded"


@pytest.fixture
def values(live: Any) -> dict[str, str]:
    """What the guide's commands stand on: a maker, their canceled job, and a written pattern."""
    api = f"{live.url}/api/v1"
    token = requests.post(f"{api}/makers", timeout=30).json()["token"]
    me = {"Authorization": f"Bearer {token}"}
    done = requests.post(
        f"{api}/jobs", json={"prompt": "cushion"}, headers=me | {"Prefer": "wait=60"}, timeout=90
    ).json()
    assert done["status"] == "succeeded"
    job = requests.post(f"{api}/jobs", json={"prompt": "shawl"}, headers=me, timeout=30).json()
    requests.post(f"{api}/jobs/{job['id']}/cancel", headers=me, timeout=30).raise_for_status()
    order = str(time.monotonic_ns())
    names = {"KNOTTY": live.url, "TOKEN": token, "JOB": job["id"], "PATTERN": done["pattern"]["id"], "ORDER": order}
    return dict(os.environ) | names


@pytest.mark.parametrize(("name", "many"), [("Jobs", 4), ("Events", 1), ("Limits", 1)])
def test_the_commands_of_the_guide_are_understood(values: dict[str, str], name: str, many: int) -> None:
    found = blocks(name)
    assert len(found) == many
    for block in found:
        loud = block.replace("curl -s", "curl --fail-with-body -s")
        done = subprocess.run(["sh", "-ec", loud], env=values, capture_output=True, text=True, timeout=90, check=False)
        assert done.returncode == 0, f"{block}\n{done.stdout}{done.stderr}"
        if name == "Limits":
            assert re.search(r'RateLimit-Policy: "reads";q=\d+;w=60\r?\nRateLimit: "reads";r=\d+;t=\d+', done.stdout)
