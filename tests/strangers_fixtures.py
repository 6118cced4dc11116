"""Strangers: JavaScript clients written by others, installed once a run just as their lock file has them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from embedded import children, page

HERE = Path(__file__).resolve().parent / "strangers"


@pytest.fixture(scope="session")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the programs of tests/strangers, and beside them the packages that they use."""
    place = tmp_path_factory.mktemp("strangers")
    for each in HERE.iterdir():
        if each.is_file():
            (place / each.name).write_bytes(each.read_bytes())
    env = page.environment() | {"HOME": os.environ.get("HOME", "/")}
    children.run(page.npm_command("ci", "--no-audit", "--no-fund", "--loglevel=error"), env=env, cwd=place)
    return place


@pytest.fixture(scope="session")
def node(strangers: Path) -> Callable[..., str]:
    """Runs one of those programs to its end and gives what it said."""

    def run(*words: str) -> str:
        return children.run([page.node(), *words], env=page.environment(), cwd=strangers).strip()

    return run
