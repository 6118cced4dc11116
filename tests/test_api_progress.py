"""GET and PATCH /api/v1/patterns/{id}/progress."""

from __future__ import annotations

import time
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import written


@pytest.fixture
def url(client: FlaskClient) -> str:
    """The progress of a whole pattern; the client is its maker."""
    client.post("/api/v1/makers")
    job = client.post("/api/v1/jobs", json={"prompt": "punk rock blanket"}).json
    written.whole(job["id"])
    return f"{job['links']['pattern']}/progress"


def op(cell: str, done: bool = True, at: int = 1, name: str | None = None, **more: Any) -> dict[str, Any]:
    return {"id": name or f"{cell}-{done}-{at}", "cell": cell, "done": done, "stamp": f"{at}-0-phone"} | more


def tick(client: FlaskClient, url: str, *ops: dict[str, Any]) -> Any:
    return client.patch(url, json={"ops": list(ops)})


def test_nobody_has_ticked_anything_at_first(client: FlaskClient, url: str) -> None:
    assert client.get(url).json == {"cells": {}, "notes": {}}


def test_a_tick_stays(client: FlaskClient, url: str) -> None:
    reply = tick(client, url, op("p1#2/r1"), op("p2/r1"))

    assert [each["id"] for each in reply.json["applied"]] == ["p1#2/r1-True-1", "p2/r1-True-1"]
    assert client.get(url).json["cells"] == {
        "p1#2/r1": {"done": True, "stamp": "1-0-phone"},
        "p2/r1": {"done": True, "stamp": "1-0-phone"},
    }


def test_the_greater_stamp_wins_in_any_order(client: FlaskClient, url: str) -> None:
    tick(client, url, op("p2/r1", done=False, at=5))

    reply = tick(client, url, op("p2/r1", done=True, at=4))

    assert [each["id"] for each in reply.json["superseded"]] == ["p2/r1-True-4"]
    assert reply.json["cells"]["p2/r1"]["done"] is False


def test_the_same_ticks_again_change_nothing(client: FlaskClient, url: str) -> None:
    first = tick(client, url, op("p2/r1"), op("p4/r1")).json["cells"]

    assert tick(client, url, op("p4/r1"), op("p2/r1"), op("p2/r1")).json["cells"] == first


def test_one_bad_op_is_refused_and_the_rest_is_merged(client: FlaskClient, url: str) -> None:
    reply = tick(client, url, op("p9/r1"), op("p1#99/r1"), op("p2/r1", stamp="yesterday"), op("p4/r1"))

    assert reply.status_code == 200
    assert len(reply.json["refused"]) == 3
    assert list(reply.json["cells"]) == ["p4/r1"]


def test_a_clock_a_year_ahead_is_set_back(client: FlaskClient, url: str) -> None:
    now = time.time_ns() // 1_000_000

    reply = tick(client, url, op("p2/r1", at=now + 365 * 86_400_000))

    assert int(reply.json["applied"][0]["stamp"].split("-")[0]) <= now + 120_000


def test_progress_that_is_known_is_not_sent_again(client: FlaskClient, url: str) -> None:
    tick(client, url, op("p2/r1"))
    tag = client.get(url).headers["ETag"]

    assert client.get(url, headers={"If-None-Match": tag}).status_code == 304
    tick(client, url, op("p2/r1", done=False, at=9))
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 200


def test_a_visitor_has_progress_of_his_own(app: Flask, client: FlaskClient, url: str) -> None:
    tick(client, url, op("p2/r1"))
    visitor = app.test_client()

    assert visitor.get(url).json == {"cells": {}, "notes": {}}
    assert tick(visitor, url, op("p4/r1")).status_code == 401
    visitor.post("/api/v1/makers")
    tick(visitor, url, op("p4/r1"))

    assert list(visitor.get(url).json["cells"]) == ["p4/r1"]
    assert list(client.get(url).json["cells"]) == ["p2/r1"]


def test_an_absent_pattern_has_no_progress(client: FlaskClient, url: str) -> None:
    assert tick(client, f"/api/v1/patterns/pat_{'a' * 26}/progress", op("p2/r1")).status_code == 404


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, {"/ops"}),
        ({"ops": []}, {"/ops"}),
        ({"ops": {}}, {"/ops"}),
        ({"ops": [op("p2/r1")] * 201}, {"/ops"}),
        ({"ops": [{}]}, {"/ops/0/id", "/ops/0/cell", "/ops/0/done", "/ops/0/stamp"}),
        ({"ops": [op("p2/r1", done=1)]}, {"/ops/0/done"}),  # type: ignore[arg-type]
        ({"ops": [op("p2/r1"), op("\x00")]}, {"/ops/1/cell", "/ops/1/id"}),
        ({"ops": [op("p2/r1", toggle=True)]}, {"/ops/0/toggle"}),
        ({"ops": [op("x" * 65, name="a")]}, {"/ops/0/cell"}),
        ({"ops": [op("p2/r1")], "maker": "mkr_x"}, {"/maker"}),
    ],
)
def test_ops_that_are_none_name_every_fault(
    client: FlaskClient, url: str, body: dict[str, Any], pointers: set[str]
) -> None:
    reply = client.patch(url, json=body)

    assert reply.status_code == 422
    assert {fault["pointer"] for fault in reply.json["errors"]} == pointers


def test_another_site_cannot_tick(client: FlaskClient, url: str) -> None:
    reply = client.patch(url, json={"ops": [op("p2/r1")]}, headers={"Origin": "https://evil.example"})

    assert reply.status_code == 403
    assert client.get(url).json == {"cells": {}, "notes": {}}
