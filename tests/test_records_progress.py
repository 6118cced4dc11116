"""Records of progress: a maker's ticks, merged whatever order and however often they come."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from db import records
from tests.store_fixtures import LEASE, MODEL, SQUARE, head, row


@pytest.fixture
def pattern(job):
    """A pattern with three rounds; twelve squares are made."""
    records.claim(job["id"], LEASE, MODEL)
    records.set_head(job["id"], 1, head(), 3, "", LEASE)
    for number in (1, 2, 3):
        records.add_row(job["id"], 1, SQUARE, row(number), "", LEASE)
    return job["pattern"]["id"]


def now():
    return time.time_ns() // 1_000_000


def op(name, cell, done=True, ms=None, replica="phone"):
    return {"id": name, "cell": cell, "done": done, "stamp": f"{now() if ms is None else ms}-0-{replica}"}


def test_a_tick_is_kept(pattern, maker):
    merged = records.merge_progress(maker, pattern, [op("1", "p1/r1"), op("2", "p1#12/r3")])

    assert [each["id"] for each in merged["applied"]] == ["1", "2"]
    assert {cell: each["done"] for cell, each in records.progress(maker, pattern)["cells"].items()} == {
        "p1/r1": True,
        "p1#12/r3": True,
    }


def test_an_older_tick_is_superseded(pattern, maker):
    records.merge_progress(maker, pattern, [op("1", "p1/r1", done=False, ms=2000)])

    merged = records.merge_progress(maker, pattern, [op("2", "p1/r1", done=True, ms=1000)])

    assert [each["id"] for each in merged["superseded"]] == ["2"]
    assert merged["cells"]["p1/r1"]["done"] is False


def test_another_maker_has_progress_of_their_own(pattern, maker):
    visitor, _ = records.mint_maker("")
    records.merge_progress(visitor, pattern, [op("1", "p1/r1")])

    assert records.progress(maker, pattern)["cells"] == {}


@pytest.mark.parametrize("cell", ["p1/r4", "p2/r1", "p1#13/r1", "p1#0/r1", "p1#01/r1", "p1#/r1", "p1#x/r1", "", "/"])
def test_an_unknown_cell_is_refused_and_the_rest_merged(pattern, maker, cell):
    merged = records.merge_progress(maker, pattern, [op("1", cell), op("2", "p1/r1")])

    assert [(each["id"], each["code"]) for each in merged["refused"]] == [("1", "unknown-cell")]
    assert [each["id"] for each in merged["applied"]] == ["2"]


def test_a_stamp_that_cannot_be_read_is_refused(pattern, maker):
    merged = records.merge_progress(maker, pattern, [{"id": "1", "cell": "p1/r1", "done": True, "stamp": "today"}])

    assert [each["code"] for each in merged["refused"]] == ["bad-stamp"]


def test_a_phone_a_year_ahead_is_set_back_and_its_replay_gets_the_same_stamp(pattern, maker):
    ahead = op("1", "p1/r1", ms=now() + 31_536_000_000)
    first = records.merge_progress(maker, pattern, [ahead])
    time.sleep(0.01)
    again = records.merge_progress(maker, pattern, [ahead])

    assert int(first["applied"][0]["stamp"].split("-")[0]) <= now() + 60_000
    assert again["applied"] == first["applied"]


def test_ticks_replayed_and_shuffled_end_the_same(pattern, maker):
    chance = random.Random(7)
    ops = [
        op(str(number), f"p1/r{chance.randint(1, 3)}", chance.random() < 0.5, chance.randint(0, 5), chance.choice("ab"))
        for number in range(60)
    ]
    visitor, _ = records.mint_maker("")
    once = records.merge_progress(visitor, pattern, ops)["cells"]
    for _ in range(3):
        chance.shuffle(ops)
        for start in range(0, 60, 20):
            records.merge_progress(maker, pattern, ops[start : start + 20])

    assert records.progress(maker, pattern)["cells"] == once


def test_two_phones_at_once_lose_no_tick(pattern, maker):
    def tick(number):
        return records.merge_progress(maker, pattern, [op(str(number), f"p1#{number}/r1")])

    with ThreadPoolExecutor(8) as phones:
        list(phones.map(tick, range(1, 13)))

    assert len(records.progress(maker, pattern)["cells"]) == 12


def test_ticks_on_a_pattern_nobody_knows_are_refused(maker):
    with pytest.raises(records.NoSuchPattern):
        records.merge_progress(maker, "pat_aaaaaaaaaaaaaaaaaaaaaaaaaa", [op("1", "p1/r1")])


@pytest.mark.parametrize("turned", [False, True])
def test_a_tick_and_its_untick_by_a_clock_a_year_ahead_end_as_the_maker_left_them(pattern, maker, turned):
    year = now() + 365 * 86_400_000
    sent = [op("1", "p1/r1", True, year), op("2", "p1/r1", False, year + 5000)]

    records.merge_progress(maker, pattern, sent[::-1] if turned else sent)
    again = records.merge_progress(maker, pattern, sent)

    assert again["cells"]["p1/r1"]["done"] is False


def test_a_copys_number_may_be_absurd(pattern, maker):
    merged = records.merge_progress(maker, pattern, [op("1", "p1#" + "9" * 5000 + "/r1")])

    assert [each["code"] for each in merged["refused"]] == ["unknown-cell"]
