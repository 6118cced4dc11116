"""The manifests as a cluster gets them, and what must be true of them.

A policy takes the objects of one overlay and gives what breaks it, in words. It is believed because test_manifests.py
breaks each overlay on purpose and sees it found.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from jobs.queue import NAME
from settings import Settings

ROOT = Path(__file__).parent.parent
OVERLAYS = ("dev-cpu", "minikube-gpu", "minikube-gpu-chart", "production")
GIVEN = {"Secret": {"knotty-secrets"}}  # production's is made by hand
CHART = "ollama"  # what the chart brings where our own manifests do not

Object = dict[str, Any]
Policy = Callable[[str, list[Object]], list[str]]


@cache
def built(overlay: str) -> str:
    """The YAML of an overlay, by `kubectl kustomize`."""
    kubectl = shutil.which("kubectl")
    assert kubectl, "kubectl 1.27 or newer is needed to build the manifests: https://kubernetes.io/docs/tasks/tools/"
    ran = subprocess.run(
        [kubectl, "kustomize", ROOT / "kustomize" / "overlays" / overlay], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def objects(overlay: str) -> list[Object]:
    """Its objects, anew each time, so that a test may change them."""
    return [each for each in yaml.safe_load_all(built(overlay)) if each]


def of(found: list[Object], *kinds: str) -> list[Object]:
    return [each for each in found if each["kind"] in kinds]


def named(found: list[Object], kind: str, name: str) -> Object:
    return next(each for each in of(found, kind) if each["metadata"]["name"] == name)


def name_of(each: Object) -> str:
    return f"{each['kind']} {each['metadata']['name']}"


def template(each: Object) -> Object:
    """The pod template of a workload."""
    found: Object = each["spec"]["template"]
    return found


def workloads(found: list[Object]) -> list[Object]:
    return of(found, "Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob")


def containers(each: Object) -> list[Object]:
    pod = template(each)["spec"]
    return [*pod.get("initContainers", []), *pod["containers"]]


# -- the policies


def only_web_is_a_door(_overlay: str, found: list[Object]) -> list[str]:
    doors = [each for each in of(found, "Service") if each["spec"].get("type", "ClusterIP") != "ClusterIP"]
    faults = [f"{name_of(each)} is a door" for each in doors if each["metadata"]["name"] != "web"]
    return faults + ([] if any(each["spec"].get("type") == "NodePort" for each in doors) else ["there is no door"])


def what_is_scaled_has_no_fixed_number(_overlay: str, found: list[Object]) -> list[str]:
    scaled = {each["spec"]["scaleTargetRef"]["name"] for each in of(found, "ScaledObject", "HorizontalPodAutoscaler")}
    return [
        f"{name_of(each)} has a number of its own"
        for each in of(found, "Deployment")
        if each["metadata"]["name"] in scaled and "replicas" in each["spec"]
    ]


def every_name_is_there(overlay: str, found: list[Object]) -> list[str]:
    there = {kind: set(names) for kind, names in GIVEN.items()} if overlay == "production" else {}
    for each in found:
        there.setdefault(each["kind"], set()).add(each["metadata"]["name"])
    faults = []
    for each in workloads(found):
        for kind, name in _names(template(each)["spec"]):
            if name not in there.get(kind, ()):
                faults.append(f"{name_of(each)} wants {kind} {name}")
    for each in of(found, "ScaledObject", "HorizontalPodAutoscaler"):
        target = each["spec"]["scaleTargetRef"]["name"]
        if target not in there["Deployment"] and not (overlay.endswith("chart") and target == CHART):
            faults.append(f"{name_of(each)} scales {target}, which is not there")
    return faults


def _names(pod: Object) -> Iterator[tuple[str, str]]:
    for volume in pod.get("volumes", []):
        if "configMap" in volume:
            yield "ConfigMap", volume["configMap"]["name"]
        if "secret" in volume:
            yield "Secret", volume["secret"]["secretName"]
        if "persistentVolumeClaim" in volume:
            yield "PersistentVolumeClaim", volume["persistentVolumeClaim"]["claimName"]
    for container in [*pod.get("initContainers", []), *pod["containers"]]:
        for source in container.get("envFrom", []):
            for key, kind in (("configMapRef", "ConfigMap"), ("secretRef", "Secret")):
                if key in source:
                    yield kind, source[key]["name"]
        for variable in container.get("env", []):
            for key, kind in (("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")):
                if key in variable.get("valueFrom", {}):
                    yield kind, variable["valueFrom"][key]["name"]
    if "serviceAccountName" in pod:
        yield "ServiceAccount", pod["serviceAccountName"]


def every_pod_is_restricted(_overlay: str, found: list[Object]) -> list[str]:
    """The profile `restricted`, and no token and no links besides."""
    faults = []
    for each in workloads(found):
        pod = template(each)["spec"]
        around = pod.get("securityContext", {})
        wrong = [
            pod.get("automountServiceAccountToken") is not False and "has a token",
            pod.get("enableServiceLinks") is not False and "has links in its environment",
            around.get("runAsNonRoot") is not True and "may be root",
            not around.get("runAsUser") and "has no user",
            around.get("seccompProfile", {}).get("type") != "RuntimeDefault" and "has no seccomp profile",
            any(pod.get(name) for name in ("hostNetwork", "hostPID", "hostIPC")) and "shares the host",
            any("hostPath" in volume for volume in pod.get("volumes", [])) and "mounts the host",
        ]
        for container in containers(each):
            own = container.get("securityContext", {})
            wrong += [
                own.get("allowPrivilegeEscalation") is not False and f"{container['name']} may escalate",
                own.get("capabilities", {}).get("drop") != ["ALL"] and f"{container['name']} keeps capabilities",
                own.get("readOnlyRootFilesystem") is not True and f"{container['name']} may write its root",
                "memory" not in container.get("resources", {}).get("limits", {})
                and f"{container['name']} has no limit",
            ]
        faults += [f"{name_of(each)}: {fault}" for fault in wrong if fault]
    return faults


def images_are_pinned(overlay: str, found: list[Object]) -> list[str]:
    faults = []
    for each in workloads(found):
        for container in containers(each):
            image = container["image"]
            tag = image.rpartition("/")[2].partition(":")[2].partition("@")[0]
            if "@sha256:" not in image and (overlay == "production" or tag in ("", "latest")):
                faults.append(f"{name_of(each)} runs {image}")
    if overlay == "production":
        faults += [f"{name_of(each)} is written here" for each in of(found, "Secret")]
    return faults


def a_worker_has_time_to_hand_back(_overlay: str, found: list[Object]) -> list[str]:
    pod = template(named(found, "Deployment", "worker"))["spec"]
    faults = []
    if pod.get("terminationGracePeriodSeconds", 30) < Settings().stop_seconds + 15:
        faults.append("the worker is killed too early")
    if any("lifecycle" in container for container in pod["containers"]):
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
    env = containers(servers[0])[-1]["env"] if servers else values()["extraEnv"]
    slots = next(int(each["value"]) for each in env if each["name"] == "OLLAMA_NUM_PARALLEL")
    most = worker[0]["spec"]["maxReplicaCount"]
    return [] if most == slots else [f"{most} workers for {slots} slots"]


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


def ports_have_names_and_probes_hit_them(_overlay: str, found: list[Object]) -> list[str]:
    faults = []
    for each in workloads(found):
        for container in containers(each):
            ports = container.get("ports", [])
            known = {port.get("name") for port in ports}
            faults += [f"{name_of(each)}: a port without a name" for port in ports if "name" not in port]
            for kind in ("startupProbe", "readinessProbe", "livenessProbe"):
                probe = container.get(kind, {})
                handlers = [key for key in ("httpGet", "tcpSocket", "exec", "grpc") if key in probe]
                if probe and len(handlers) != 1:
                    faults.append(f"{name_of(each)}: {kind} has {len(handlers)} handlers")
                for handler in ("httpGet", "tcpSocket"):
                    if handler in probe and probe[handler]["port"] not in known:
                        faults.append(f"{name_of(each)}: {kind} asks port {probe[handler]['port']}")
    for each in of(found, "Service"):
        faults += [f"{name_of(each)}: a port without a name" for port in each["spec"]["ports"] if "name" not in port]
    return faults


def selectors_find_their_pods(overlay: str, found: list[Object]) -> list[str]:
    pods = {name_of(each): template(each)["metadata"]["labels"] for each in workloads(found)}
    if overlay.endswith("chart"):
        pods["chart"] = {"app.kubernetes.io/name": CHART}
    selectors = {name_of(each): {"matchLabels": each["spec"]["selector"]} for each in of(found, "Service")}
    selectors |= {name_of(each): each["spec"]["podSelector"] for each in of(found, "NetworkPolicy")}
    selectors |= {name_of(each): each["spec"]["selector"] for each in of(found, "PodDisruptionBudget")}
    return [
        f"{name_of(each)} does not select its own pods"
        for each in workloads(found)
        if not _selects(each["spec"]["selector"], template(each)["metadata"]["labels"])
    ] + [
        f"{name} selects nothing"
        for name, selector in selectors.items()
        if not any(_selects(selector, labels) for labels in pods.values())
    ]


def _selects(selector: Object, labels: Object) -> bool:
    return all(labels.get(key) == value for key, value in selector.get("matchLabels", {}).items()) and all(
        labels.get(rule["key"]) in rule["values"] for rule in selector.get("matchExpressions", [])
    )


def nobody_talks_who_need_not(overlay: str, found: list[Object]) -> list[str]:
    policies = of(found, "NetworkPolicy")
    denied = [each for each in policies if each["spec"]["podSelector"] == {} and "egress" not in each["spec"]]
    faults = [] if any(set(each["spec"]["policyTypes"]) == {"Ingress", "Egress"} for each in denied) else ["no denial"]
    api = {"app.kubernetes.io/name": "api"}
    for each in policies:
        selector, rules = each["spec"]["podSelector"], each["spec"].get("egress", [])
        reached = [peer for rule in rules for peer in rule.get("to", [{"ipBlock": {"cidr": "0.0.0.0/0"}}])]
        if selector and _selects(selector, api):
            models = [p for p in reached if "podSelector" in p and _selects(p["podSelector"], {**api, **_label("llm")})]
            faults += [f"{name_of(each)} lets the api reach a model"] * bool(models)
        for peer in reached:
            block = peer.get("ipBlock", {})
            if block.get("cidr") == "0.0.0.0/0":
                allowed = {"sweep"} | ({"ollama"} if overlay != "production" else set())
                who = {name for name in ("web", "api", "worker", "sweep", "llm", "ollama", "postgres", "valkey")
                       if _selects(selector, _label(name))}  # fmt: skip
                faults += [f"{name_of(each)} lets {name} out" for name in who - allowed]
                private = {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10"}
                faults += [f"{name_of(each)} reaches {net}" for net in private - set(block.get("except", ()))]
    return faults


def _label(name: str) -> Object:
    return {"app.kubernetes.io/name": name}


def a_drain_is_never_blocked(_overlay: str, found: list[Object]) -> list[str]:
    faults = [f"{name_of(each)}: its template cannot be changed" for each in of(found, "Job")]
    scaled = {each["spec"]["scaleTargetRef"]["name"]: each["spec"].get("minReplicas", 0)
              for each in of(found, "HorizontalPodAutoscaler")}  # fmt: skip
    for each in of(found, "PodDisruptionBudget"):
        for other in of(found, "Deployment"):
            if _selects(each["spec"]["selector"], template(other)["metadata"]["labels"]):
                number = other["spec"].get("replicas", scaled.get(other["metadata"]["name"], 1))
                if number < 2:
                    faults.append(f"{name_of(each)} guards a single pod")
    return faults


def mounts_are_told_apart(_overlay: str, found: list[Object]) -> list[str]:
    """What schema validators let pass and a real API server refuses."""
    faults = []
    for each in workloads(found):
        volumes = [volume["name"] for volume in template(each)["spec"].get("volumes", [])]
        faults += [f"{name_of(each)}: volume {name} has a dot" for name in volumes if "." in name]
        for container in containers(each):
            paths = [mount["mountPath"] for mount in container.get("volumeMounts", [])]
            faults += [f"{name_of(each)}: {path} twice" for path in {p for p in paths if paths.count(p) > 1}]
    return faults


POLICIES: tuple[Policy, ...] = (
    only_web_is_a_door,
    what_is_scaled_has_no_fixed_number,
    every_name_is_there,
    every_pod_is_restricted,
    images_are_pinned,
    a_worker_has_time_to_hand_back,
    the_queue_is_named_as_the_application_names_it,
    there_are_as_many_workers_as_slots,
    keda_reads_the_secret_that_is_there,
    ports_have_names_and_probes_hit_them,
    selectors_find_their_pods,
    nobody_talks_who_need_not,
    a_drain_is_never_blocked,
    mounts_are_told_apart,
)


def values() -> Object:
    """What the chart of Ollama is given."""
    found: Object = yaml.safe_load((ROOT / "kustomize" / "ollama" / "values.yaml").read_text())
    return found
