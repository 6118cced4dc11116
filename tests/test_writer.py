"""The writer: a model's stream, and every way its server can fail."""

from __future__ import annotations

import json
import threading
import time

import pytest

from jobs.writer import Done, Halted, ModelRefused, ModelUnavailable, StreamBroken, Writer
from settings import Settings
from tests.fakes.model_server import EOF, ERROR, HALF, HANG, LENGTH, ModelServer, raw, say, silent, status

OPTIONS = {"seed": 7, "num_predict": 100}


def writer(url, halt=None, **settings):
    made = Writer(Settings(model_url=url, **settings), halt or threading.Event())
    made._pauses = (0.02, 0.02, 0.02)
    return made


def read(made, waking=lambda away: None):
    """Text and last word of one stream."""
    text, done = "", None
    for piece in made.stream("brief\n\n", OPTIONS, waking):
        if isinstance(piece, Done):
            done = piece
        else:
            text += piece
    return text, done


def test_text_comes_in_pieces_and_ends_with_its_cost():
    with ModelServer(say("Rnd 1: ch 4, join. Grüße\n")) as server:
        text, done = read(writer(server.url))

    assert text == "Rnd 1: ch 4, join. Grüße\n"
    assert done == Done("stop", prompt_tokens=40, output_tokens=4, seconds=0.003)


def test_a_request_says_all_that_keeps_a_prompt_whole():
    with ModelServer(say("x")) as server:
        read(writer(server.url))

    assert server.bodies == [
        {
            "model": "knotty-mini",
            "prompt": "brief\n\n",
            "raw": True,
            "stream": True,
            "truncate": False,
            "shift": False,
            "keep_alive": -1,
            "options": OPTIONS,
        }
    ]


def test_a_stream_cut_by_length_says_so():
    with ModelServer(say("half a line", LENGTH)) as server:
        assert read(writer(server.url))[1].reason == "length"


@pytest.mark.parametrize("end", [EOF, ERROR, HALF])
def test_what_came_before_a_broken_end_is_good(end):
    text = ""
    with ModelServer(say("Title: x\n", end)) as server, pytest.raises(StreamBroken):
        for piece in writer(server.url).stream("b\n\n", OPTIONS, lambda away: None):
            text += piece

    assert text == "Title: x\n"


@pytest.mark.parametrize(
    "body",
    [
        b"not json\n",
        b"[1]\n",
        b'{"response": "\xff"}\n',
        b'{"response": "' + b"x" * 70_000 + b'"}\n',
        (json.dumps({"response": "x" * 60_000}) + "\n").encode() * 20,
        b"",
    ],
    ids=["junk", "a list", "bad UTF-8", "an endless line", "an endless body", "nothing"],
)
def test_junk_is_a_broken_stream(body):
    with ModelServer(raw(body)) as server, pytest.raises(StreamBroken):
        read(writer(server.url))


def test_silence_in_the_middle_is_cut():
    began = time.monotonic()
    with ModelServer(say("Title: x\n", HANG)) as server, pytest.raises(StreamBroken, match="nothing came"):
        read(writer(server.url, model_read_timeout=0.3))

    assert time.monotonic() - began < 10  # a hang guard


def test_a_slow_reader_is_not_the_servers_silence():
    pieces = []
    with ModelServer(say("x" * 40)) as server:
        for piece in writer(server.url, model_read_timeout=0.2).stream("b\n\n", OPTIONS, lambda away: None):
            time.sleep(0.1)
            pieces.append(piece)

    assert isinstance(pieces[-1], Done)


@pytest.mark.parametrize("number", [500, 503, 404])
def test_a_server_that_is_not_ready_is_asked_again(number):
    told = []
    with ModelServer(*[status(number)] * 4, say("Title: x\n")) as server:
        text, _ = read(writer(server.url), told.append)

    assert text == "Title: x\n"
    assert told == [True, False]


def test_a_model_that_is_not_loaded_is_loaded_while_we_wait():
    with ModelServer(*[status(503)] * 4, say("x"), loaded=False) as server:
        read(writer(server.url))

    assert server.loads == 1


def test_a_model_that_sleeps_is_loaded_before_it_is_asked():
    told = []
    with ModelServer(say("x"), loaded=False) as server:
        made = writer(server.url)
        read(made, told.append)
        read(made, told.append)

    assert told == [True, False]
    assert (server.loads, len(server.bodies)) == (1, 2)


@pytest.mark.parametrize("said", [None, 7, {"models": 7}, {"models": [None]}, {"models": [{"name": 7}]}, []])
def test_a_server_that_talks_nonsense_of_its_models_does_no_harm(said):
    with ModelServer(say("x")) as server:
        server.models = said

        assert writer(server.url).model()["digest"] is None
        assert read(writer(server.url))[0] == "x"


def test_a_model_that_stays_away_is_given_up_after_the_wait():
    told = []
    with pytest.raises(ModelUnavailable):
        read(writer("http://127.0.0.1:9", model_wait=0.3), told.append)

    assert told == [True]


def test_a_request_that_is_wrong_is_not_repeated():
    with ModelServer(status(400)) as server, pytest.raises(ModelRefused):
        read(writer(server.url))

    assert len(server.bodies) == 1


@pytest.mark.parametrize("step", [silent(), say("Title: x\n", HANG), say("x" * 4000, pause=0.05)])
def test_halting_ends_a_stream_at_once_and_the_server_sees_it(step):
    halt = threading.Event()
    threading.Timer(0.3, halt.set).start()
    began = time.monotonic()
    with ModelServer(step) as server, pytest.raises(Halted):
        read(writer(server.url, halt))

    assert time.monotonic() - began < 5  # a hang guard; the read alone would wait 30 s


def test_halting_ends_the_wait_for_a_model_that_is_away():
    halt = threading.Event()
    threading.Timer(0.2, halt.set).start()

    with pytest.raises(Halted):
        read(writer("http://127.0.0.1:9", halt))


def test_no_answer_before_the_first_byte_counts_as_away():
    with ModelServer(silent()) as server, pytest.raises(ModelUnavailable):
        read(writer(server.url, model_first_byte_timeout=0.2, model_wait=0.3))


def test_the_model_tells_its_name_and_digest():
    with ModelServer(say("x")) as server:
        assert writer(server.url).model() == {"name": "knotty-mini", "digest": "f" * 64}
    assert writer("http://127.0.0.1:9").model() == {"name": "knotty-mini", "digest": None}
