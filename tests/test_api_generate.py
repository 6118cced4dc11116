"""POST /generate-pattern: a wish in, a pattern out, in one call."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from db import records
from db.models import Job
from db.session import Session
from tests import written

URL = "/generate-pattern"


@pytest.fixture
def worker(client: FlaskClient) -> Iterator[Callable[[Callable[[str], None]], None]]:
    """Does this with the first job that comes, as a worker in another process would."""
    assert client
    threads: list[threading.Thread] = []

    def start(act: Callable[[str], None]) -> None:
        def run() -> None:
            until = time.monotonic() + 30
            while time.monotonic() < until:
                with Session() as session:
                    found = session.scalar(select(Job.id))
                if found:
                    act(found)
                    return
                time.sleep(0.02)

        threads.append(threading.Thread(target=run))
        threads[-1].start()

    yield start
    for thread in threads:
        thread.join(30)


def test_a_wish_comes_back_as_text(client: FlaskClient, worker: Callable[[Callable[[str], None]], None]) -> None:
    worker(written.whole)

    reply = client.post(URL, json={"prompt": "punk rock blanket"})

    assert (reply.status_code, reply.mimetype) == (200, "text/plain")
    assert reply.text.startswith("Title: Punk Rock Riot\n")
    assert client.get(reply.headers["Content-Location"]).json["title"] == "Punk Rock Riot"


def test_it_comes_back_as_the_document_for_who_asks_json(
    client: FlaskClient, worker: Callable[[Callable[[str], None]], None]
) -> None:
    worker(written.whole)

    reply = client.post(URL, json={"prompt": "shawl"}, headers={"Accept": "application/json"})

    assert reply.json["pieces"][0]["rows"][0]["counts"] == {"dc": 12}


def test_what_takes_longer_is_a_job_to_look_at(client: FlaskClient) -> None:
    reply = client.post(URL, json={"prompt": "shawl"}, headers={"Prefer": "wait=1"})

    assert reply.status_code == 202
    assert client.get(reply.headers["Location"]).json["status"] == "queued"


def test_a_job_that_fails_says_why(client: FlaskClient, worker: Callable[[Callable[[str], None]], None]) -> None:
    def fail(job_id: str) -> None:
        records.claim(job_id, written.LEASE, written.MODEL)
        records.fail(job_id, 1, "model-unavailable", "The writer was away for 15 minutes.")

    worker(fail)

    reply = client.post(URL, json={"prompt": "shawl"})

    assert (reply.status_code, reply.mimetype) == (503, "application/problem+json")
    assert reply.json["detail"] == "The writer was away for 15 minutes."


@pytest.mark.parametrize(
    "body", [{}, {"prompt": ""}, {"prompt": "x" * 501}, {"query": "x"}, {"prompt": "x", "seed": 1}]
)
def test_a_bad_wish_is_refused_at_once(client: FlaskClient, body: dict[str, object]) -> None:
    assert client.post(URL, json=body).status_code == 422
