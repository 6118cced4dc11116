"""Rechecks: what is kept as proven is judged by today's compiler, and told as it is found."""

from __future__ import annotations

import threading

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import select, update

from db import records
from db.models import Pattern, PatternRow
from db.session import Session
from jobs import recheck
from jobs.metrics import Counts
from jobs.sweep import Sweep
from tests.composing import composed
from tests.conftest import wait_until
from tests.fakes import sheets
from tests.fakes.model_server import sheet
from tests.store_fixtures import LEASE, MODEL

SECOND = "p1/r2"


@pytest.fixture
def pattern(job) -> str:
    """A finished pattern, composed and kept as a worker does it: all of it is proven."""
    return finished(job)


def finished(job, text=sheets.GOOD) -> str:
    shown, _ = composed(sheet(text))
    of, sheet_of = (job["id"], 1), sheets.HEAD
    assert records.claim(job["id"], LEASE, MODEL)
    assert records.set_head(*of, shown.heads[0], 3, sheet_of, LEASE)
    left = shown.text.removeprefix(sheets.HEAD)
    for each in shown.rows:
        row = {name: value for name, value in each.items() if name != "piece"}
        upto = left.index(row["text"]) + len(row["text"]) + 1
        assert records.add_row(*of, each["piece"], row, left[:upto], LEASE)
        left = left[upto:]
    assert records.finish(*of, shown.end["head"], shown.end["pieces"], shown.end["verdict"], {}, left)
    return job["pattern"]["id"]


def rows_of(pattern: str) -> dict[str, dict]:
    return {row["key"]: row for piece in records.pattern(pattern)["pieces"] for row in piece["rows"]}


def put(pattern: str, key: str, **values) -> None:
    """Keeps a row as another compiler would have judged it."""
    here = (PatternRow.pattern_id == pattern, PatternRow.key == key)
    with Session.begin() as session:
        row = session.scalars(select(PatternRow).where(*here)).one()
        row.row = row.row | values
        row.verdict = row.row["verdict"]


def rewrite(pattern: str, old: str, new: str) -> None:
    """Makes the text one that was never proven, though it is kept as such."""
    with Session.begin() as session:
        found = session.get_one(Pattern, pattern)
        assert old in found.sheet
        found.sheet = found.sheet.replace(old, new)
        row = session.scalars(
            select(PatternRow).where(PatternRow.pattern_id == pattern, PatternRow.key == SECOND)
        ).one()
        row.row = row.row | {"text": row.row["text"].replace(old, new)}


def test_a_proof_that_holds_is_looked_at_once_and_nothing_changes(pattern):
    before = records.pattern(pattern)

    assert before["verdict"] == "ok"
    assert recheck.recheck_one() == "same"
    assert recheck.recheck_one() is None
    assert records.pattern(pattern) == before


@pytest.mark.parametrize("text", [sheets.MISCOUNTED, sheets.WITH_PIECES, sheets.IN_ROWS, sheets.SHORT, sheets.STRANGE])
def test_whatever_a_worker_keeps_reads_the_same_when_it_is_judged_anew(job, text):
    pattern = finished(job, text)
    before = records.pattern(pattern)

    assert recheck.recheck_one() == "same"
    assert records.pattern(pattern) == before


def test_another_compiler_judges_all_of_them_again(pattern, monkeypatch):
    recheck.recheck_one()
    monkeypatch.setattr(recheck, "checker", lambda: "the next release")

    assert recheck.recheck_one() == "same"
    assert recheck.recheck_one() is None


def test_a_row_that_is_not_proven_any_more_says_so_and_keeps_its_words(pattern):
    rewrite(pattern, "(24 dc", "(26 dc")
    before = rows_of(pattern)[SECOND]

    assert recheck.recheck_one() == "lost"

    after = records.pattern(pattern)
    row = rows_of(pattern)[SECOND]
    assert (after["verdict"], row["verdict"], row["findings"][0]["id"]) == ("error", "error", "declared-mismatch")
    kept = ("key", "text", "result", "label")
    assert [row[name] for name in kept] == [before[name] for name in kept]
    assert [each["verdict"] for key, each in rows_of(pattern).items() if key != SECOND] == ["ok"] * 5


