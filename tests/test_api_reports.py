"""Reports: a maker says that a row is wrong, and what whoever runs the site then takes down is hidden."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from db import records
from tests.store_fixtures import LEASE, MODEL, SQUARE, head, row

JOBS = "/api/v1/jobs"


@pytest.fixture
def job(client: FlaskClient) -> dict[str, Any]:
    """A stranger's job with one row written."""
    made = client.post(JOBS, json={"prompt": "shawl"}).json
    records.claim(made["id"], LEASE, MODEL)
    records.set_head(made["id"], 1, head(), None, "", LEASE)
    records.add_row(made["id"], 1, SQUARE, row(1), "", LEASE)
    return made  # type: ignore[no-any-return]


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    """Another maker, who has the link."""
    made = app.test_client()
    made.post("/api/v1/makers")
    return made


def address(job: dict[str, Any]) -> str:
    return f"/api/v1/patterns/{job['pattern']['id']}/reports"


def test_a_report_is_kept_with_the_row_as_it_was(visitor: FlaskClient, job: dict[str, Any]) -> None:
    reply = visitor.post(address(job), json={"row": "p1/r1", "says": " Three chains, not two. "})

    assert reply.status_code == 201
    assert reply.json | {"created_at": ""} == {
        "row": "p1/r1",
        "says": "Three chains, not two.",
        "text": "Rnd 1: ...",
        "created_at": "",
    }
    assert visitor.get(address(job)).json == {"data": [reply.json]}


def test_a_report_may_be_on_the_whole(visitor: FlaskClient, job: dict[str, Any]) -> None:
    assert visitor.post(address(job), json={"says": "It is rude."}).json["row"] is None


def test_said_again_of_the_same_row_it_takes_the_formers_place(visitor: FlaskClient, job: dict[str, Any]) -> None:
    visitor.post(address(job), json={"row": "p1/r1", "says": "One."})
    visitor.post(address(job), json={"row": "p1/r1", "says": "Two."})
    visitor.post(address(job), json={"says": "And all of it."})

    assert [each["says"] for each in visitor.get(address(job)).json["data"]] == ["Two.", "And all of it."]


def test_a_makers_reports_are_shown_to_them_alone(
    visitor: FlaskClient, client: FlaskClient, job: dict[str, Any]
) -> None:
    visitor.post(address(job), json={"says": "It is rude."})
    client.post("/api/v1/makers")

    assert client.get(address(job)).json == {"data": []}


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"row": "", "says": "x"}, "/row", "string-too-short"),
        ({"row": "p1/r1"}, "/says", "missing"),
        ({"says": "  "}, "/says", "too-short"),
        ({"says": "x" * 501}, "/says", "too-long"),
        ({"says": "x", "maker": "y"}, "/maker", "extra-forbidden"),
    ],
)
def test_a_report_that_is_none_says_where(
    visitor: FlaskClient, job: dict[str, Any], body: Any, pointer: str, code: str
) -> None:
    reply = visitor.post(address(job), json=body)

    assert reply.status_code == 422
    assert [(fault["pointer"], fault["code"]) for fault in reply.json["errors"]] == [(pointer, code)]


def test_a_row_that_is_not_there_cannot_be_reported(visitor: FlaskClient, job: dict[str, Any]) -> None:
    reply = visitor.post(address(job), json={"row": "p1/r9", "says": "x"})

    assert (reply.status_code, reply.json["detail"]) == (404, "This pattern has no such row, or not yet.")


def test_strangers_report_nothing_and_of_nothing(visitor: FlaskClient, app: Flask, job: dict[str, Any]) -> None:
    absent = f"/api/v1/patterns/pat_{'a' * 26}/reports"

    assert app.test_client().post(address(job), json={"says": "x"}).status_code == 401
    assert visitor.post(absent, json={"says": "x"}).status_code == 404
    assert visitor.get(absent).status_code == 404


def test_what_was_taken_down_is_hidden_from_everybody_and_comes_back_whole(
    visitor: FlaskClient, client: FlaskClient, job: dict[str, Any]
) -> None:
    pattern = f"/api/v1/patterns/{job['pattern']['id']}"
    own = {"Authorization": f"Bearer {job['maker_token']}"}
    whole = records.pattern(job["pattern"]["id"])
    places = [
        *(pattern, f"{pattern}.txt", f"{pattern}.svg", f"{pattern}/preview.svg", f"{pattern}/progress"),
        *(job["links"]["self"], job["links"]["events"]),
    ]
    records.take_down(job["pattern"]["id"])

    for place in places:
        for reply in (visitor.get(place), client.get(place, headers=own)):
            assert (place, reply.status_code) == (place, 410)
            assert reply.json["type"] == "/problems/taken-down"
            assert "shawl" not in reply.text
    op = {"id": "1", "cell": "p1/r1", "done": True, "stamp": "1-0-a"}
    assert visitor.patch(f"{pattern}/progress", json={"ops": [op]}).status_code == 410
    assert visitor.post(address(job), json={"says": "again"}).status_code == 410

    records.put_back(job["pattern"]["id"])
    assert records.pattern(job["pattern"]["id"]) == whole
    assert client.get(job["links"]["self"]).status_code == 200
