"""The launcher: says in plain words what is missing, and starts nothing when something is."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ["cat", "cut", "dirname", "env", "readlink", "rm", "sh", "sha256sum", "tail"]


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder to be the whole PATH: the tools every Linux has, and no Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        assert found is not None
        (folder / name).symlink_to(found)
    return folder


def program(folder: Path, name: str, text: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)


def launcher(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The launcher's first half, the shell's. It gets no further than what these tests take away from it."""
    env = os.environ | environment
    return subprocess.run([ROOT / "knotty", *words], cwd="/", env=env, capture_output=True, text=True, check=False)


def knotty(*words: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Its second half, in this environment: the first would bring .venv to what a lock says, and we run in it."""
    env = os.environ | environment | {"KNOTTY_HOME": str(home), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-P", "-m", "embedded", *words]
    return subprocess.run(command, cwd="/", env=env, capture_output=True, text=True, check=False)


def test_help_needs_nothing_installed(bare: Path) -> None:
    reply = launcher("help", PATH=str(bare), KNOTTY_PYTHON=sys.executable)

    assert reply.returncode == 0, reply.stderr
    assert all(f"./knotty {verb} " in reply.stdout for verb in ("up", "check", "chart"))


@pytest.mark.parametrize("verb, begins", [("check", "-: 1 row: 1 ok"), ("chart", "<svg")])
def test_checking_and_drawing_need_nothing_installed(bare: Path, verb: str, begins: str) -> None:
    env = {"PATH": str(bare), "KNOTTY_PYTHON": sys.executable}
    round_1 = "Rnd 1: Ch 4, join to form ring. Ch 3 (counts as dc), 11 dc in ring, join. (12 dc)"
    command = [ROOT / "knotty", verb, "-"]
    reply = subprocess.run(command, cwd="/", env=env, input=round_1, capture_output=True, text=True, check=False)

    assert (reply.returncode, reply.stderr) == (0, "")
    assert reply.stdout.startswith(begins)


def test_a_verb_it_does_not_know_is_answered_with_those_it_does(tmp_path: Path) -> None:
    reply = knotty("knit", home=tmp_path)

    assert reply.returncode == 2
    assert "knit is not understood" in reply.stderr
    assert "./knotty up " in reply.stderr


def test_a_machine_without_a_new_enough_python_is_told_so(bare: Path) -> None:
    program(bare, "uname", "case $1 in -s) echo Linux;; *) echo x86_64;; esac")
    program(bare, "python3", "exit 1")
    reply = launcher("help", PATH=str(bare))

    assert reply.returncode == 1
    assert "Python 3.11 or newer" in reply.stderr


def test_a_machine_that_is_not_linux_is_told_so(bare: Path) -> None:
    program(bare, "uname", "case $1 in -s) echo Darwin;; *) echo arm64;; esac")
    reply = launcher("up", PATH=f"{bare}:{os.environ['PATH']}")

    assert reply.returncode == 1
    assert "This is Darwin, arm64" in reply.stderr


def test_a_machine_without_a_network_is_told_so(tmp_path: Path) -> None:
    checkout = tmp_path / "a checkout"
    checkout.mkdir()
    for name in ("knotty", "requirements.lock", "requirements-test.lock", "requirements-uv.lock"):
        shutil.copy(ROOT / name, checkout)
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "UV_DEFAULT_INDEX": "http://127.0.0.1:9/", "UV_NO_CACHE": "1"}
    nowhere |= {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1", "PIP_RETRIES": "0", "UV_HTTP_RETRIES": "0"}
    nowhere |= {"PIP_FIND_LINKS": "", "PIP_EXTRA_INDEX_URL": "", "UV_FIND_LINKS": ""}
    env = os.environ | nowhere
    reply = subprocess.run([checkout / "knotty", "up"], env=env, capture_output=True, text=True, check=False)

    assert reply.returncode == 1
    assert "Is there a network" in reply.stderr
    assert not (checkout / ".venv" / "knotty-lock").exists()


@pytest.mark.parametrize("port", ["0", "70000", "eight"])
def test_a_port_that_is_none_is_refused_by_name(tmp_path: Path, port: str) -> None:
    reply = knotty("up", home=tmp_path, PORT=port)

    assert reply.returncode == 1
    assert f"PORT={port} is not a port" in reply.stderr


def test_a_port_that_is_taken_is_named_before_anything_is_started(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        reply = knotty("up", home=tmp_path, PORT=str(port))

    assert reply.returncode == 1
    assert f"Port {port} is taken by another program" in reply.stderr
    assert not (tmp_path / "postgres").exists()


def test_a_home_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    reply = knotty("up", home=tmp_path / "file" / "home")

    assert reply.returncode == 1
    assert "KNOTTY_HOME names another folder" in reply.stderr


def test_stopping_what_does_not_run_is_no_fault(tmp_path: Path) -> None:
    reply = knotty("stop", home=tmp_path)

    assert reply.returncode == 0
    assert "not running" in reply.stdout
