"""What comes onto the cluster: a release by its digests, the weights of the model, the adapter of the tuned one."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.manifests import IMAGES, ROOT, config, digest, every_image, kustomize, release, said, site

KUSTOMIZE = ROOT / "kustomize"


# -- what the adapter changes, and how the weights come


def test_with_the_tuned_model_another_name_is_asked_for_and_no_examples_are_shown(tmp_path: Path) -> None:
    tree = tmp_path / "kustomize"
    shutil.copytree(KUSTOMIZE, tree)
    overlay = tree / "overlays" / "minikube-gpu" / "kustomization.yaml"
    before = "  - ../../components/big-model\n"
    assert before in overlay.read_text()
    overlay.write_text(overlay.read_text().replace(before, f"{before}  - ../../components/tuned\n"))

    settings = config([each for each in yaml.safe_load_all(said(kustomize(overlay.parent))) if each])

    assert (settings["MODEL_NAME"], settings["MODEL_EXAMPLES"]) == ("llama-knotty", "0")
    assert settings["MODEL_URL"] == "http://ollama:11434"


# Ollama as far as its preparation speaks to it: a folder holds what it has, and whether it may pull.
OLLAMA = """\
#!/bin/sh
echo "$*" >>"$STATE/asked"
case "$1" in
    serve) exec sleep 60 >/dev/null 2>&1 ;;
    list) ;;
    show) [ -e "$STATE/$2" ] ;;
    pull) [ -e "$STATE/may-pull" ] && touch "$STATE/$2" ;;
    create) cp "$4" "$STATE/made-$2" ;;
esac
"""


def prepare(tmp_path: Path, adapter: bool = False) -> subprocess.Popen[str]:
    """prepare.sh as the init container runs it, before that Ollama."""
    state, programs = tmp_path / "state", tmp_path / "bin"
    programs.mkdir()
    (tmp_path / "adapter").mkdir()
    if adapter:
        (tmp_path / "adapter" / "llama-knotty.gguf").touch()
    (programs / "ollama").write_text(OLLAMA)
    (programs / "ollama").chmod(0o755)
    shutil.copy(KUSTOMIZE / "components" / "big-model" / "Modelfile", tmp_path / "Modelfile")
    text = (KUSTOMIZE / "components" / "ollama" / "prepare.sh").read_text()
    places = (("/tmp/", f"{state}/"), ("/knotty/", f"{tmp_path}/"), ("/ollama/", f"{tmp_path}/"))
    for there, here in (*places, ("sleep 10", "sleep 0.05")):
        assert there in text
        text = text.replace(there, here)
    env = {"PATH": f"{programs}:/usr/bin:/bin", "STATE": str(state)}
    return subprocess.Popen(["sh", "-c", text], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    folder = tmp_path / "state"
    folder.mkdir()
    return folder


BASE = "llama3.1:8b-instruct-q8_0"


def test_the_base_is_pulled_once_and_our_model_made_of_it(tmp_path: Path, state: Path) -> None:
    (state / "may-pull").touch()

    ran = prepare(tmp_path)

    assert ran.wait(30) == 0, ran.communicate()
    assert (state / "asked").read_text().count(f"pull {BASE}") == 1
    assert (state / "made-knotty").read_text() == (tmp_path / "Modelfile").read_text()
    assert not (state / "made-llama-knotty").exists()


def test_with_an_adapter_on_the_volume_the_tuned_model_is_made_beside_it(tmp_path: Path, state: Path) -> None:
    (state / BASE).touch()

    ran = prepare(tmp_path, adapter=True)

    assert ran.wait(30) == 0, ran.communicate()
    assert "pull" not in (state / "asked").read_text()
    made = (state / "made-llama-knotty").read_text()
    assert made.startswith(f"FROM {BASE}\n")
    assert made.endswith(f"\nADAPTER {tmp_path}/adapter/llama-knotty.gguf\n")


def test_where_nothing_may_be_pulled_it_says_so_and_waits_for_the_weights(tmp_path: Path, state: Path) -> None:
    ran = prepare(tmp_path)
    assert ran.stdout
    told = ran.stdout.readline()
    (state / BASE).touch()

    assert BASE in told
    assert "docs/operate.md" in told
    assert ran.wait(30) == 0
    assert (state / "made-knotty").exists()


# -- a release


def refused(tree: Path, *images: str) -> str:
    """Why a release is refused; nothing of it is kept."""
    kept = tree / "site" / "images" / "kustomization.yaml"
    before = kept.read_text() if kept.exists() else None
    ran = release(tree, *images)
    assert ran.returncode != 0
    assert (kept.read_text() if kept.exists() else None) == before
    return ran.stderr


def test_production_as_it_comes_cannot_be_built_and_so_not_be_applied(tmp_path: Path) -> None:
    ran = kustomize(KUSTOMIZE / "overlays" / "production")
    assert ran.returncode != 0
    assert "kustomize/site" in ran.stderr
    without_a_release = kustomize(site(tmp_path) / "overlays" / "production")
    assert without_a_release.returncode != 0
    assert "site/images" in without_a_release.stderr


def test_a_release_writes_its_digests_and_every_image_bears_one(tmp_path: Path) -> None:
    tree = site(tmp_path)

    ran = release(tree, *every_image())

    told = set(re.findall(r"^registry.test/\S+$", said(ran), re.M))
    assert told == {f"registry.test/{name}@{digest(name)}" for name in IMAGES}
    built = said(kustomize(tree / "overlays" / "production"))
    assert set(re.findall(r"image: (\S+)", built)) == told


def test_the_next_release_changes_what_it_names_and_keeps_the_rest(tmp_path: Path) -> None:
    tree = site(tmp_path)
    release(tree, *every_image())

    told = said(release(tree, every_image("2")[0]))

    assert f"registry.test/knotty@{digest('knotty2')}" in told
    assert digest("knotty") + "\n" not in told
    assert f"registry.test/knotty-web@{digest('knotty-web')}" in told


def test_a_release_without_a_true_digest_is_refused(tmp_path: Path) -> None:
    tree = site(tmp_path)

    assert "has no digest" in refused(tree, "knotty=registry.test/knotty:1.4")
    assert "placeholder" in refused(tree, f"knotty=registry.test/knotty@sha256:{'0' * 64}")
    assert "no image of ours" in refused(tree, f"postgres=registry.test/postgres@{digest('p')}")
    assert "ollama/ollama:" in refused(tree, *every_image()[:2])


def test_a_release_to_a_site_that_still_has_the_examples_names_is_refused(tmp_path: Path) -> None:
    told = refused(site(tmp_path, filled=False), *every_image())

    for left in ("https://knotty.example", "redis.example:6379", "192.0.2.0/24"):
        assert left in told
