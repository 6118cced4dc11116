"""What each limit tells whoever hits it: a status, words that a person can read, and when to come again."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.app import create_app
from api.errors import within
from settings import Settings
from tests.api_fixtures import HonestClient

JOBS, PATTERNS = "/api/v1/jobs", "/api/v1/patterns"
Act = Callable[[FlaskClient], TestResponse]


def wish(client: FlaskClient) -> TestResponse:
    return client.post(JOBS, json={"prompt": "shawl"})


def stream_beside_one(client: FlaskClient) -> TestResponse:
    held = client.application.extensions["feed"]
    held.hold(client.post("/api/v1/makers").json["id"])
    return client.get(wish(client).json["links"]["self"], headers={"Prefer": "wait=1"})


def twice(act: Act) -> Act:
    def again(client: FlaskClient) -> TestResponse:
        act(client)
        return act(client)

    return again


def cancel_what_has_ended(client: FlaskClient) -> TestResponse:
    job = wish(client).json
    client.post(job["links"]["cancel"])
    client.post(f"{job['links']['self']}/retry")
    return client.post(f"{job['links']['self']}/retry")


# What is hit: (limits, how, status, what the words are like, whether it says when to come again, and how much is left)
TOLD: dict[str, tuple[dict[str, float], Act, int, str, bool, bool]] = {
    "reads": ({"reads_a_minute": 1}, twice(lambda c: c.get(JOBS)), 429, "1 reads a minute", True, True),
    "writes": ({"writes_a_minute": 2}, twice(wish), 429, "2 requests that change something", True, True),
    "guesses": (
        {"unknown_ids_a_minute": 1},
        twice(lambda c: c.get(f"{PATTERNS}/pat_{'a' * 26}")),
        429,
        "1 tries of ids or codes that are not there",
        True,
        True,
    ),
    "unfinished jobs": ({"unfinished_a_maker": 1}, twice(wish), 429, "At most 1 unfinished", True, True),
    "new jobs": ({"creations_an_hour": 1}, twice(wish), 429, "1 new jobs an hour .* in about 60 minutes", True, True),
    "a long queue": ({"queue_seconds": 4}, twice(wish), 503, "minutes of work wait already", True, False),
    "held requests": ({"held_a_maker": 1}, stream_beside_one, 503, "1 streams or waits open", True, False),
    "a large body": (
        {},
        lambda c: c.post(JOBS, data=b" " * 70_000, content_type="application/json"),
        413,
        "64 kB",
        False,
        False,
    ),
    "no second retry": ({}, cancel_what_has_ended, 409, "Only a job that failed or was canceled", False, False),
}


@pytest.mark.parametrize("limit", TOLD)
def test_a_limit_says_what_it_is_and_when_to_come_again(settings: Settings, limit: str) -> None:
    limits, act, status, words, again, left = TOLD[limit]
    app = create_app(replace(settings, **limits))  # type: ignore[arg-type]
    app.test_client_class = HonestClient
    client = app.test_client()
    client.post("/api/v1/makers")

    reply = act(client)

    assert reply.status_code == status, reply.text
    assert re.search(words, reply.json["detail"]), reply.json["detail"]
    assert "Retry-After" not in reply.json["detail"]
    assert ("Retry-After" in reply.headers) is again
    if again:
        assert re.fullmatch("[1-9][0-9]*", reply.headers["Retry-After"])
    if left:
        assert re.fullmatch(r'"[a-z-]+";r=0;t=[1-9][0-9]*', reply.headers["RateLimit"])


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "in a second"), (1, "in a second"), (1.2, "in 2 seconds"), (90, "in 90 seconds"), (91, "in about 2 minutes")],
)
def test_how_long_from_now_is_said_as_a_person_says_it(seconds: float, words: str) -> None:
    assert within(seconds) == words
