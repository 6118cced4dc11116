"""Backup and restore: what is kept goes into one file and comes back from it; a bad file changes nothing."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg
import pytest

from embedded import backup, children, home, postgres
from embedded.children import CannotStart


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A home whose database has one table with one row."""
    say(tmp_path, "CREATE TABLE kept AS SELECT 'granny' AS word")
    return tmp_path


def say(place: Path, words: str) -> list[tuple[object, ...]]:
    """Says something to the home's database, started for the occasion."""
    server = postgres.prepare(place)
    process = server.spawn(place / "said")
    try:
        server.wait(process, place / "said")
        server.make_database()
        address = f"host={server.sockets} user=postgres dbname=knotty"
        with psycopg.connect(address, autocommit=True) as connection:
            answer = connection.execute(words.encode())
            return answer.fetchall() if answer.description else []
    finally:
        children.stop(process, postgres.STOP, grace=30)


def test_what_was_kept_comes_back(place: Path) -> None:
    backup.backup(place, place / "knotty.dump")
    say(place, "UPDATE kept SET word = 'lost'")
    backup.restore(place, place / "knotty.dump")

    assert say(place, "SELECT word FROM kept") == [("granny",)]


def test_a_backup_can_be_put_into_an_empty_home(place: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    backup.backup(place, place / "knotty.dump")
    other = tmp_path_factory.mktemp("other")
    backup.restore(other, place / "knotty.dump")

    assert say(other, "SELECT word FROM kept") == [("granny",)]


def test_a_file_that_is_no_backup_changes_nothing(place: Path) -> None:
    (place / "knotty.dump").write_text("a shopping list")

    with pytest.raises(CannotStart, match="nothing was changed"):
        backup.restore(place, place / "knotty.dump")

    assert say(place, "SELECT word FROM kept") == [("granny",)]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="There is no file"):
        backup.restore(tmp_path, tmp_path / "none")


def test_a_running_home_is_not_restored_under_its_feet(place: Path) -> None:
    backup.backup(place, place / "knotty.dump")
    held = home.lock(place)
    assert held is not None

    with pytest.raises(CannotStart, match="Knotty is running"):
        backup.restore(place, place / "knotty.dump")
    os.close(held)


def test_a_backup_without_a_file_name_says_what_is_wanted() -> None:
    with pytest.raises(CannotStart, match=r"\./knotty backup FILE"):
        backup.main("backup", [])
