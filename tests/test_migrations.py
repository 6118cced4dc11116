"""Migrations: numbered, one head, equal to the models, and they can be undone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent


def alembic(database: str, *words: str) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"DATABASE_URL": database}
    command = [sys.executable, "-m", "alembic", *words]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def tables(database: str) -> set[str]:
    with psycopg.connect(database.replace("+psycopg", "")) as connection:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    return {name for (name,) in found}


def test_the_migrated_schema_is_that_of_the_models(database):
    done = alembic(database, "check")

    assert done.returncode == 0, done.stdout + done.stderr


def test_all_migrations_can_be_undone_and_done_again(database):
    before = tables(database)

    assert alembic(database, "downgrade", "base").returncode == 0
    assert tables(database) == {"alembic_version"}
    assert alembic(database, "upgrade", "head").returncode == 0
    assert tables(database) == before


def test_migrations_are_numbered_without_a_gap():
    names = sorted(path.name for path in (ROOT / "db/migrations/versions").glob("*.py"))

    assert [int(re.match(r"(\d{4})_[a-z0-9_]+\.py$", name)[1]) for name in names] == list(range(1, len(names) + 1))


def test_two_starts_at_once_migrate_once(database):
    assert alembic(database, "downgrade", "base").returncode == 0
    env = os.environ | {"DATABASE_URL": database}
    command = [sys.executable, "-m", "alembic", "upgrade", "head"]

    starts = [subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True) for _ in range(2)]

    assert [start.communicate(timeout=60) and start.returncode for start in starts] == [0, 0]
    assert "jobs" in tables(database)
