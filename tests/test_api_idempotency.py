"""Idempotency-Key on POST /api/v1/jobs and /generate-pattern: the same request is the same job."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from db import records
from tests import written

URL = "/api/v1/jobs"
WISH = {"prompt": "punk rock blanket", "options": {"rounds": 3}}


@pytest.fixture
def me(client: FlaskClient) -> FlaskClient:
    """Somebody with a cookie."""
    client.post("/api/v1/makers")
    return client


def send(client: FlaskClient, key: str, body: Any = WISH, **headers: str) -> TestResponse:
    return client.post(URL, json=body, headers={"Idempotency-Key": key, **headers})


def test_the_same_request_again_is_the_same_job(me: FlaskClient) -> None:
    first, again = send(me, "a-113"), send(me, "a-113")

    assert (first.status_code, again.status_code) == (202, 202)
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert (again.json, again.headers["Location"]) == (first.json, first.headers["Location"])
    assert len(me.get(URL).json["data"]) == 1


def test_the_same_request_said_in_other_words_is_the_same_job(me: FlaskClient) -> None:
    first = send(me, "k", {"prompt": "shawl", "options": {"rounds": 3, "seed": 1}})

    again = send(me, "k", {"options": {"seed": 1.0, "rounds": 3}, "prompt": " shawl ", "metadata": {}})

    assert again.json["id"] == first.json["id"]


def test_a_replay_shows_the_job_as_it_has_become(me: FlaskClient) -> None:
    written.whole(send(me, "k").json["id"])

    again = send(me, "k", Prefer="wait=5")

    assert (again.status_code, again.json["status"]) == (200, "succeeded")
    assert again.headers["Idempotent-Replayed"] == "true"


def test_another_key_is_another_job(me: FlaskClient) -> None:
    assert send(me, "a").json["id"] != send(me, "b").json["id"]


def test_a_refused_request_leaves_its_key_free(me: FlaskClient) -> None:
    assert send(me, "k", {"prompt": ""}).status_code == 422

    assert send(me, "k").status_code == 202


@pytest.mark.parametrize(
    "other", [{"prompt": "shawl"}, WISH | {"metadata": {"a": "b"}}, WISH | {"options": {"rounds": 4}}]
)
def test_attack_75_a_key_for_another_body_is_422_and_changes_nothing(me: FlaskClient, other: dict[str, Any]) -> None:
    send(me, "k")

    reply = send(me, "k", other)

    assert (reply.status_code, reply.json["type"]) == (422, "/problems/idempotency-key-reused")
    assert len(me.get(URL).json["data"]) == 1


def test_attack_76_another_makers_equal_key_is_another_job(app: Flask, me: FlaskClient) -> None:
    stranger = app.test_client()
    stranger.post("/api/v1/makers")

    mine, theirs = send(me, "k"), send(stranger, "k", {"prompt": "shawl"})

    assert theirs.status_code == 202
    assert "Idempotent-Replayed" not in theirs.headers
    assert mine.json["id"] != theirs.json["id"]


@pytest.mark.parametrize("key", ["", " ", "k" * 256, "käse", "a\tb", "a,b", "\x7f"])
def test_a_key_that_cannot_be_one_is_400(me: FlaskClient, key: str) -> None:
    reply = send(me, key)

    assert (reply.status_code, reply.json["type"]) == (400, "/problems/idempotency-key-invalid")


def test_a_key_sent_twice_is_400(me: FlaskClient) -> None:
    reply = me.post(URL, json=WISH, headers=[("Idempotency-Key", "a"), ("Idempotency-Key", "b")])

    assert (reply.status_code, reply.json["type"]) == (400, "/problems/idempotency-key-invalid")


@pytest.mark.parametrize("key", ["k" * 255, "!", "a b", '"8e03978e-40d5-43dd-bc93-6894a57f9324"'])
def test_any_short_printable_key_will_do(me: FlaskClient, key: str) -> None:
    assert send(me, key).status_code == 202
    assert send(me, key).headers["Idempotent-Replayed"] == "true"


def test_a_key_of_nobody_is_400_and_mints_nobody(client: FlaskClient) -> None:
    reply = send(client, "k")

    assert (reply.status_code, reply.json["type"]) == (400, "/problems/idempotency-key-invalid")
    assert "credentials" in reply.json["detail"]


def test_a_pattern_asked_for_twice_in_one_call_is_written_once(me: FlaskClient) -> None:
    body = {"prompt": "shawl"}
    first = me.post("/generate-pattern", json=body, headers={"Idempotency-Key": "k", "Prefer": "wait=1"})
    written.whole(first.json["id"])

    again = me.post("/generate-pattern", json=body, headers={"Idempotency-Key": "k"})

    assert (again.status_code, again.mimetype) == (200, "text/plain")
    assert again.headers["Idempotent-Replayed"] == "true"
    assert len(me.get(URL).json["data"]) == 1


def test_a_key_belongs_to_the_address_it_was_sent_to(me: FlaskClient) -> None:
    send(me, "k", {"prompt": "shawl"})

    reply = me.post("/generate-pattern", json={"prompt": "shawl"}, headers={"Idempotency-Key": "k"})

    assert reply.status_code == 422


def test_twins_in_flight_make_one_job(store: object, maker: str) -> None:
    gate = threading.Barrier(8)
    key = records.Key("k", b"said")

    def open_it(_: int) -> str:
        gate.wait()
        try:
            return str(records.open_job(maker, "shawl", {}, key=key)["id"])
        except records.AlreadyOpened as known:
            return known.job_id

    with ThreadPoolExecutor(8) as twins:
        ids = set(twins.map(open_it, range(8)))

    assert len(ids) == len(records.jobs_of(maker)["data"]) == 1


def test_attack_74_fifty_equal_posts_at_once_make_one_job(address: tuple[str, int]) -> None:
    base = f"http://{address[0]}:{address[1]}"
    token = requests.post(f"{base}/api/v1/makers", timeout=30).json()["token"]
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "once"}

    def send_it(_: int) -> requests.Response:
        return requests.post(base + URL, json=WISH, headers=headers, timeout=60)

    with ThreadPoolExecutor(50) as senders:
        replies = list(senders.map(send_it, range(50)))

    assert {reply.status_code for reply in replies} == {202}
    assert len({reply.json()["id"] for reply in replies}) == 1
    assert sum("Idempotent-Replayed" not in reply.headers for reply in replies) == 1
    assert len(requests.get(base + URL, headers=headers, timeout=30).json()["data"]) == 1
