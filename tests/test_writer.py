"""The writer: a model's stream, and every way its server can fail, in both dialects."""

from __future__ import annotations

import json
import threading
import time

import pytest

from jobs.dialects import Manner
from jobs.writer import Done, Halted, ModelRefused, ModelUnavailable, StreamBroken, Writer
from settings import Settings
from tests.fakes.model_server import (
    EOF,
    ERROR,
    HALF,
    HANG,
    LENGTH,
    SIGN,
    ModelServer,
    forever,
    late,
    raw,
    say,
    silent,
    status,
)

MANNER = Manner(seed=7, temperature=0.5, top_p=0.95, most=100)
AWAY = "http://127.0.0.1:9"


@pytest.fixture(params=["ollama", "openai"])
def api(request):
    """The dialect that server and writer speak."""
    return request.param


def writer(url, halt=None, **settings):
    made = Writer(Settings(model_url=url, **settings), halt or threading.Event())
    made._pauses = (0.02, 0.02, 0.02)
    return made


def read(made, waking=lambda away: None):
    """Text and last word of one stream."""
    text, done = "", None
    for piece in made.stream(lambda endpoint: ("brief\n\n", MANNER), waking):
        if isinstance(piece, Done):
            done = piece
        else:
            text += piece
    return text, done


def test_text_comes_in_pieces_and_ends_with_its_cost(api):
    with ModelServer(say("Rnd 1: ch 4, join. Grüße\n")) as server:
        text, done = read(writer(server.url, model_api=api))

    assert text == "Rnd 1: ch 4, join. Grüße\n"
    assert done == Done("stop", prompt_tokens=40, output_tokens=4, seconds=0.003 if api == "ollama" else 0.0)


def test_a_stream_cut_by_length_says_so(api):
    with ModelServer(say("half a line", LENGTH)) as server:
        assert read(writer(server.url, model_api=api))[1].reason == "length"


@pytest.mark.parametrize("end", [EOF, ERROR, HALF, SIGN])
def test_what_came_before_a_broken_end_is_good(api, end):
    text = ""
    with ModelServer(say("Title: x\n", end)) as server, pytest.raises(StreamBroken):
        made = writer(server.url, model_api=api)
        for piece in made.stream(lambda endpoint: ("b\n\n", MANNER), lambda away: None):
            text += piece

    assert text == "Title: x\n"


def test_a_stream_without_chunks_is_read_as_it_comes():
    lines = json.dumps({"response": "Title: x\n"}).encode() + b"\n"
    made, began = None, threading.Event()
    with ModelServer(raw(lines + b" " * 700, chunked=False, pause=30)) as server:
        made = writer(server.url)
        pieces = made.stream(lambda endpoint: ("b\n\n", MANNER), lambda away: None)
        threading.Timer(20, lambda: began.is_set() or made.halt.set()).start()  # a hang guard

        assert next(pieces) == "Title: x\n"
        began.set()
        pieces.close()


def test_silence_in_the_middle_is_cut(api):
    with ModelServer(say("Title: x\n", HANG)) as server:
        with pytest.raises(StreamBroken, match="nothing came"):
            read(writer(server.url, model_api=api, model_read_timeout=0.3))
        assert server.cut.wait(10)


def test_one_token_for_ever_ends_at_the_limit_of_a_stream(api):
    with ModelServer(forever("la " * 400)) as server:
        with pytest.raises(StreamBroken, match="too long"):
            read(writer(server.url, model_api=api))
        assert server.cut.wait(10)


def test_a_slow_reader_is_not_the_servers_silence(api):
    pieces = []
    with ModelServer(say("x" * 40)) as server:
        made = writer(server.url, model_api=api, model_read_timeout=0.2)
        for piece in made.stream(lambda endpoint: ("b\n\n", MANNER), lambda away: None):
            time.sleep(0.1)
            pieces.append(piece)

    assert isinstance(pieces[-1], Done)


