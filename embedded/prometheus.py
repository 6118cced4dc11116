"""Prometheus for `./knotty up --monitoring` and the tests, under the rules that the cluster has."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

from embedded import debian
from embedded.home import ROOT

RULES = ROOT / "kustomize" / "components" / "monitoring" / "rules.yaml"
ADDRESS = "prometheus.url"  # where its address is noted, among our data
STOP = signal.SIGTERM


def ensure(place: Path, say: Callable[[str], None]) -> Path:
    """The program; `promtool` lies beside it. Raises CannotStart in words."""
    return debian.program(place, "prometheus", "usr/bin/prometheus", say)


def configure(place: Path, targets: dict[str, int]) -> Path:
    """Writes what it scrapes, job by job, a port each on this machine."""
    jobs = "".join(
        f'  - job_name: {name}\n    static_configs: [{{targets: ["127.0.0.1:{port}"]}}]\n'
        for name, port in targets.items()
    )
    text = f"global: {{scrape_interval: 5s, evaluation_interval: 5s}}\nrule_files: [{RULES}]\nscrape_configs:\n{jobs}"
    config = place / "prometheus.yml"
    config.write_text(text)
    return config


def command(program: Path, place: Path, config: Path, port: int) -> list[str]:
    """The words that start it; it keeps its samples in `place`."""
    return [
        str(program),
        f"--config.file={config}",
        f"--storage.tsdb.path={place / 'samples'}",
        "--storage.tsdb.retention.time=15d",
        f"--web.listen-address=127.0.0.1:{port}",
        "--log.level=warn",
    ]
