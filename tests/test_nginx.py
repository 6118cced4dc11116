"""The page's nginx, run as its image runs it: the page from files, all else from the api, events as they come."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from api import headers
from embedded import children, debian, ports

ROOT = Path(__file__).resolve().parent.parent
CREATIONS = 4  # an hour, of one address
AWAY = "http://127.0.0.1:9"  # no model: a job may wait


@pytest.fixture(scope="module")
def behind(start_knotty):
    """A Knotty that believes one proxy."""
    return start_knotty(PROXIES="1", MODEL_URL=AWAY, CREATIONS_AN_HOUR=str(CREATIONS))


@pytest.fixture(scope="module")
def door(behind, tools: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """nginx before it, with the image's files moved to where this machine has them."""
    place, port = tmp_path_factory.mktemp("nginx"), ports.free()
    text = (ROOT / "web" / "nginx" / "default.conf").read_text()
    for said, here in (
        ("/etc/nginx/knotty", str(ROOT / "web" / "nginx")),
        ("/usr/share/nginx/html", str(ROOT / "web" / "dist")),
        ("server api:8000", f"server 127.0.0.1:{behind.url.rpartition(':')[2]}"),
        ("listen 8080", f"listen 127.0.0.1:{port}"),
    ):
        assert said in text
        text = text.replace(said, here)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {place}/{kind};" for kind in kinds)
    types = "types { text/html html; text/javascript js; text/plain txt; text/css css; }"
    # Whoever runs the tests may read this checkout; the nobody that root's nginx would become may not.
    user = "user root;" if os.geteuid() == 0 else ""
    config = place / "nginx.conf"
    config.write_text(
        f"{user} worker_processes 1; daemon off; pid {place}/pid; error_log stderr; events {{}}"
        f"http {{ access_log off; {types} {temporary} {text} }}"
    )
    program = debian.program(tools, "nginx", "usr/sbin/nginx", print)
    tried = subprocess.run([program, "-t", "-c", config], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    process = children.spawn([program, "-c", config])
    url = f"http://127.0.0.1:{port}"
    _wait(url)
    yield url
    children.stop(process, signal.SIGTERM, grace=5)


def _wait(url: str) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            assert requests.get(f"{url}/nginx-health", timeout=5).status_code == 204
            return
        except requests.ConnectionError:
            assert time.monotonic() < end
            time.sleep(0.05)


@pytest.mark.parametrize("path", ["/", "/check", "/mine", f"/p/{'a' * 26}", f"/p/{'a' * 26}/make", "/link"])
def test_a_page_is_served_with_the_headers_that_the_api_would_set(door: str, behind, path: str) -> None:
    ours, theirs = (
        requests.get(f"{at}{path}", headers={"Accept": "text/html"}, timeout=30) for at in (door, behind.url)
    )

    assert ours.status_code == theirs.status_code == 200
    assert ours.text == theirs.text
    for name in (*headers.EVERY, *headers.BY_KIND["page"], "X-Robots-Tag", "Content-Type"):
        assert ours.headers.get(name) == theirs.headers.get(name)


@pytest.mark.parametrize("path", ["/p/x", "/nothing", "/metrics", "/assets/nothing.js"])
def test_what_is_not_there_is_not_found(door: str, path: str) -> None:
    assert requests.get(f"{door}{path}", timeout=30).status_code == 404


def test_a_file_with_a_hash_in_its_name_is_packed_and_kept_for_ever(door: str) -> None:
    script = next((ROOT / "web" / "dist" / "assets").glob("*.js"))
    answer = requests.get(f"{door}/assets/{script.name}", timeout=30)

    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.text == script.read_text()
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_the_api_answers_through_it_and_its_words_are_untouched(door: str) -> None:
    answer = requests.get(f"{door}/api/v1/jobs/none", timeout=30)

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    assert answer.headers["Content-Security-Policy"] == headers.BY_KIND["api"]["Content-Security-Policy"]


def test_an_event_comes_while_its_job_is_not_ended(door: str) -> None:
    """No model answers, so that the job goes on; a proxy that buffers would keep its first event for itself."""
    job = requests.post(f"{door}/api/v1/jobs", json={"prompt": "punk rock blanket"}, timeout=30).json()
    with requests.get(f"{door}{job['links']['events']}", stream=True, timeout=20) as stream:
        first = next(line for line in stream.iter_lines() if line.startswith(b"event:"))

    assert first == b"event: job.queued"
    assert requests.get(f"{door}{job['links']['self']}", timeout=30).json()["finished_at"] is None


def test_a_client_cannot_take_another_address_by_a_header(door: str) -> None:
    """The api counts creations by address: one that a client has written itself must not reach it."""
    answers = [
        requests.post(
            f"{door}/api/v1/jobs",
            json={"prompt": "punk rock blanket"},
            headers={"X-Forwarded-For": f"203.0.113.{number}", "Forwarded": f"for=203.0.113.{number}"},
            timeout=30,
        ).status_code
        for number in range(CREATIONS + 1)
    ]

    assert answers[-1] == 429
