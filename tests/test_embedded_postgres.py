"""The embedded Postgres: starts as any user, keeps what was committed, ends with its parent."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import psycopg
import pytest

from embedded import children, postgres
from embedded.children import CannotStart, Way

ROOT = Path(__file__).resolve().parent.parent
WAYS: list[Way] = ["namespace", "nobody"] if os.geteuid() == 0 else ["as we are"]


def ask(server: postgres.Postgres, question: str) -> object:
    address = f"host={server.sockets} user=postgres dbname=postgres"
    with psycopg.connect(address, autocommit=True) as connection:
        answer = connection.execute(question.encode())
        return answer.fetchone() if answer.description else None


@pytest.mark.parametrize("way", WAYS)
def test_what_was_committed_is_there_after_a_stop_and_a_start(tmp_path: Path, way: Way) -> None:
    log = tmp_path / "log"
    server = postgres.prepare(tmp_path / "home", way=way)
    first = server.spawn(log)
    server.wait(first, log)
    ask(server, "CREATE TABLE kept AS SELECT 42 AS n")
    children.stop(first, postgres.STOP, grace=20)

    again = postgres.prepare(tmp_path / "home", way=way)
    second = again.spawn(log)
    again.wait(second, log)
    kept = ask(again, "SELECT n FROM kept")
    children.stop(second, postgres.STOP, grace=20)
    if again.data.parent != tmp_path / "home":  # `nobody` was given copies where it can read them
        shutil.rmtree(again.data.parent)

    assert kept == (42,)
    assert first.returncode == second.returncode == 0


def test_it_is_durable_unless_a_test_asks_otherwise(tmp_path: Path) -> None:
    log = tmp_path / "log"
    server = postgres.prepare(tmp_path / "home")
    process = server.spawn(log)
    server.wait(process, log)
    said = ask(server, "SELECT current_setting('fsync'), current_setting('synchronous_commit')")
    children.stop(process, postgres.STOP, grace=20)

    assert said == ("on", "on")


def test_a_database_knows_letters_beyond_ascii(postgres_server: postgres.Postgres) -> None:
    assert ask(postgres_server, "SELECT lower('ÉCRU'), length('🧶')") == ("écru", 1)


def test_data_of_another_major_are_named_and_left_alone(tmp_path: Path) -> None:
    data = tmp_path / "postgres"
    data.mkdir()
    (data / "PG_VERSION").write_text("15\n")

    with pytest.raises(CannotStart, match=r"written by Postgres 15; this Knotty brings Postgres 18") as told:
        postgres.prepare(tmp_path)

    assert "./knotty restore" in str(told.value)
    assert [item.name for item in data.iterdir()] == ["PG_VERSION"]


def test_a_long_or_odd_path_gets_a_short_private_folder_for_its_sockets(tmp_path: Path) -> None:
    for home in (tmp_path / ("long" * 30), tmp_path / "with a space"):
        home.mkdir()
        folder = postgres.socket_folder(home, "postgres")

        assert len(os.fsencode(folder / ".s.PGSQL.5432")) <= 107
        assert " " not in str(folder)
        assert folder.stat().st_mode & 0o777 == 0o700
        folder.rmdir()


def test_it_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    program = f"""
from pathlib import Path
from embedded import postgres
home = Path({str(tmp_path)!r})
server = postgres.prepare(home, durable=False)
process = server.spawn(home / "log")
server.wait(process, home / "log")
print(process.pid, flush=True)
time.sleep(600)
"""
    parent = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    family = [psutil.Process(int(parent.stdout.readline()))]
    family += family[0].children(recursive=True)
    parent.send_signal(signal.SIGKILL)
    parent.wait()

    _, alive = psutil.wait_procs(family, timeout=30)
    assert alive == []


def test_a_database_of_a_test_is_migrated_and_its_own(database: str) -> None:
    assert "knotty_" in database
