"""PATCH /api/v1/patterns/{id}/progress/notes: a maker's own note at a row, merged as ticks are, seen by nobody else."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from db import records
from tests import written
from tests.store_fixtures import LEASE, MODEL, SQUARE, head, row

MAKERS = "/api/v1/makers"
Op = dict[str, Any]


@pytest.fixture
def progress(client: FlaskClient) -> str:
    """The progress of a whole pattern; the client is its maker."""
    client.post(MAKERS)
    job = client.post("/api/v1/jobs", json={"prompt": "punk rock blanket"}).json
    written.whole(job["id"])
    return f"{job['links']['pattern']}/progress"


@pytest.fixture
def pattern(job: dict[str, Any]) -> str:
    """A pattern with three rounds; twelve squares are made."""
    records.claim(job["id"], LEASE, MODEL)
    records.set_head(job["id"], 1, head(), 3, "", LEASE)
    for number in (1, 2, 3):
        records.add_row(job["id"], 1, SQUARE, row(number), "", LEASE)
    return str(job["pattern"]["id"])


def note(row: str, text: str = "5 mm hook", at: int = 1, name: str = "1", **more: Any) -> Op:
    return {"id": name, "row": row, "text": text, "stamp": f"{at}-0-phone"} | more


def send(client: FlaskClient, progress: str, *ops: Op) -> Any:
    return client.patch(f"{progress}/notes", json={"ops": list(ops)})


def test_a_note_stays_at_its_row(client: FlaskClient, progress: str) -> None:
    reply = send(client, progress, note("p1/r2", "5 mm hook.\nMind the corner \N{BALL OF YARN}"))

    kept = {"p1/r2": {"text": "5 mm hook.\nMind the corner \N{BALL OF YARN}", "stamp": "1-0-phone"}}
    assert reply.json == {
        "applied": [{"id": "1", "stamp": "1-0-phone"}],
        "superseded": [],
        "refused": [],
        "notes": kept,
    }
    assert client.get(progress).json == {"cells": {}, "notes": kept}


def test_a_note_is_kept_as_it_was_written_markup_and_all(client: FlaskClient, progress: str) -> None:
    words = "<script>alert(1)</script> '; DROP TABLE row_notes; -- %s {0} \\u0000"

    send(client, progress, note("p1/r1", words))

    assert client.get(progress).json["notes"]["p1/r1"]["text"] == words


def test_the_later_note_holds_in_any_order(client: FlaskClient, progress: str) -> None:
    send(client, progress, note("p1/r1", "late", at=5))

    reply = send(client, progress, note("p1/r1", "early", at=4, name="2"))

    assert reply.json["superseded"] == [{"id": "2", "stamp": "4-0-phone"}]
    assert reply.json["notes"]["p1/r1"]["text"] == "late"


def test_no_text_takes_a_note_away_and_an_older_one_does_not_come_back(client: FlaskClient, progress: str) -> None:
    send(client, progress, note("p1/r1", "early"), note("p1/r1", " \n ", at=3, name="2"))

    reply = send(client, progress, note("p1/r1", "between", at=2, name="3"))

    assert reply.json["notes"] == {"p1/r1": {"text": "", "stamp": "3-0-phone"}}


def test_ticks_and_notes_leave_each_other_alone(client: FlaskClient, progress: str) -> None:
    client.patch(progress, json={"ops": [{"id": "t", "cell": "p2/r1", "done": True, "stamp": "9-0-phone"}]})

    send(client, progress, note("p2/r1"))

    assert client.get(progress).json == {
        "cells": {"p2/r1": {"done": True, "stamp": "9-0-phone"}},
        "notes": {"p2/r1": {"text": "5 mm hook", "stamp": "1-0-phone"}},
    }


def test_a_note_makes_the_progress_another_one(client: FlaskClient, progress: str) -> None:
    tag = client.get(progress).headers["ETag"]

    send(client, progress, note("p1/r1"))

    assert client.get(progress, headers={"If-None-Match": tag}).status_code == 200


def test_nobody_else_sees_a_note_whoever_made_the_pattern(app: Flask, client: FlaskClient, progress: str) -> None:
    visitor = app.test_client()
    assert send(visitor, progress, note("p1/r1")).status_code == 401
    visitor.post(MAKERS)
    send(visitor, progress, note("p1/r1", "CANARY of the visitor"))
    send(client, progress, note("p1/r1", "CANARY of the maker"))

    pattern = progress.removesuffix("/progress")
    for reader, own in ((client, "maker"), (visitor, "visitor"), (app.test_client(), None)):
        for place in (progress, pattern, f"{pattern}.txt", f"{pattern}.svg", f"{pattern}/reports"):
            told = reader.get(place).text
            assert told.count("CANARY") == (1 if own and place == progress else 0)
        if own:
            assert reader.get(progress).json["notes"]["p1/r1"]["text"] == f"CANARY of the {own}"


def test_an_absent_pattern_a_private_one_and_a_deleted_one_take_no_notes(
    app: Flask, client: FlaskClient, progress: str
) -> None:
    pattern = progress.removesuffix("/progress")
    tag = client.get(pattern).headers["ETag"]
    client.patch(pattern, json={"visibility": "private"}, headers={"If-Match": tag})
    visitor = app.test_client()
    visitor.post(MAKERS)

    assert send(visitor, progress, note("p1/r1")).status_code == 404
    assert send(client, f"/api/v1/patterns/pat_{'a' * 26}/progress", note("p1/r1")).status_code == 404
    client.delete(pattern)
    assert send(client, progress, note("p1/r1")).status_code == 410


@pytest.mark.parametrize("strange", ["p1/r9", "p9/r1", "p1#2/r1", "p1", "/", "p1/r1 "])
def test_a_row_that_is_not_there_is_refused_in_words_and_the_rest_is_merged(
    client: FlaskClient, progress: str, strange: str
) -> None:
    reply = send(client, progress, note(strange), note("p1/r1", name="2"))

    assert [(each["id"], each["code"]) for each in reply.json["refused"]] == [("1", "unknown-cell")]
    assert list(reply.json["notes"]) == ["p1/r1"]


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, {"/ops"}),
        ({"ops": []}, {"/ops"}),
        ({"ops": [note("p1/r1")] * 201}, {"/ops"}),
        ({"ops": [{}]}, {"/ops/0/id", "/ops/0/row", "/ops/0/text", "/ops/0/stamp"}),
        ({"ops": [note("p1/r1", "x" * 501)]}, {"/ops/0/text"}),
        ({"ops": [note("p1/r1", "a\x00b")]}, {"/ops/0/text"}),
        ({"ops": [note("p1/r1", "a\x1b[2J")]}, {"/ops/0/text"}),
        ({"ops": [note("p1/r1", text=None)]}, {"/ops/0/text"}),  # type: ignore[arg-type]
        ({"ops": [note("p1/r1", done=True)]}, {"/ops/0/done"}),
    ],
)
def test_notes_that_are_none_name_every_fault(
    client: FlaskClient, progress: str, body: dict[str, Any], pointers: set[str]
) -> None:
    reply = client.patch(f"{progress}/notes", json=body)

    assert reply.status_code == 422
    assert {fault["pointer"] for fault in reply.json["errors"]} == pointers


def test_a_note_of_500_characters_is_kept_whole(client: FlaskClient, progress: str) -> None:
    send(client, progress, note("p1/r1", f"  {chr(0x1F9F6) * 500}\n"))

    assert client.get(progress).json["notes"]["p1/r1"]["text"] == chr(0x1F9F6) * 500


def test_another_site_notes_nothing(client: FlaskClient, progress: str) -> None:
    reply = client.patch(f"{progress}/notes", json={"ops": [note("p1/r1")]}, headers={"Origin": "https://evil.example"})

    assert reply.status_code == 403
    assert client.get(progress).json["notes"] == {}


def test_a_note_by_a_clock_a_year_ahead_is_set_back_and_its_replay_gets_the_same_stamp(
    maker: str, pattern: str
) -> None:
    now = time.time_ns() // 1_000_000
    sent = [note("p1/r1", "first", at=now + 10**10), note("p1/r1", "second", at=now + 10**10 + 1, name="2")]

    first = records.merge_notes(maker, pattern, sent)
    again = records.merge_notes(maker, pattern, sent[::-1])

    assert first["notes"]["p1/r1"]["text"] == "second"
    assert int(first["applied"][0]["stamp"].split("-")[0]) <= now + 120_000
    assert again["notes"] == first["notes"]


def test_two_phones_at_once_lose_no_note(maker: str, pattern: str) -> None:
    def send_one(number: int) -> Any:
        return records.merge_notes(maker, pattern, [note(f"p1/r{number % 3 + 1}", f"{number}", at=number)])

    with ThreadPoolExecutor(8) as phones:
        list(phones.map(send_one, range(1, 25)))

    kept = records.progress(maker, pattern)["notes"]
    assert {key: each["text"] for key, each in kept.items()} == {"p1/r1": "24", "p1/r2": "22", "p1/r3": "23"}


sent_notes = some.lists(
    some.builds(
        lambda at, by, row, text: {"row": f"p1/r{row}", "text": text, "stamp": f"{at}-0-{by}"},
        some.integers(0, 3),
        some.sampled_from("ab"),
        some.integers(1, 3),
        some.sampled_from(["", "hook", "yarn", "\N{BALL OF YARN}"]),
    ),
    min_size=1,
    max_size=8,
).map(lambda ops: [op | {"id": str(number)} for number, op in enumerate(ops)])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ops=sent_notes, cut=some.integers(0, 8), chance=some.randoms(use_true_random=False))
def test_notes_end_the_same_in_any_order_and_however_often(pattern: str, ops: list[Op], cut: int, chance: Any) -> None:
    one, other = (records.mint_maker("")[0] for _ in range(2))
    shuffled = list(ops)
    chance.shuffle(shuffled)

    records.merge_notes(one, pattern, ops)
    for batch in (shuffled[:cut], shuffled[cut:], shuffled[:cut]):
        if batch:
            records.merge_notes(other, pattern, batch)

    assert records.progress(other, pattern) == records.progress(one, pattern)
