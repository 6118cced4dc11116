"""GET /api/v1/me/export and DELETE /api/v1/me: everything of one maker's, taken away or gone."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient

from db import records
from settings import Settings
from tests import written
from tests.store_fixtures import LEASE, SQUARE, row

MAKERS = "/api/v1/makers"
JOBS = "/api/v1/jobs"
EXPORT = "/api/v1/me/export"
ME = "/api/v1/me"
TICK = {"id": "1", "cell": "p1/r1", "done": True, "stamp": "1-0-a"}
NOTE = {"id": "3", "row": "p1/r1", "text": "CANARY-note", "stamp": "1-0-a"}


@pytest.fixture
def me(client: FlaskClient) -> FlaskClient:
    """A maker with a cookie."""
    client.post(MAKERS, json={"name": "CANARY-phone"})
    return client


@pytest.fixture
def other(app: Flask) -> FlaskClient:
    """Another maker."""
    made = app.test_client()
    made.post(MAKERS)
    return made


def wish(client: FlaskClient) -> dict[str, Any]:
    sent = {
        "prompt": "CANARY-prompt",
        "metadata": {"order": "CANARY-order"},
        "webhook": {"url": "https://example.org/CANARY-hook"},
    }
    return client.post(JOBS, json=sent).json  # type: ignore[no-any-return]


def use_everything(me: FlaskClient) -> dict[str, Any]:
    """A job of each kind of end, ticks, a report, deliveries, a code."""
    job = wish(me)
    written.whole(job["id"])
    me.post(wish(me)["links"]["cancel"])
    pattern = job["links"]["pattern"]
    me.patch(f"{pattern}/progress", json={"ops": [TICK, TICK | {"id": "2", "stamp": "99999999999999-0-CANARY"}]})
    me.patch(f"{pattern}/progress/notes", json={"ops": [NOTE]})
    me.post(f"{pattern}/reports", json={"row": "p1/r1", "says": "CANARY-report"})
    me.post("/api/v1/webhooks/test", json={"url": "https://example.org/CANARY-test"})
    me.post("/api/v1/devices/links")
    me.post("/api/v1/devices/recovery")
    return job


def store_text(settings: Settings) -> str:
    """All that the store holds, as text."""
    with psycopg.connect(settings.database_url.replace("+psycopg", "")) as connection:
        names = [name for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        rows = [row for name in names for row in connection.execute(f'SELECT t::text FROM "{name}" t')]
    return "\n".join(text for (text,) in rows)


def test_an_export_holds_everything_of_mine(me: FlaskClient) -> None:
    job = use_everything(me)

    reply = me.get(EXPORT)

    assert reply.status_code == 200
    assert reply.headers["Content-Disposition"] == 'attachment; filename="knotty.json"'
    told = reply.json
    assert [each["name"] for each in told["devices"]] == ["CANARY-phone"]
    assert {each["status"] for each in told["jobs"]} == {"succeeded", "canceled"}
    assert all(each["metadata"] == {"order": "CANARY-order"} for each in told["jobs"])
    [whole] = [each for each in told["jobs"] if each["id"] == job["id"]]
    assert whole["events"] == me.get(job["links"]["events"], headers={"Accept": "application/json"}).json["data"]
    assert me.get(job["links"]["pattern"]).json in told["patterns"]
    assert told["progress"] == [
        {"pattern_id": job["pattern"]["id"], **me.get(f"{job['links']['pattern']}/progress").json}
    ]
    assert [each["text"] for each in told["progress"][0]["notes"].values()] == ["CANARY-note"]
    assert [each["says"] for each in told["reports"]] == ["CANARY-report"]
    assert {each["type"] for each in told["deliveries"]} == {"job.succeeded", "job.canceled", "webhook.test"}


def test_an_export_holds_notes_where_nothing_is_ticked(me: FlaskClient) -> None:
    job = wish(me)
    written.whole(job["id"])
    me.patch(f"{job['links']['pattern']}/progress/notes", json={"ops": [NOTE]})

    assert me.get(EXPORT).json["progress"] == [
        {
            "pattern_id": job["pattern"]["id"],
            "cells": {},
            "notes": {"p1/r1": {"text": "CANARY-note", "stamp": "1-0-a"}},
        }
    ]


def test_an_export_of_nothing_is_whole(me: FlaskClient) -> None:
    told = me.get(EXPORT).json

    assert [name for name, value in told.items() if value == []] == [
        *("patterns", "jobs", "progress", "reports", "webhook_endpoints", "deliveries")
    ]


def test_attack_61_an_export_holds_no_secret_and_nothing_of_anybody_else(me: FlaskClient, other: FlaskClient) -> None:
    theirs = use_everything(other)
    secret = me.get("/api/v1/webhooks/secret").json["secret"]
    token = me.get_cookie("knotty").value  # type: ignore[union-attr]
    paper = me.post("/api/v1/devices/recovery").json["code"]
    me.patch(f"{theirs['links']['pattern']}/progress", json={"ops": [TICK]})

    reply = me.get(EXPORT)

    assert [each["pattern_id"] for each in reply.json["progress"]] == [theirs["pattern"]["id"]]
    assert all(
        hidden not in reply.text for hidden in (secret, token, paper, "CANARY-prompt", "CANARY-report", "CANARY-note")
    )


@pytest.mark.parametrize("limits", [{"held_a_maker": 0}])
def test_an_export_takes_a_place_as_a_stream_does(me: FlaskClient) -> None:
    assert me.get(EXPORT).json["type"] == "/problems/temporary-reduced-capacity"


@pytest.mark.parametrize("limits", [{"held_a_maker": 1}])
def test_an_export_that_was_read_gives_its_place_back(me: FlaskClient) -> None:
    assert [me.get(EXPORT, buffered=True).status_code for _ in range(3)] == [200] * 3


def test_deleting_leaves_nothing_of_me_in_the_store(me: FlaskClient, other: FlaskClient, settings: Settings) -> None:
    job = use_everything(me)
    token = me.get_cookie("knotty").value  # type: ignore[union-attr]
    other.patch(f"{job['links']['pattern']}/progress", json={"ops": [TICK]})
    mine = me.post(MAKERS).json["id"]
    before = store_text(settings)
    assert "CANARY" in before and mine in before

    reply = me.delete(ME)

    assert reply.status_code == 204
    assert "knotty=;" in reply.headers["Set-Cookie"]
    after = store_text(settings)
    assert "CANARY" not in after and mine not in after and job["id"] not in after
    for place in (job["links"]["self"], job["links"]["pattern"], job["links"]["events"]):
        assert other.get(place).status_code == 404
    assert me.get(JOBS, headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert other.get(JOBS).status_code == 200


def test_a_job_that_is_being_written_stops_when_its_maker_goes(me: FlaskClient) -> None:
    job = wish(me)
    written.start(job["id"])

    me.delete(ME)

    assert records.add_row(job["id"], 1, SQUARE, row(1), "", LEASE) is False
    assert records.beat(job["id"], 1, LEASE) is False
    assert records.finish(job["id"], 1, written.HEAD, {}, "ok", {}, "") is False
    with pytest.raises(records.NoSuchJob):
        records.job(job["id"])


def test_what_i_have_of_others_is_gone_and_theirs_stays(me: FlaskClient, other: FlaskClient) -> None:
    job = use_everything(other)
    me.post(f"{job['links']['pattern']}/reports", json={"says": "It is rude."})
    before = other.get(EXPORT).json

    me.delete(ME)

    assert other.get(EXPORT).json == before


def test_strangers_take_and_delete_nothing(client: FlaskClient, app: Flask) -> None:
    job = client.post(JOBS, json={"prompt": "shawl"}).json

    assert client.get(EXPORT).status_code == 401
    assert client.delete(ME).status_code == 401
    assert client.get(job["links"]["self"]).status_code == 200


def test_attack_71_another_site_deletes_nobody(me: FlaskClient) -> None:
    assert me.delete(ME, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert me.get(JOBS).status_code == 200


@pytest.mark.parametrize(
    ("call", "sent", "status"),
    [
        ("/api/v1/jobs", {"prompt": "x"}, 401),
        ("/api/v1/devices/recovery", None, 401),
        ("/api/v1/webhooks/test", {"url": "https://example.org/hook"}, 401),
    ],
)
def test_a_request_that_was_let_in_just_before_its_maker_went_is_401(
    me: FlaskClient, monkeypatch: pytest.MonkeyPatch, call: str, sent: Any, status: int
) -> None:
    bearer = records.bearer_of(me.get_cookie("knotty").value)  # type: ignore[union-attr]
    me.delete(ME)
    me.set_cookie("knotty", "kn_" + "a" * 43)
    monkeypatch.setattr(records, "bearer_of", lambda token: bearer)

    assert me.post(call, json=sent).status_code == status
