"""What must be true of every overlay where pods come and go: by the queue, at a release, with a node."""

from __future__ import annotations

import re

from embedded.home import ROOT
from jobs.queue import NAME
from settings import Settings
from tests.manifests import CHART, GIVEN, Object, containers, name_of, named, of, selects, template


def what_is_scaled_has_no_fixed_number(_overlay: str, found: list[Object]) -> list[str]:
    scaled = {each["spec"]["scaleTargetRef"]["name"] for each in of(found, "ScaledObject", "HorizontalPodAutoscaler")}
    return [
        f"{name_of(each)} has a number of its own"
        for each in of(found, "Deployment")
        if each["metadata"]["name"] in scaled and "replicas" in each["spec"]
    ]


def every_pod_has_time_to_end(_overlay: str, found: list[Object]) -> list[str]:
    """Longer than what it still does, and a margin; nothing signals a worker before its time."""
    settings = Settings()
    pods = {name: template(named(found, "Deployment", name))["spec"] for name in ("worker", "sweep", "api")}
    graceful = re.search(r"^graceful_timeout = (\d+)", (ROOT / "api" / "gunicorn.conf.py").read_text(), re.M)
    assert graceful
    hook = pods["api"]["containers"][0].get("lifecycle", {}).get("preStop", {}).get("sleep", {})
    needs = {
        "worker": settings.stop_seconds + 15,
        "sweep": max(settings.stop_seconds, settings.webhook_seconds + 1) + 10,
        "api": hook.get("seconds", 0) + int(graceful[1]) + 10,
    }
    faults = [
        f"{name} is killed too early"
        for name, seconds in needs.items()
        if pods[name].get("terminationGracePeriodSeconds", 30) < seconds
    ]
    if not hook:
        faults.append("api ends while requests are still sent to it")
    if any("lifecycle" in container for container in pods["worker"]["containers"]):
        faults.append("something signals the worker before its time")  # RQ drops its job at a second signal
    return faults


def the_queue_is_named_as_the_application_names_it(_overlay: str, found: list[Object]) -> list[str]:
    faults = []
    for each in of(found, "ScaledObject"):
        lists = [trigger["metadata"]["listName"] for trigger in each["spec"]["triggers"]]
        if sorted(lists) != [f"rq:queue:{NAME}", f"rq:wip:{NAME}"]:
            faults.append(f"{name_of(each)} looks at {lists}")
        names = [trigger["name"] for trigger in each["spec"]["triggers"]]
        formula = each["spec"]["advanced"]["scalingModifiers"]["formula"]
        if sorted(re.findall(r"\w+", formula)) != sorted(names) or "+" not in formula:
            faults.append(f"{name_of(each)} takes {formula}")
    return faults


def there_are_as_many_workers_as_slots(overlay: str, found: list[Object]) -> list[str]:
    worker = [each for each in of(found, "ScaledObject") if each["metadata"]["name"] == "worker"]
    servers = [each for each in of(found, "Deployment") if each["metadata"]["name"] == "ollama"]
    if not worker or not (servers or overlay.endswith("chart")):
        return []
    env = containers(servers[0])[-1]["env"] if servers else named(found, "HelmValues", CHART)["spec"]["extraEnv"]
    slots = next(int(each["value"]) for each in env if each["name"] == "OLLAMA_NUM_PARALLEL")
    most = worker[0]["spec"]["maxReplicaCount"]
    return [] if most == slots else [f"{most} workers for {slots} slots"]


def the_model_outlasts_its_clients(_overlay: str, found: list[Object]) -> list[str]:
    """It takes far longer to load than a worker to start, and it sleeps where nobody asks."""
    rests = {each["metadata"]["name"]: each["spec"] for each in of(found, "ScaledObject")}
    if not rests:
        return []
    faults = [f"{name} never sleeps" for name, spec in rests.items() if spec.get("minReplicaCount") != 0]
    if rests[CHART]["cooldownPeriod"] <= rests["worker"]["cooldownPeriod"]:
        faults.append("the model is put to sleep under its workers")
    return faults


def keda_reads_the_secret_that_is_there(overlay: str, found: list[Object]) -> list[str]:
    there = {each["metadata"]["name"] for each in of(found, "Secret")} | (
        GIVEN["Secret"] if overlay == "production" else set()
    )
    return [
        f"{name_of(each)} wants Secret {ref['name']}"
        for each in of(found, "TriggerAuthentication")
        for ref in each["spec"]["secretTargetRef"]
        if ref["name"] not in there
    ]


def a_drain_is_never_blocked(_overlay: str, found: list[Object]) -> list[str]:
    faults = [f"{name_of(each)}: its template cannot be changed" for each in of(found, "Job")]
    for each in of(found, "PodDisruptionBudget"):
        for other in of(found, "Deployment"):
            guarded = selects(each["spec"]["selector"], template(other)["metadata"]["labels"])
            if guarded and _fewest_pods(other, found) < 2:
                faults.append(f"{name_of(each)} guards a single pod")
    return faults


def _fewest_pods(deployment: Object, found: list[Object]) -> int:
    """How many it has when there is least to do."""
    for each in of(found, "HorizontalPodAutoscaler"):
        if each["spec"]["scaleTargetRef"]["name"] == deployment["metadata"]["name"]:
            return int(each["spec"].get("minReplicas", 1))
    return int(deployment["spec"].get("replicas", 1))


def copies_are_on_nodes_of_their_own(_overlay: str, found: list[Object]) -> list[str]:
    """As far as there are nodes: one that is lost must not take all copies."""
    faults = []
    for each in of(found, "Deployment"):
        name, labels = each["metadata"]["name"], template(each)["metadata"]["labels"]
        spread = template(each)["spec"].get("topologySpreadConstraints", [])
        if name == "worker" or _fewest_pods(each, found) < 2:
            continue
        if not any(one["topologyKey"] == "kubernetes.io/hostname" for one in spread):
            faults.append(f"{name_of(each)} may have all its pods on one node")
        for one in spread:
            keys = one.get("matchLabelKeys", [])
            if not selects(one["labelSelector"], labels) or not set(keys) <= {"pod-template-hash", *labels}:
                faults.append(f"{name_of(each)} spreads other pods than its own")
            if set(keys) & set(one["labelSelector"].get("matchLabels", {})):
                faults.append(f"{name_of(each)}: the API server takes a label once")
    return faults


POLICIES = (
    what_is_scaled_has_no_fixed_number,
    every_pod_has_time_to_end,
    the_queue_is_named_as_the_application_names_it,
    there_are_as_many_workers_as_slots,
    the_model_outlasts_its_clients,
    keda_reads_the_secret_that_is_there,
    a_drain_is_never_blocked,
    copies_are_on_nodes_of_their_own,
)
