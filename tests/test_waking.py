"""Waking: a model is loaded by one worker alone, while the others look, and no job that ends meanwhile aborts it."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from db import records
from db.session import Session, bind
from jobs.endpoint import Endpoint
from jobs.waking import Waking
from jobs.writer import Halted, Writer
from settings import Settings
from tests.conftest import wait_until
from tests.fakes.model_server import ModelServer, say, status
from tests.test_writer import AWAY, read


def writer(url, waking, halt=None):
    made = Writer(Settings(model_url=url), halt or threading.Event(), waking)
    made._pauses = (0.02, 0.02, 0.02)
    return made


def test_one_of_many_workers_has_the_model_loaded_and_all_write_then(store):
    with ModelServer(say("Title: x\n"), loaded=False) as server:
        server.loading = 1.0
        made = [writer(server.url, Waking(1.0, records.alone)) for _ in range(4)]
        with ThreadPoolExecutor(4) as workers:
            texts = [text for text, _ in workers.map(read, made)]

    assert texts == ["Title: x\n"] * 4
    assert (server.loads, server.aborted) == (1, 0)


def test_a_job_that_ends_while_the_model_is_loaded_does_not_abort_the_load():
    halt, waking = threading.Event(), Waking(1.0)
    with ModelServer(say("Title: x\n"), loaded=False) as server:
        server.loading = 1.0
        threading.Timer(0.3, halt.set).start()
        with pytest.raises(Halted):
            read(writer(server.url, waking, halt))

        assert read(writer(server.url, waking))[0] == "Title: x\n"
    assert (server.loads, server.aborted) == (1, 0)


def test_a_load_that_failed_is_asked_for_again():
    def failing(request):
        if server.loads < 2:
            server.loads += 1
            request.whole(500, {"error": "no memory"})
        else:
            loading(request)

    with ModelServer(say("Title: x\n"), loaded=False) as server:
        loading = server._http.RequestHandlerClass._load
        server._http.RequestHandlerClass._load = failing

        assert read(writer(server.url, Waking(1.0)))[0] == "Title: x\n"
    assert server.loads == 3


def test_a_model_is_away_from_its_first_miss_until_it_answers():
    waking, one = Waking(1.0), Endpoint(AWAY, "knotty-mini")

    assert waking.away(one) is None
    waking.missed(one)
    first = waking.away(one)
    waking.missed(one)
    assert waking.away(one) >= first >= 0
    waking.answered(one)
    assert waking.away(one) is None


def test_a_server_known_to_be_away_is_asked_whether_it_is_there_before_it_is_asked_to_write():
    waking = Waking(1.0)
    with ModelServer(say("x")) as server:
        one = writer(server.url, waking).endpoint
        waking.missed(one)
        server.health = status(500)
        read(writer(server.url, waking))

    assert server.paths == ["/api/ps", "/api/generate"]
    assert waking.away(one) is None


def test_only_one_is_within_under_a_name(store):
    with records.alone("load a") as first, records.alone("load a") as second, records.alone("load b") as other:
        assert (first, second, other) == (True, False, True)
    with records.alone("load a") as again:
        assert again


def test_whoever_fails_within_leaves_it_to_others(store):
    with pytest.raises(ValueError, match="within"), records.alone("load a"):
        raise ValueError("within")
    with records.alone("load a") as again:
        assert again


def test_the_turn_of_a_worker_that_dies_ends_with_its_connection(store):
    with records.alone("load a") as first:
        assert first
        with Session.begin() as session:
            session.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted")
            )

        def free():
            with records.alone("load a") as again:
                return again

        wait_until(free, 10)


def test_with_the_store_away_nobody_is_alone():
    engine = bind(Settings(database_url="postgresql+psycopg://127.0.0.1:9/none"))
    with records.alone("load a") as first:
        assert not first
    engine.dispose()
