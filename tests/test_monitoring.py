"""Prometheus: each alert fires when it must and else is quiet, and a running Knotty is scraped, panel by panel."""

from __future__ import annotations

import json
import re
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from embedded import prometheus
from tests import alerts

DASHBOARD = prometheus.RULES.with_name("dashboard.json")


@pytest.fixture(scope="module")
def programs(tools: Path) -> Path:
    """Where prometheus and promtool are."""
    return prometheus.ensure(tools, print).parent


def promtool(programs: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([programs / "promtool", *words], capture_output=True, text=True, check=False)


def panels() -> list[tuple[str, str]]:
    """(title, expression) of every line that a panel draws."""
    board = json.loads(DASHBOARD.read_text())
    return [(panel["title"], target["expr"]) for panel in board["panels"] for target in panel.get("targets", ())]


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


def _ask(url: str, expression: str) -> list[dict[str, Any]]:
    answer = requests.get(f"{url}/api/v1/query", params={"query": expression}, timeout=10).json()
    result: list[dict[str, Any]] = answer["data"]["result"]
    return result


def _scraped(url: str) -> dict[str, str]:
    """Which jobs are up, once both have been looked at."""
    end = time.monotonic() + 60
    while True:
        try:
            up = {each["metric"]["job"]: each["value"][1] for each in _ask(url, "up")}
        except requests.ConnectionError:
            up = {}
        if (set(up.values()) == {"1"} and len(up) == 2) or time.monotonic() > end:
            return up
        time.sleep(0.2)


def _unanswered(url: str, knotty: str) -> list[tuple[str, str]]:
    """The panels' lines that have no figure yet after all scrapes and rules have had their time, under some traffic."""
    end = time.monotonic() + 120
    while True:
        requests.get(f"{knotty}/api/v1/jobs/none", timeout=10)
        left = [line for line in panels() if not _ask(url, line[1])]
        if not left or time.monotonic() > end:
            return left
        time.sleep(1)
