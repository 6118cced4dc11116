"""Dialects: what servers are asked in Ollama's words and in OpenAI's, and what is made of whatever they answer."""

from __future__ import annotations

import json
import threading

import pytest

from jobs.writer import ModelUnavailable, StreamBroken
from settings import BadSetting, Settings
from tests.fakes.model_server import ModelServer, bytewise, raw, say, status, uneven
from tests.test_writer import AWAY, read, writer


@pytest.fixture(params=["ollama", "openai"])
def api(request):
    """The dialect that server and writer speak."""
    return request.param


def test_ollama_is_asked_all_that_keeps_a_prompt_whole():
    with ModelServer(say("x")) as server:
        read(writer(server.url))

    assert server.paths[-1] == "/api/generate"
    assert server.bodies == [
        {
            "model": "knotty-mini",
            "prompt": "brief\n\n",
            "raw": True,
            "stream": True,
            "truncate": False,
            "shift": False,
            "keep_alive": -1,
            "options": {"seed": 7, "temperature": 0.5, "top_p": 0.95, "num_predict": 100},
        }
    ]


def test_openai_is_asked_for_raw_text_and_what_it_cost():
    with ModelServer(say("x")) as server:
        read(writer(server.url, model_api="openai"))

    assert server.paths[-1] == "/v1/completions"
    assert server.bodies == [
        {
            "model": "knotty-mini",
            "prompt": "brief\n\n",
            "stream": True,
            "stream_options": {"include_usage": True},
            "max_tokens": 100,
            "temperature": 0.5,
            "top_p": 0.95,
            "seed": 7,
        }
    ]


def test_a_sign_that_comes_in_two_halves_is_read_whole(api):
    with ModelServer(bytewise("Grüße 💕\n")) as server:
        assert read(writer(server.url, model_api=api))[0] == "Grüße 💕\n"


@pytest.mark.parametrize(
    "body",
    [
        b"not json\n",
        b"[1]\n",
        b'{"response": "\xff"}\n',
        b'{"response": "' + b"x" * 70_000 + b'"}\n',
        b"x" * 70_000,
        (json.dumps({"response": "x" * 60_000}) + "\n").encode() * 20,
        b'{"response": null, "done": "true"}\n',
        b'{"response": ["Title"]}\n',
        b"[" * 20_000 + b"\n",
        b"",
    ],
    ids=[
        "junk", "a list", "bad UTF-8", "a long line", "an endless line", "an endless body", "no words", "other words",
        "depth", "nothing",
    ],
)  # fmt: skip
@pytest.mark.parametrize("chunked", [True, False], ids=["in chunks", "to the end"])
def test_junk_is_a_broken_stream(api, body, chunked):
    if api == "openai":
        body = b"".join(b"data: " + line for line in body.splitlines(keepends=True))
    with ModelServer(raw(body, chunked)) as server, pytest.raises(StreamBroken):
        read(writer(server.url, model_api=api))


@pytest.mark.parametrize("count", [None, -3, 1.5, "7", True, 10**30])
def test_a_cost_that_is_none_is_nothing(api, count):
    with ModelServer(uneven("Title: x\n", count)) as server:
        text, done = read(writer(server.url, model_api=api))

    assert (text, done.reason) == ("Title: x\n", "stop")
    assert done.output_tokens in (0, 10**30)


@pytest.mark.parametrize(
    "body",
    [
        b': keep-alive\r\n\r\nevent: x\r\ndata: {"choices":[{"text":"Ti"}]}\r\n\r\n'
        b'data:{"choices":[{"text":"tle"}]}\r\n\r\ndata: [DONE]\r\n\r\n',
        b'data: {"choices":[{"text":"Title"}]}\n\ndata: {"choices":[{"text":"","finish_reason":"stop"}]}\n\n',
        b'data: {"choices":[{"text":"Title"}, null, {"text":null}]}\n\ndata: {"choices":null}\n\ndata: [DONE]\n\n',
    ],
    ids=["comments and line ends", "no [DONE] behind the reason", "other things"],
)
def test_server_sent_events_are_read_as_servers_write_them(body):
    with ModelServer(raw(body)) as server:
        text, done = read(writer(server.url, model_api="openai"))

    assert (text, done.reason) == ("Title", "stop")


