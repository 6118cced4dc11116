"""The model's server: Ollama's interface, its error shapes, and a slot that is free again when a client leaves."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient

from llm.brief import Brief, write
from llm.engine import Engine
from llm.serve import create_app
from llm.shape import WEIGHTS
from llm.turns import AT_ONCE

PROMPT = write(Brief("punk rock blanket", rounds=3, variant=7))
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(slot_wait=0.2)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def asked(**fields: object) -> dict[str, object]:
    options = {"seed": 71, "temperature": 0.7, "top_p": 0.95, "num_predict": 900}
    fixed = {"model": "knotty-mini", "prompt": PROMPT, "raw": True, "stream": True, "truncate": False, "shift": False}
    return fixed | {"keep_alive": -1, "options": options} | fields


def lines(reply) -> list[dict[str, object]]:
    return [json.loads(line) for line in reply.text.splitlines()]


def test_a_sheet_is_streamed_line_by_line_as_ollama_does(client: FlaskClient) -> None:
    reply = client.post("/api/generate", json=asked())

    *pieces, last = lines(reply)
    assert reply.mimetype == "application/x-ndjson"
    assert all(piece["done"] is False and piece["model"] == "knotty-mini" and piece["created_at"] for piece in pieces)
    assert "".join(str(piece["response"]) for piece in pieces).endswith("End.\n")
    assert (last["done"], last["done_reason"], last["response"]) == (True, "stop", "")
    assert 0 < last["forced_count"] < last["eval_count"]
    assert last["prompt_eval_count"] > 10
    assert last["total_duration"] >= last["eval_duration"] > 0


def test_without_a_stream_one_object_holds_it_all(client: FlaskClient) -> None:
    reply = client.post("/api/generate", json=asked(stream=False))

    assert reply.json["done"] is True
    assert reply.json["response"].endswith("End.\n")


def test_the_same_seed_streams_the_same_sheet(client: FlaskClient) -> None:
    first, again = (lines(client.post("/api/generate", json=asked())) for _ in range(2))

    assert [line["response"] for line in first] == [line["response"] for line in again]


def test_a_continuation_is_the_prompt_with_the_rows_so_far(client: FlaskClient) -> None:
    whole = client.post("/api/generate", json=asked(stream=False)).json["response"]
    kept = whole[: whole.index("Rnd 2 ")]

    rest = client.post("/api/generate", json=asked(stream=False, prompt=PROMPT + kept)).json["response"]

    assert rest.startswith("Rnd 2 (")


def test_num_predict_ends_a_text_with_length(client: FlaskClient) -> None:
    last = lines(client.post("/api/generate", json=asked(options={"num_predict": 40})))[-1]

    assert last["done_reason"] == "length"
    assert last["eval_count"] <= 40


def test_an_empty_prompt_only_loads(client: FlaskClient) -> None:
    reply = client.post("/api/generate", json={"model": "knotty-mini"})

    assert reply.status_code == 200
    assert (reply.json["done"], reply.json["done_reason"], reply.json["response"]) == (True, "load", "")


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        ({"prompt": PROMPT}, 400, "model is required"),
        (asked(model="llama3.1"), 404, "model 'llama3.1' not found"),
        (asked(prompt=7), 400, "prompt"),
        (asked(stream="yes"), 400, "stream"),
        (asked(options={"seed": "x"}), 400, "options.seed"),
        (asked(options={"temperature": True}), 400, "options.temperature"),
        (asked(options=[1]), 400, "options"),
        (asked(prompt="a blanket please"), 400, "brief"),
        (asked(prompt=PROMPT + "1 2 3 4 5\n" * 300), 400, "room"),
        ([1], 400, "JSON object"),
    ],
)
def test_a_fault_is_said_as_ollama_says_it(client: FlaskClient, body: object, status: int, says: str) -> None:
    reply = client.post("/api/generate", json=body)

    assert reply.status_code == status
    assert list(reply.json) == ["error"]
    assert says in reply.json["error"]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"null"])
def test_a_body_that_is_no_json_is_a_400(client: FlaskClient, body: bytes) -> None:
    assert client.post("/api/generate", data=body).status_code == 400
    assert client.post("/generate-pattern", data=body).status_code == 400


def test_an_unknown_page_and_method_are_told_in_json(client: FlaskClient) -> None:
    assert client.get("/api/nothing").json["error"]
    assert client.get("/api/generate").status_code == 405


def test_tags_and_ps_name_the_model_and_the_hash_of_its_weights(client: FlaskClient) -> None:
    for path in ("/api/tags", "/api/ps"):
        [model] = client.get(path).json["models"]
        assert model["name"] == "knotty-mini"
        assert model["size"] == (WEIGHTS / "model.safetensors").stat().st_size
        assert len(model["digest"]) == 64
    assert client.get("/api/version").json["version"]


def test_a_query_gets_one_checked_draft(client: FlaskClient) -> None:
    reply = client.post("/generate-pattern", json={"query": "  a sunflower\ncushion "})

    assert reply.status_code == 200
    assert reply.json["pattern"].startswith("Title: Sunflower")
    assert 0 <= reply.json["rows_ok"] <= reply.json["rows"]
    assert reply.json["rows"] >= 3


@pytest.mark.parametrize("query", ["", " \n\t", "\u0000", "<|eot_id|>", 7, None, "x" * 501])
def test_a_query_that_asks_nothing_or_too_much_is_a_400(client: FlaskClient, query: object) -> None:
    reply = client.post("/generate-pattern", json={"query": query})

    assert reply.status_code == 400
    assert "query" in reply.json["error"]


def test_no_free_slot_is_a_503_and_a_left_stream_frees_it(app: Flask, client: FlaskClient) -> None:
    streams = [client.post("/api/generate", json=asked(), buffered=False) for _ in range(AT_ONCE)]
    for stream in streams:
        next(iter(stream.response))

    busy = app.test_client().post("/api/generate", json=asked(stream=False))
    for stream in streams:
        stream.close()
    after = app.test_client().post("/api/generate", json=asked(stream=False))

    assert (busy.status_code, list(busy.json)) == (503, ["error"])
    assert after.status_code == 200


def test_two_clients_of_one_process_are_answered_at_the_same_time(client: FlaskClient) -> None:
    alone = client.post("/api/generate", json=asked(stream=False)).json["response"]
    streams = [iter(client.post("/api/generate", json=asked(), buffered=False).response) for _ in range(2)]
    texts, turns = ["", ""], 0
    while not all(text.endswith("End.\n") for text in texts):
        for i, stream in enumerate(streams):
            texts[i] += json.loads(next(stream))["response"]
        turns += 1
    for stream in streams:
        list(stream)

    assert texts == [alone, alone]
    assert turns > 50


def test_a_closed_stream_has_nothing_more_read(monkeypatch: pytest.MonkeyPatch) -> None:
    engine, read = Engine.load(WEIGHTS), []
    one_read = engine.model.read
    monkeypatch.setattr(engine.model, "read", lambda ids, memory: read.append(len(ids)) or one_read(ids, memory))
    stream = create_app(engine=engine).test_client().post("/api/generate", json=asked(), buffered=False)
    for _ in range(10):
        next(iter(stream.response))
    before = len(read)

    stream.close()

    assert len(read) == before


def test_a_stream_closed_before_its_first_line_frees_the_slot(client: FlaskClient) -> None:
    client.post("/api/generate", json=asked(), buffered=False).close()

    assert client.post("/api/generate", json=asked(stream=False)).status_code == 200


# The real server


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = os.environ | {"MODEL_PORT": str(port)}
    process = subprocess.Popen(
        [sys.executable, "-m", "llm.serve", "--slots", "1"], cwd=ROOT, env=env, stderr=subprocess.DEVNULL
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(lambda: requests.get(f"{url}/api/ps", timeout=1).ok)
        yield url
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _wait(ready) -> None:
    for _ in range(300):
        try:
            if ready():
                return
        except requests.RequestException:
            pass
        time.sleep(0.1)
    raise AssertionError("it did not come up in 30 s")


def test_probes_answer_while_a_sheet_is_written(served: str) -> None:
    def write_sheet() -> None:
        requests.post(f"{served}/api/generate", json=asked(prompt=write(Brief("sea", rounds=12))), timeout=60)

    writer = threading.Thread(target=write_sheet)
    writer.start()
    probes = 0
    while writer.is_alive():
        assert requests.get(f"{served}/api/ps", timeout=5).ok
        probes += 1
    writer.join()

    assert probes >= 1


def test_a_client_that_leaves_stops_the_writing(served: str) -> None:
    long = asked(prompt=write(Brief("sea", rounds=20)), options={"seed": 1, "num_predict": 1400})
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", int(served.rsplit(":", 1)[1]))) as client:
            body = json.dumps(long).encode()
            head = f"POST /api/generate HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
            client.sendall(head.encode() + body)
            assert client.recv(100).startswith(b"HTTP/1.1 200")

    assert requests.post(f"{served}/api/generate", json=asked(stream=False), timeout=60).json()["done"] is True
