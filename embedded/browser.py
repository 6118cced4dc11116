"""The browser for the tests: `CHROMIUM`, then PATH, then apt as root, then Playwright's own download."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from embedded import children
from embedded.children import CannotStart

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find() -> Path | None:
    """A Chromium that starts. None: there is none yet."""
    for candidate in _candidates():
        if _starts(candidate):
            return candidate
    return None


def ensure() -> Path:
    """Finds a Chromium or brings one. Raises CannotStart in words."""
    if found := find():
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium with apt ...", flush=True)
        env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update", "-q"], ["install", "-yq", "--no-install-recommends", "chromium"]):
            children.watch(["apt-get", *words], env=env)
        if found := find():
            return found
    print("Fetching Chromium with Playwright ...", flush=True)
    children.watch([sys.executable, "-m", "playwright", "install", "chromium"])
    if found := find():
        return found
    raise CannotStart(
        "The tests drive a real browser, and no Chromium was found or could be brought.\n"
        "Install one (Debian, Ubuntu: apt install chromium) or name it: CHROMIUM=/path/to/chromium ./knotty test"
    )


def _candidates() -> Iterator[Path]:
    if named := os.environ.get("CHROMIUM"):
        yield Path(named)
    for name in _NAMES:
        if found := shutil.which(name):
            yield Path(found)
    downloads = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    yield from sorted(downloads.glob("chromium-*/chrome-linux*/chrome"), reverse=True)


def _starts(program: Path) -> bool:
    """Whether it runs at all: some distributions ship a `chromium` that only points at a shop."""
    try:
        return subprocess.run([program, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
