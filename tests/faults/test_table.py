"""The table of faults: every one has its proof, and the proofs are there."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.faults.table import FAULTS

TESTS = Path(__file__).resolve().parent.parent


def test_every_fault_from_1_to_31_is_in_the_table() -> None:
    assert list(FAULTS) == list(range(1, 32))


@pytest.mark.parametrize("number", FAULTS)
def test_what_a_fault_must_not_cost_is_proved_by_tests_that_exist(number: int) -> None:
    fault = FAULTS[number]

    assert fault.broken and fault.holds and fault.proofs
    for proof in fault.proofs:
        file, _, name = proof.partition("::")
        assert name in functions(TESTS / file), proof


def test_every_test_in_this_folder_is_a_proof_or_a_storm() -> None:
    proofs = {proof for fault in FAULTS.values() for proof in fault.proofs}
    for file in sorted(Path(__file__).parent.glob("test_*.py")):
        if file.name in ("test_table.py", "test_storm.py"):
            continue
        for name in functions(file):
            assert not name.startswith("test_") or f"faults/{file.name}::{name}" in proofs


def functions(file: Path) -> list[str]:
    """The names of a file's functions."""
    return [each.name for each in ast.parse(file.read_text()).body if isinstance(each, ast.FunctionDef)]
