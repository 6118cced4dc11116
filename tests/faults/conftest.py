"""Two Knottys that are broken on purpose: one with stores of its own, one whose stores are at the end of our lines."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from embedded.postgres import Postgres
from embedded.valkey import Valkey
from tests.conftest import Live
from tests.fakes import sheets
from tests.fakes.line import Line
from tests.fakes.model_server import ModelServer, sheet
from tests.faults.house import QUICK, House, socket_of
from tests.faults.storm import Told
from tests.faults.summary import table

HERE = Path(__file__).resolve().parent
KEPT = [1]  # the seed of every run, and those that once found something
STORMS = pytest.StashKey[list[Told]]()
HOUSES = pytest.StashKey[list[Live]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`./knotty faults --seeds 50 --from 1 --lease 4`; without them the kept seeds blow."""
    parser.addoption("--seeds", type=int, default=0, help="so many storms")
    parser.addoption("--from", type=int, default=1, dest="first", help="the first one's seed")
    parser.addoption("--races", type=int, default=30, help="how often a cancel meets the end of a job")
    parser.addoption("--lease", type=float, default=4.0, help="a worker's lease in seconds; the rest follows it")


@pytest.hookimpl(trylast=True)  # what a test leaves behind is put right first
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Behind the last test here nobody needs these Knottys any more."""
    if nextitem is None or HERE not in nextitem.path.parents:
        for live in item.config.stash.get(HOUSES, []):
            live.stop(signal.SIGKILL)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A storm for each seed."""
    if "seed" in metafunc.fixturenames:
        many, first = metafunc.config.getoption("seeds", 0), metafunc.config.getoption("first", 1)
        seeds = list(range(first, first + many)) if many else KEPT
        metafunc.parametrize("seed", seeds, ids=[f"seed {seed}" for seed in seeds])


@pytest.fixture
def lease(request: pytest.FixtureRequest) -> float:
    """How long a worker may be silent."""
    return float(request.config.getoption("lease", 4.0))


@pytest.fixture
def storms(request: pytest.FixtureRequest) -> list[Told]:
    """What the storms of this run have come to."""
    return request.config.stash.setdefault(STORMS, [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """The table at the end."""
    told = config.stash.get(STORMS, [])
    if told:
        terminalreporter.section("storms")
        terminalreporter.write_line(table(told, float(config.getoption("lease", 4.0))))


@pytest.fixture(scope="session")
def own_house(request: pytest.FixtureRequest, start_knotty: Callable[..., Live]) -> Iterator[House]:
    """A whole Knotty as `./knotty up` starts it, five workers, two processes of the api."""
    with ModelServer(sheet(sheets.GOOD)) as model:
        live = start_knotty(MODEL_URL=model.url, KNOTTY_WORKERS="5", WEB_CONCURRENCY="2", **QUICK)
        request.config.stash.setdefault(HOUSES, []).append(live)
        yield House(live, model)
        live.stop(signal.SIGKILL)


@pytest.fixture
def house(own_house: House) -> Iterator[House]:
    """That one, whole again, its model writing as fast as it can."""
    own_house.model.script[:] = [sheet(sheets.GOOD)]
    own_house.calm()
    yield own_house


@dataclass
class Lined:
    """A Knotty and the lines to its stores."""

    house: House
    postgres: Line
    valkey: Line


@pytest.fixture(scope="session")
def lined_house(
    request: pytest.FixtureRequest,
    start_knotty: Callable[..., Live],
    postgres_server: Postgres,
    valkey_server: Valkey,
) -> Iterator[Lined]:
    postgres_server.drop_database("faults")
    postgres_server.make_database("faults")
    database, queue = postgres_server.url("faults"), valkey_server.url
    with ModelServer(sheet(sheets.GOOD)) as model, Line(socket_of(database)) as store, Line(socket_of(queue)) as bell:
        live = start_knotty(
            MODEL_URL=model.url,
            DATABASE_URL=f"postgresql://postgres@127.0.0.1:{store.port}/faults",
            REDIS_URL=f"redis://127.0.0.1:{bell.port}/0",
            **QUICK,
        )
        request.config.stash.setdefault(HOUSES, []).append(live)
        yield Lined(House(live, model, database, queue), store, bell)
        live.stop(signal.SIGKILL)
    postgres_server.drop_database("faults")


@pytest.fixture
def lines(lined_house: Lined) -> Iterator[Lined]:
    """That one, its lines whole, its model writing as fast as it can."""
    lined_house.house.model.script[:] = [sheet(sheets.GOOD)]
    yield lined_house
    lined_house.postgres.mend()
    lined_house.valkey.mend()
    lined_house.house.calm()
