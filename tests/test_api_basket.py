"""GET /api/v1/patterns: a maker's patterns, the newest worked first, with their progress."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from db import records
from tests import written

PATTERNS = "/api/v1/patterns"
SOON = 4_000_000_000_000  # a clock far ahead: it is set back to ours


@pytest.fixture
def me(app: Flask) -> FlaskClient:
    """A maker."""
    client = app.test_client()
    client.post("/api/v1/makers")
    return client


@pytest.fixture
def other(app: Flask) -> FlaskClient:
    """Another maker."""
    client = app.test_client()
    client.post("/api/v1/makers")
    return client


def ask(client: FlaskClient, prompt: str = "shawl", whole: bool = True) -> dict[str, Any]:
    """A job of this maker's, its pattern written."""
    job: dict[str, Any] = client.post("/api/v1/jobs", json={"prompt": prompt}).json
    if whole:
        written.whole(job["id"])
    return job


def tick(client: FlaskClient, job: dict[str, Any], *cells: str, done: bool = True, ms: int = SOON) -> None:
    """Rows ticked, or not any more."""
    ops = [{"id": f"{ms}{cell}{done}", "cell": cell, "done": done, "stamp": f"{ms}-0-a"} for cell in cells]
    assert len(client.patch(f"{job['links']['pattern']}/progress", json={"ops": ops}).json["applied"]) == len(cells)


def listed(client: FlaskClient, query: str = "") -> list[dict[str, Any]]:
    """The list."""
    return client.get(f"{PATTERNS}{query}").json["data"]  # type: ignore[no-any-return]


def ids(client: FlaskClient, query: str = "") -> list[str]:
    return [each["id"] for each in listed(client, query)]


def test_a_pattern_is_listed_with_what_its_document_says(me: FlaskClient) -> None:
    job = ask(me)

    [found] = listed(me)

    document = me.get(job["links"]["pattern"]).json
    same = ("id", "title", "item", "colours", "visibility", "verdict", "job", "created_at")
    assert {name: found[name] for name in same} == {name: document[name] for name in same}
    assert (found["own"], found["url"]) == (True, job["pattern"]["url"])
    assert found["worked_at"] == found["created_at"]


def test_one_that_waits_is_there_and_nothing_of_it_is_done(me: FlaskClient) -> None:
    ask(me, whole=False)

    [found] = listed(me)

    assert (found["title"], found["job"]["status"], found["progress"]) == (None, "queued", {"done": 0, "of": 0})
    assert found["prompt"] == "shawl"


def test_progress_counts_every_copy_of_a_piece_and_only_what_is_done(me: FlaskClient) -> None:
    job = ask(me)
    all_there_are = 12 * 2 + 3  # two rounds of twelve squares, a seam, a border, finishing

    tick(me, job, "p1#1/r1", "p1#1/r2", "p1#12/r1", "p2/r1")
    assert listed(me)[0]["progress"] == {"done": 4, "of": all_there_are}
    tick(me, job, "p1#1/r2", done=False, ms=SOON + 1)
    assert listed(me)[0]["progress"] == {"done": 3, "of": all_there_are}
    # A square's round without its number is a cell too, but no copy's.
    tick(me, job, "p1/r1")
    assert listed(me)[0]["progress"] == {"done": 3, "of": all_there_are}


def test_the_newest_worked_comes_first(me: FlaskClient) -> None:
    first, second, third = ask(me), ask(me), ask(me)
    assert ids(me) == [each["pattern"]["id"] for each in (third, second, first)]

    tick(me, first, "p2/r1")

    assert ids(me) == [each["pattern"]["id"] for each in (first, third, second)]
    assert listed(me)[0]["worked_at"] > listed(me)[0]["created_at"]


def test_anothers_pattern_that_i_tick_is_in_my_list_with_my_ticks_alone(me: FlaskClient, other: FlaskClient) -> None:
    theirs = ask(other)
    tick(other, theirs, "p1#1/r1", "p2/r1")
    assert listed(me) == []

    tick(me, theirs, "p3/r1")

    [found] = listed(me)
    assert (found["id"], found["own"], found["progress"]["done"]) == (theirs["pattern"]["id"], False, 1)
    assert found["prompt"] is None
    assert listed(other)[0]["progress"]["done"] == 2


def test_what_is_private_deleted_or_taken_down_is_not_in_anybodys_list(me: FlaskClient, other: FlaskClient) -> None:
    hidden, deleted, down = (ask(other) for _ in range(3))
    for job in (hidden, deleted, down):
        tick(me, job, "p2/r1")
    tag = other.get(hidden["links"]["pattern"]).headers["ETag"]
    other.patch(hidden["links"]["pattern"], json={"visibility": "private"}, headers={"If-Match": tag})
    other.delete(deleted["links"]["pattern"])
    records.take_down(down["pattern"]["id"])

    assert listed(me) == []
    assert ids(other) == [hidden["pattern"]["id"]]


def test_what_its_maker_has_changed_is_listed_so(me: FlaskClient) -> None:
    job = ask(me)
    tag = me.get(job["links"]["pattern"]).headers["ETag"]
    me.patch(job["links"]["pattern"], json={"title": "For Ada"}, headers={"If-Match": tag})

    assert listed(me)[0]["title"] == "For Ada"


def test_pages_give_everything_once(me: FlaskClient) -> None:
    jobs = [ask(me, str(number)) for number in range(5)]
    tick(me, jobs[2], "p2/r1")
    seen: list[str] = []
    query = "?limit=2"

    while True:
        page = me.get(f"{PATTERNS}{query}").json
        seen += [each["id"] for each in page["data"]]
        if page["next_cursor"] is None:
            break
        query = f"?limit=2&cursor={page['next_cursor']}"

    assert seen == [jobs[number]["pattern"]["id"] for number in (2, 4, 3, 1, 0)]


def test_attack_47_a_cursor_of_another_list_or_maker_is_refused(me: FlaskClient, other: FlaskClient) -> None:
    for _ in range(2):
        ask(me, whole=False)
    of_jobs = me.get("/api/v1/jobs?limit=1").json["next_cursor"]
    mine = me.get(f"{PATTERNS}?limit=1").json["next_cursor"]

    for client, cursor in ((me, of_jobs), (other, mine), (me, mine[:-1]), (me, "x")):
        assert client.get(f"{PATTERNS}?cursor={cursor}").json["type"] == "/problems/invalid-cursor"


def test_a_stranger_has_no_list(client: FlaskClient) -> None:
    assert client.get(PATTERNS).status_code == 401


@pytest.mark.parametrize("limit", ["0", "101", "x", "1&limit=2"])
def test_attack_46_a_limit_that_is_none_names_the_parameter(me: FlaskClient, limit: str) -> None:
    assert me.get(f"{PATTERNS}?limit={limit}").json["errors"][0]["pointer"] == "limit"
