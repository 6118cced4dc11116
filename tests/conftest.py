"""Fixtures: one real Postgres and one real Valkey for the whole run, a migrated database of its own for each test.

They are children of this process and end with it, even by SIGKILL.
"""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis
from psycopg.sql import SQL, Identifier

from embedded import children
from embedded import postgres as embedded_postgres
from embedded import valkey as embedded_valkey
from settings import Settings

# The api's own fixtures, `app` and `client`: tests/api_fixtures.py.
pytest_plugins = ("tests.api_fixtures",)

ROOT = Path(__file__).resolve().parent.parent
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def server_home() -> Iterator[Path]:
    """A folder for the run's servers: short, because sockets live in it."""
    home = Path(tempfile.mkdtemp(prefix="knotty-test-", dir="/tmp"))
    yield home
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server(server_home: Path) -> Iterator[embedded_postgres.Postgres]:
    """The run's Postgres. Not durable: a test's data need not outlive the machine."""
    server = embedded_postgres.prepare(server_home, durable=False)
    log = server_home / "postgres.log"
    process = server.spawn(log)
    try:
        server.wait(process, log)
        yield server
    finally:
        children.stop(process, embedded_postgres.STOP, grace=10)


@pytest.fixture(scope="session")
def postgres(postgres_server: embedded_postgres.Postgres) -> str:
    """The URL of the run's Postgres, at its maintenance database."""
    return postgres_server.url("postgres")


@pytest.fixture(scope="session")
def migrated_template(postgres_server: embedded_postgres.Postgres) -> str:
    """The name of a database with all migrations run once; `database` copies it."""
    name = "knotty_template"
    postgres_server.make_database(name)
    migrate = [sys.executable, "-m", "alembic", "upgrade", "head"]
    env = os.environ | {"DATABASE_URL": postgres_server.url(name)}
    done = subprocess.run(migrate, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"alembic upgrade head failed:\n{done.stdout}{done.stderr}", pytrace=False)
    return name


@pytest.fixture
def database(postgres_server: embedded_postgres.Postgres, migrated_template: str) -> Iterator[str]:
    """The URL of a fresh migrated database, this test's own."""
    name = f"knotty_{next(_numbers)}"
    address = f"host={postgres_server.sockets} user=postgres dbname=postgres"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(migrated_template))
        )
        yield postgres_server.url(name)
        connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


@pytest.fixture(scope="session")
def valkey_server(server_home: Path) -> Iterator[embedded_valkey.Valkey]:
    """The run's Valkey."""
    server = embedded_valkey.prepare(server_home)
    log = server_home / "valkey.log"
    process = server.spawn(log)
    try:
        server.wait(process, log)
        yield server
    finally:
        children.stop(process, embedded_valkey.STOP, grace=5)


@pytest.fixture
def valkey(valkey_server: embedded_valkey.Valkey) -> str:
    """The URL of the run's Valkey, emptied for this test."""
    with redis.Redis.from_url(valkey_server.url) as client:
        client.flushall()
    return valkey_server.url


@pytest.fixture
def settings(database: str, valkey: str) -> Settings:
    """This test's settings: real stores, no page, and a model that is away until a test brings one."""
    return Settings(database_url=database, redis_url=valkey, web_dist="", model_url="http://127.0.0.1:9")
