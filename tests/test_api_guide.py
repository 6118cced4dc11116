"""What docs/api.md says of makers, followed with curl by a stranger."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

import requests

from settings import Settings
from tests import written
from tests.guide import blocks


def commands(heading: str) -> list[str]:
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
    link, redeem, devices, remove, recovery, revoke, change, wipe, export, end = commands(
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
