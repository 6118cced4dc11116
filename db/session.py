"""Session: the one way to the store. Doors bind it to a database; verbs open short transactions with it."""

from __future__ import annotations

import select
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, InvalidatePoolError
from sqlalchemy.orm import sessionmaker

from db.prepared import Driver, Prepared, at_once, named_errors
from settings import Settings

# Stands on the ground floor, unbound, so that models and records need no app to be imported.
Session = sessionmaker(expire_on_commit=False)

# A request must not hang on a store that went silent, nor wait long for one that is busy: that one says so first.
SILENT_SECONDS = 5.0
_LIMITS = "-c statement_timeout=4500 -c lock_timeout=4000 -c idle_in_transaction_session_timeout=15000"  # milliseconds


class Line(psycopg.Connection[Any]):
    """A connection that is given up when its server says nothing; the kernel may see nothing wrong with it."""

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Waits for the server as the driver does, but not for ever. Raises OperationalError, and is closed then."""
        try:
            return super().wait(gen, interval, SILENT_SECONDS if timeout is None else timeout)
        except psycopg.errors._WaitTimeout:
            if timeout is None:
                self.pgconn.finish()
            raise


_engines: list[Engine] = []  # the one that is bound, for prepared statements


def make_engine(settings: Settings, connections: int) -> Engine:
    """An engine with so many connections at most, looked at before use, which gives up on a silent server."""
    engine = create_engine(
        settings.database_url,
        hide_parameters=True,  # else an error in the log would hold what a maker wrote
        pool_size=connections,
        max_overflow=0,  # one more would be made and thrown away again for every crowd
        pool_timeout=5,
        connect_args={
            "connect_timeout": 5,
            "options": _LIMITS,
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 2,
            "tcp_user_timeout": 5000,
        },
    )
    event.listen(engine, "do_connect", lambda _dialect, _record, words, named: Line.connect(*words, **named))
    event.listen(engine, "checkout", _look_at)
    return engine


def bind(settings: Settings, connections: int | None = None) -> Engine:
    """Binds the process's Session to the store that the settings name; gives the engine, to dispose of at the end.

    `connections`: how many at most; as many as a process of the api has when nothing is said.
    """
    engine = make_engine(settings, connections or settings.api_connections)
    Session.configure(bind=engine)
    _engines[:] = [engine]
    return engine


@contextmanager
def reading() -> Iterator[Driver]:
    """A connection for reading: each statement stands by itself, with nothing to begin or to end around it."""
    with _driver() as driver:
        driver.autocommit = True
        try:
            yield driver
        finally:
            if not driver.closed:
                driver.autocommit = False


@contextmanager
def writing() -> Iterator[Driver]:
    """A transaction, for prepared statements; whoever uses it commits, else nothing of it stays."""
    with _driver() as driver:
        yield driver


def keep(statement: Prepared, **asked: Any) -> psycopg.Cursor[Any]:
    """A transaction of one statement that writes: it and its commit go out together."""
    with writing() as driver:
        with at_once(driver):
            answer = statement.ask(driver, **asked)
            driver.commit()
        return answer


@contextmanager
def _driver() -> Iterator[Driver]:
    with named_errors():
        lent = _engines[-1].raw_connection()
        try:
            driver: Driver = lent.driver_connection  # type: ignore[assignment]
            yield driver
        except (psycopg.Error, DBAPIError) as error:
            if driver.closed:
                lent.invalidate(error)
            raise
        finally:
            lent.close()  # rolls back what was not committed


def _look_at(connection: Any, *_: object) -> None:
    """A server that has gone has closed its connections, or said so on them: no need to ask each before each use."""
    asked = select.poll()
    asked.register(connection.fileno(), select.POLLIN)
    if asked.poll(0):
        raise InvalidatePoolError  # this one and all that are as old; the pool makes a new one
