"""Every overlay keeps every policy, and every policy sees an overlay that breaks it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from api import headers
from embedded.stack import procfile
from jobs import metrics
from settings import Settings
from tests import manifests
from tests.manifests import OVERLAYS, POLICIES, Object, Policy, containers, named, objects, of, template

KUSTOMIZE = manifests.ROOT / "kustomize"


# The attacks that a policy is against.
ATTACKS = {"every_pod_is_restricted": "attack 101 102: ", "nobody_talks_who_need_not": "attack 87: "}


@pytest.mark.parametrize("overlay", OVERLAYS)
@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: f"{ATTACKS.get(policy.__name__, '')}{policy.__name__}")
def test_every_overlay_keeps_every_policy(policy: Policy, overlay: str) -> None:
    assert policy(overlay, objects(overlay)) == []


# -- each policy's twin: the same overlay, broken in one place


def put(kind: str, name: str, path: str, value: Any) -> Callable[[list[Object]], None]:
    """Breaks an object: sets what lies at a path such as `spec.template.spec.containers.0.image`."""

    def change(found: list[Object]) -> None:
        *way, last = (int(part) if part.isdigit() else part for part in path.split("."))
        at: Any = named(found, kind, name)
        for part in way:
            at = at[part] if isinstance(part, int) else at.setdefault(part, {})
        at[last] = value

    return change


def drop(kind: str, name: str) -> Callable[[list[Object]], None]:
    """Breaks an overlay: leaves an object out. The name is its begin: a hash may follow."""

    def change(found: list[Object]) -> None:
        gone = [each for each in of(found, kind) if each["metadata"]["name"].startswith(name)]
        assert gone
        for each in gone:
            found.remove(each)

    return change


POD = "spec.template.spec"
JOB = {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "migrate"}, "spec": {"template": {"spec": {}}}}
GUARD = {"kind": "PodDisruptionBudget", "metadata": {"name": "sweep"}}
GUARD |= {"spec": {"maxUnavailable": 1, "selector": {"matchLabels": {"app.kubernetes.io/name": "llm"}}}}
BROKEN: list[tuple[Policy, str, Callable[[list[Object]], None]]] = [
    (manifests.only_web_is_a_door, "dev-cpu", put("Service", "api", "spec.type", "LoadBalancer")),
    (manifests.only_web_is_a_door, "dev-cpu", put("Service", "web", "spec.type", "ClusterIP")),
    (manifests.what_is_scaled_has_no_fixed_number, "minikube-gpu", put("Deployment", "worker", "spec.replicas", 1)),
    (manifests.what_is_scaled_has_no_fixed_number, "production", put("Deployment", "api", "spec.replicas", 2)),
    (manifests.every_name_is_there, "dev-cpu", drop("ConfigMap", "knotty-config")),
    (manifests.every_name_is_there, "minikube-gpu", drop("PersistentVolumeClaim", "ollama")),
    (manifests.every_name_is_there, "minikube-gpu", drop("Deployment", "ollama")),
    (manifests.every_pod_is_restricted, "dev-cpu", put("Deployment", "api", f"{POD}.securityContext.runAsNonRoot", 0)),
    (manifests.every_pod_is_restricted, "dev-cpu", put("Deployment", "web", f"{POD}.enableServiceLinks", True)),
    (manifests.every_pod_is_restricted, "production", put("Deployment", "ollama", f"{POD}.hostNetwork", True)),
    (
        manifests.every_pod_is_restricted,
        "dev-cpu",
        put("Deployment", "api", f"{POD}.initContainers.0.securityContext.readOnlyRootFilesystem", False),
    ),
    (manifests.every_pod_is_restricted, "dev-cpu", put("Deployment", "llm", f"{POD}.containers.0.resources", {})),
    (manifests.images_are_pinned, "dev-cpu", put("Deployment", "api", f"{POD}.containers.0.image", "knotty:latest")),
    (manifests.images_are_pinned, "dev-cpu", put("Deployment", "api", f"{POD}.containers.0.image", "knotty")),
    (manifests.images_are_pinned, "production", put("Deployment", "web", f"{POD}.containers.0.image", "web:1.2")),
    (
        manifests.images_are_pinned,
        "production",
        lambda found: found.append({"kind": "Secret", "metadata": {"name": "knotty-secrets"}}),
    ),
    (
        manifests.a_worker_has_time_to_hand_back,
        "dev-cpu",
        put("Deployment", "worker", f"{POD}.terminationGracePeriodSeconds", 10),
    ),
    (
        manifests.a_worker_has_time_to_hand_back,
        "dev-cpu",
        put("Deployment", "worker", f"{POD}.containers.0.lifecycle.preStop", {"exec": {"command": ["kill", "1"]}}),
    ),
    (
        manifests.the_queue_is_named_as_the_application_names_it,
        "minikube-gpu",
        put("ScaledObject", "worker", "spec.triggers.0.metadata.listName", "rq:queue:default"),
    ),
    (
        manifests.the_queue_is_named_as_the_application_names_it,
        "minikube-gpu",
        put("ScaledObject", "worker", "spec.advanced.scalingModifiers.formula", "queued"),
    ),
    (
        manifests.there_are_as_many_workers_as_slots,
        "minikube-gpu",
        put("ScaledObject", "worker", "spec.maxReplicaCount", 9),
    ),
    (
        manifests.there_are_as_many_workers_as_slots,
        "minikube-gpu-chart",
        put("ScaledObject", "worker", "spec.maxReplicaCount", 3),
    ),
    (
        manifests.keda_reads_the_secret_that_is_there,
        "minikube-gpu",
        put("TriggerAuthentication", "queue", "spec.secretTargetRef.0.name", "knotty-secrets"),
    ),
    (
        manifests.ports_have_names_and_probes_hit_them,
        "dev-cpu",
        put("Deployment", "api", f"{POD}.containers.0.readinessProbe.httpGet.port", "web"),
    ),
    (
        manifests.ports_have_names_and_probes_hit_them,
        "dev-cpu",
        put("Deployment", "valkey", f"{POD}.containers.0.livenessProbe.exec", {"command": ["true"]}),
    ),
    (manifests.selectors_find_their_pods, "dev-cpu", put("Service", "api", "spec.selector", {"app": "api"})),
    (
        manifests.selectors_find_their_pods,
        "production",
        put("PodDisruptionBudget", "api", "spec.selector.matchLabels", {"app": "api"}),
    ),
    (
        manifests.selectors_find_their_pods,
        "dev-cpu",
        put("Deployment", "api", f"{POD[:13]}.metadata.labels", {"app": "api"}),
    ),
    (manifests.nobody_talks_who_need_not, "dev-cpu", drop("NetworkPolicy", "deny-all")),
    (
        manifests.nobody_talks_who_need_not,
        "dev-cpu",
        put("NetworkPolicy", "worker-to-model", "spec.podSelector", {"matchLabels": {"app.kubernetes.io/name": "api"}}),
    ),
    (
        manifests.nobody_talks_who_need_not,
        "production",
        put(
            "NetworkPolicy",
            "sweep-to-model-and-receivers",
            "spec.podSelector",
            {"matchLabels": {"app.kubernetes.io/name": "worker"}},
        ),
    ),
    (
        manifests.nobody_talks_who_need_not,
        "dev-cpu",
        put("NetworkPolicy", "sweep-to-model-and-receivers", "spec.egress.1.to.0.ipBlock.except", ["10.0.0.0/8"]),
    ),
    (manifests.a_drain_is_never_blocked, "production", lambda found: found.append(JOB)),
    (manifests.a_drain_is_never_blocked, "production", lambda found: found.append(GUARD)),
    (manifests.mounts_are_told_apart, "dev-cpu", put("Deployment", "api", f"{POD}.volumes.0.name", "tmp.d")),
    (
        manifests.mounts_are_told_apart,
        "minikube-gpu",
        put("Deployment", "ollama", f"{POD}.containers.0.volumeMounts.1.mountPath", "/tmp"),
    ),
]


@pytest.mark.parametrize(("policy", "overlay", "broken"), BROKEN, ids=lambda each: getattr(each, "__name__", each))
def test_every_policy_sees_what_breaks_it(policy: Policy, overlay: str, broken: Callable[[list[Object]], None]) -> None:
    found = objects(overlay)
    broken(found)

    assert policy(overlay, found)


def test_every_policy_has_its_twin() -> None:
    assert {policy for policy, _, _ in BROKEN} == set(POLICIES)


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
    config = next(
        each for each in of(objects(overlay), "ConfigMap") if each["metadata"]["name"].startswith("knotty-co")
    )
    read_elsewhere = {"BIND", "PORT", "WEB_CONCURRENCY"}  # by gunicorn's own settings

    settings = {name: value for name, value in config["data"].items() if name not in read_elsewhere}
    assert all(name.lower() in Settings.__dataclass_fields__ for name in settings)
    Settings.from_env(settings)


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_metrics_are_where_the_services_point(overlay: str) -> None:
    found = objects(overlay)
    for name in ("api", "sweep"):
        service = named(found, "Service", f"{name}-metrics")
        ports = {p["name"]: p["containerPort"] for p in containers(named(found, "Deployment", name))[-1]["ports"]}
        config = next(each for each in of(found, "ConfigMap") if each["metadata"]["name"].startswith("knotty-config"))
        assert ports[service["spec"]["ports"][0]["targetPort"]] == int(config["data"]["METRICS_PORT"])


def test_the_chart_and_our_own_manifests_give_the_same_names_ports_and_labels() -> None:
    ours, theirs = named(objects("minikube-gpu"), "Deployment", "ollama"), manifests.values()
    container = containers(ours)[-1]

    assert theirs["fullnameOverride"] == ours["metadata"]["name"]
    assert container["image"] == f"ollama/ollama:{theirs['image']['tag']}"
    assert theirs["podSecurityContext"] == template(ours)["spec"]["securityContext"]
    assert theirs["securityContext"] == container["securityContext"]
    same = {each["name"]: each["value"] for each in theirs["extraEnv"]}
    assert same.items() <= {each["name"]: each["value"] for each in container["env"]}.items()
    config = {o: named_config(o)["MODEL_NAME"] for o in ("minikube-gpu", "minikube-gpu-chart")}
    assert {theirs["ollama"]["models"]["create"][0]["name"]} == set(config.values())
    reference = theirs["ollama"]["models"]["create"][0]
    modelfile = named(objects("minikube-gpu-chart"), "ConfigMap", reference["configMapRef"])
    ours_too = (KUSTOMIZE / "components" / "big-model" / "Modelfile").read_text()
    assert modelfile["data"][reference["configMapKeyRef"]] == ours_too
    assert theirs["ollama"]["models"]["pull"] == re.findall(r"^FROM (\S+)", ours_too, re.MULTILINE)


def named_config(overlay: str) -> dict[str, str]:
    found = next(each for each in of(objects(overlay), "ConfigMap") if each["metadata"]["name"].startswith("knotty-co"))
    data: dict[str, str] = found["data"]
    return data


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


def test_every_metric_that_a_rule_or_a_panel_names_is_one_that_is_told(store: Settings) -> None:
    told = {sample.name for metric in metrics.Board(store).registry.collect() for sample in metric.samples}
    told |= {f"knotty_{name}" for name in ("streams_open", "refused_total")}  # the api's: test_api_health looks at them
    told |= {f"knotty_http_request_duration_seconds_{end}" for end in ("bucket", "count", "sum")}
    rules = (KUSTOMIZE / "components" / "monitoring" / "rules.yaml").read_text()
    panels = (KUSTOMIZE / "components" / "monitoring" / "dashboard.json").read_text()

    named_there = set(re.findall(r"\bknotty_\w+", re.sub(r"^ *(summary|# ).*$", "", rules, flags=re.M) + panels))
    assert named_there
    assert named_there - told == set()
    recorded = set(re.findall(r"record: (\S+)", rules))
    assert set(re.findall(r"\bknotty:\w+:\w+", rules + panels)) <= recorded
