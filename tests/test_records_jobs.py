"""Records of jobs: opened, claimed once, written under a fence, ended once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import IntegrityError

from db import records
from tests.store_fixtures import LEASE, MODEL, SQUARE, head, row

ABOUT = {name: value for name, value in SQUARE.items() if name != "key"}


def kinds(job_id):
    return [event["type"] for event in records.events(job_id)]


def test_a_new_job_waits_and_its_pattern_exists_already(job):
    assert job["status"] == "queued"
    assert job["progress"]["queue_position"] == 0
    assert records.pattern(job["pattern"]["id"])["job"] == {"id": job["id"], "status": "queued"}
    assert kinds(job["id"]) == ["job.queued"]


def test_a_job_is_claimed_by_one_worker_only(job):
    gate = threading.Barrier(8)

    def claim(_):
        gate.wait()
        return records.claim(job["id"], LEASE, MODEL)

    with ThreadPoolExecutor(8) as workers:
        claims = [claim for claim in workers.map(claim, range(8)) if claim]

    assert [claim.attempt for claim in claims] == [1]
    assert kinds(job["id"]) == ["job.queued", "job.started"]


def test_rows_are_shown_as_soon_as_they_are_kept(job):
    records.claim(job["id"], LEASE, MODEL)

    assert records.set_head(job["id"], 1, head(), 4, "Title: x\n", LEASE)
    assert records.add_row(job["id"], 1, SQUARE, row(1), "Rnd 1\n", LEASE)
    assert records.add_row(job["id"], 1, SQUARE, row(2, "error", "unproven"), "Rnd 2\n", LEASE)

    pattern = records.pattern(job["pattern"]["id"])
    assert pattern["title"] == "Punk Rock Blanket"
    assert [(piece["key"], piece["make"]) for piece in pattern["pieces"]] == [("p1", 12)]
    assert [each["key"] for each in pattern["pieces"][0]["rows"]] == ["p1/r1", "p1/r2"]
    told = records.job(job["id"])
    assert told["progress"] | {"seconds_left": None} == {
        "queue_position": None,
        "seconds_left": None,
        "rows_written": 2,
        "rows_proven": 1,
        "rows_expected": 4,
    }


def test_a_row_kept_twice_breaks_the_rule_that_it_is_there_once_and_leaves_nothing(job):
    records.claim(job["id"], LEASE, MODEL)
    records.add_row(job["id"], 1, SQUARE, row(1), "Rnd 1\n", LEASE)

    with pytest.raises(IntegrityError):
        records.add_row(job["id"], 1, SQUARE, row(1), "Rnd 1\n", LEASE)

    assert kinds(job["id"]) == ["job.queued", "job.started", "row.written"]
    assert records.job(job["id"])["progress"]["rows_written"] == 1


def test_a_job_that_is_done_has_its_pattern_and_its_last_event_together(job):
    records.claim(job["id"], LEASE, MODEL)
    records.set_head(job["id"], 1, head(), None, "", LEASE)

    assert records.finish(job["id"], 1, head("Final"), {"p1": {"name": "Square"}}, "ok", {"tries": 0}, "End.\n")

    assert records.job(job["id"])["status"] == "succeeded"
    assert records.pattern(job["pattern"]["id"])["verdict"] == "ok"
    assert kinds(job["id"])[-1] == "job.succeeded"
    assert not records.add_row(job["id"], 1, SQUARE, row(1), "", LEASE)


def test_an_attempt_that_lost_its_lease_cannot_write_any_more(job):
    records.claim(job["id"], -1, MODEL)
    records.reap(3)
    again = records.claim(job["id"], LEASE, MODEL)

    assert again.attempt == 2
    assert not records.add_row(job["id"], 1, SQUARE, row(1), "", LEASE)
    assert not records.beat(job["id"], 1, LEASE)
    assert not records.finish(job["id"], 1, head(), {}, "ok", {}, "")
    assert records.add_row(job["id"], 2, SQUARE, row(1), "", LEASE)


def test_a_later_attempt_gets_the_sheet_that_the_first_one_left(job):
    records.claim(job["id"], LEASE, MODEL)
    records.set_head(job["id"], 1, head(), None, "Title: x\n", LEASE)
    records.add_row(job["id"], 1, SQUARE, row(1, result="fixed"), "Piece: Square\nRnd 1\n", LEASE)
    records.hand_back(job["id"], 1)

    again = records.claim(job["id"], LEASE, MODEL)

    assert again.sheet == "Title: x\nPiece: Square\nRnd 1\n"


def test_a_job_handed_back_waits_again_and_counts_no_crash(job):
    records.claim(job["id"], LEASE, MODEL)

    assert records.hand_back(job["id"], 1)

    assert records.job(job["id"])["status"] == "queued"
    assert [ring.job_id for ring in records.to_ring(15)] == [job["id"]]
    for attempt in (2, 3):
        records.claim(job["id"], -1, MODEL)
        records.reap(3)
        assert records.job(job["id"])["status"] == "queued", attempt


def test_the_third_lost_lease_ends_the_job(job):
    for _ in range(3):
        records.claim(job["id"], -1, MODEL)
        records.reap(3)

    told = records.job(job["id"])
    assert told["status"] == "failed"
    assert told["error"]["type"] == "attempts-exhausted"


def test_canceling_stops_the_writer_and_is_the_same_twice(job, maker):
    records.claim(job["id"], LEASE, MODEL)

    assert records.cancel(job["id"], maker)["status"] == "canceled"
    assert records.cancel(job["id"], maker)["status"] == "canceled"
    assert not records.add_row(job["id"], 1, SQUARE, row(1), "", LEASE)
    assert kinds(job["id"]).count("job.canceled") == 1


def test_what_has_ended_cannot_be_canceled(job, maker):
    records.claim(job["id"], LEASE, MODEL)
    records.fail(job["id"], 1, "internal", "Something broke.")

    with pytest.raises(records.AlreadyFinished):
        records.cancel(job["id"], maker)


def test_cancel_against_finish_has_one_winner(maker, request):
    for _ in range(request.config.getoption("races", 30)):  # a thousand by ./knotty faults
        job = records.open_job(maker, "race", {})
        records.claim(job["id"], LEASE, MODEL)
        gate = threading.Barrier(2)

        def finish(gate=gate, job=job):
            gate.wait()
            return records.finish(job["id"], 1, head(), {}, "ok", {}, "")

        def cancel(gate=gate, job=job):
            gate.wait()
            try:
                return records.cancel(job["id"], maker)["status"] == "canceled"
            except records.AlreadyFinished:
                return False

        with ThreadPoolExecutor(2) as racers:
            won = [racer.result() for racer in (racers.submit(finish), racers.submit(cancel))]

        assert sum(won) == 1
        assert len([kind for kind in kinds(job["id"]) if kind in ("job.succeeded", "job.canceled")]) == 1


def test_a_stranger_cannot_cancel_and_learns_nothing(job):
    stranger, _ = records.mint_maker("")

    with pytest.raises(records.NoSuchJob):
        records.cancel(job["id"], stranger)
    assert records.job(job["id"])["status"] == "queued"


def test_my_jobs_come_newest_first_page_by_page(maker, store):
    made = [records.open_job(maker, str(number), {})["id"] for number in range(5)]
    records.open_job(records.mint_maker("")[0], "somebody else's", {})

    first = records.jobs_of(maker, None, 2)
    second = records.jobs_of(maker, None, 10, first["next_cursor"])

    assert [job["id"] for job in first["data"] + second["data"]] == made[::-1]
    assert second["next_cursor"] is None


@pytest.mark.parametrize("cursor", ["x", "!!!!", "MjAyNg", "e30="])
def test_a_cursor_of_nobody_is_refused(maker, cursor):
    with pytest.raises(records.BadCursor):
        records.jobs_of(maker, None, 2, cursor)


def test_a_job_nobody_knows_is_missing(store):
    with pytest.raises(records.NoSuchJob):
        records.job("job_aaaaaaaaaaaaaaaaaaaaaaaaaa")
    with pytest.raises(records.NoSuchPattern):
        records.pattern("pat_aaaaaaaaaaaaaaaaaaaaaaaaaa")


def test_folding_the_events_gives_what_is_shown_after_every_one_of_them(job):
    steps = [
        lambda: records.claim(job["id"], LEASE, MODEL),
        lambda: records.phase(job["id"], 1, "waking_model", LEASE),
        lambda: records.phase(job["id"], 1, "writing", LEASE),
        lambda: records.set_head(job["id"], 1, head(), 4, "", LEASE),
        lambda: records.rewritten(job["id"], 1, "p1/r1", "Rnd 1", "made 46", "declared-mismatch", LEASE),
        lambda: records.add_row(job["id"], 1, SQUARE, row(1), "", LEASE),
        lambda: records.hand_back(job["id"], 1),
        lambda: records.claim(job["id"], LEASE, MODEL),
        lambda: records.add_row(job["id"], 2, SQUARE, row(2, "error", "unproven"), "", LEASE),
        lambda: records.finish(job["id"], 2, head("Other"), {"p1": ABOUT | {"make": 80}}, "error", {"tries": 4}, ""),
    ]
    assert_folded(job)
    for step in steps:
        assert step()
        assert_folded(job)


def assert_folded(job):
    """The log, read from its start, tells what is shown of the job and its pattern."""
    events = records.events(job["id"])
    assert [event["id"] for event in events] == list(range(1, len(events) + 1))
    shown = records.job(job["id"])
    for name in ("queue_position", "seconds_left"):  # a guess of the moment, in no log
        del shown["progress"][name]
    owners = {"maker_id", "metadata", "webhook"}  # whoever has the link reads the log
    assert fold(events) == {name: value for name, value in shown.items() if name not in owners | {"id"}}
    pattern = records.pattern(job["pattern"]["id"])
    folded = fold_pattern(events)
    assert folded == {name: pattern[name] for name in folded}


def fold(events):
    """A reader's own picture of a job, from its log alone."""
    job = {
        "status": None,
        "phase": None,
        "attempt": 0,
        "version": 0,
        "started_at": None,
        "finished_at": None,
        "model": None,
        "usage": None,
        "error": None,
        "progress": {"rows_written": 0, "rows_proven": 0, "rows_expected": None},
    }
    for event in events:
        data, kind = event["data"], event["type"]
        job["version"] = event["id"]
        match kind:
            case "job.queued":
                job |= {"status": "queued"} | {name: data[name] for name in ("prompt", "options", "created_at")}
                job["pattern"] = {**data["pattern"], "title": None}
                if kept := data.get("kept"):
                    rows = [row for piece in kept["pieces"] for row in piece["rows"]]
                    proven = [row for row in rows if row["verdict"] == "ok"]
                    job["pattern"]["title"] = kept["head"] and kept["head"]["title"]
                    job["progress"] = {"rows_written": len(rows), "rows_proven": len(proven)}
                    job["progress"]["rows_expected"] = kept["rows_expected"]
            case "job.started":
                job |= {"status": "running", "phase": "writing", **data}
            case "job.phase":
                job |= data
            case "head.written":
                job["phase"], job["pattern"]["title"] = "writing", data["title"]
                job["progress"]["rows_expected"] = data["rows_expected"]
            case "row.written":
                job["phase"] = "writing"
                job["progress"]["rows_written"] += 1
                job["progress"]["rows_proven"] += data["row"]["verdict"] == "ok"
            case "row.rewritten":
                job["phase"] = "rewriting"
            case "job.requeued":
                job |= {"status": "queued", "phase": None}
            case "job.succeeded":
                job |= {"status": "succeeded", "phase": None, "usage": data["usage"]}
                job["finished_at"], job["pattern"]["title"] = data["finished_at"], data["title"]
            case "job.failed" | "job.canceled":
                job |= {"status": kind.removeprefix("job."), "phase": None, **data}
    return job


