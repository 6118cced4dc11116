"""Ports: which one people are told, and one for whatever nobody needs to know."""

from __future__ import annotations

import os
import socket
import urllib.error
import urllib.request
from collections.abc import Callable

from embedded.children import CannotStart


def choose(say: Callable[[str], None]) -> int:
    """`PORT` if it is set, else 8000 or the next free one. Raises CannotStart when the port asked for is taken."""
    asked = os.environ.get("PORT")
    if asked is None:
        found = next((port for port in range(8000, 8100) if is_free(port)), None) or free()
        if found != 8000:
            say(f"Port 8000 is taken by another program, so this Knotty uses {found}.")
        return found
    if not asked.isdecimal() or not 0 < int(asked) < 65536:
        raise CannotStart(f"PORT={asked} is not a port: a number from 1 to 65535 is wanted.")
    if not is_free(int(asked)):
        raise CannotStart(f"Port {asked} is taken by another program. Another one: PORT={int(asked) + 1} ./knotty up")
    return int(asked)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as gunicorn does
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    """Whether a URL answers 200 now. Asked without the proxy that the environment may name."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=2) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError, ValueError):
        return False
