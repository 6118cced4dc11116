"""docs/api.md is followed to the letter: its programs run, and the commands of its sections are understood."""

from __future__ import annotations

import json
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
from settings import Settings
from tests import written
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


@pytest.mark.parametrize(
    ("name", "many"), [("Jobs", 5), ("Events", 1), ("Ticking rows", 3), ("Checking any pattern", 1), ("Limits", 1)]
)
def test_the_commands_of_the_guide_are_understood(values: dict[str, str], name: str, many: int) -> None:
    found = blocks(name)
    assert len(found) == many
    for block in found:
        loud = block.replace("curl -s", "curl --fail-with-body -s")
        done = subprocess.run(["sh", "-ec", loud], env=values, capture_output=True, text=True, timeout=90, check=False)
        assert done.returncode == 0, f"{block}\n{done.stdout}{done.stderr}"
        if name == "Limits":
            assert re.search(r'RateLimit-Policy: "reads";q=\d+;w=60\r?\nRateLimit: "reads";r=\d+;t=\d+', done.stdout)


def lines(heading: str) -> list[str]:
    """The shell commands below this heading, a line each."""
    return [line for block in blocks(heading) for line in block.replace("\\\n", " ").strip().splitlines()]


def follow(command: str, **known: str) -> Any:
    """What it answers: the status, and the JSON if there is any."""
    script = command.replace("curl ", "curl -w '\\n%{http_code}' ", 1)
    done = subprocess.run(["bash", "-c", script], env=os.environ | known, capture_output=True, text=True, check=True)
    body, _, status = done.stdout.rpartition("\n")
    return int(status), json.loads(body) if body else None


def test_the_guide_to_makers_can_be_followed(address: tuple[str, int], store: Settings) -> None:
    base = f"http://{address[0]}:{address[1]}"
    first = requests.post(f"{base}/api/v1/makers", timeout=30).json()
    me = {"KNOTTY": base, "TOKEN": first["token"]}
    own = {"Authorization": f"Bearer {first['token']}"}
    job = requests.post(f"{base}/api/v1/jobs", json={"prompt": "shawl"}, headers=own, timeout=30).json()
    written.whole(job["id"])
    pattern = f"{base}/api/v1/patterns/{job['pattern']['id']}"
    tag = requests.get(pattern, headers={"Accept-Encoding": "identity"}, timeout=30).headers["ETag"]
    link, redeem, devices, remove, recovery, revoke, change, wipe, export, end = lines(
        "Makers, devices and what is theirs"
    )

    status, linked = follow(link, **me)
    assert status == 201
    status, laptop = follow(redeem, **me, CODE=linked["code"])
    assert (status, laptop["id"]) == (201, first["id"])
    assert [each["name"] for each in follow(devices, **me)[1]["data"]] == ["laptop", ""]
    assert follow(remove, **me, DEVICE=laptop["device_id"])[0] == 204
    assert follow(devices, **me | {"TOKEN": laptop["token"]})[0] == 401
    assert follow(recovery, **me)[0] == 201
    assert follow(revoke, **me)[0] == 204
    status, changed = follow(change, **me, PATTERN=job["pattern"]["id"], ETAG=tag.strip('"'))
    assert (status, changed["title"], changed["visibility"]) == (200, "For Ada", "private")
    assert requests.get(pattern, timeout=30).status_code == 404
    assert follow(wipe, **me, PATTERN=job["pattern"]["id"])[0] == 204
    status, mine = follow(export, **me)
    assert (status, mine["id"], mine["patterns"]) == (200, first["id"], [])
    assert follow(end, **me)[0] == 204
    assert follow(devices, **me)[0] == 401
