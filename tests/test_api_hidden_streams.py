"""Streams and waits of a pattern that is hidden meanwhile: they end for those who may not see it any more."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from db import records
from jobs.queue import Doorbell
from settings import Settings
from tests import written
from tests.conftest import wait_until

STREAM = {"Accept": "text/event-stream"}
GUARD = 30  # seconds; a stream that nobody ends lasts for 60


@pytest.fixture
def me(app: Flask) -> FlaskClient:
    """The maker whose pattern it is."""
    client = app.test_client()
    client.post("/api/v1/makers")
    return client


@pytest.fixture
def job(me: FlaskClient) -> dict[str, Any]:
    """Their job, being written."""
    made: dict[str, Any] = me.post("/api/v1/jobs", json={"prompt": "shawl"}).json
    written.start(made["id"])
    return made


@pytest.fixture
def crowd(app: Flask) -> Iterator[ThreadPoolExecutor]:
    """Threads, for who is held."""
    with ThreadPoolExecutor(4) as threads:
        yield threads


def hide(me: FlaskClient, job: dict[str, Any]) -> None:
    tag = me.get(job["links"]["pattern"]).headers["ETag"]
    changed = me.patch(job["links"]["pattern"], json={"visibility": "private"}, headers={"If-Match": tag})
    assert changed.status_code == 200


def held(app: Flask, number: int) -> None:
    """Waits until so many follow."""
    feed = app.extensions["feed"]
    wait_until(lambda: sum(len(each) for each in feed._followers.values()) == number, 10)


def test_attack_66_a_pattern_that_turns_private_ends_the_streams_of_others_at_once(
    app: Flask, me: FlaskClient, job: dict[str, Any], crowd: ThreadPoolExecutor
) -> None:
    strangers = [
        crowd.submit(lambda: app.test_client().get(job["links"]["events"], headers=STREAM).text) for _ in range(2)
    ]
    mine = crowd.submit(lambda: me.get(job["links"]["events"], headers=STREAM).text)
    held(app, 3)

    hide(me, job)
    written.add(job["id"], "p1/r1")
    Doorbell(app.config["SETTINGS"].redis_url).tell(job["id"])

    for each in strangers:
        assert "p1/r1" not in each.result(GUARD)
    held(app, 1)
    assert app.test_client().get(job["links"]["events"], headers=STREAM).status_code == 404
    for key in list(written.LINES)[1:]:
        written.add(job["id"], key)
    written.finish(job["id"])
    assert "job.succeeded" in mine.result(GUARD)
    assert "p1/r1" in mine.result()


def test_attack_66_a_wait_for_a_pattern_that_turns_private_ends_as_if_it_had_never_been(
    app: Flask, me: FlaskClient, job: dict[str, Any], crowd: ThreadPoolExecutor
) -> None:
    waits = {"Prefer": "wait=60"}
    stranger = crowd.submit(lambda: app.test_client().get(job["links"]["self"], headers=waits))
    held(app, 1)

    hide(me, job)

    assert stranger.result(GUARD).status_code == 404


def test_without_a_bell_a_hidden_stream_ends_at_the_next_look(
    app: Flask, store: Settings, job: dict[str, Any], crowd: ThreadPoolExecutor
) -> None:
    """Whoever runs the server takes it down from another process, and rings nobody."""
    stranger = crowd.submit(lambda: app.test_client().get(job["links"]["events"], headers=STREAM).text)
    held(app, 1)

    records.take_down(job["pattern"]["id"])

    assert "job.started" in stranger.result(GUARD)


def test_a_deleted_patterns_stream_ends_with_the_jobs_end(
    app: Flask, me: FlaskClient, job: dict[str, Any], crowd: ThreadPoolExecutor
) -> None:
    stranger = crowd.submit(lambda: app.test_client().get(job["links"]["events"], headers=STREAM).text)
    held(app, 1)

    assert me.delete(job["links"]["pattern"]).status_code == 204

    assert "event: job.canceled" in stranger.result(GUARD)


def test_a_deleted_private_patterns_end_is_told_to_its_maker_alone(
    app: Flask, me: FlaskClient, job: dict[str, Any], crowd: ThreadPoolExecutor
) -> None:
    stranger = crowd.submit(lambda: app.test_client().get(job["links"]["events"], headers=STREAM).text)
    mine = crowd.submit(lambda: me.get(job["links"]["events"], headers=STREAM).text)
    held(app, 2)

    hide(me, job)
    assert me.delete(job["links"]["pattern"]).status_code == 204

    assert "job.canceled" not in stranger.result(GUARD)
    assert "event: job.canceled" in mine.result(GUARD)