def test_a_row_that_is_not_in_the_sheet_is_not_proven(pattern):
    put(pattern, SECOND, text="Rnd 2 (B): another row.")

    assert recheck.recheck_one() == "lost"
    assert rows_of(pattern)[SECOND]["verdict"] == records.pattern(pattern)["verdict"] == "unchecked"


def test_a_proven_row_that_is_counted_otherwise_is_told_and_gets_its_count(pattern):
    put(pattern, SECOND, counts={"dc": 23})

    assert recheck.recheck_one() == "differs"
    assert rows_of(pattern)[SECOND]["counts"] == {"dc": 24}
    assert records.pattern(pattern)["verdict"] == "ok"


def test_a_row_that_is_proven_by_now_says_so(pattern):
    put(pattern, SECOND, verdict="unchecked", result="unproven")
    with Session.begin() as session:
        session.execute(update(Pattern).values(verdict="unchecked"))

    assert recheck.recheck_one() == "gained"
    row = rows_of(pattern)[SECOND]
    assert (records.pattern(pattern)["verdict"], row["verdict"], row["result"]) == ("ok", "ok", "unproven")


def test_a_sheet_without_its_end_is_not_proven_whatever_its_rows_are(pattern):
    with Session.begin() as session:
        found = session.get_one(Pattern, pattern)
        found.sheet = found.sheet.removesuffix("End.\n")

    assert recheck.recheck_one() == "lost"
    assert records.pattern(pattern)["verdict"] == "unchecked"


def test_what_is_being_written_and_what_was_deleted_is_left_alone(job, maker):
    assert recheck.recheck_one() is None
    pattern = finished(job)
    records.delete_pattern(pattern, maker)

    assert recheck.recheck_one() is None


def test_a_pattern_that_changes_meanwhile_is_not_touched(pattern, monkeypatch):
    put(pattern, SECOND, counts={"dc": 23})
    judged = recheck.judged

    def slowly(text, rows):
        rewrite(pattern, "(24 dc", "(24 dc, 0 sc")
        return judged(text, rows)

    monkeypatch.setattr(recheck, "judged", slowly)

    assert recheck.recheck_one() == "same"
    assert rows_of(pattern)[SECOND]["counts"] == {"dc": 23}


def test_a_compiler_that_breaks_on_a_text_is_told_and_meets_it_once(pattern, monkeypatch):
    def breaks(*_):
        raise RecursionError

    monkeypatch.setattr(recheck, "judged", breaks)

    assert (recheck.recheck_one(), recheck.recheck_one()) == ("broken", None)
    assert records.pattern(pattern)["verdict"] == "ok"


def test_two_sweeps_at_once_judge_each_pattern_once(maker):
    for number in range(4):
        finished(records.open_job(maker, str(number), {}))
    found: list[str | None] = []
    threads = [threading.Thread(target=lambda: found.extend(iter(recheck.recheck_one, None))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == ["same"] * 4


def test_every_result_has_its_series_from_the_start():
    registry = CollectorRegistry()
    Counts(registry)

    told = [registry.get_sample_value("knotty_rechecks_total", {"result": result}) for result in recheck.RESULTS]
    assert told == [0] * len(recheck.RESULTS)


def test_the_sweep_judges_what_is_kept_and_counts_what_it_finds(store, pattern, monkeypatch):
    monkeypatch.setattr("jobs.sweep.RECHECK_SECONDS", 0.05)
    put(pattern, SECOND, counts={"dc": 23})
    sweep = Sweep(store)
    runs = threading.Thread(target=sweep.run)
    runs.start()

    def counted():
        return sweep._board.registry.get_sample_value("knotty_rechecks_total", {"result": "differs"})

    try:
        wait_until(lambda: counted() == 1, 20)
    finally:
        sweep.stopping.set()
        runs.join(timeout=15)
    assert rows_of(pattern)[SECOND]["counts"] == {"dc": 24}
