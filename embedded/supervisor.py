"""The supervisor: starts processes, prefixes what they say, restarts what dies, stops all of them in order.

One thread and one loop, because the kernel's "end with your parent" is bound to the thread that started a child.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import FrameType
from typing import IO

from embedded import children

Start = Callable[[int], "subprocess.Popen[bytes]"]
_COLOURS = (36, 33, 32, 35, 34, 31, 96, 93, 92, 95)
_SLOWEST = 30.0  # seconds between two tries; a child that lived this long starts from the beginning
_LONGEST_LINE = 64 * 1024


@dataclass
class Child:
    """One process to keep alive. `start` is given a file descriptor to write to. Low stages are stopped first."""

    name: str
    start: Start
    stage: int
    how: signal.Signals = signal.SIGTERM
    grace: float = 10.0
    process: subprocess.Popen[bytes] | None = None
    due: float = 0.0  # when to start it, on the monotonic clock
    began: float = 0.0
    deaths: int = 0  # in a row
    pipe: int = -1
    half_line: bytes = b""

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None


@dataclass
class Supervisor:
    """Keeps its children alive until a signal says stop."""

    out: IO[bytes]
    colour: bool = False
    changed: Callable[[list[int]], None] = lambda _: None  # told the children's numbers whenever they change
    kids: list[Child] = field(default_factory=list)
    asked: int = 0  # how often we were asked to stop: once in order, twice at once

    def __post_init__(self) -> None:
        self._selector = selectors.DefaultSelector()

    def add(self, child: Child) -> None:
        """Takes a child and starts it now."""
        self.kids.append(child)
        self._start(child)

    def run(self, tick: Callable[[], None], every: float = 0.25) -> None:
        """Runs until a signal asks to stop; `tick` is called between. The children are stopped on the way out."""
        try:
            with self._listening():
                while not self.asked:
                    self._turn(every)
                    tick()
                self.stop()
        finally:
            self.stop()

    def restart(self, *names: str) -> None:
        """Ends children so that the loop starts them anew at once: their code changed."""
        for child in self.kids:
            if child.name.partition(".")[0] in names and child.process is not None and child.alive:
                child.deaths, child.began = -1, time.monotonic()
                child.process.send_signal(child.how)

    def stop(self) -> None:
        """Stops all, stage by stage. Asked a second time meanwhile: no more patience."""
        for stage in sorted({child.stage for child in self.kids}):
            here = [child for child in self.kids if child.stage == stage]
            for child in here:
                if child.process is not None and child.alive:
                    child.process.send_signal(child.how)
            end = time.monotonic() + max(child.grace for child in here)
            while any(child.alive for child in here) and time.monotonic() < end and self.asked < 2:
                self._read(0.05)
            for child in here:
                if child.process is not None:
                    children.stop(child.process, child.how, grace=0 if child.how != signal.SIGINT else 3)
        self._read(0)
        for child in self.kids:
            self._close(child)
        self.kids.clear()
        self.changed([])

    def say(self, name: str, text: str) -> None:
        """Prints one line of a child's."""
        width = max((len(child.name) for child in self.kids), default=0)
        label = f"{name:<{max(width, len(name))}} |"
        if self.colour:
            index = next((i for i, child in enumerate(self.kids) if child.name == name), 0)
            label = f"\x1b[{_COLOURS[index % len(_COLOURS)]}m{label}\x1b[0m"
        with contextlib.suppress(OSError, ValueError):  # the terminal may be gone; the work goes on
            self.out.write(f"{label} {text}\n".encode(errors="replace"))
            self.out.flush()

    def _turn(self, seconds: float) -> None:
        now = time.monotonic()
        for child in self.kids:
            if child.process is None and child.due <= now:
                self._start(child)
        self._read(seconds)
        for child in self.kids:
            if child.process is not None and not child.alive:
                self._bury(child)

    def _start(self, child: Child) -> None:
        child.pipe, write = os.pipe()
        os.set_blocking(child.pipe, False)
        self._selector.register(child.pipe, selectors.EVENT_READ, child)
        try:
            child.process = child.start(write)
        finally:
            os.close(write)
        child.began = time.monotonic()
        self.changed([kid.process.pid for kid in self.kids if kid.process is not None])

    def _bury(self, child: Child) -> None:
        """Notes a death, ends what its group left behind, and says when it is tried again."""
        assert child.process is not None
        children.sweep_group(child.process.pid)
        self._read(0)
        self._close(child)
        code = child.process.returncode
        how = f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
        if time.monotonic() - child.began > _SLOWEST:
            child.deaths = 0
        wait = 0.0 if child.deaths < 0 else min(0.5 * 2**child.deaths, _SLOWEST)
        child.deaths += 1
        child.process, child.due = None, time.monotonic() + wait
        self.say(child.name, f"ended ({how}); starting it again" + (f" in {wait:g} s" if wait else ""))

    def _read(self, seconds: float) -> None:
        """Prints what has been said, waiting at most so long for something to happen."""
        for key, _ in self._selector.select(seconds):
            if not isinstance(key.data, Child):
                with contextlib.suppress(OSError):
                    os.read(key.fd, 4096)  # a signal woke us
                continue
            self._drain(key.data)

    def _drain(self, child: Child) -> None:
        try:
            said = os.read(child.pipe, 65536)
        except BlockingIOError:
            return
        if not said:
            self._forget(child)
            return
        *lines, child.half_line = (child.half_line + said).split(b"\n")
        if len(child.half_line) > _LONGEST_LINE:
            lines, child.half_line = [*lines, child.half_line], b""
        for line in lines:
            self.say(child.name, line.decode(errors="replace"))

    def _forget(self, child: Child) -> None:
        if child.pipe >= 0:
            self._selector.unregister(child.pipe)
            os.close(child.pipe)
            child.pipe = -1

    def _close(self, child: Child) -> None:
        if child.pipe >= 0:
            self._drain(child)
        self._forget(child)
        if child.half_line:
            self.say(child.name, child.half_line.decode(errors="replace"))
            child.half_line = b""

    @contextlib.contextmanager
    def _listening(self) -> Iterator[None]:
        """Signals only count; the loop acts. A byte on a socket wakes it at once, a child's death too."""
        wake, woken = socket.socketpair()
        wake.setblocking(False)
        woken.setblocking(False)
        self._selector.register(woken, selectors.EVENT_READ)

        def ask(_number: int, _frame: FrameType | None) -> None:
            self.asked += 1

        stops = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = {number: signal.signal(number, ask) for number in stops}
        before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        old = signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(old)
            for number, handler in before.items():
                signal.signal(number, handler)
            self._selector.unregister(woken)
            wake.close()
            woken.close()
