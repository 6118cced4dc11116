"""The house: files are held to one another, so that none can drift alone."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from embedded import stack
from settings import Settings

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ["api", "jobs", "db", "crochet", "llm", "embedded"]
LOCKS = sorted(ROOT.glob("requirements*.lock"))


@pytest.mark.parametrize("name", [*PACKAGES, "settings"])
def test_our_packages_come_from_the_checkout(name: str) -> None:
    found = importlib.import_module(name).__file__
    assert found is not None
    assert Path(found).is_relative_to(ROOT)
    assert "site-packages" not in found


def test_nothing_of_ours_is_installed() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        settings = tomllib.load(file)
    assert settings["tool"]["setuptools"]["packages"] == []


def test_the_tests_are_no_package() -> None:
    assert not list((ROOT / "tests").rglob("__init__.py"))


def test_the_rooms_know_only_what_is_below_them() -> None:
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_package_is_under_the_import_contracts() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        settings = tomllib.load(file)
    assert set(settings["tool"]["importlinter"]["root_packages"]) == set(PACKAGES)
    assert set(settings["tool"]["mypy"]["packages"]) == set(PACKAGES)


def test_the_procfile_names_the_processes_we_know() -> None:
    assert list(stack.procfile()) == ["api", "worker", "sweep", "llm"]
    assert set(stack.procfile()) < set(stack.STAGES)


def test_what_is_lifted_on_ones_own_machine_are_settings_and_higher_than_elsewhere() -> None:
    ours, lifted = Settings(), Settings.from_env(stack.LIFTED)
    for name in map(str.lower, stack.LIFTED):
        assert getattr(lifted, name) > getattr(ours, name), name


@pytest.mark.parametrize("name", ["worker", "sweep", "llm"])
def test_a_python_process_is_started_as_a_module_that_exists(name: str) -> None:
    """By `-m`: a file started as a script would find its own folder first, and jobs/queue.py is not Python's queue."""
    command = stack.procfile()[name]
    assert command[:2] == [sys.executable, "-m"]
    assert (ROOT / command[2].replace(".", "/")).with_suffix(".py").exists()


def test_what_the_api_process_names_exists() -> None:
    command = stack.procfile()["api"]
    assert command[:3] == [sys.executable, "-m", "gunicorn"]
    config = command[command.index("--config") + 1]
    assert (ROOT / config).exists()
    module, _, factory = command[-1].partition(":")
    assert hasattr(importlib.import_module(module), factory.removesuffix("()"))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_attack_103_a_lock_file_names_no_host_and_hashes_every_package(lock: Path) -> None:
    text = lock.read_text()
    assert "://" not in text
    entries = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n", "", text).strip())
    assert entries
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_attack_103_whatever_the_launcher_installs_from_a_lock_is_held_to_its_hashes() -> None:
    script = (ROOT / "knotty").read_text().replace("\\\n", " ")
    installs = [line for line in script.splitlines() if re.search(r"\bpip\b.*\$(2|here/requirements)", line)]

    assert len(installs) >= 3
    assert [line for line in installs if "--require-hashes" not in line] == []


@pytest.mark.parametrize("place", ["web", "web/apigen", "tests/strangers"])
def test_a_javascript_lock_file_names_no_host(place: str) -> None:
    text = (ROOT / place / "package-lock.json").read_text()
    assert '"resolved": "http' not in text


def test_the_test_lock_holds_all_of_the_run_lock() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"(?m)^(\S+==\S+)", (ROOT / name).read_text()))

    assert pins("requirements.lock") <= pins("requirements-test.lock")


def test_migrations_are_numbered_in_one_line() -> None:
    files = sorted((ROOT / "db" / "migrations" / "versions").glob("*.py"))
    assert [int(file.name.partition("_")[0]) for file in files] == list(range(1, len(files) + 1))
    assert files
    before = "None"
    for file in files:
        said = re.search(r"(?m)^down_revision.*= *(.+)$", file.read_text())
        assert said is not None
        assert said[1].strip("\"' ") == before
        before = file.name.partition("_")[0]


def test_every_path_that_architecture_names_exists() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text()
    named = set(re.findall(r"`((?:\w[\w.-]*/)+(?:[\w.-]+)?|\w+\.(?:py|md|toml|lock|sh))`", text))
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_the_launcher_lists_a_line_for_every_verb_it_knows() -> None:
    said = subprocess.run([ROOT / "knotty", "help"], capture_output=True, text=True, check=True).stdout
    verbs = re.findall(r"(?m)^ {4}\./knotty ([\w-]+)", said)
    told = [
        "up",
        "dev",
        "panels",
        "stop",
        "pattern",
        "check",
        "chart",
        "test",
        "faults",
        "bench",
        "train-mini",
        "evaluate-model",
        "finetune",
        "backup",
        "restore",
        "admin",
        "help",
    ]
    assert verbs == told


def test_ci_runs_the_test_verb_and_nothing_else() -> None:
    commands = [line for line in (ROOT / ".ci" / "run").read_text().splitlines() if line and not line.startswith("#")]
    assert commands == ['cd "$(dirname "$0")/.." && exec ./knotty test']
