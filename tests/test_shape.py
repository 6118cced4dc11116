"""Shape: what a request, a worker or the sweep asks of the store reads no more of it when much is kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint

from bench import fill, hot
from db import session
from db.models import Base
from settings import Settings

JOBS = 8000  # with 80,000 rows of theirs: enough that a look at all of them is noticed
FEW = 400  # rows and entries: twenty of a page, the queue with its 35, twenty that tell what is usual


@pytest.fixture
def crowded(database: str) -> Iterator[fill.Connection]:
    """A store with many jobs, and a connection to it."""
    with hot.connect(database) as connection:
        fill.whole(connection, JOBS)
        yield connection


def test_no_statement_reads_more_because_more_is_kept(store: Settings, crowded: fill.Connection) -> None:
    engine = session.bind(store)
    scene = hot.Scene.of(crowded, JOBS)

    read = {each.verb: each.entries for each in hot.reads(engine, crowded, scene)}

    assert {verb: entries for verb, entries in read.items() if sum(entries.values()) > FEW} == {}
    assert read.keys() == hot.VERBS.keys()


def test_a_look_at_all_of_a_table_would_be_noticed(
    store: Settings, crowded: fill.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowded.execute("DROP INDEX ix_jobs_finished")
    engine = session.bind(store)
    scene = hot.Scene.of(crowded, JOBS)
    verb = "forget jobs, none is old"
    monkeypatch.setattr(hot, "VERBS", {verb: hot.VERBS[verb]})

    [read] = hot.reads(engine, crowded, scene)

    assert read.entries["jobs"] > JOBS


def test_what_points_at_a_row_is_found_by_an_index() -> None:
    """Else deleting one of those rows looks at all that could point at it."""
    bare = []
    for table in Base.metadata.sorted_tables:
        whole = [index for index in table.indexes if index.dialect_options["postgresql"]["where"] is None]
        unique = [rule for rule in table.constraints if isinstance(rule, (PrimaryKeyConstraint, UniqueConstraint))]
        led = {next(iter(each.columns)).name for each in (*whole, *unique) if len(each.columns)}
        bare += [f"{table.name}.{key.parent.name}" for key in table.foreign_keys if key.parent.name not in led]

    assert bare == []
