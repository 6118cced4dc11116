"""Frogging: one op that undoes, or does, a range of rows; it merges as ticks do."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from db import records
from tests import written
from tests.store_fixtures import LEASE, MODEL, SQUARE, head, row

YEAR = 365 * 86_400_000
COPIES = ("p1", "p1#1", "p1#12")
Op = dict[str, Any]


@pytest.fixture
def pattern(job: dict[str, Any]) -> str:
    """A pattern with ten rounds, so that `p1/r10` comes after `p1/r9`; twelve squares are made."""
    records.claim(job["id"], LEASE, MODEL)
    records.set_head(job["id"], 1, head(), 10, "", LEASE)
    for number in range(1, 11):
        records.add_row(job["id"], 1, SQUARE, row(number), "", LEASE)
    return str(job["pattern"]["id"])


def tick(name: str, cell: str, at: int = 1, done: bool = True) -> Op:
    return {"id": name, "cell": cell, "done": done, "stamp": f"{at}-0-phone"}


def frog(name: str, first: str, last: str, at: int = 2, done: bool = False) -> Op:
    return {"id": name, "from": first, "to": last, "done": done, "stamp": f"{at}-0-phone"}


def done_of(merged: dict[str, Any]) -> set[str]:
    return {cell for cell, mark in merged["cells"].items() if mark["done"]}


def test_frogging_undoes_the_rows_from_one_to_the_other_with_one_stamp(maker: str, pattern: str) -> None:
    records.merge_progress(maker, pattern, [frog("1", "p1#3/r1", "p1#3/r10", at=1, done=True)])

    merged = records.merge_progress(maker, pattern, [frog("2", "p1#3/r8", "p1#3/r10")])

    assert merged["applied"] == [{"id": "2", "stamp": "2-0-phone"}]
    assert done_of(merged) == {f"p1#3/r{number}" for number in range(1, 8)}
    assert {merged["cells"][f"p1#3/r{number}"]["stamp"] for number in (8, 9, 10)} == {"2-0-phone"}
    assert records.progress(maker, pattern)["cells"] == merged["cells"]


def test_a_range_of_one_row_is_that_row(maker: str, pattern: str) -> None:
    assert set(records.merge_progress(maker, pattern, [frog("1", "p1/r4", "p1/r4")])["cells"]) == {"p1/r4"}


def test_a_row_that_was_ticked_later_is_not_frogged(maker: str, pattern: str) -> None:
    records.merge_progress(maker, pattern, [tick("1", "p1/r2", at=5)])

    merged = records.merge_progress(maker, pattern, [frog("2", "p1/r1", "p1/r3", at=4)])

    assert [each["id"] for each in merged["applied"]] == ["2"]
    assert done_of(merged) == {"p1/r2"}


def test_a_range_of_which_nothing_holds_is_superseded(maker: str, pattern: str) -> None:
    records.merge_progress(maker, pattern, [frog("1", "p1/r1", "p1/r10", at=5, done=True)])

    merged = records.merge_progress(maker, pattern, [frog("2", "p1/r3", "p1/r4", at=4)])

    assert merged["superseded"] == [{"id": "2", "stamp": "4-0-phone"}]
    assert len(done_of(merged)) == 10


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        ("p1/r5", "p1/r4", "backwards-range"),
        ("p1/r10", "p1/r9", "backwards-range"),
        ("p1#1/r1", "p1#2/r2", "foreign-range"),
        ("p1/r1", "p1#2/r2", "foreign-range"),
        ("p1/r1", "p2/r1", "unknown-cell"),
        ("p1/r1", "p1/r11", "unknown-cell"),
        ("p1/r1", "p1/r" + "9" * 60, "unknown-cell"),
        ("p1/r0", "p1/r2", "unknown-cell"),
        ("p1#13/r1", "p1#13/r2", "unknown-cell"),
        ("p1#01/r1", "p1#01/r2", "unknown-cell"),
        ("p1#/r1", "p1#/r2", "unknown-cell"),
        ("p1", "p1/r2", "unknown-cell"),
        ("/", "#", "unknown-cell"),
    ],
)
def test_a_range_that_is_none_is_refused_in_words_and_the_rest_is_merged(
    maker: str, pattern: str, first: str, last: str, code: str
) -> None:
    merged = records.merge_progress(maker, pattern, [frog("1", first, last), tick("2", "p1/r1")])

    assert [(each["id"], each["code"]) for each in merged["refused"]] == [("1", code)]
    assert merged["refused"][0]["detail"].endswith(".")
    assert set(merged["cells"]) == {"p1/r1"}


def test_a_range_with_a_stamp_that_cannot_be_read_is_refused(maker: str, pattern: str) -> None:
    merged = records.merge_progress(maker, pattern, [frog("1", "p1/r1", "p1/r2") | {"stamp": "now"}])

    assert [each["code"] for each in merged["refused"]] == ["bad-stamp"]
    assert merged["cells"] == {}


def test_frogging_by_a_clock_a_year_ahead_is_set_back_and_its_replay_gets_the_same_stamp(
    maker: str, pattern: str
) -> None:
    far = 1_900_000_000_000 + 10 * YEAR
    sent = [frog("1", "p1/r1", "p1/r5", at=far, done=True), frog("2", "p1/r4", "p1/r5", at=far + 1)]

    merged = records.merge_progress(maker, pattern, sent)
    again = records.merge_progress(maker, pattern, sent[::-1])

    assert done_of(merged) == {"p1/r1", "p1/r2", "p1/r3"}
    assert int(merged["applied"][0]["stamp"].split("-")[0]) < far
    assert again["cells"] == merged["cells"]
    assert sorted(again["applied"], key=str) == sorted(merged["applied"], key=str)


@some.composite
def ops(draw: some.DrawFn) -> list[Op]:
    """Ticks and ranges of a few copies, by two devices whose clocks often show the same."""
    sent: list[Op] = []
    for number in range(draw(some.integers(1, 10))):
        copy = draw(some.sampled_from(COPIES))
        first, last = sorted(draw(some.tuples(some.integers(1, 10), some.integers(1, 10))))
        stamp = f"{draw(some.integers(0, 4))}-0-{draw(some.sampled_from('ab'))}"
        where = {"cell": f"{copy}/r{first}"}
        if draw(some.booleans()):
            where = {"from": f"{copy}/r{first}", "to": f"{copy}/r{last}"}
        sent.append({"id": str(number), **where, "done": draw(some.booleans()), "stamp": stamp})
    return sent


def by_itself(op: Op) -> list[Op]:
    """A range as the ticks that it stands for."""
    if "cell" in op:
        return [op]
    copy = op["from"].partition("/")[0]
    numbers = range(int(op["from"].partition("/r")[2]), int(op["to"].partition("/r")[2]) + 1)
    return [
        {"id": f"{op['id']}.{number}", "cell": f"{copy}/r{number}", "done": op["done"], "stamp": op["stamp"]}
        for number in numbers
    ]


def state(pattern: str, *batches: list[Op]) -> dict[str, Any]:
    """What somebody new ends with who sends these."""
    visitor, _ = records.mint_maker("")
    for batch in batches:
        if batch:
            records.merge_progress(visitor, pattern, batch)
    return dict(records.progress(visitor, pattern)["cells"])


laws = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@laws
@given(sent=ops(), chance=some.randoms(use_true_random=False))
def test_ranges_and_ticks_end_the_same_in_any_order(pattern: str, sent: list[Op], chance: Any) -> None:
    shuffled = list(sent)
    chance.shuffle(shuffled)

    assert state(pattern, shuffled) == state(pattern, sent)


@laws
@given(sent=ops(), cut=some.integers(0, 10))
def test_ranges_end_the_same_however_they_are_sent_and_however_often(pattern: str, sent: list[Op], cut: int) -> None:
    assert state(pattern, sent[:cut], sent[cut:], sent[:cut], sent) == state(pattern, sent)


@laws
@given(sent=ops())
def test_a_range_is_the_ticks_that_it_stands_for(pattern: str, sent: list[Op]) -> None:
    assert state(pattern, [tick for op in sent for tick in by_itself(op)]) == state(pattern, sent)


def runs(rows: list[int]) -> list[tuple[int, int]]:
    """First and last of each run without a gap."""
    starts = [row for row in rows if row - 1 not in rows]
    ends = [row for row in rows if row + 1 not in rows]
    return list(zip(starts, ends, strict=True))


@laws
@given(
    ticked=some.sets(some.integers(1, 10), min_size=1),
    to=some.integers(1, 10),
    chance=some.randoms(use_true_random=False),
)
def test_ripping_back_that_is_taken_back_leaves_what_was_ticked_however_it_comes(
    pattern: str, ticked: set[int], to: int, chance: Any
) -> None:
    """As the page says it: one range to rip back, then a range for each run that was done. Here twice, in any order."""
    first, last = min(to, max(ticked)), max(ticked)
    said = [tick(f"tick {row}", f"p1#3/r{row}", at=1) for row in ticked]
    back = frog("back", f"p1#3/r{first}", f"p1#3/r{last}", at=2)
    again = [
        frog(f"again {start}", f"p1#3/r{start}", f"p1#3/r{end}", at=3, done=True)
        for start, end in runs(sorted(row for row in ticked if row >= first))
    ]
    ripped, restored = [*said, back] * 2, [*said, back, *again] * 2
    chance.shuffle(ripped)
    chance.shuffle(restored)

    assert done_of({"cells": state(pattern, ripped)}) == {f"p1#3/r{row}" for row in ticked if row < first}
    assert done_of({"cells": state(pattern, restored)}) == {f"p1#3/r{row}" for row in ticked}


@laws
@given(sent=ops())
def test_a_replay_of_ranges_is_answered_the_same(pattern: str, sent: list[Op]) -> None:
    visitor, _ = records.mint_maker("")
    records.merge_progress(visitor, pattern, sent)
    settled = records.merge_progress(visitor, pattern, sent)

    assert records.merge_progress(visitor, pattern, sent) == settled


@pytest.fixture
def url(client: FlaskClient) -> str:
    """The progress of a whole pattern; the client is its maker."""
    client.post("/api/v1/makers")
    job = client.post("/api/v1/jobs", json={"prompt": "punk rock blanket"}).json
    written.whole(job["id"])
    return f"{job['links']['pattern']}/progress"


def test_a_square_is_done_and_ripped_back_by_one_op_each(client: FlaskClient, url: str) -> None:
    client.patch(url, json={"ops": [frog("1", "p1#2/r1", "p1#2/r2", at=1, done=True)]})

    reply = client.patch(url, json={"ops": [frog("2", "p1#2/r2", "p1#2/r2")]})

    assert reply.json["cells"] == {
        "p1#2/r1": {"done": True, "stamp": "1-0-phone"},
        "p1#2/r2": {"done": False, "stamp": "2-0-phone"},
    }
    assert client.get(url).json["cells"] == reply.json["cells"]


@pytest.mark.parametrize(
    ("change", "pointers"),
    [
        ({"cell": "p1/r1"}, {"/ops/0/cell"}),
        ({"to": None}, {"/ops/0/to"}),
        ({"from": 1, "to": ["p1/r1"]}, {"/ops/0/from", "/ops/0/to"}),
        ({"from": "", "to": "x" * 65}, {"/ops/0/from", "/ops/0/to"}),
        ({"to": "p1/r2\x00"}, {"/ops/0/to"}),
        ({"done": "no", "first": "p1/r1"}, {"/ops/0/done", "/ops/0/first"}),
    ],
)
def test_a_range_that_is_malformed_names_every_fault(
    client: FlaskClient, url: str, change: dict[str, Any], pointers: set[str]
) -> None:
    reply = client.patch(url, json={"ops": [frog("1", "p1/r1", "p1/r2") | change]})

    assert reply.status_code == 422
    assert {fault["pointer"] for fault in reply.json["errors"]} == pointers


def test_half_a_range_says_what_is_missing(client: FlaskClient, url: str) -> None:
    reply = client.patch(url, json={"ops": [{"id": "1", "to": "p1/r1", "done": False, "stamp": "1-0-a"}]})

    assert [(fault["pointer"], fault["code"]) for fault in reply.json["errors"]] == [("/ops/0/from", "missing")]


def test_two_hundred_ranges_over_everything_are_one_small_answer(client: FlaskClient, url: str) -> None:
    sent = [frog(str(number), "p1#12/r1", "p1#12/r2", at=number, done=number % 2 == 0) for number in range(200)]

    reply = client.patch(url, json={"ops": sent})

    assert set(reply.json["cells"]) == {"p1#12/r1", "p1#12/r2"}
    assert len(reply.json["applied"]) == 200
    assert client.get(url).json["cells"]["p1#12/r1"] == {"done": False, "stamp": "199-0-phone"}
