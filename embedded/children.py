"""Children: starts a program that ends when we end, in a process group of its own, and never as root where it must not.

A child gets PR_SET_PDEATHSIG, so even SIGKILL on us ends it. The kernel sends that signal when the *thread* that
started the child ends: start children from the main thread only. The process group keeps the terminal's Ctrl-C away
from the child: we stop them in order.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Literal

Way = Literal["as we are", "namespace", "nobody"]

NOBODY = 65534
_CLONE_NEWUSER = 0x10000000
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


class CannotStart(RuntimeError):
    """Something of the machine is in the way; the message says what, in words for the one at the keyboard."""


def spawn(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    out: int | IO[bytes] | None = None,
    death: signal.Signals = signal.SIGTERM,
    way: Way = "as we are",
) -> subprocess.Popen[bytes]:
    """Starts a command as our child. `death` is the signal it gets when we are gone; out takes stdout and stderr."""
    parent = os.getpid()

    def before_exec() -> None:
        # Between fork and exec: a few system calls and nothing else. Order matters, a change of user clears PDEATHSIG.
        if way == "namespace":
            _enter_user_namespace()
        elif way == "nobody":
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        _libc.prctl(_PR_SET_PDEATHSIG, int(death))
        if os.getppid() != parent:  # we died in between
            os._exit(1)

    return subprocess.Popen(
        [str(part) for part in command],
        env=env,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.STDOUT if out is not None else None,
        start_new_session=True,
        preexec_fn=before_exec,
    )


def run(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    way: Way = "as we are",
) -> str:
    """Runs a command to its end and gives what it said. Raises CannotStart with its words when it fails."""
    process = spawn(command, env=env, cwd=cwd, out=subprocess.PIPE, way=way)
    try:
        said = process.communicate()[0].decode(errors="replace")
    finally:
        stop(process, signal.SIGTERM, grace=3)  # on Ctrl-C: it is in a group of its own and does not hear it
    if process.returncode:
        raise CannotStart(f"{Path(command[0]).name} failed ({process.returncode}):\n{said.strip()}")
    return said


def watch(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> int:
    """Runs a command to its end before the eyes of the one at the keyboard. Gives its exit code."""
    process = spawn(command, env=env, cwd=cwd)
    try:
        return process.wait()
    finally:
        stop(process, signal.SIGTERM, grace=10)


def stop(process: subprocess.Popen[bytes], how: signal.Signals, grace: float) -> None:
    """Asks a child to end, waits, then kills it and all that is left of its group."""
    if process.poll() is None:
        process.send_signal(how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(grace)
    sweep_group(process.pid)
    process.wait()


def sweep_group(group: int) -> None:
    """Kills what is left in a child's process group: a master that died may leave workers."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def way_around_root() -> Way:
    """How to run a program that refuses root: as we are, in a user namespace, or as `nobody` where that is refused."""
    if os.geteuid() != 0:
        return "as we are"
    return "namespace" if _in_a_fork(_enter_user_namespace) else "nobody"


def _enter_user_namespace() -> None:
    """Root outside, `nobody` inside: files stay root's, and the program sees a user that is not root."""
    if _libc.unshare(_CLONE_NEWUSER):
        raise OSError(ctypes.get_errno(), "user namespaces are refused here")
    for name, text in (("setgroups", "deny"), ("uid_map", f"{NOBODY} 0 1"), ("gid_map", f"{NOBODY} 0 1")):
        target = os.open(f"/proc/self/{name}", os.O_WRONLY)
        os.write(target, text.encode())
        os.close(target)


def _in_a_fork(act: Callable[[], None]) -> bool:
    """Whether an act succeeds, tried in a process of its own."""
    pid = os.fork()
    if pid == 0:
        try:
            act()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
