"""What must be true of every overlay's pods, names and images. Others: scaling.py, traffic.py.

A policy takes the objects of one overlay and gives what breaks it, in words. It is believed because test_policies.py
breaks each overlay on purpose and sees it found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tests.manifests import (
    CHART,
    GIVEN,
    Object,
    config,
    containers,
    name_of,
    named,
    objects,
    of,
    selects,
    template,
    workloads,
)

Policy = Callable[[str, list[Object]], list[str]]

BY_DIGEST = r"[^@]+@sha256:(?!(.)\1{63})[0-9a-f]{64}"  # 64 times the same is a placeholder
BY_VERSION = r"knotty(-web)?:dev|.+:v?\d+\.\d.*"
PROBES = ("startupProbe", "readinessProbe", "livenessProbe")


def only_web_is_a_door(_overlay: str, found: list[Object]) -> list[str]:
    doors = [each for each in of(found, "Service") if each["spec"].get("type", "ClusterIP") != "ClusterIP"]
    faults = [f"{name_of(each)} is a door" for each in doors if each["metadata"]["name"] != "web"]
    return faults + ([] if any(each["spec"].get("type") == "NodePort" for each in doors) else ["there is no door"])


def every_name_is_there(overlay: str, found: list[Object]) -> list[str]:
    there = {kind: set(names) for kind, names in GIVEN.items()} if overlay == "production" else {}
    for each in found:
        there.setdefault(each["kind"], set()).add(each["metadata"]["name"])
    faults = []
    for each in workloads(found):
        for kind, name in _names(each):
            if name not in there.get(kind, ()):
                faults.append(f"{name_of(each)} wants {kind} {name}")
    for each in of(found, "ScaledObject", "HorizontalPodAutoscaler"):
        target = each["spec"]["scaleTargetRef"]["name"]
        if target not in there["Deployment"] and not (overlay.endswith("chart") and target == CHART):
            faults.append(f"{name_of(each)} scales {target}, which is not there")
    return faults


def _names(each: Object) -> Iterator[tuple[str, str]]:
    """What a workload wants to be there: (kind, name)."""
    pod = template(each)["spec"]
    for volume in pod.get("volumes", []):
        if "configMap" in volume:
            yield "ConfigMap", volume["configMap"]["name"]
        if "secret" in volume:
            yield "Secret", volume["secret"]["secretName"]
        if "persistentVolumeClaim" in volume:
            yield "PersistentVolumeClaim", volume["persistentVolumeClaim"]["claimName"]
    for container in containers(each):
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
    """By digest in production, where no secret is either; elsewhere by a version, ours by the tag they are built as."""
    images = [(name_of(each), container["image"]) for each in workloads(found) for container in containers(each)]
    images += [(name_of(each), f"{CHART}:{each['spec']['image']['tag']}") for each in of(found, "HelmValues")]
    pinned = BY_DIGEST if overlay == "production" else BY_VERSION
    faults = [f"{name} runs {image}" for name, image in images if not re.fullmatch(pinned, image)]
    if overlay == "production":
        faults += [f"{name_of(each)} is written here" for each in of(found, "Secret")]
    return faults


def ports_have_names_and_probes_hit_them(_overlay: str, found: list[Object]) -> list[str]:
    faults = []
    for each in workloads(found):
        for container in containers(each):
            ports = container.get("ports", [])
            known = {port.get("name") for port in ports}
            faults += [f"{name_of(each)}: a port without a name" for port in ports if "name" not in port]
            for kind, probe in _probes(container):
                for handler in ("httpGet", "tcpSocket"):
                    if handler in probe and probe[handler]["port"] not in known:
                        faults.append(f"{name_of(each)}: {kind} asks port {probe[handler]['port']}")
    for each in of(found, "Service"):
        faults += [f"{name_of(each)}: a port without a name" for port in each["spec"]["ports"] if "name" not in port]
    return faults


def a_probe_asks_in_one_way(_overlay: str, found: list[Object]) -> list[str]:
    """Schema validators let two handlers pass; a real API server refuses them."""
    ways = ("httpGet", "tcpSocket", "exec", "grpc")
    return [
        f"{name_of(each)}: {kind} has {sum(way in probe for way in ways)} handlers"
        for each in workloads(found)
        for container in containers(each)
        for kind, probe in _probes(container)
        if sum(way in probe for way in ways) != 1
    ]


def _probes(container: Object) -> list[tuple[str, Object]]:
    return [(kind, container[kind]) for kind in PROBES if kind in container]


def what_takes_requests_says_when_it_is_ready(_overlay: str, found: list[Object]) -> list[str]:
    """Whatever stands behind a Service. Metrics alone make nothing ready: a sweep is looked at however it is."""
    served = [
        each["spec"]["selector"] for each in of(found, "Service") if not each["metadata"]["name"].endswith("metrics")
    ]
    return [
        f"{name_of(each)} takes requests before it is ready"
        for each in workloads(found)
        if any(selects({"matchLabels": one}, template(each)["metadata"]["labels"]) for one in served)
        and not any("readinessProbe" in container for container in template(each)["spec"]["containers"])
    ]


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
        if not selects(each["spec"]["selector"], template(each)["metadata"]["labels"])
    ] + [
        f"{name} selects nothing"
        for name, selector in selectors.items()
        if not any(selects(selector, labels) for labels in pods.values())
    ]


def a_volume_has_no_dot(_overlay: str, found: list[Object]) -> list[str]:
    """Schema validators let it pass; a real API server refuses it."""
    return [
        f"{name_of(each)}: volume {volume['name']} has a dot"
        for each in workloads(found)
        for volume in template(each)["spec"].get("volumes", [])
        if "." in volume["name"]
    ]


def a_path_is_mounted_once(_overlay: str, found: list[Object]) -> list[str]:
    """Schema validators let it pass; a real API server refuses it."""
    faults = []
    for each in workloads(found):
        for container in containers(each):
            paths = [mount["mountPath"] for mount in container.get("volumeMounts", [])]
            faults += [f"{name_of(each)}: {path} twice" for path in sorted({p for p in paths if paths.count(p) > 1})]
    return faults


def the_chart_gives_what_our_manifests_give(overlay: str, found: list[Object]) -> list[str]:
    """Names, image, security, slots, model, volume: whoever changes one of the two changes both."""
    if not overlay.endswith("chart"):
        return []
    theirs, ours = named(found, "HelmValues", CHART)["spec"], named(objects("minikube-gpu"), "Deployment", CHART)
    pod, container = template(ours)["spec"], containers(ours)[-1]
    claim = named(objects("minikube-gpu"), "PersistentVolumeClaim", CHART)["spec"]["resources"]["requests"]["storage"]
    model, made = theirs["ollama"]["models"], config(found)
    source = model["create"][0]
    modelfile = config(found, source["configMapRef"]).get(source["configMapKeyRef"], "")
    environment = {each["name"]: each["value"] for each in container["env"]}
    alike = {
        "name": (theirs["fullnameOverride"], ours["metadata"]["name"]),
        "image": (f"ollama/ollama:{theirs['image']['tag']}", container["image"]),
        "security of the pod": (theirs["podSecurityContext"], pod["securityContext"]),
        "security of the container": (theirs["securityContext"], container["securityContext"]),
        "environment": ({each["name"]: environment.get(each["name"]) for each in theirs["extraEnv"]},
                        {each["name"]: each["value"] for each in theirs["extraEnv"]}),
        "memory": (theirs["resources"]["limits"]["memory"], container["resources"]["limits"]["memory"]),
        "GPUs": (theirs["ollama"]["gpu"]["number"], container["resources"]["limits"]["nvidia.com/gpu"]),
        "strategy": (theirs["updateStrategy"]["type"], ours["spec"]["strategy"]["type"]),
        "volume": (theirs["persistentVolume"]["size"], claim),
        "model": (source["name"], made["MODEL_NAME"]),
        "base": (model["pull"], re.findall(r"^FROM (\S+)", modelfile, re.M)),
        "Modelfile": (modelfile, config(objects("minikube-gpu"), source["configMapRef"])[source["configMapKeyRef"]]),
        "settings": (made, config(objects("minikube-gpu"))),
        "scaling by the chart": (theirs["autoscaling"]["enabled"], False),
        "token": (named(found, "ServiceAccount", "default")["automountServiceAccountToken"], False),
    }  # fmt: skip
    return [f"the chart's {name} is {one}, ours is {other}" for name, (one, other) in alike.items() if one != other]


POLICIES: tuple[Policy, ...] = (
    only_web_is_a_door,
    every_name_is_there,
    every_pod_is_restricted,
    images_are_pinned,
    ports_have_names_and_probes_hit_them,
    a_probe_asks_in_one_way,
    what_takes_requests_says_when_it_is_ready,
    selectors_find_their_pods,
    a_volume_has_no_dot,
    a_path_is_mounted_once,
    the_chart_gives_what_our_manifests_give,
)
