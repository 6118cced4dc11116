"""Who may talk to whom in every overlay: nobody who need not, everybody who must. test_policies.py breaks each once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.manifests import CHART, ROOT, Object, config, containers, labelled, name_of, of, selects, template, workloads

PRIVATE = {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10"}
ANYWHERE = {"ipBlock": {"cidr": "0.0.0.0/0"}}


class Call(NamedTuple):
    """Somebody asks a Service on one of its ports. `outside`: from another namespace."""

    who: str
    service: str
    port: int
    outside: bool = False


def nobody_talks_who_need_not(overlay: str, found: list[Object]) -> list[str]:
    policies = of(found, "NetworkPolicy")
    denied = [each for each in policies if each["spec"]["podSelector"] == {} and "egress" not in each["spec"]]
    faults = [] if any(set(each["spec"]["policyTypes"]) == {"Ingress", "Egress"} for each in denied) else ["no denial"]
    pods, api = {*pod_labels(overlay, found), CHART}, labelled("api")
    for each in policies:
        selector, rules = each["spec"]["podSelector"], each["spec"].get("egress", [])
        reached = [peer for rule in rules for peer in rule.get("to", [ANYWHERE])]
        if selector and selects(selector, api):
            models = [
                p for p in reached if "podSelector" in p and selects(p["podSelector"], {**api, **labelled("llm")})
            ]
            faults += [f"{name_of(each)} lets the api reach a model"] * bool(models)
        for block in (peer["ipBlock"] for peer in reached if "ipBlock" in peer):
            if block["cidr"] in ("0.0.0.0/0", "::/0"):
                allowed = {"sweep"} | ({CHART} if overlay != "production" else set())
                who = {name for name in pods if selects(selector, labelled(name))}
                faults += [f"{name_of(each)} lets {name} out" for name in sorted(who - allowed)]
                faults += [f"{name_of(each)} reaches {net}" for net in sorted(PRIVATE - set(block.get("except", ())))]
    return faults


def everybody_finds_whom_they_ask(overlay: str, found: list[Object]) -> list[str]:
    """Every address in settings, page, scaling and monitoring is a Service with that port, and a pod listens there."""
    return [
        f"{call.who} asks {call.service}:{call.port}, where nobody listens"
        for call in calls(found)
        if not (overlay.endswith("chart") and call[1:3] == (CHART, 11434)) and _behind(call, found) is None
    ]


def everybody_reaches_whom_they_must(overlay: str, found: list[Object]) -> list[str]:
    """Who is asked lets the asker in, and the asker is let out."""
    labels, faults = pod_labels(overlay, found), []
    for call in calls(found):
        name, port = _behind(call, found) or (CHART, 11434)
        if not call.outside and not _allowed(found, "egress", labels[call.who], labels[name], port):
            faults.append(f"{call.who} is not let out to {name}:{port}")
        if not _allowed(found, "ingress", labels[name], None if call.outside else labels[call.who], port):
            faults.append(f"{name} does not let {call.who} in on {port}")
    out = {"sweep"} | ({CHART} if CHART in labels and overlay != "production" else set())
    ways = [(name, 443, "the internet") for name in sorted(out)]
    ways += [(name, 53, "the names") for name in sorted(labels)]
    if overlay == "production":
        ways += [(name, port, "a store outside") for name in ("api", "worker", "sweep") for port in (5432, 6379)]
    faults += [
        f"{name} is not let out to {what}" for name, port, what in ways
        if not _allowed(found, "egress", labels[name], None, port)
    ]  # fmt: skip
    return faults


def calls(found: list[Object]) -> Iterator[Call]:
    """Who asks whom, as page, settings, secret, scaling and monitoring say it."""
    door = re.search(r"server (\w+):(\d+);", (ROOT / "web" / "nginx" / "default.conf").read_text())
    assert door
    yield Call("web", door[1], int(door[2]))
    settings, secret = config(found), config(found, "knotty-secrets")
    for name in ("MODEL_URL", "FALLBACK_MODEL_URL"):
        for who in ("worker", "sweep") if settings.get(name) else ():
            yield Call(who, *_address(settings[name]))
    for name in ("DATABASE_URL", "REDIS_URL"):
        for who in ("api", "worker", "sweep") if name in secret else ():
            yield Call(who, *_address(secret[name]))
    for each in of(found, "ScaledObject"):
        for trigger in each["spec"]["triggers"]:
            host, port = _address(f"redis://{trigger['metadata']['address']}")
            if host.endswith(".knotty-ai"):
                yield Call("keda", host.removesuffix(".knotty-ai"), port, outside=True)
    for job in re.findall(
        r"names: \[([\w-]+)\], type: A, port: (\d+)", config(found, "prometheus").get("prometheus.yml", "")
    ):
        yield Call("prometheus", job[0], int(job[1]))
    for url in re.findall(r'url: "([^"]+)"', config(found, "grafana").get("datasources.yaml", "")):
        yield Call("grafana", *_address(url))
    for each in of(found, "ServiceMonitor"):
        for service in _watched(each, found):
            ports = {port["name"]: port["port"] for port in service["spec"]["ports"]}
            for end in each["spec"]["endpoints"]:
                yield Call("prometheus", service["metadata"]["name"], ports.get(end["port"], 0), outside=True)


def every_monitor_finds_what_it_watches(_overlay: str, found: list[Object]) -> list[str]:
    """By the labels of a Service, and under the name that the rules know."""
    faults = []
    for each in of(found, "ServiceMonitor"):
        watched = _watched(each, found)
        if not watched:
            faults.append(f"{name_of(each)} watches nothing")
        faults += [
            f"{name_of(each)} gives {name_of(one)} another name"
            for one in watched
            if one["metadata"]["labels"].get(each["spec"]["jobLabel"]) != each["metadata"]["name"]
        ]
    return faults


def _watched(monitor: Object, found: list[Object]) -> list[Object]:
    """The Services that a monitor finds by their labels."""
    selector = monitor["spec"]["selector"]
    return [each for each in of(found, "Service") if selects(selector, each["metadata"].get("labels", {}))]


def pod_labels(overlay: str, found: list[Object]) -> dict[str, Object]:
    """The labels of each workload's pods, the chart's too."""
    labels = {each["metadata"]["name"]: template(each)["metadata"]["labels"] for each in workloads(found)}
    return labels | ({CHART: labelled(CHART)} if overlay.endswith("chart") else {})


def _address(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or 0


def _behind(call: Call, found: list[Object]) -> tuple[str, int] | None:
    """(workload, port of its container) behind what is asked."""
    for service in of(found, "Service"):
        ports = [port for port in service["spec"]["ports"] if port["port"] == call.port]
        if service["metadata"]["name"] != call.service or not ports:
            continue
        for each in workloads(found):
            if selects({"matchLabels": service["spec"]["selector"]}, template(each)["metadata"]["labels"]):
                for port in (port for container in containers(each) for port in container.get("ports", [])):
                    if port.get("name") == ports[0]["targetPort"]:
                        return each["metadata"]["name"], port["containerPort"]
    return None


def _allowed(found: list[Object], way: str, pod: Object, other: Object | None, port: int) -> bool:
    """Whether a pod may talk this way on a port. `other`: the labels at the other end; None: it is outside."""
    for each in of(found, "NetworkPolicy"):
        spec = each["spec"]
        if way.capitalize() not in spec["policyTypes"] or not selects(spec["podSelector"], pod):
            continue
        for rule in spec.get(way, []):
            peers = rule.get("to" if way == "egress" else "from")
            if any(one["port"] == port for one in rule.get("ports", [{"port": port}])) and (
                peers is None or any(_is(peer, other) for peer in peers)
            ):
                return True
    return False


def _is(peer: Object, other: Object | None) -> bool:
    if other is None:
        return "ipBlock" in peer or "namespaceSelector" in peer
    return "namespaceSelector" not in peer and "podSelector" in peer and selects(peer["podSelector"], other)


POLICIES = (
    nobody_talks_who_need_not,
    everybody_finds_whom_they_ask,
    everybody_reaches_whom_they_must,
    every_monitor_finds_what_it_watches,
)
