"""What docs/api.md tells a stranger to run."""

from __future__ import annotations

import re
from pathlib import Path

GUIDE = (Path(__file__).resolve().parent.parent / "docs" / "api.md").read_text()


def blocks(heading: str) -> list[str]:
    """The shell commands below a heading, a block each."""
    section = GUIDE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"```sh\n(.*?)```", section, re.DOTALL)


def program(name: str) -> str:
    """A program, by the file name in its first line."""
    found = re.search(rf"```\w+\n((?:#|//) {re.escape(name)}\b.*?)```", GUIDE, re.DOTALL)
    assert found, f"docs/api.md has no {name}"
    return found[1]
