"""Admin: `./knotty admin` lists stuck jobs, rings them again, takes a reported pattern down and puts it back."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import requests
from sqlalchemy import text

from db import records, session
from db.session import Session
from jobs import admin
from jobs.queue import Doorbell
from tests.store_fixtures import LEASE, MODEL, SQUARE, head, row

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def asked(store, capsys):
    """Does a verb; gives its exit code and what it said."""

    def ask(*words):
        code = admin.main(list(words), store)
        session.bind(store)  # the verb has put its own engine away
        said = capsys.readouterr()
        return code, said.out + said.err

    return ask


def silent_since(job, words="1 hour"):
    with Session.begin() as transaction:
        transaction.execute(
            text(f"UPDATE job_events SET at = at - interval '{words}' WHERE job_id = :id"), {"id": job["id"]}
        )


def rung(settings):
    return Doorbell(settings.redis_url).queue.get_job_ids()


def kinds(job):
    return [event["type"] for event in records.events(job["id"])]


def test_a_job_that_nobody_heard_of_for_a_while_is_listed_with_why(asked, maker, job):
    fresh = records.open_job(maker, "fresh", {})
    silent_since(job)

    code, said = asked("stuck")

    assert code == 0
    assert job["id"] in said
    assert "never rung" in said
    assert fresh["id"] not in said


@pytest.mark.parametrize(
    ("lease", "waking", "why"),
    [(-1, False, "its worker is gone"), (LEASE, True, "waits for the model"), (LEASE, False, "no row comes")],
)
def test_a_running_job_that_is_stuck_says_what_it_waits_for(asked, job, lease, waking, why):
    records.claim(job["id"], lease, MODEL)
    if waking:
        records.phase(job["id"], 1, "waking_model", LEASE)
    silent_since(job)

    assert why in asked("stuck")[1]


def test_when_nothing_is_stuck_it_says_so(asked, job):
    assert asked("stuck", "--seconds", "60") == (0, "No job has been silent for 60 seconds.\n")


def test_a_waiting_job_is_rung_at_once(asked, store, job):
    code, said = asked("ring", job["id"])

    assert (code, said) == (0, f"{job['id']}  rung, attempt 1\n")
    assert rung(store) == [f"{job['id']}-1"]


def test_a_running_job_is_taken_from_its_worker_and_rung_without_a_crash_counted(asked, store, job):
    records.claim(job["id"], LEASE, MODEL)
    records.set_head(job["id"], 1, head(), None, "", LEASE)

    asked("ring", job["id"])

    assert not records.add_row(job["id"], 1, SQUARE, row(1), "", LEASE)
    assert kinds(job)[-1] == "job.requeued"
    assert rung(store) == [f"{job['id']}-2"]
    assert records.claim(job["id"], LEASE, MODEL).attempt == 2
    for _ in range(2):
        records.reap(3)
    assert records.job(job["id"])["status"] == "running"


def test_a_job_that_has_ended_stays_so(asked, store, maker, job):
    records.cancel(job["id"], maker)

    code, said = asked("ring", job["id"])

    assert (code, said) == (0, f"{job['id']}  has ended, nothing to ring for\n")
    assert rung(store) == []


def test_what_is_not_there_is_told(asked):
    for words in (("ring", "job_x"), ("take-down", "pat_x"), ("put-back", "pat_x")):
        assert asked(*words) == (1, f"There is no {words[1]}.\n")


def test_reports_are_listed_and_their_pattern_taken_down_and_put_back(asked, maker, job):
    pattern_id = job["pattern"]["id"]
    records.claim(job["id"], LEASE, MODEL)
    records.set_head(job["id"], 1, head("Punk\x1b[31m Rock"), None, "", LEASE)
    records.add_row(job["id"], 1, SQUARE, row(1), "", LEASE)
    records.report(maker, pattern_id, "p1/r1", "Three chains,\nnot two.")

    listed = asked("reports")[1]
    assert "p1/r1: Three chains, not two." in listed
    assert "Rnd 1: ..." in listed
    assert "\x1b" not in listed

    assert asked("take-down", pattern_id) == (0, f"{pattern_id}  taken down\n")
    with pytest.raises(records.TakenDown):
        records.pattern(pattern_id)
    assert "taken down 2" in asked("reports")[1]
    assert asked("take-down", pattern_id)[0] == 0

    assert asked("put-back", pattern_id) == (0, f"{pattern_id}  put back\n")
    assert records.pattern(pattern_id)["id"] == pattern_id


def test_without_reports_it_says_so(asked):
    assert asked("reports") == (0, "Nothing has been reported.\n")


def test_a_verb_that_is_none_is_refused(asked, capsys):
    with pytest.raises(SystemExit) as ended:
        asked("destroy")
    assert ended.value.code == 2


def launcher(home, *words, **env):
    command = [sys.executable, "-P", "-m", "embedded", "admin", *words]
    given = os.environ | {"PYTHONPATH": str(ROOT), "KNOTTY_HOME": str(home)} | env
    return subprocess.run(command, env=given, cwd="/", capture_output=True, text=True, timeout=60, check=False)


def test_the_launcher_hands_over_to_the_stores_that_are_named(store, job, tmp_path):
    silent_since(job)

    done = launcher(tmp_path, "stuck", DATABASE_URL=store.database_url, REDIS_URL=store.redis_url)

    assert done.returncode == 0, done.stderr
    assert job["id"] in done.stdout


def test_the_launcher_says_when_nothing_runs_here(tmp_path):
    done = launcher(tmp_path, "stuck")

    assert done.returncode == 1
    assert "Knotty is not running here" in done.stderr


def test_the_launcher_finds_the_knotty_that_runs_here(live):
    done = launcher(live.home, "stuck", "--seconds", "864000")

    assert (done.returncode, done.stdout) == (0, "No job has been silent for 864000 seconds.\n"), done.stderr


def test_a_pattern_that_was_written_here_is_reported_listed_taken_down_and_put_back(live):
    """By the guide's own command, and the launcher's."""
    wish = {"prompt": "moss cushion"}
    job = requests.post(f"{live.url}/api/v1/jobs", json=wish, headers={"Prefer": "wait=60"}, timeout=90).json()
    pattern_id = job["pattern"]["id"]
    section = (ROOT / "docs" / "api.md").read_text().split("## A row that is wrong")[1]
    [command] = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    env = os.environ | {"KNOTTY": live.url, "TOKEN": job["maker_token"], "PATTERN": pattern_id}
    done = subprocess.run(["sh", "-c", command], env=env, capture_output=True, text=True, timeout=60, check=True)
    assert json.loads(done.stdout)["row"] == "p1/r1"

    def shown():
        return requests.get(f"{live.url}/api/v1/patterns/{pattern_id}", timeout=30).status_code

    assert f"{pattern_id}  " in launcher(live.home, "reports").stdout
    assert launcher(live.home, "take-down", pattern_id).returncode == 0
    assert shown() == 410
    assert launcher(live.home, "put-back", pattern_id).returncode == 0
    assert shown() == 200
