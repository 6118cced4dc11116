"""Backup and restore: the embedded database into one file, and such a file in place of the database.

The file is pg_dump's custom format, which newer majors of Postgres read. A restore fills a database beside the old one
and swaps names at the end, so a file that cannot be read changes nothing; what was there stays as
`knotty_before_restore` until the next restore.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from embedded import children, home, postgres
from embedded.children import CannotStart
from embedded.stack import fresh_log

_NAME, _NEW, _OLD = "knotty", "knotty_restore", "knotty_before_restore"


def main(verb: str, words: list[str]) -> int:
    """`backup FILE` or `restore FILE`. Gives the exit code."""
    if len(words) != 1 or words[0].startswith("-"):
        raise CannotStart(f"A file is wanted: ./knotty {verb} FILE")
    if os.environ.get("DATABASE_URL"):
        raise CannotStart("DATABASE_URL names a database of your own: pg_dump and pg_restore copy that one.")
    file, place = Path(words[0]).absolute(), home.folder()
    return backup(place, file) if verb == "backup" else restore(place, file)


def backup(place: Path, file: Path) -> int:
    """Copies the database, running or not, into a file that appears whole or not at all."""
    half = file.with_name(f".{file.name}.half")
    with _server(place, may_run=True) as server:
        try:
            _client(server, "pg_dump", "--format=custom", f"--file={half}", _NAME)
            half.replace(file)
        finally:
            half.unlink(missing_ok=True)
    print(f"Everything that is kept is in {file} ({file.stat().st_size // 1024 + 1} kB).")
    return 0


def restore(place: Path, file: Path) -> int:
    """Puts a backup in place of the database."""
    if not file.exists():
        raise CannotStart(f"There is no file {file}.")
    with _server(place, may_run=False) as server:
        server.make_database(_NAME)
        server.drop_database(_NEW)
        server.make_database(_NEW)
        try:
            _client(server, "pg_restore", "--exit-on-error", "--no-owner", f"--dbname={_NEW}", str(file))
        except CannotStart as fault:
            server.drop_database(_NEW)
            raise CannotStart(f"{file} could not be read, so nothing was changed.\n{fault}") from None
        server.drop_database(_OLD)
        server.rename_database(_NAME, _OLD)
        server.rename_database(_NEW, _NAME)
    print(f"{file} is in place. What was there before is kept as the database {_OLD}.")
    return 0


@contextlib.contextmanager
def _server(place: Path, may_run: bool) -> Iterator[postgres.Postgres]:
    """The home's Postgres: the running one, or one started for the occasion."""
    lock = home.lock(place)
    if lock is None:
        if not may_run:
            raise CannotStart("Knotty is running. ./knotty stop first: a restore changes everything under it.")
        yield postgres.prepare(place)
        return
    try:
        home.end_leftovers(place)
        server = postgres.prepare(place)
        (place / "log").mkdir(exist_ok=True)
        log = fresh_log(place / "log" / "postgres.log")
        process = server.spawn(log)
        try:
            server.wait(process, log)
            yield server
        finally:
            children.stop(process, postgres.STOP, grace=30)
    finally:
        os.close(lock)


def _client(server: postgres.Postgres, program: str, *words: str) -> None:
    children.run([server.binaries / program, "-h", server.sockets, "-U", "postgres", *words])
