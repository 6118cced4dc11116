"""Prepared: the few statements that nearly every request, row or round of the sweep asks, put together once and asked
through the driver.

What SQLAlchemy does around each asking takes longer than a small statement takes to run. Its words, its pool and its
errors stay.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy.dialects.postgresql.psycopg import dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session as Transaction

Driver = psycopg.Connection[Any]

_DIALECT = dialect()  # type: ignore[no-untyped-call]


class Prepared:
    """A statement as the driver wants it. What it is asked with is named as in `bindparam`."""

    def __init__(self, statement: Any) -> None:
        compiled = statement.compile(dialect=_DIALECT)
        row: Any = namedtuple("Row", statement.exported_columns.keys())  # type: ignore[misc]
        self._row = row._make
        # What never changes is written out, so that Postgres plans for it: a partial index is for one status.
        self._words = compiled.string % {
            name: f"%({name})s" if value is None else sql.Literal(value).as_string().replace("%", "%%")
            for name, value in compiled.params.items()
        }

    def ask(self, driver: Driver, **asked: Any) -> psycopg.Cursor[Any]:
        """Sends it; the rows have the columns' names."""
        cursor = driver.cursor(row_factory=self._named)
        with named_errors():
            cursor.execute(self._words, asked or None)
        return cursor

    def _named(self, _cursor: object) -> Any:
        return self._row


def driver_of(session: Transaction) -> Driver:
    """The connection of an open transaction."""
    driver: Driver = session.connection().connection.driver_connection  # type: ignore[assignment]
    return driver


@contextmanager
def at_once(driver: Driver) -> Iterator[None]:
    """What is asked inside goes out together and is answered together: read the answers after it."""
    with named_errors(), driver.pipeline():
        yield


@contextmanager
def named_errors() -> Iterator[None]:
    """A driver's error is raised as SQLAlchemy's, which is what the rooms above know."""
    try:
        yield
    except psycopg.Error as error:
        raise DBAPIError.instance(None, None, error, psycopg.Error, hide_parameters=True, dialect=_DIALECT) from error
