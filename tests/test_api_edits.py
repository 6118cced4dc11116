"""PATCH and DELETE /api/v1/patterns/{id}: title, yarns, who may see it, and being gone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from db import records
from settings import Settings
from tests import written
from tests.store_fixtures import LEASE, MODEL, SQUARE, row

JOBS = "/api/v1/jobs"
MAKERS = "/api/v1/makers"


@pytest.fixture
def me(client: FlaskClient) -> FlaskClient:
    """A maker with a cookie."""
    client.post(MAKERS)
    return client


@pytest.fixture
def other(app: Flask) -> FlaskClient:
    """Another maker."""
    made = app.test_client()
    made.post(MAKERS)
    return made


@pytest.fixture
def job(me: FlaskClient) -> dict[str, Any]:
    """A job of mine whose pattern is whole."""
    made = me.post(JOBS, json={"prompt": "CANARY-prompt", "metadata": {"order": "CANARY-order"}}).json
    written.whole(made["id"])
    return made  # type: ignore[no-any-return]


def places(job: dict[str, Any]) -> list[str]:
    """Every address at which something of a job or its pattern can be read."""
    pattern = job["links"]["pattern"]
    return [
        *(pattern, f"{pattern}.txt", f"{pattern}.svg", f"{pattern}/preview.svg", f"{pattern}/progress"),
        *(job["links"]["self"], job["links"]["events"]),
    ]


def change(client: FlaskClient, job: dict[str, Any], **wanted: Any) -> TestResponse:
    address = job["links"]["pattern"]
    return client.patch(address, json=wanted, headers={"If-Match": client.get(address).headers["ETag"]})


def test_a_title_is_changed_and_nothing_else(me: FlaskClient, job: dict[str, Any]) -> None:
    before = me.get(job["links"]["pattern"]).json

    reply = change(me, job, title=" Mine ")

    assert reply.status_code == 200
    assert reply.json == before | {"title": "Mine"}
    after = me.get(job["links"]["pattern"])
    assert (after.json, after.headers["ETag"]) == (reply.json, reply.headers["ETag"])
    assert me.get(f"{job['links']['pattern']}.txt").text.startswith("Title: Mine\n")


def test_a_yarn_is_swapped_in_the_document_the_text_and_the_picture(me: FlaskClient, job: dict[str, Any]) -> None:
    reply = change(me, job, colours=[{"letter": "B", "name": "moss green", "hex": "#4A5D23"}])

    assert [(each["letter"], each["name"]) for each in reply.json["colours"]] == [("A", "black"), ("B", "moss green")]
    assert "\nB: moss green #4A5D23\n" in me.get(f"{job['links']['pattern']}.txt").text
    assert "#4A5D23" in me.get(f"{job['links']['pattern']}/preview.svg").text


def test_a_swapped_yarn_stands_beside_the_one_it_was_written_in_and_can_be_put_back(
    me: FlaskClient, job: dict[str, Any]
) -> None:
    before = me.get(job["links"]["pattern"]).json
    assert [each["written"] for each in before["colours"]] == [None, None]

    swapped = change(me, job, colours=[{"letter": "B", "name": "moss green", "hex": "#4A5D23"}]).json["colours"]
    assert [each["written"] for each in swapped] == [None, {"name": "hot pink", "hex": "#FF1493"}]

    back = change(me, job, colours=[{"letter": "B", **swapped[1]["written"]}])
    assert back.json == before


def test_whose_a_pattern_is_hears_its_maker_alone_and_its_version_is_one_for_all(
    me: FlaskClient, other: FlaskClient, job: dict[str, Any], app: Flask
) -> None:
    address = job["links"]["pattern"]
    seen = [who.get(address) for who in (me, other, app.test_client())]

    assert [each.json["own"] for each in seen] == [True, False, False]
    assert len({each.headers["ETag"] for each in seen}) == 1


def test_a_change_holds_while_the_pattern_is_still_being_written(me: FlaskClient) -> None:
    job = me.post(JOBS, json={"prompt": "shawl"}).json
    written.start(job["id"])
    assert change(me, job, title="Mine").status_code == 200

    for key in written.LINES:
        written.add(job["id"], key)

    assert me.get(job["links"]["pattern"]).json["title"] == "Mine"


def test_a_change_needs_to_say_of_what(me: FlaskClient, job: dict[str, Any]) -> None:
    reply = me.patch(job["links"]["pattern"], json={"title": "x"})

    assert (reply.status_code, reply.json["type"]) == (428, "/problems/precondition-required")


@pytest.mark.parametrize("tag", ['"x"', 'W/"x"', "x", ""])
def test_a_change_of_what_has_changed_is_412(me: FlaskClient, job: dict[str, Any], tag: str) -> None:
    reply = me.patch(job["links"]["pattern"], json={"title": "x"}, headers={"If-Match": tag})

    assert (reply.status_code, reply.json["type"]) == (412, "/problems/precondition-failed")


def test_any_version_will_do_for_who_says_so(me: FlaskClient, job: dict[str, Any]) -> None:
    assert me.patch(job["links"]["pattern"], json={"title": "x"}, headers={"If-Match": "*"}).status_code == 200


def test_of_many_who_change_one_version_one_does(store: Settings, maker: str) -> None:
    pattern = records.open_job(maker, "shawl", {})["pattern"]["id"]
    seen = records.pattern(pattern)

    def edit(number: int) -> bool:
        try:
            return bool(records.edit_pattern(pattern, maker, lambda now: now == seen, {"title": f"{number}"}))
        except records.Stale:
            return False

    with ThreadPoolExecutor(8) as racers:
        assert sum(racers.map(edit, range(16))) == 1


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({}, "", "nothing"),
        ({"title": " "}, "/title", "too-short"),
        ({"title": "x" * 81}, "/title", "too-long"),
        ({"title": None}, "/title", "string-type"),
        ({"visibility": "public"}, "/visibility", "literal-error"),
        ({"colours": []}, "/colours", "too-short"),
        ({"colours": [{"letter": "a", "name": "x", "hex": "#000000"}]}, "/colours/0/letter", "string-pattern-mismatch"),
        ({"colours": [{"letter": "A", "name": "x", "hex": "red"}]}, "/colours/0/hex", "string-pattern-mismatch"),
        ({"colours": [{"letter": "Z", "name": "x", "hex": "#000000"}]}, "/colours", "unknown-colour"),
    ],
)
def test_a_change_that_is_none_says_where(
    me: FlaskClient, job: dict[str, Any], body: Any, pointer: str, code: str
) -> None:
    reply = me.patch(job["links"]["pattern"], json=body, headers={"If-Match": "*"})

    assert reply.status_code == 422
    assert [(fault["pointer"], fault["code"]) for fault in reply.json["errors"]] == [(pointer, code)]


@pytest.mark.parametrize(
    "field", ["status", "maker", "maker_id", "proven", "verdict", "id", "deleted_at", "taken_down_at", "rows", "head"]
)
def test_attack_60_nothing_else_can_be_changed(me: FlaskClient, job: dict[str, Any], field: str) -> None:
    before = me.get(job["links"]["pattern"]).json

    reply = me.patch(job["links"]["pattern"], json={"title": "x", field: "ok"}, headers={"If-Match": "*"})

    assert reply.status_code == 422
    assert [fault["code"] for fault in reply.json["errors"]] == ["extra-forbidden"]
    assert me.get(job["links"]["pattern"]).json == before


def test_attack_57_anothers_pattern_stays_as_it_is(me: FlaskClient, other: FlaskClient, job: dict[str, Any]) -> None:
    absent = f"/api/v1/patterns/pat_{'a' * 26}"
    pattern = job["links"]["pattern"]
    before = me.get(pattern).json

    for send in (
        lambda address: other.patch(address, json={"title": "x"}, headers={"If-Match": "*"}),
        lambda address: other.delete(address),
    ):
        foreign, nothing = send(pattern), send(absent)
        assert foreign.status_code == 404
        assert foreign.json | {"request_id": ""} == nothing.json | {"request_id": ""}

    for verb in ("cancel", "retry"):
        assert other.post(f"{job['links']['self']}/{verb}").status_code == 404
    assert other.get(f"{job['links']['self']}/deliveries").status_code == 404
    assert me.get(pattern).json == before


def test_a_private_pattern_is_there_for_its_maker_and_comes_back_for_all(
    me: FlaskClient, other: FlaskClient, job: dict[str, Any]
) -> None:
    assert change(me, job, visibility="private").json["visibility"] == "private"

    assert {me.get(place).status_code for place in places(job)} == {200}
    assert {other.get(place).status_code for place in places(job)} == {404}
    assert change(me, job, visibility="link").status_code == 200
    assert {other.get(place).status_code for place in places(job)} == {200}


def test_attack_66_a_private_pattern_hides_everything_as_if_it_had_never_been(
    me: FlaskClient, other: FlaskClient, client: FlaskClient, app: Flask, job: dict[str, Any]
) -> None:
    absent = {"job": "job_" + "a" * 26, "pattern": "pat_" + "a" * 26}
    tag = other.get(job["links"]["pattern"]).headers["ETag"]
    op = {"id": "1", "cell": "p1/r1", "done": True, "stamp": "1-0-a"}
    other.patch(f"{job['links']['pattern']}/progress", json={"ops": [op]})
    change(me, job, visibility="private")

    for stranger in (other, app.test_client()):
        for place in places(job):
            nowhere = place.replace(job["id"], absent["job"]).replace(job["pattern"]["id"], absent["pattern"])
            hidden, nothing = stranger.get(place, headers={"If-None-Match": tag}), stranger.get(nowhere)
            assert (place, hidden.status_code) == (place, 404)
            assert hidden.json | {"request_id": ""} == nothing.json | {"request_id": ""}
            assert hidden.headers["Cache-Control"] == "no-store"
    pattern = job["links"]["pattern"]
    assert other.patch(f"{pattern}/progress", json={"ops": [op]}).status_code == 404
    assert other.post(f"{pattern}/reports", json={"says": "x"}).status_code == 404
    assert other.get(f"{pattern}/reports").status_code == 404
    assert {me.get(place).headers["Cache-Control"] for place in places(job)} == {"no-store"}


def test_attack_66_a_private_patterns_later_jobs_are_private_too(me: FlaskClient, other: FlaskClient) -> None:
    job = me.post(JOBS, json={"prompt": "shawl"}).json
    change(me, job, visibility="private")
    written.start(job["id"])

    waiting = {"Prefer": "wait=1"}
    assert other.get(job["links"]["self"], headers=waiting).status_code == 404
    assert me.get(job["links"]["self"], headers=waiting).status_code == 200
    again = me.post(f"{job['links']['self']}/cancel").json
    retried = me.post(f"{again['links']['self']}/retry")
    assert retried.status_code == 202
    assert other.get(retried.json["links"]["self"]).status_code == 404


def test_a_deleted_pattern_is_410_and_its_job_too(me: FlaskClient, other: FlaskClient, job: dict[str, Any]) -> None:
    assert me.delete(job["links"]["pattern"]).status_code == 204

    for client in (me, other):
        assert {client.get(place).status_code for place in places(job)} == {410}
        assert client.get(job["links"]["pattern"]).json["type"] == "/problems/gone"
    assert me.delete(job["links"]["pattern"]).status_code == 410
    assert change_blind(me, job).status_code == 410
    assert me.get(JOBS).json["data"] == []


def change_blind(client: FlaskClient, job: dict[str, Any]) -> TestResponse:
    return client.patch(job["links"]["pattern"], json={"title": "x"}, headers={"If-Match": "*"})


def test_attack_66_a_deleted_private_pattern_stays_as_if_absent_to_others(
    me: FlaskClient, other: FlaskClient, job: dict[str, Any]
) -> None:
    change(me, job, visibility="private")

    me.delete(job["links"]["pattern"])

    assert {other.get(place).status_code for place in places(job)} == {404}
    assert {me.get(place).status_code for place in places(job)} == {410}


def test_of_a_deleted_pattern_nothing_is_kept(
    me: FlaskClient, other: FlaskClient, job: dict[str, Any], settings: Settings
) -> None:
    op = {"id": "1", "cell": "p1/r1", "done": True, "stamp": "1-0-a"}
    for client in (me, other):
        client.patch(f"{job['links']['pattern']}/progress", json={"ops": [op]})
    other.post(f"{job['links']['pattern']}/reports", json={"row": "p1/r1", "says": "CANARY-report"})

    me.delete(job["links"]["pattern"])

    with psycopg.connect(settings.database_url.replace("+psycopg", "")) as connection:
        names = [name for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        kept = "\n".join(text for name in names for (text,) in connection.execute(f'SELECT t::text FROM "{name}" t'))
    assert "CANARY" not in kept and "Rnd 1" not in kept and "Punk Rock Riot" not in kept
    export = me.get("/api/v1/me/export").json
    assert (export["patterns"], export["jobs"], export["progress"]) == ([], [], [])


def test_deleting_stops_the_job_and_its_followers_hear_the_end(me: FlaskClient) -> None:
    job = me.post(JOBS, json={"prompt": "shawl"}).json
    written.start(job["id"])

    me.delete(job["links"]["pattern"])

    assert records.add_row(job["id"], 1, SQUARE, row(1), "", LEASE) is False
    assert records.claim(job["id"], LEASE, MODEL) is None
    assert [event["type"] for event in records.events(job["id"])] == ["job.canceled"]
    assert me.post(f"{job['links']['self']}/retry").status_code == 410


def test_the_same_key_after_deleting_makes_nothing_anew(me: FlaskClient) -> None:
    again = {"json": {"prompt": "shawl"}, "headers": {"Idempotency-Key": "k"}}
    job = me.post(JOBS, **again).json

    me.delete(job["links"]["pattern"])

    assert me.post(JOBS, **again).status_code == 410


def test_what_was_taken_down_can_still_be_deleted(me: FlaskClient, job: dict[str, Any]) -> None:
    records.take_down(job["pattern"]["id"])

    assert me.delete(job["links"]["pattern"]).status_code == 204
    assert me.get(job["links"]["pattern"]).json["type"] == "/problems/gone"


def test_strangers_change_nothing(app: Flask, job: dict[str, Any]) -> None:
    stranger = app.test_client()

    assert change_blind(stranger, job).status_code == 401
    assert stranger.delete(job["links"]["pattern"]).status_code == 401
