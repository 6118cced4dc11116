"""Debian's packages for what only some need: found on PATH, else fetched and unpacked beside our data."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from embedded import children
from embedded.children import CannotStart


def program(place: Path, package: str, path: str, say: Callable[[str], None]) -> Path:
    """A program of a package, such as `nginx`, `usr/sbin/nginx`. Raises CannotStart in words."""
    if found := shutil.which(Path(path).name):
        return Path(found)
    kept = place / package
    if not (kept / path).exists():
        if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
            raise CannotStart(f"{package} was not found on PATH, and there is no apt to fetch it with: install it.")
        say(f"Fetching {package} with apt ...")
        _unpack(package, kept)
    return kept / path


def _unpack(package: str, kept: Path) -> None:
    fetched = kept.with_suffix(".new")
    shutil.rmtree(fetched, ignore_errors=True)
    fetched.mkdir(parents=True)
    try:
        if os.geteuid() == 0:
            subprocess.run(["apt-get", "update", "-qq"], check=False, capture_output=True)
        children.run(["apt-get", "download", "-qq", package], cwd=fetched)
        archive = next(fetched.glob(f"{package}_*.deb"))
        children.run(["dpkg-deb", "-x", str(archive), str(fetched)])
        archive.unlink()
    except (CannotStart, StopIteration) as fault:
        raise CannotStart(f"{package} could not be fetched: {fault}") from None
    shutil.rmtree(kept, ignore_errors=True)
    fetched.rename(kept)
