"""Migrations: brings the database that DATABASE_URL names to the head, one process at a time."""

from __future__ import annotations

from time import sleep

from alembic import context
from sqlalchemy import Connection, create_engine, pool, text

from db.models import Base
from settings import Settings

# Any number will do, as long as nobody else takes this lock: two starts at once must not migrate at once.
_LOCK = 7_161_819


def run() -> None:
    """Runs under an advisory lock; a statement that waits 5 s for a table gives up, rather than stop the service."""
    engine = create_engine(Settings.from_env().database_url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        _take_turn(connection)
        connection.execute(text("SET lock_timeout = '5s'"))
        connection.commit()
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            compare_server_default=True,
            transaction_per_migration=True,  # one that makes indexes beside who writes has none
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


def _take_turn(connection: Connection) -> None:
    """Asks again and again. Who waits for the lock in one statement is an open transaction, for which an index that is
    made concurrently waits in its turn: the two would wait for each other."""
    while not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _LOCK}):
        connection.commit()
        sleep(0.2)


run()
