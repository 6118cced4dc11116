"""Webhooks from end to end: the api and the sweep as processes, receivers on sockets, and those of docs/api.md."""

from __future__ import annotations

import os
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
import requests
import trustme
from standardwebhooks.webhooks import Webhook

from embedded import page, ports
from tests.fakes import receiver as fake
from tests.fakes.receiver import Receiver
from tests.guide import blocks, program


class Api:
    """A maker of the live api."""

    def __init__(self, url: str) -> None:
        self.token = requests.post(f"{url}/api/v1/makers", timeout=30).json()["token"]
        self.url = url

    def __call__(self, method: str, path: str, **body: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"}
        reply = requests.request(method, f"{self.url}/api/v1{path}", json=body or None, headers=headers, timeout=30)
        assert reply.ok, reply.text
        return reply.json()

    def canceled(self, url: str) -> str:
        """The id of a job whose end is told there."""
        job = self("POST", "/jobs", prompt="shawl", webhook={"url": url, "events": ["job.canceled"]})
        self("POST", f"/jobs/{job['id']}/cancel")
        return str(job["id"])

    def tried(self, job_id: str, times: int = 1) -> Any:
        """The job's delivery, once it has been tried so often."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            [found] = self("GET", f"/jobs/{job_id}/deliveries")["data"]
            if len([each for each in found["attempts"] if each["ms"] is not None]) >= times:
                return found
            time.sleep(0.05)
        raise AssertionError(found)


@pytest.fixture
def api(live: Any) -> Api:
    """A new maker of the Knotty that runs; the launcher lets webhooks go to this machine."""
    return Api(live.url)


def test_a_job_that_ends_is_told_where_its_wish_said(api: Api) -> None:
    with Receiver() as receiver:
        found = api.tried(api.canceled(f"{receiver.url}/hook"))

    [got] = receiver.got
    message = Webhook(api("GET", "/webhooks/secret")["secret"]).verify(got.body, got.headers)
    assert (found["status"], message["type"], message["data"]["status"]) == ("delivered", "job.canceled", "canceled")
    assert (
        requests.get(urljoin(api.url, message["data"]["links"]["self"]), timeout=30).json()["id"]
        == message["data"]["id"]
    )


def test_attack_18_live_a_redirect_inward_is_not_followed(api: Api) -> None:
    for code in (302, 307):
        with Receiver() as inside, Receiver(fake.status(code, Location=f"{inside.url}/metadata")) as receiver:
            found = api.tried(api.canceled(receiver.url))

        assert (found["status"], found["attempts"][0]["status"]) == ("pending", code)
        assert (len(receiver.got), inside.connections) == (1, 0)


def test_attack_28_live_a_receiver_without_an_end_costs_15_seconds_and_64_kb(api: Api) -> None:
    with (
        Receiver(fake.silent()) as silent,
        Receiver(fake.drip(1)) as slow,
        Receiver(fake.drip_head(1)) as slower,
        Receiver(fake.flood(1024**3)) as flood,
    ):
        jobs = [api.canceled(each.url) for each in (silent, slow, slower, flood)]
        *endless, large = [api.tried(job) for job in jobs]

    for found in endless:
        assert found["attempts"][0]["error"] == "no-answer"
    assert flood.sent < 32 * 1024 * 1024  # what the kernel took before we hung up
    assert large["attempts"][0]["reply"] == "x" * 1024


def test_attack_29_live_a_certificate_of_no_authority_gets_nothing(api: Api) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with Receiver(tls=context) as receiver:
        found = api.tried(api.canceled(receiver.url))

    assert found["attempts"][0]["error"] == "no-connection"
    assert receiver.got == []


@pytest.mark.parametrize("name", ["receiver.py", "receiver.mjs"])
def test_the_receivers_of_the_guide_take_what_is_ours_and_nothing_else(
    api: Api, request: pytest.FixtureRequest, tmp_path: Path, name: str
) -> None:
    place = request.getfixturevalue("strangers") if name.endswith("mjs") else tmp_path
    receives = place / f"guide-{name}"
    receives.write_text(program(name))
    runner = page.node() if name.endswith("mjs") else sys.executable
    port, log = ports.free(), tmp_path / "log"
    env = os.environ | {"PORT": str(port), "WEBHOOK_SECRET": api("GET", "/webhooks/secret")["secret"]}
    with log.open("w") as out:
        running = subprocess.Popen([str(runner), str(receives)], env=env, stdout=out, stderr=out)
    try:
        wait_for(lambda: listens(port), log)
        url = f"http://127.0.0.1:{port}/hook"
        job_id = api.canceled(url)
        assert api.tried(job_id)["status"] == "delivered", log.read_text()
        assert f"job.canceled {job_id}" in log.read_text()
        api("POST", f"/deliveries/{api.tried(job_id)['id']}/redeliver")
        assert api.tried(job_id, times=2)["status"] == "delivered"
        assert log.read_text().count(job_id) == 1
        forged = requests.post(url, json={"type": "job.succeeded", "data": {}}, timeout=30)
        assert forged.status_code == 401
    finally:
        running.send_signal(signal.SIGKILL)
        running.wait()


def listens(port: int) -> bool:
    try:
        return requests.post(f"http://127.0.0.1:{port}/", json={}, timeout=5).status_code == 401
    except requests.ConnectionError:
        return False


def wait_for(true: Callable[[], bool], log: Path) -> None:
    until = time.monotonic() + 30
    while not true():
        assert time.monotonic() < until, log.read_text()
        time.sleep(0.05)


def test_the_commands_of_the_guide_are_understood(api: Api) -> None:
    """Every `sh` block of the section as it stands, but that its receiver is a name that nobody has."""
    told = blocks("Webhooks")
    job_id = api.canceled("http://127.0.0.1:9/hook")
    [found] = api("GET", f"/jobs/{job_id}/deliveries")["data"]
    env = os.environ | {"KNOTTY": api.url, "TOKEN": api.token, "JOB": job_id, "DELIVERY": found["id"]}
    assert len(told) == 4
    for block in told:
        loud = block.replace("curl -s", "curl --fail-with-body -s").replace("example.org", "example.invalid")
        done = subprocess.run(["sh", "-ec", loud], env=env, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, f"{block}\n{done.stdout}{done.stderr}"
