"""POST /api/v1/jobs/{id}/retry."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from db import records
from tests import written

URL = "/api/v1/jobs"


@pytest.fixture
def job(client: FlaskClient) -> dict[str, Any]:
    """My job, canceled after two good rows."""
    client.post("/api/v1/makers")
    made = client.post(URL, json={"prompt": "punk rock blanket", "metadata": {"order": "A-113"}}).json
    written.start(made["id"])
    for key in list(written.LINES)[:2]:
        written.add(made["id"], key)
    return client.post(made["links"]["cancel"]).json  # type: ignore[no-any-return]


def test_a_canceled_job_is_tried_again_and_keeps_its_rows(client: FlaskClient, job: dict[str, Any]) -> None:
    reply = client.post(f"{URL}/{job['id']}/retry")

    assert reply.status_code == 202
    again = reply.json
    assert reply.headers["Location"] == again["links"]["self"] == f"{URL}/{again['id']}"
    assert (again["status"], again["metadata"]) == ("queued", {"order": "A-113"})
    assert again["pattern"] == job["pattern"]
    pattern = client.get(again["links"]["pattern"]).json
    assert pattern["job"] == {"id": again["id"], "status": "queued"}
    assert [row["key"] for piece in pattern["pieces"] for row in piece["rows"]] == list(written.LINES)[:2]


def test_what_its_retry_writes_is_the_whole_pattern(client: FlaskClient, job: dict[str, Any]) -> None:
    again = client.post(f"{URL}/{job['id']}/retry").json
    records.claim(again["id"], written.LEASE, written.MODEL)
    for key in list(written.LINES)[2:]:
        written.add(again["id"], key)
    written.finish(again["id"])

    pattern = client.get(again["links"]["pattern"]).json
    assert [row["key"] for piece in pattern["pieces"] for row in piece["rows"]] == list(written.LINES)
    assert client.get(again["links"]["self"]).json["progress"]["rows_written"] == len(written.LINES)


def test_a_job_that_goes_on_or_went_well_is_409(client: FlaskClient, job: dict[str, Any]) -> None:
    again = client.post(f"{URL}/{job['id']}/retry").json

    replies = [client.post(f"{URL}/{one['id']}/retry") for one in (job, again)]

    assert [(reply.status_code, reply.json["type"]) for reply in replies] == [(409, "/problems/not-retryable")] * 2


def test_the_same_retry_sent_twice_under_its_key_is_one_job(client: FlaskClient, job: dict[str, Any]) -> None:
    headers = {"Idempotency-Key": "again"}

    first, second = (client.post(f"{URL}/{job['id']}/retry", headers=headers) for _ in range(2))

    assert (first.status_code, second.status_code) == (202, 202)
    assert first.json["id"] == second.json["id"]
    assert second.headers["Idempotent-Replayed"] == "true"


def test_attack_57_a_foreign_job_is_as_absent_when_it_is_tried_again(app: Flask, job: dict[str, Any]) -> None:
    stranger = app.test_client()
    stranger.post("/api/v1/makers")

    foreign = stranger.post(f"{URL}/{job['id']}/retry")
    absent = stranger.post(f"{URL}/job_{'a' * 26}/retry")

    assert foreign.status_code == absent.status_code == 404
    assert foreign.json | {"request_id": ""} == absent.json | {"request_id": ""}


def test_trying_again_needs_credentials(app: Flask, job: dict[str, Any]) -> None:
    assert app.test_client().post(f"{URL}/{job['id']}/retry").status_code == 401
