"""Turns: what only one process may do at a time, however long it takes."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import DBAPIError

from db.session import Session


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """True within, while nobody else is within under this name. False: somebody is, or the store is away.

    Holds a connection, so that the turn of a process that dies ends with it.
    """
    key = zlib.crc32(name.encode())
    with Session() as session:
        engine = session.get_bind()
    assert isinstance(engine, Engine)
    connection, held = None, False
    with suppress(DBAPIError):
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        held = bool(connection.scalar(select(func.pg_try_advisory_lock(key))))
    try:
        yield held
    finally:
        if connection is not None:
            with suppress(DBAPIError):  # lost meanwhile, and the turn with it
                if held:
                    connection.execute(select(func.pg_advisory_unlock(key)))
            connection.close()
