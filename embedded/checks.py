"""The checks: everything `./knotty test` runs, all of it even when something fails, pytest last."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

from embedded import browser, children, page
from embedded.children import CannotStart
from embedded.home import ROOT

# Most tests wait more than they work. Those that share what they have started stay together, and the long ones, whole
# Knottys, begin first: `tests/conftest.py` says which.
_SOME_AT_ONCE = ["-n", "3", "--dist", "loadgroup", "--no-loadscope-reorder"]
_LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def main(words: list[str]) -> int:
    """Runs all checks; with words only pytest, and it is given them. Gives the exit code."""
    failed = [] if words else [name for name, check in steps() if not _passes(name, check)]
    try:
        os.environ["CHROMIUM"] = str(browser.ensure())
    except CannotStart as fault:  # the tests that need one will say so again
        print(f"\n{fault}", flush=True)
        failed.append("browser")
    code = _python("-m", "pytest", *(words or _SOME_AT_ONCE))
    if failed:
        print(f"\nBesides pytest's result above, these failed: {', '.join(failed)}", flush=True)
    return code or (1 if failed else 0)


def faults(words: list[str]) -> int:
    """Breaks everything on purpose, and prints what the storms came to. Gives the exit code."""
    return _python("-m", "tests.faults", *words)


def steps() -> list[tuple[str, Callable[[], int]]]:
    """What is checked before pytest, the quick things first."""
    return [
        ("ruff check", lambda: _python("-m", "ruff", "check", ".")),
        ("ruff format", lambda: _python("-m", "ruff", "format", "--check", ".")),
        ("mypy", lambda: _python("-m", "mypy")),
        ("import contracts", lambda: _python("-c", _LINT_IMPORTS)),
        ("fine-tuning: packages", lambda: children.watch([str(ROOT / "knotty"), "finetune", "packages"], cwd=ROOT)),
        ("page: parts", lambda: _done(page.ensure_packages)),
        ("page: lint and types", lambda: _npm("run", "check")),
        ("page: tests", lambda: _npm("test")),
        ("page: build", lambda: _done(page.ensure_built)),
    ]


def _passes(name: str, check: Callable[[], int]) -> bool:
    print(f"\n== {name}", flush=True)
    began = time.monotonic()
    try:
        code = check()
    except CannotStart as fault:
        print(fault, flush=True)
        code = 1
    print(f"== {name}: {'passed' if code == 0 else 'FAILED'} ({time.monotonic() - began:.0f} s)", flush=True)
    return code == 0


def _python(*words: str) -> int:
    return children.watch([sys.executable, *words], cwd=ROOT)


def _npm(*words: str) -> int:
    return children.watch(page.npm_command(*words), env=page.environment(), cwd=page.WEB)


def _done(act: Callable[[Callable[[str], None]], object]) -> int:
    act(lambda text: print(text, flush=True))
    return 0