def fold_pattern(events):
    """A reader's own picture of the pattern."""
    pattern = {"pieces": [], "verdict": None, "title": None, "model": None}
    for event in events:
        data = event["data"]
        match event["type"]:
            case "job.queued" if kept := data.get("kept"):
                pattern |= (kept["head"] or {}) | {"pieces": kept["pieces"]}
            case "job.started":
                pattern["model"] = data["model"]
            case "job.phase":
                pattern["model"] = data.get("model", pattern["model"])
            case "head.written":
                pattern |= data["head"]
            case "row.written":
                if data["piece"]["key"] not in [piece["key"] for piece in pattern["pieces"]]:
                    pattern["pieces"].append({**data["piece"], "rows": []})
                next(piece for piece in pattern["pieces"] if piece["key"] == data["piece"]["key"])["rows"].append(
                    data["row"]
                )
            case "job.succeeded":
                rows = {piece["key"]: piece["rows"] for piece in pattern["pieces"]}
                pattern |= {**data["head"], "verdict": data["verdict"]}
                pattern["pieces"] = [{**piece, "rows": rows[piece["key"]]} for piece in data["pieces"]]
    return pattern


def test_a_model_that_steps_in_is_the_one_of_job_and_pattern_and_a_later_attempt_knows(job):
    other = {"name": "smaller", "digest": None}
    first = records.claim(job["id"], LEASE, MODEL)
    assert records.phase(job["id"], 1, "writing", LEASE, other)
    records.set_head(job["id"], 1, head(), None, "Title: x\n", LEASE)
    assert_folded(job)
    assert records.job(job["id"])["model"] == records.pattern(job["pattern"]["id"])["model"] == other

    records.hand_back(job["id"], 1)
    second = records.claim(job["id"], LEASE, MODEL)

    assert (first.helped, second.helped) == (False, True)
    assert not records.phase(job["id"], 1, "writing", LEASE, other)
    assert records.pattern(job["pattern"]["id"])["model"] == MODEL


def test_an_attempt_that_ends_between_head_and_first_row_leaves_the_head_once(job):
    for attempt in (1, 2):
        records.claim(job["id"], LEASE, MODEL)
        assert records.set_head(job["id"], attempt, head(), None, "Title: x\n", LEASE)
        records.hand_back(job["id"], attempt)

    assert records.claim(job["id"], LEASE, MODEL).sheet == "Title: x\n"
