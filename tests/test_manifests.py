"""The manifests before validators, beside the application, and on their way to a release."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from api import headers
from embedded.stack import procfile
from jobs import metrics
from settings import Settings
from tests import manifests
from tests.manifests import OVERLAYS, config, containers, named, objects

KUSTOMIZE = manifests.ROOT / "kustomize"


# -- the validators


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_the_validator_of_schemas_finds_nothing(overlay: str, tmp_path: Path) -> None:
    built = tmp_path / "built.yaml"
    built.write_text(manifests.built(overlay))

    ran = subprocess.run(
        [Path(sys.executable).parent / "kubernetes-validate", "--strict", built],
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
    unknown = {"ScaledObject", "TriggerAuthentication", "PrometheusRule", "ServiceMonitor"}
    warned = set(re.findall(r"schema for kind (\w+)", ran.stdout + ran.stderr))
    assert warned <= unknown


def test_the_validator_of_schemas_finds_a_field_that_is_not_one(tmp_path: Path) -> None:
    built = tmp_path / "built.yaml"
    built.write_text(manifests.built("dev-cpu").replace("containerPort: 8000", "containerport: 8000"))

    ran = subprocess.run(
        [Path(sys.executable).parent / "kubernetes-validate", "--strict", built], capture_output=True, check=False
    )

    assert ran.returncode != 0


@pytest.mark.parametrize("dockerfile", ["Dockerfile", "web/Dockerfile"])
def test_the_linter_of_dockerfiles_finds_nothing(dockerfile: str) -> None:
    ran = subprocess.run(
        [Path(sys.executable).parent / "hadolint", manifests.ROOT / dockerfile],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ran.returncode, ran.stdout) == (0, "")


# -- what the manifests and the application say alike


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_what_a_pod_runs_is_what_the_procfile_runs(overlay: str) -> None:
    runs = {name: words for name, words in procfile().items() if name != "api"}
    for name, words in runs.items():
        deployed = containers(named(objects(overlay), "Deployment", name))[-1]
        assert deployed["command"] == ["python", *words[1:]]
    assert "command" not in containers(named(objects(overlay), "Deployment", "api"))[-1]
    image = (manifests.ROOT / "Dockerfile").read_text()
    command = json.loads(image.rpartition("CMD ")[2])
    assert command[1:] == procfile()["api"][3:]


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_setting_of_the_cluster_is_one_that_is_read(overlay: str) -> None:
    read_elsewhere = {"BIND", "PORT", "WEB_CONCURRENCY"}  # by gunicorn's own settings

    settings = {name: value for name, value in config(objects(overlay)).items() if name not in read_elsewhere}
    assert all(name.lower() in Settings.__dataclass_fields__ for name in settings)
    Settings.from_env(settings)


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_metrics_are_where_the_services_point(overlay: str) -> None:
    found = objects(overlay)
    for name in ("api", "sweep"):
        service = named(found, "Service", f"{name}-metrics")
        ports = {p["name"]: p["containerPort"] for p in containers(named(found, "Deployment", name))[-1]["ports"]}
        assert ports[service["spec"]["ports"][0]["targetPort"]] == int(config(found)["METRICS_PORT"])


def test_nginx_sets_the_headers_that_the_api_sets() -> None:
    said = {name: _headers(name) for name in ("page", "asset")}

    assert said["page"] == headers.EVERY | headers.BY_KIND["page"]
    kept = {name: value for name, value in headers.BY_KIND["page"].items() if name != "Cache-Control"}
    assert said["asset"] == headers.EVERY | kept | {"Cache-Control": "public, max-age=31536000, immutable"}


def _headers(name: str) -> dict[str, str]:
    text = (manifests.ROOT / "web" / "nginx" / f"{name}.headers").read_text()
    return dict(re.findall(r'^add_header (\S+) "(.*)" always;$', text, re.MULTILINE))


def test_both_monitorings_carry_the_same_rules_and_the_same_dashboard() -> None:
    own, operator = KUSTOMIZE / "components" / "monitoring", KUSTOMIZE / "components" / "operator"

    wrapped = yaml.safe_load((operator / "rules.yaml").read_text())["spec"]
    assert wrapped == yaml.safe_load((own / "rules.yaml").read_text())
    assert (own / "dashboard.json").read_bytes() == (operator / "dashboard.json").read_bytes()


def test_what_the_image_copies_is_enough_to_serve(tmp_path: Path) -> None:
    """Nothing here builds images: the COPY lines are replayed, and the application is made from what they brought."""
    lines = re.findall(
        r"^COPY (?!--from)(.+) (\S+)$", (manifests.ROOT / "Dockerfile").read_text().split("\nFROM ")[-1], re.M
    )
    for sources, target in lines:
        for source in sources.split():
            origin, to = manifests.ROOT / source, tmp_path / target
            if origin.is_dir():
                shutil.copytree(origin, to, ignore=shutil.ignore_patterns("__pycache__", "runs"))
            else:
                shutil.copy(origin, to)
    program = "import api.app, jobs.worker, jobs.sweep, llm.serve; api.app.create_app(); print('made')"

    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "WEB_DIST": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.stdout == "made\n", ran.stderr


def told_metrics(store: Settings) -> set[str]:
    """Every metric that a running Knotty tells."""
    told = {sample.name for metric in metrics.Board(store).registry.collect() for sample in metric.samples}
    told |= {f"knotty_{name}" for name in ("streams_open", "refused_total")}  # the api's: test_api_health looks at them
    return told | {f"knotty_http_request_duration_seconds_{end}" for end in ("bucket", "count", "sum")}


def test_every_metric_that_a_rule_or_a_panel_names_is_one_that_is_told(store: Settings) -> None:
    rules = (KUSTOMIZE / "components" / "monitoring" / "rules.yaml").read_text()
    panels = (KUSTOMIZE / "components" / "monitoring" / "dashboard.json").read_text()

    named_there = set(re.findall(r"\bknotty_\w+", re.sub(r"^ *(summary|# ).*$", "", rules, flags=re.M) + panels))
    assert named_there
    assert named_there - told_metrics(store) == set()
    recorded = set(re.findall(r"record: (\S+)", rules))
    assert set(re.findall(r"\bknotty:\w+:\w+", rules + panels)) <= recorded


def test_the_guide_names_only_what_there_is(store: Settings) -> None:
    guide = (manifests.ROOT / "docs" / "operate.md").read_text()
    there = {(each["kind"], each["metadata"]["name"]) for overlay in OVERLAYS for each in objects(overlay)}
    kinds = {"deploy": "Deployment", "svc": "Service", "statefulset": "StatefulSet", "scaledobject": "ScaledObject"}

    asked = {(kinds[kind], name) for kind, name in re.findall(rf"\b({'|'.join(kinds)})[/ ]([a-z]+)\b", guide)}
    assert len(asked) > 10
    assert asked - there == set()
    paths = set(re.findall(r"\b(?:kustomize|components|llm|bench|docs|tests)/[\w./-]+\w", guide))
    yours = {"kustomize/site", "kustomize/site/stores.yaml"}
    missing = {p for p in paths - yours if not any((r / p).exists() for r in (manifests.ROOT, KUSTOMIZE))}
    assert missing == {"docs/start"}  # minikube's own
    settings = {name.upper() for name in Settings.__dataclass_fields__} | {"REDIS_PASSWORD", "OLLAMA_NUM_PARALLEL"}
    settings |= set(re.findall(r'environ\.get\("(\w+)"', (manifests.ROOT / "api" / "gunicorn.conf.py").read_text()))
    assert set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+)\b", guide)) - settings == set()
    assert set(re.findall(r"\bknotty_\w+", guide)) - told_metrics(store) == set()
    verbs = re.findall(r"jobs\.admin (\w+)`|`(ring|take-down) [A-Z]+`", guide)
    assert {one or other for one, other in verbs} == {"stuck", "ring", "take-down"}
