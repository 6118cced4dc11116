"""Records of retries: a new job on the same pattern, behind its last good row."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from db import records
from tests.store_fixtures import LEASE, MODEL, SQUARE, head, row
from tests.test_records_jobs import assert_folded

ROWS = ["Rnd 1: ...", "Rnd 2: ...", "Rnd 3: ..."]
HEAD = "Title: x\n"


def write(job, *rows):
    """The head and these rows of an attempt that has not ended."""
    records.claim(job["id"], LEASE, MODEL)
    records.set_head(job["id"], 1, head(), 5, HEAD, LEASE)
    for number, one in enumerate(rows):
        lines = ("Piece: Square\n" if number == 0 else "") + one["text"] + "\n"
        assert records.add_row(job["id"], 1, SQUARE, one, lines, LEASE)


def sheet_of(job):
    """What the next worker is given."""
    return records.claim(job["id"], LEASE, MODEL).sheet


def shown_rows(job):
    return [each["key"] for piece in records.pattern(job["pattern"]["id"])["pieces"] for each in piece["rows"]]


def test_a_canceled_job_is_tried_again_by_a_new_job_on_the_same_pattern(job, maker):
    write(job, row(1), row(2))
    records.cancel(job["id"], maker)

    again = records.retry_job(job["id"], maker)

    assert again["id"] != job["id"]
    assert again["pattern"] == {"id": job["pattern"]["id"], "title": "Punk Rock Blanket"}
    assert (again["status"], again["attempt"], again["version"]) == ("queued", 0, 1)
    assert {name: again[name] for name in ("prompt", "options", "metadata")} == {
        name: job[name] for name in ("prompt", "options", "metadata")
    }
    assert records.pattern(job["pattern"]["id"])["job"] == {"id": again["id"], "status": "queued"}
    assert records.job(job["id"])["status"] == "canceled"


def test_it_goes_on_behind_the_last_good_row(job, maker):
    write(job, row(1), row(2))
    records.fail(job["id"], 1, "timed-out", "Too long.")

    again = records.retry_job(job["id"], maker)

    assert again["progress"]["rows_written"] == again["progress"]["rows_proven"] == 2
    assert again["progress"]["rows_expected"] == 5
    assert shown_rows(again) == ["p1/r1", "p1/r2"]
    assert sheet_of(again) == f"{HEAD}Piece: Square\n{ROWS[0]}\n{ROWS[1]}\n"


@pytest.mark.parametrize("bad", ["error", "unchecked"])
def test_from_the_first_row_that_is_not_proven_all_is_written_anew(job, maker, bad):
    write(job, row(1), row(2, bad, "unproven"), row(3))
    records.fail(job["id"], 1, "timed-out", "Too long.")

    again = records.retry_job(job["id"], maker)

    assert shown_rows(again) == ["p1/r1"]
    assert sheet_of(again) == f"{HEAD}Piece: Square\n{ROWS[0]}\n"
    assert records.add_row(again["id"], 1, SQUARE, row(2), "Rnd 2: ...\n", LEASE)
    assert shown_rows(again) == ["p1/r1", "p1/r2"]


@pytest.mark.parametrize("rows", [[], [row(1, "error", "unproven")]])
def test_without_a_good_row_it_begins_anew(job, maker, rows):
    write(job, *rows)
    records.fail(job["id"], 1, "model-output-invalid", "Nothing can be worked.")

    again = records.retry_job(job["id"], maker)

    pattern = records.pattern(job["pattern"]["id"])
    assert (pattern["title"], pattern["pieces"], again["progress"]["rows_written"]) == (None, [], 0)
    assert sheet_of(again) == ""


def test_a_job_that_failed_before_its_first_word_is_tried_again(job, maker):
    records.claim(job["id"], LEASE, MODEL)
    records.fail(job["id"], 1, "model-unavailable", "Away.")

    assert records.retry_job(job["id"], maker)["status"] == "queued"


@pytest.mark.parametrize("end", ["queued", "running", "succeeded"])
def test_what_has_not_failed_is_not_tried_again(job, maker, end):
    if end != "queued":
        write(job, row(1))
    if end == "succeeded":
        records.finish(job["id"], 1, head(), {"p1": {"name": "Square"}}, "ok", {}, "End.\n")

    with pytest.raises(records.NotRetryable):
        records.retry_job(job["id"], maker)
    assert len(records.jobs_of(maker)["data"]) == 1


def test_a_job_whose_retry_is_under_way_is_not_tried_again(job, maker):
    records.cancel(job["id"], maker)
    again = records.retry_job(job["id"], maker)

    with pytest.raises(records.NotRetryable):
        records.retry_job(job["id"], maker)
    records.cancel(again["id"], maker)
    assert records.retry_job(job["id"], maker)["pattern"]["id"] == job["pattern"]["id"]


def test_two_retries_at_once_make_one_job(job, maker):
    records.cancel(job["id"], maker)

    def again(_):
        try:
            return records.retry_job(job["id"], maker)["id"]
        except records.NotRetryable:
            return None

    with ThreadPoolExecutor(6) as racers:
        made = [found for found in racers.map(again, range(6)) if found]

    assert len(made) == 1
    assert len(records.jobs_of(maker)["data"]) == 2


def test_a_stranger_cannot_try_again_and_learns_nothing(job, maker):
    records.cancel(job["id"], maker)
    stranger, _ = records.mint_maker("")

    with pytest.raises(records.NoSuchJob):
        records.retry_job(job["id"], stranger)
    with pytest.raises(records.NoSuchJob):
        records.retry_job(f"job_{'a' * 26}", maker)


def test_a_retry_is_counted_like_any_job(job, maker):
    records.cancel(job["id"], maker)
    quota = records.Quota(unfinished=1, creations=1, address=b"a", queue_seconds=1e6)
    other = records.open_job(maker, "another", {})

    with pytest.raises(records.QuotaSpent):
        records.retry_job(job["id"], maker, quota=quota)
    records.cancel(other["id"], maker)
    assert records.retry_job(job["id"], maker, quota=quota)


def test_the_log_of_a_retry_tells_all_that_is_shown(job, maker):
    write(job, row(1), row(2, "error", "unproven"))
    records.cancel(job["id"], maker)
    again = records.retry_job(job["id"], maker)
    assert_folded(again)

    steps = [
        lambda: records.claim(again["id"], LEASE, MODEL),
        lambda: records.add_row(again["id"], 1, SQUARE, row(2), "Rnd 2: ...\n", LEASE),
        lambda: records.fail(again["id"], 1, "internal", "Something broke."),
    ]
    for step in steps:
        assert step()
        assert_folded(again)


def test_what_was_canceled_cannot_write_into_its_retry(job, maker):
    write(job, row(1))
    records.cancel(job["id"], maker)
    again = records.retry_job(job["id"], maker)

    assert not records.add_row(job["id"], 1, SQUARE, row(2), "Rnd 2: ...\n", LEASE)
    assert shown_rows(again) == ["p1/r1"]


def test_who_was_to_be_told_is_told_of_the_retry_too(maker):
    webhook = {"url": "https://example.org/hook", "events": ["job.failed"], "site": ""}
    job = records.open_job(maker, "shawl", {}, webhook=webhook)
    records.cancel(job["id"], maker)
    again = records.retry_job(job["id"], maker)
    records.claim(again["id"], LEASE, MODEL)
    records.fail(again["id"], 1, "internal", "Something broke.")

    assert [one["type"] for one in records.deliveries_of(again["id"], maker)] == ["job.failed"]
