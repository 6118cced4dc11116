"""The manifests as a cluster gets them. `python -m tests.manifests` prints what each overlay brings."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
OVERLAYS = ("dev-cpu", "minikube-gpu", "minikube-gpu-chart", "production")
GIVEN = {"Secret": {"knotty-secrets"}}  # production's is made by hand
CHART = "ollama"  # what the chart brings where our own manifests do not
IMAGES = ("knotty", "knotty-web", "ollama/ollama")  # those that production takes by digest

Object = dict[str, Any]


@cache
def built(overlay: str) -> str:
    """The YAML of an overlay, by `kubectl kustomize`. Production is built the way its operator goes."""
    if overlay != "production":
        return said(kustomize(ROOT / "kustomize" / "overlays" / overlay))
    with tempfile.TemporaryDirectory() as place:
        tree = site(Path(place))
        said(release(tree, *every_image()))
        return said(kustomize(tree / "overlays" / "production"))


def kustomize(folder: Path) -> subprocess.CompletedProcess[str]:
    kubectl = shutil.which("kubectl")
    assert kubectl, "kubectl 1.27 or newer is needed to build the manifests: https://kubernetes.io/docs/tasks/tools/"
    return subprocess.run([kubectl, "kustomize", folder], capture_output=True, text=True, check=False)


def site(place: Path, filled: bool = True) -> Path:
    """A copy of the manifests with a site of its own, made from the example; gives the copy."""
    tree = place / "kustomize"
    shutil.copytree(ROOT / "kustomize", tree, ignore=shutil.ignore_patterns("site"))
    shutil.copytree(tree / "site.example", tree / "site")
    for file in (tree / "site").glob("*.yaml") if filled else ():
        file.write_text(file.read_text().replace(".example", ".test").replace("192.0.2.", "198.51.100."))
    return tree


def release(tree: Path, *images: str) -> subprocess.CompletedProcess[str]:
    """What kustomize/release.sh does with these images."""
    return subprocess.run(["sh", tree / "release.sh", *images], capture_output=True, text=True, check=False)


def every_image(version: str = "") -> list[str]:
    """All that a release names, each by its digest in this version."""
    return [f"{name}=registry.test/{name}@{digest(name + version)}" for name in IMAGES]


def digest(name: str) -> str:
    """A digest such as a registry gives out."""
    return f"sha256:{hashlib.sha256(name.encode()).hexdigest()}"


def said(ran: subprocess.CompletedProcess[str]) -> str:
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def objects(overlay: str) -> list[Object]:
    """Its objects, anew each time, so that a test may change them; with the chart's values where the chart is used."""
    found = [each for each in yaml.safe_load_all(built(overlay)) if each]
    if overlay.endswith("chart"):
        values = yaml.safe_load((ROOT / "kustomize" / "ollama" / "values.yaml").read_text())
        found.append({"kind": "HelmValues", "metadata": {"name": CHART}, "spec": values})
    return found


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


def config(found: list[Object], name: str = "knotty-config") -> dict[str, str]:
    """The data of a ConfigMap or Secret of that name; a hash may follow it. Empty: there is none."""
    for each in of(found, "ConfigMap", "Secret"):
        if re.fullmatch(f"{name}(-[a-z0-9]{{10}})?", each["metadata"]["name"]):
            plain: dict[str, str] = each.get("data", {})
            if each["kind"] == "ConfigMap":
                return plain
            return {key: base64.b64decode(value).decode() for key, value in plain.items()}
    return {}


def selects(selector: Object, labels: Object) -> bool:
    return all(labels.get(key) == value for key, value in selector.get("matchLabels", {}).items()) and all(
        labels.get(rule["key"]) in rule["values"] for rule in selector.get("matchExpressions", [])
    )


def labelled(name: str) -> Object:
    return {"app.kubernetes.io/name": name}


def main() -> None:
    """Each overlay's objects, kind by kind."""
    for overlay in OVERLAYS:
        kinds: dict[str, list[str]] = {}
        for each in objects(overlay):
            if each["kind"] != "HelmValues":
                kinds.setdefault(each["kind"], []).append(each["metadata"]["name"])
        print(f"\n{overlay}: {sum(map(len, kinds.values()))} objects")
        for kind, names in sorted(kinds.items()):
            print(f"  {kind:24} {' '.join(sorted(names))}")


if __name__ == "__main__":
    main()
