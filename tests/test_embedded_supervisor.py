"""The supervisor: restarts what dies, stops in order, and leaves nothing running however it ends."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parent.parent

# A family of small programs under a real supervisor, in a process of its own so that it can be signalled.
PROGRAM = """
import sys, time
from embedded import children
from embedded.supervisor import Child, Supervisor

supervisor = Supervisor(sys.stdout.buffer)
def child(name, code, stage, grace=5.0):
    start = lambda out: children.spawn([sys.executable, "-uc", code], out=out)
    supervisor.add(Child(name, start, stage, grace=grace))
{family}
supervisor.run(lambda: None)
print("all stopped", flush=True)
"""
POLITE = """
import os, signal, sys, time
def leave(*_):
    print("leaving\\n", end="", flush=True)
    sys.exit(0)
signal.signal(signal.SIGTERM, leave)
print(f"here {os.getpid()}\\n", end="", flush=True)
while True: time.sleep(0.1)
"""
STUBBORN = POLITE.replace("signal.signal(signal.SIGTERM, leave)", "signal.signal(signal.SIGTERM, signal.SIG_IGN)")
PARENT = POLITE.replace('print(f"here', 'os.fork()\nprint(f"here')


class Family:
    """A running supervisor and what it has said."""

    def __init__(self, family: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM.format(family=family)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.said: list[str] = []

    def hear(self, enough: Callable[[list[str]], bool]) -> list[str]:
        """Reads lines until there are enough; the test's own time limit guards against silence."""
        assert self.process.stdout is not None
        while not enough(self.said):
            line = self.process.stdout.readline()
            assert line, f"it ended, having said: {self.said}"
            self.said.append(line.rstrip("\n"))
        return self.said

    def pids(self, count: int) -> list[int]:
        """The numbers of the first so many programs that said they are here."""
        self.hear(lambda said: sum(" here " in line for line in said) >= count)
        return [int(line.split()[-1]) for line in self.said if " here " in line][:count]

    def rest(self) -> list[str]:
        assert self.process.stdout is not None
        self.said += [line.rstrip("\n") for line in self.process.stdout]
        self.process.wait()
        return self.said


@pytest.fixture
def family() -> Iterator[Callable[[str], Family]]:
    made: list[Family] = []

    def start(text: str) -> Family:
        made.append(Family(text))
        return made[-1]

    yield start
    for each in made:
        with contextlib.suppress(ProcessLookupError):
            each.process.kill()
        each.process.wait()


def all_gone(pids: list[int]) -> bool:
    processes = []
    for pid in pids:
        with contextlib.suppress(psutil.NoSuchProcess):
            processes.append(psutil.Process(pid))
    return not psutil.wait_procs(processes, timeout=20)[1]


def test_what_a_child_says_is_shown_with_its_name(family: Callable[[str], Family]) -> None:
    it = family(f"child('sweep', {POLITE!r}, 0); child('api', {POLITE!r}, 1)")
    it.pids(2)

    assert {line.partition("|")[0].strip() for line in it.said} == {"sweep", "api"}


def test_a_child_that_is_killed_is_started_again(family: Callable[[str], Family]) -> None:
    it = family(f"child('worker', {POLITE!r}, 0)")
    [first] = it.pids(1)
    os.kill(first, signal.SIGKILL)
    second = it.pids(2)[1]

    assert second != first
    assert any("killed by SIGKILL" in line and "starting it again" in line for line in it.said)


def test_a_child_that_keeps_dying_is_tried_ever_more_slowly(family: Callable[[str], Family]) -> None:
    it = family("child('llm', 'raise SystemExit(3)', 0)")
    it.hear(lambda said: sum("starting it again in" in line for line in said) >= 3)

    waits = [float(line.rsplit(" in ")[-1].removesuffix(" s")) for line in it.said if "starting it again in" in line]
    assert waits[:3] == [0.5, 1, 2]
    assert "exit code 3" in it.said[0]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_all_in_order(family: Callable[[str], Family], how: signal.Signals) -> None:
    it = family(f"child('last', {POLITE!r}, 2); child('first', {POLITE!r}, 0); child('middle', {POLITE!r}, 1)")
    pids = it.pids(3)
    it.process.send_signal(how)
    said = it.rest()

    assert [line.split()[0] for line in said if line.endswith("leaving")] == ["first", "middle", "last"]
    assert said[-1] == "all stopped"
    assert it.process.returncode == 0
    assert all_gone(pids)


def test_a_child_that_does_not_listen_is_killed_after_its_grace(family: Callable[[str], Family]) -> None:
    it = family(f"child('deaf', {STUBBORN!r}, 0, grace=0.3)")
    pids = it.pids(1)
    it.process.send_signal(signal.SIGINT)

    assert it.rest()[-1] == "all stopped"
    assert all_gone(pids)


def test_a_second_ctrl_c_ends_the_patience(family: Callable[[str], Family]) -> None:
    it = family(f"child('deaf', {STUBBORN!r}, 0, grace=600)")
    pids = it.pids(1)
    it.process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    it.process.send_signal(signal.SIGINT)

    assert it.rest()[-1] == "all stopped"
    assert all_gone(pids)


def test_killing_the_supervisor_ends_its_children(family: Callable[[str], Family]) -> None:
    it = family(f"child('one', {POLITE!r}, 0); child('two', {POLITE!r}, 1)")
    pids = it.pids(2)
    it.process.kill()

    assert all_gone(pids)


def test_what_a_dead_child_left_in_its_group_is_ended_too(family: Callable[[str], Family]) -> None:
    it = family(f"child('master', {PARENT!r}, 0)")
    it.hear(lambda said: sum(" here " in line for line in said) >= 2)
    pids = it.pids(2)
    master = next(pid for pid in pids if psutil.Process(pid).ppid() == it.process.pid)
    os.kill(master, signal.SIGKILL)
    it.pids(4)

    assert all_gone(pids)
    it.process.send_signal(signal.SIGINT)
    it.rest()
