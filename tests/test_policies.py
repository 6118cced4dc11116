"""Every overlay keeps every policy, and every policy sees an overlay that breaks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests import policies, scaling, traffic
from tests.manifests import OVERLAYS, Object, named, objects, of
from tests.policies import Policy

POLICIES: tuple[Policy, ...] = (*policies.POLICIES, *scaling.POLICIES, *traffic.POLICIES)

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
CHARTED = "minikube-gpu-chart"
BROKEN: list[tuple[Policy, str, Callable[[list[Object]], None]]] = [
    (policies.only_web_is_a_door, "dev-cpu", put("Service", "api", "spec.type", "LoadBalancer")),
    (policies.only_web_is_a_door, "dev-cpu", put("Service", "web", "spec.type", "ClusterIP")),
    (scaling.what_is_scaled_has_no_fixed_number, "minikube-gpu", put("Deployment", "worker", "spec.replicas", 1)),
    (scaling.what_is_scaled_has_no_fixed_number, "production", put("Deployment", "api", "spec.replicas", 2)),
    (policies.every_name_is_there, "dev-cpu", drop("ConfigMap", "knotty-config")),
    (policies.every_name_is_there, "minikube-gpu", drop("PersistentVolumeClaim", "ollama")),
    (policies.every_name_is_there, "minikube-gpu", drop("Deployment", "ollama")),
    (policies.every_pod_is_restricted, "dev-cpu", put("Deployment", "api", f"{POD}.securityContext.runAsNonRoot", 0)),
    (policies.every_pod_is_restricted, "dev-cpu", put("Deployment", "web", f"{POD}.enableServiceLinks", True)),
    (policies.every_pod_is_restricted, "production", put("Deployment", "ollama", f"{POD}.hostNetwork", True)),
    (
        policies.every_pod_is_restricted,
        "dev-cpu",
        put("Deployment", "api", f"{POD}.initContainers.0.securityContext.readOnlyRootFilesystem", False),
    ),
    (policies.every_pod_is_restricted, "dev-cpu", put("Deployment", "llm", f"{POD}.containers.0.resources", {})),
    (policies.images_are_pinned, "dev-cpu", put("Deployment", "api", f"{POD}.containers.0.image", "knotty:latest")),
    (policies.images_are_pinned, "dev-cpu", put("Deployment", "api", f"{POD}.containers.0.image", "knotty")),
    (policies.images_are_pinned, "production", put("Deployment", "web", f"{POD}.containers.0.image", "web:1.2")),
    (
        policies.images_are_pinned,
        "production",
        lambda found: found.append({"kind": "Secret", "metadata": {"name": "knotty-secrets"}}),
    ),
    (
        scaling.every_pod_has_time_to_end,
        "dev-cpu",
        put("Deployment", "worker", f"{POD}.terminationGracePeriodSeconds", 10),
    ),
    (
        scaling.every_pod_has_time_to_end,
        "dev-cpu",
        put("Deployment", "worker", f"{POD}.containers.0.lifecycle.preStop", {"exec": {"command": ["kill", "1"]}}),
    ),
    (
        scaling.the_queue_is_named_as_the_application_names_it,
        "minikube-gpu",
        put("ScaledObject", "worker", "spec.triggers.0.metadata.listName", "rq:queue:default"),
    ),
    (
        scaling.the_queue_is_named_as_the_application_names_it,
        "minikube-gpu",
        put("ScaledObject", "worker", "spec.advanced.scalingModifiers.formula", "queued"),
    ),
    (
        scaling.there_are_as_many_workers_as_slots,
        "minikube-gpu",
        put("ScaledObject", "worker", "spec.maxReplicaCount", 9),
    ),
    (
        scaling.there_are_as_many_workers_as_slots,
        CHARTED,
        put("ScaledObject", "worker", "spec.maxReplicaCount", 3),
    ),
    (
        scaling.keda_reads_the_secret_that_is_there,
        "minikube-gpu",
        put("TriggerAuthentication", "queue", "spec.secretTargetRef.0.name", "knotty-secrets"),
    ),
    (
        policies.ports_have_names_and_probes_hit_them,
        "dev-cpu",
        put("Deployment", "api", f"{POD}.containers.0.readinessProbe.httpGet.port", "web"),
    ),
    (
        policies.ports_have_names_and_probes_hit_them,
        "minikube-gpu",
        put("Service", "ollama", "spec.ports", [{"port": 11434}]),
    ),
    (policies.selectors_find_their_pods, "dev-cpu", put("Service", "api", "spec.selector", {"app": "api"})),
    (
        policies.selectors_find_their_pods,
        "production",
        put("PodDisruptionBudget", "api", "spec.selector.matchLabels", {"app": "api"}),
    ),
    (
        policies.selectors_find_their_pods,
        "dev-cpu",
        put("Deployment", "api", "spec.template.metadata.labels", {"app": "api"}),
    ),
    (traffic.nobody_talks_who_need_not, "dev-cpu", drop("NetworkPolicy", "deny-all")),
    (
        traffic.nobody_talks_who_need_not,
        "dev-cpu",
        put("NetworkPolicy", "worker-to-model", "spec.podSelector", {"matchLabels": {"app.kubernetes.io/name": "api"}}),
    ),
    (
        traffic.nobody_talks_who_need_not,
        "production",
        put(
            "NetworkPolicy",
            "sweep-to-model-and-receivers",
            "spec.podSelector",
            {"matchLabels": {"app.kubernetes.io/name": "worker"}},
        ),
    ),
    (
        traffic.nobody_talks_who_need_not,
        "dev-cpu",
        put("NetworkPolicy", "sweep-to-model-and-receivers", "spec.egress.1.to.0.ipBlock.except", ["10.0.0.0/8"]),
    ),
    (scaling.a_drain_is_never_blocked, "production", lambda found: found.append(JOB)),
    (scaling.a_drain_is_never_blocked, "production", lambda found: found.append(GUARD)),
    (policies.a_volume_has_no_dot, "dev-cpu", put("Deployment", "api", f"{POD}.volumes.0.name", "tmp.d")),
    (
        policies.a_path_is_mounted_once,
        "minikube-gpu",
        put("Deployment", "ollama", f"{POD}.containers.0.volumeMounts.1.mountPath", "/tmp"),
    ),
    (
        policies.images_are_pinned,
        "production",
        put("Deployment", "api", f"{POD}.containers.0.image", f"knotty@sha256:{'0' * 64}"),
    ),
    (policies.images_are_pinned, "dev-cpu", put("StatefulSet", "postgres", f"{POD}.containers.0.image", "postgres:18")),
    (policies.images_are_pinned, CHARTED, put("HelmValues", "ollama", "spec.image.tag", "latest")),
    (
        scaling.every_pod_has_time_to_end,
        "production",
        put("Deployment", "sweep", f"{POD}.terminationGracePeriodSeconds", 20),
    ),
    (
        scaling.every_pod_has_time_to_end,
        "dev-cpu",
        put("Deployment", "api", f"{POD}.terminationGracePeriodSeconds", 12),
    ),
    (scaling.every_pod_has_time_to_end, "dev-cpu", put("Deployment", "api", f"{POD}.containers.0.lifecycle", {})),
    (scaling.the_model_outlasts_its_clients, "minikube-gpu", put("ScaledObject", "ollama", "spec.cooldownPeriod", 60)),
    (scaling.the_model_outlasts_its_clients, "production", put("ScaledObject", "worker", "spec.minReplicaCount", 1)),
    (
        policies.a_probe_asks_in_one_way,
        "dev-cpu",
        put("Deployment", "valkey", f"{POD}.containers.0.livenessProbe.exec", {"command": ["true"]}),
    ),
    (
        policies.a_probe_asks_in_one_way,
        "dev-cpu",
        put("Deployment", "valkey", f"{POD}.containers.0.livenessProbe", {"periodSeconds": 5}),
    ),
    (
        policies.what_takes_requests_says_when_it_is_ready,
        "production",
        put("Deployment", "llm", f"{POD}.containers.0", {"name": "llm"}),
    ),
    (
        scaling.copies_are_on_nodes_of_their_own,
        "production",
        put("Deployment", "sweep", f"{POD}.topologySpreadConstraints", []),
    ),
    (
        scaling.copies_are_on_nodes_of_their_own,
        "production",
        put("Deployment", "api", f"{POD}.topologySpreadConstraints.0.topologyKey", "zone"),
    ),
    (
        scaling.copies_are_on_nodes_of_their_own,
        "production",
        put("Deployment", "web", f"{POD}.topologySpreadConstraints.0.matchLabelKeys", ["app.kubernetes.io/part-of"]),
    ),
    *(
        (policies.the_chart_gives_what_our_manifests_give, CHARTED, broken)
        for broken in (
            put("HelmValues", "ollama", "spec.fullnameOverride", "llama"),
            put("HelmValues", "ollama", "spec.updateStrategy.type", ""),
            put("HelmValues", "ollama", "spec.extraEnv.2.value", "8"),
            put("HelmValues", "ollama", "spec.ollama.models.create.0.name", "other"),
            put("ConfigMap", "knotty-modelfile", "data.Modelfile", "FROM llama3.2:1b"),
            put("ServiceAccount", "default", "automountServiceAccountToken", True),
        )
    ),
    (traffic.everybody_finds_whom_they_ask, "dev-cpu", put("Service", "llm", "metadata.name", "model")),
    (traffic.everybody_finds_whom_they_ask, "minikube-gpu", put("Service", "valkey", "spec.ports.0.port", 6380)),
    (traffic.everybody_finds_whom_they_ask, "production", put("Service", "api", "spec.ports.0.targetPort", "web")),
    (traffic.everybody_finds_whom_they_ask, "production", put("Service", "sweep-metrics", "spec.ports.0.name", "http")),
    (traffic.everybody_reaches_whom_they_must, "dev-cpu", drop("NetworkPolicy", "worker-to-model")),
    (
        traffic.everybody_reaches_whom_they_must,
        "minikube-gpu",
        put("NetworkPolicy", "valkey", "spec.ingress.0.ports.0.port", 6380),
    ),
    (traffic.everybody_reaches_whom_they_must, "minikube-gpu", drop("NetworkPolicy", "keda-to-valkey")),
    (traffic.everybody_reaches_whom_they_must, CHARTED, drop("NetworkPolicy", "ollama-pulls")),
    (traffic.everybody_reaches_whom_they_must, CHARTED, drop("NetworkPolicy", "names")),
    (traffic.everybody_reaches_whom_they_must, "production", drop("NetworkPolicy", "scraped")),
    (traffic.everybody_reaches_whom_they_must, "production", drop("NetworkPolicy", "to-stores")),
    (traffic.every_monitor_finds_what_it_watches, "production", put("Service", "api-metrics", "metadata.labels", {})),
    (
        traffic.every_monitor_finds_what_it_watches,
        "production",
        put("ServiceMonitor", "api", "metadata.name", "knotty-api"),
    ),
]


@pytest.mark.parametrize(("policy", "overlay", "broken"), BROKEN, ids=lambda each: getattr(each, "__name__", each))
def test_every_policy_sees_what_breaks_it(policy: Policy, overlay: str, broken: Callable[[list[Object]], None]) -> None:
    found = objects(overlay)
    broken(found)

    assert policy(overlay, found)


def test_every_policy_has_its_twin() -> None:
    assert {policy for policy, _, _ in BROKEN} == set(POLICIES)