@pytest.mark.parametrize(
    "line", [b'error: {"code":500}', b'data: {"object":"error","message":"x"}', b'data: {"error":{"message":"x"}}']
)
def test_an_error_among_the_events_breaks_the_stream(line):
    body = b'data: {"choices":[{"text":"Title: x\\n"}]}\n\n' + line + b"\n\ndata: [DONE]\n\n"
    with ModelServer(raw(body)) as server, pytest.raises(StreamBroken, match="reports an error"):
        read(writer(server.url, model_api="openai"))


def test_a_server_that_still_loads_its_model_is_waited_for_and_not_asked_to():
    told = []
    with ModelServer(say("x"), loaded=False) as server:
        threading.Timer(0.3, lambda: setattr(server, "loaded", True)).start()
        read(writer(server.url, model_api="openai"), told.append)

    assert told == [True, False]
    assert (server.loads, len(server.bodies)) == (0, 1)


def test_a_server_without_an_address_for_its_health_is_believed_its_list():
    with ModelServer(say("x")) as server:
        server.health = status(404)

        assert read(writer(server.url, model_api="openai"))[0] == "x"


def test_a_server_that_has_other_models_is_waited_for_like_one_that_is_away():
    told = []
    with ModelServer(say("x"), name="llama-knotty") as server, pytest.raises(ModelUnavailable):
        read(writer(server.url, model_api="openai", model_wait=0.2), told.append)

    assert told == [True]
    assert not server.bodies


@pytest.mark.parametrize("said", [None, 7, {"models": 7}, {"models": [None]}, {"models": [{"name": 7}]}, []])
def test_a_server_that_talks_nonsense_of_its_models_does_no_harm(said):
    with ModelServer(say("x")) as server:
        server.models = said
        made = writer(server.url, model_wait=0.2)

        assert made.model()["digest"] is None
        with pytest.raises(ModelUnavailable):
            read(made)


def test_the_model_tells_its_name_and_its_digest_where_the_server_knows_it():
    with ModelServer(say("x")) as server:
        assert writer(server.url).model() == {"name": "knotty-mini", "digest": "f" * 64}
        assert writer(server.url, model_api="openai").model() == {"name": "knotty-mini", "digest": None}
    with ModelServer(say("x"), loaded=False) as server:
        assert writer(server.url).model() == {"name": "knotty-mini", "digest": "f" * 64}
    assert writer(AWAY).model() == {"name": "knotty-mini", "digest": None}


def test_a_model_that_was_seen_loaded_is_not_looked_for_again(api):
    with ModelServer(say("x")) as server:
        made = writer(server.url, model_api=api)
        made.model()
        looked = len(server.paths)
        read(made)

    assert server.paths[looked:] == [made.endpoint.dialect.path]


def test_the_key_is_sent_with_every_request_and_shown_to_nobody(api):
    settings = Settings(model_key=" CANARY-key\n", model_api=api)
    with ModelServer(say("x")) as server:
        made = writer(server.url, model_key=settings.model_key, model_api=api)
        made.model()
        read(made)

    assert set(server.keys) == {"Bearer CANARY-key"}
    assert "CANARY" not in f"{settings} {made.endpoint}"


def test_without_a_key_none_is_sent(api):
    with ModelServer(say("x")) as server:
        read(writer(server.url, model_api=api))

    assert set(server.keys) == {None}


@pytest.mark.parametrize("key", ["CANARY\nX: y", "CANARY\x00", "CANARYé"])
def test_a_key_that_no_header_can_hold_is_refused_without_being_told(key):
    with pytest.raises(BadSetting) as caught:
        writer(AWAY, model_key=key)

    assert "CANARY" not in str(caught.value)
    assert "MODEL_KEY" in str(caught.value)


@pytest.mark.parametrize("name", ["MODEL_API", "MODEL_PROMPT", "FALLBACK_MODEL_API", "FALLBACK_MODEL_PROMPT"])
def test_a_setting_with_few_values_takes_no_other(name):
    with pytest.raises(BadSetting, match=f"{name}='bananas' is not one of: "):
        Settings.from_env({name: "bananas"})
