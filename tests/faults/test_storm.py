"""Storms: everything is killed at random, and at the end nothing is lost and nothing is there twice."""

from __future__ import annotations

import signal
from collections.abc import Callable

import pytest

from tests.conftest import Live
from tests.fakes.model_server import ModelServer
from tests.faults.house import QUICK, House
from tests.faults.storm import WORKERS, Storm, Told, weather


@pytest.mark.timeout(900)  # with a lease of half a minute, on a machine that has other things to do
def test_a_storm_loses_no_job_and_doubles_nothing(
    start_knotty: Callable[..., Live], seed: int, lease: float, storms: list[Told]
) -> None:
    quick = QUICK | {
        "LEASE_SECONDS": f"{lease:g}",
        "HEARTBEAT_SECONDS": f"{lease / 6:g}",
        "LEASE_LOST_SECONDS": f"{lease * 5 / 6:g}",
    }
    with ModelServer(*weather(seed)) as model:
        live = start_knotty(MODEL_URL=model.url, KNOTTY_WORKERS=str(WORKERS), **quick)
        try:
            result = Storm(House(live, model), seed, lease).run()
        finally:
            live.stop(signal.SIGKILL)
    storms.append(result)
    if result.wrong:
        print(live.said)
    assert result.wrong == []
    assert (result.lost, result.doubled) == (0, 0)