@pytest.mark.parametrize("number", [500, 502, 503, 404, 429, 401])
def test_a_server_that_is_not_ready_is_asked_again(api, number):
    told = []
    with ModelServer(*[status(number)] * 4, say("Title: x\n")) as server:
        text, _ = read(writer(server.url, model_api=api), told.append)

    assert text == "Title: x\n"
    assert told == [True, False]


def test_a_hiccup_is_not_told(api):
    told = []
    with ModelServer(status(500), say("Title: x\n")) as server:
        read(writer(server.url, model_api=api), told.append)

    assert told == []


def test_a_slow_start_is_waited_for(api):
    with ModelServer(late(say("Title: x\n"), 0.4)) as server:
        assert read(writer(server.url, model_api=api, model_read_timeout=0.2))[0] == "Title: x\n"


def test_a_redirect_is_not_followed(api):
    with ModelServer(say("x")) as other:
        inward = status(307, Location=f"{other.url}/api/generate")
        with ModelServer(inward) as server, pytest.raises(ModelUnavailable, match="307"):
            read(writer(server.url, model_api=api, model_wait=0.1))

    assert not other.bodies


def test_no_proxy_of_the_environment_is_asked(api, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, AWAY)
    monkeypatch.delenv("no_proxy", raising=False)
    with ModelServer(say("x")) as server:
        assert read(writer(server.url, model_api=api))[0] == "x"


def test_a_model_that_sleeps_is_loaded_before_it_is_asked():
    told = []
    with ModelServer(say("x"), loaded=False) as server:
        made = writer(server.url)
        read(made, told.append)
        read(made, told.append)

    assert told == [True, False]
    assert (server.loads, len(server.bodies)) == (1, 2)


def test_a_model_that_stays_away_is_given_up_after_the_wait(api):
    told = []
    with pytest.raises(ModelUnavailable):
        read(writer(AWAY, model_api=api, model_wait=0.3), told.append)

    assert told == [True]


@pytest.mark.parametrize("number", [400, 413, 422])
def test_a_request_that_is_wrong_is_not_repeated(api, number):
    with ModelServer(status(number)) as server, pytest.raises(ModelRefused):
        read(writer(server.url, model_api=api))

    assert len(server.bodies) == 1


@pytest.mark.parametrize("step", [silent(), say("Title: x\n", HANG), say("x" * 4000, pause=0.05), forever("x", 0.01)])
def test_halting_ends_a_stream_at_once_and_the_server_sees_it(api, step):
    halt = threading.Event()
    threading.Timer(0.3, halt.set).start()
    with ModelServer(step) as server:
        with pytest.raises(Halted):  # the read alone would wait 30 s, or 120
            read(writer(server.url, halt, model_api=api))
        assert server.cut.wait(10)


@pytest.mark.parametrize("loaded", [True, False])
def test_halting_ends_the_wait_for_a_model_that_is_away(api, loaded):
    halt = threading.Event()
    threading.Timer(0.2, halt.set).start()
    with ModelServer(status(503), loaded=loaded) as server:
        server.loading = 60
        for url in (AWAY, server.url):
            with pytest.raises(Halted):
                read(writer(url, halt, model_api=api))


def test_no_answer_before_the_first_byte_counts_as_away(api):
    with ModelServer(silent()) as server, pytest.raises(ModelUnavailable):
        read(writer(server.url, model_api=api, model_first_byte_timeout=0.2, model_wait=0.3))


def test_an_answer_whose_head_comes_byte_by_byte_is_not_waited_for_for_ever(api):
    def trickle(request, prompt):
        while not request.owner.closing.wait(0.05):
            request.wfile.write(b"H")

    with ModelServer(trickle) as server, pytest.raises(ModelUnavailable):
        read(writer(server.url, model_api=api, model_connect_timeout=0.3, model_first_byte_timeout=0.2, model_wait=0.1))
