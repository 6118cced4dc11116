"""`./knotty faults`: every proof of the table, then the storms. `python -m tests.faults [pytest's words]`."""

from __future__ import annotations

import sys

import pytest

from tests.faults.table import FAULTS


def main(words: list[str]) -> int:
    """Runs them. Gives the exit code."""
    proofs = dict.fromkeys(f"tests/{proof}" for fault in FAULTS.values() for proof in fault.proofs)
    elsewhere = [proof for proof in proofs if not proof.startswith("tests/faults/")]
    return int(pytest.main(["-q", "--races", "1000", *words, *elsewhere, "tests/faults"]))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
