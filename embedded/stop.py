"""Stop: ends a running Knotty from another terminal."""

from __future__ import annotations

import os
import signal
import time

from embedded import home
from embedded.children import CannotStart


def stop(seconds: float = 90) -> int:
    """Asks the running one to stop and waits until it has."""
    place = home.folder()
    found = home.running(place)
    if found is None:
        print("Knotty is not running.")
        return 0
    os.kill(found.pid, signal.SIGTERM)
    end = time.monotonic() + seconds
    while found.alive:
        if time.monotonic() > end:
            raise CannotStart(f"It does not end. Its process number is {found.pid}.")
        time.sleep(0.1)
    print("Stopped. Everything is kept.")
    return 0
