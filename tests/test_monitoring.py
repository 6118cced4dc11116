"""Prometheus: each alert fires when it must and else is quiet, and a running Knotty is scraped, panel by panel."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests
import yaml

from embedded import panels, prometheus
from embedded.children import CannotStart
from embedded.home import ROOT
from tests import alerts


@pytest.fixture(scope="module")
def programs(tools: Path) -> Path:
    """Where prometheus and promtool are."""
    return prometheus.ensure(tools, print).parent


def promtool(programs: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([programs / "promtool", *words], capture_output=True, text=True, check=False)


def test_the_rules_are_ones_that_prometheus_takes(programs: Path) -> None:
    ran = promtool(programs, "check", "rules", prometheus.RULES)

    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_each_alert_fires_when_it_must_and_is_quiet_else(programs: Path, tmp_path: Path) -> None:
    asked = tmp_path / "alerts.yaml"
    asked.write_text(yaml.safe_dump(alerts.document(str(prometheus.RULES))))

    ran = promtool(programs, "test", "rules", asked)

    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_an_alert_that_can_not_fire_is_found(programs: Path, tmp_path: Path) -> None:
    rules, asked = tmp_path / "rules.yaml", tmp_path / "alerts.yaml"
    rules.write_text(prometheus.RULES.read_text().replace("knotty_leases_expired", "knotty_leases_lost"))
    asked.write_text(yaml.safe_dump(alerts.document(str(rules))))

    ran = promtool(programs, "test", "rules", asked)

    assert ran.returncode != 0
    assert "LeasesOverdue" in ran.stdout + ran.stderr


def test_every_alert_is_asked_and_has_its_place_in_the_guide() -> None:
    names = set(re.findall(r"- alert: (\w+)", prometheus.RULES.read_text()))
    guide = (prometheus.RULES.parents[3] / "docs" / "operate.md").read_text()

    assert names == set(alerts.CASES)
    assert {name for name in names if f"`{name}`" not in guide} == set()


def test_a_running_knotty_is_scraped_and_every_panel_has_its_figure(programs: Path, start_knotty) -> None:
    live = start_knotty(words=("--monitoring",), PATH=f"{programs}:{Path('/usr/bin')}:/bin")
    found = re.search(r"Prometheus: (http://127.0.0.1:\d+)", live.said)
    assert found, live.said
    # A counter that stands before it is first looked at has not risen for whoever looks.
    up = _scraped(found[1])
    told = requests.post(
        f"{live.url}/api/v1/jobs", json={"prompt": "punk rock blanket"}, headers={"Prefer": "wait=60"}, timeout=90
    )
    assert told.json()["status"] == "succeeded", told.text

    empty = _unanswered(found[1], live.url)

    assert up == {"api": "1", "sweep": "1"}
    assert empty == []
    ended = panels.ask(found[1], 'knotty_jobs_finished_total{status="succeeded"}')
    assert [(each["metric"]["job"], each["value"][1]) for each in ended] == [("sweep", "1")]
    shown = subprocess.run(
        [sys.executable, "-m", "embedded", "panels"],
        cwd=ROOT,
        env=os.environ | {"KNOTTY_HOME": str(live.home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert shown.returncode == 0, shown.stderr
    assert {line.panel for line in panels.lines() if line.panel not in shown.stdout} == set()
    assert re.search(r"^  Models +knotty-mini +loaded$", shown.stdout, re.M)
    assert "no figure yet" not in shown.stdout


def test_panels_without_a_prometheus_say_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNOTTY_HOME", str(tmp_path))

    with pytest.raises(CannotStart, match="up --monitoring"):
        panels.main([])
    with pytest.raises(CannotStart, match="No Prometheus answers"):
        panels.main(["http://127.0.0.1:9"])


def _scraped(url: str) -> dict[str, str]:
    """Which jobs are up, once both have been looked at."""
    end = time.monotonic() + 60
    while True:
        try:
            up = {each["metric"]["job"]: each["value"][1] for each in panels.ask(url, "up")}
        except CannotStart:
            up = {}
        if (set(up.values()) == {"1"} and len(up) == 2) or time.monotonic() > end:
            return up
        time.sleep(0.2)


def _unanswered(url: str, knotty: str) -> list[panels.Line]:
    """The panels' lines that have no figure yet after all scrapes and rules have had their time, under some traffic."""
    end = time.monotonic() + 120
    while True:
        requests.get(f"{knotty}/api/v1/jobs/none", timeout=10)
        left = [line for line in panels.lines() if not panels.ask(url, line.expression)]
        if not left or time.monotonic() > end:
            return left
        time.sleep(1)
