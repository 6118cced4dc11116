"""Prepared statements: asked through the driver, with the errors and the lasting connections that the rest knows."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import bindparam, literal, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from db import records, session
from db.prepared import Prepared, at_once, driver_of
from db.records.opening import Key
from db.session import Session, reading, writing
from settings import Settings

DOUBLED = Prepared(
    select((bindparam("number", type_=None) * literal(2)).label("twice"), literal("100 %").label("share"))
)
LATE = Prepared(select(text("pg_sleep(5)")))
CUT = text(
    "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"  # and waits until it has ended
    " WHERE pid <> pg_backend_pid() AND datname = current_database()"
)


def test_a_statement_gives_rows_with_names(store: Settings) -> None:
    with reading() as driver:
        assert DOUBLED.ask(driver, number=21).fetchone() == (42, "100 %")
        assert DOUBLED.ask(driver, number=4).fetchone().twice == 8


def test_two_that_are_asked_at_once_are_both_answered(store: Settings) -> None:
    with writing() as driver:
        with at_once(driver):
            first, second = DOUBLED.ask(driver, number=1), DOUBLED.ask(driver, number=2)

        assert (first.fetchone().twice, second.fetchone().twice) == (2, 4)


def test_an_error_of_the_driver_is_the_one_that_the_rooms_above_know(store: Settings) -> None:
    with pytest.raises(OperationalError), Session.begin() as transaction:
        transaction.execute(text("SET LOCAL statement_timeout = 50"))
        LATE.ask(driver_of(transaction))


def test_a_job_of_a_maker_who_is_gone_breaks_the_rule_that_says_so(store: Settings) -> None:
    with pytest.raises(IntegrityError) as broken:
        records.open_job("mkr_gone", "x", {})

    assert broken.value.orig.diag.constraint_name.endswith("_maker_id")  # type: ignore[union-attr]


def test_connections_that_the_server_has_cut_are_not_used_again(maker: str, job: dict[str, Any]) -> None:
    with reading(), reading(), writing():
        pass  # three lie in the pool
    with Session() as transaction:
        transaction.execute(CUT)

    for _ in range(4):
        assert records.job(job["id"])["id"] == job["id"]
    assert records.open_job(maker, "another", {})["status"] == "queued"


def test_what_was_not_committed_is_not_there(maker: str) -> None:
    records.open_job(maker, "x", {}, key=Key("once", b"x"))

    with pytest.raises(records.KeyReused):
        records.open_job(maker, "y", {}, key=Key("once", b"y"))

    assert len(records.jobs_of(maker)["data"]) == 1


def test_of_a_job_beyond_its_addresss_share_nothing_is_kept(maker: str) -> None:
    quota = records.Quota(unfinished=9, creations=1, address=b"here", queue_seconds=1e6)
    records.open_job(maker, "x", {}, quota=quota)

    with pytest.raises(records.QuotaSpent):
        records.open_job(maker, "y", {}, quota=quota)

    with Session() as transaction:
        kept = transaction.execute(
            text(
                "SELECT (SELECT count(*) FROM jobs), (SELECT count(*) FROM patterns), (SELECT count(*) FROM job_events)"
            )
        ).one()
    assert tuple(kept) == (1, 1, 1)


def test_a_store_that_is_bound_anew_is_the_one_that_is_read(store: Settings, job: dict[str, Any]) -> None:
    session.bind(store).dispose()

    assert records.job(job["id"])["id"] == job["id"]
