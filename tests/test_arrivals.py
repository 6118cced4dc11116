"""Arrivals: slow clients hold nobody up, and what comes in pieces is what comes at once. Attack 90."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import time
from collections.abc import Iterator

import pytest
import requests
from hypothesis import example, given
from hypothesis import strategies as st

from api.arrivals import MOST_BODY, MOST_TEXT, Arrival, Unfit
from tests.test_api_served import HEAD, exchange

Address = tuple[str, int]
WISH = b'{"prompt": "shawl"}'
GOOD = {
    "no body": b"GET /x HTTP/1.1\r\nHost: a\r\n\r\n",
    "a length": HEAD + b"Content-Length: %d\r\n\r\n%b" % (len(WISH), WISH),
    "chunks": HEAD
    + b"Transfer-Encoding: chunked\r\n\r\n5\r\n"
    + WISH[:5]
    + b"\r\ne;x=y\r\n"
    + WISH[5:]
    + b"\r\n0\r\n\r\n",
    "trailers": HEAD + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\nX: y\r\n\r\n" % (len(WISH), WISH),
}


@pytest.mark.parametrize("raw", GOOD.values(), ids=GOOD)
def test_a_request_is_whole_at_its_last_byte_and_not_before(raw: bytes) -> None:
    arrival = Arrival()

    assert [arrival.add(raw[at : at + 1]) for at in range(len(raw))] == [False] * (len(raw) - 1) + [True]


@pytest.mark.parametrize("raw", GOOD.values(), ids=GOOD)
def test_what_comes_after_it_is_kept(raw: bytes) -> None:
    arrival = Arrival()

    assert arrival.add(raw + b"GET /next")
    assert arrival.buffer == raw + b"GET /next"


@pytest.mark.parametrize(
    "raw",
    [
        HEAD + b"Content-Length: %d\r\n\r\n" % (MOST_BODY + 1),
        HEAD + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\n",
        HEAD + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
        HEAD + b"Content-Length: -1\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n-5\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"0" * 5000,
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % (MOST_BODY * 2) + b"x" * (MOST_BODY + 1),
        b"\x00\x01\r\n\r\n",
    ],
)
def test_what_will_be_refused_is_not_waited_for(raw: bytes) -> None:
    assert Arrival().add(raw)


def test_where_a_pattern_is_sent_more_is_waited_for() -> None:
    head = b"POST /api/v1/check HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % MOST_TEXT
    arrival = Arrival()

    assert not arrival.add(head + b"x" * (MOST_TEXT - 1))
    assert arrival.add(b"x")


@pytest.mark.parametrize(
    ("raw", "status"), [(b"GET / HTTP/1.1\nHost: a\n\n", 400), (b"GET /" + b"a" * 70_000, 431), (b"\n", 400)]
)
def test_a_head_that_can_become_none_is_refused(raw: bytes, status: int) -> None:
    with pytest.raises(Unfit) as caught:
        Arrival().add(raw)

    assert caught.value.status == status


@example([HEAD, b"Transfer-Encoding: chunked\r\n\r\n", b"5\r\n", b"\r\n"])
@given(
    st.lists(
        st.binary(max_size=20)
        | st.sampled_from(
            [HEAD, b"\r\n\r\n", b"\r\n", b"Content-Length: 9\r\n", b"Transfer-Encoding: chunked\r\n", b"5\r\n"]
        ),
        max_size=8,
    )
)
def test_any_bytes_in_any_pieces_end_in_a_measure_or_a_refusal(pieces: list[bytes]) -> None:
    arrival = Arrival()

    with contextlib.suppress(Unfit):
        for piece in pieces:
            arrival.add(piece)
    assert arrival.buffer == b"".join(pieces)[: len(arrival.buffer)]


def test_a_wish_sent_byte_by_byte_is_a_wish(address: Address) -> None:
    raw = GOOD["chunks"].replace(b"Host: a", b"Host: a\r\nConnection: close")
    with socket.create_connection(address, 20) as wire:
        for at in range(len(raw)):
            wire.sendall(raw[at : at + 1])
            if at % 40 == 0:
                time.sleep(0.01)
        answer = wire.recv(65536)

    assert answer.startswith(b"HTTP/1.1 202 ")


def test_two_requests_sent_at_once_are_answered_in_turn(address: Address) -> None:
    first = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
    last = b"GET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    with socket.create_connection(address, 20) as wire:
        wire.sendall(first + first[:20])
        time.sleep(0.2)
        wire.sendall(first[20:] + last)
        answer = b""
        while piece := wire.recv(65536):
            answer += piece

    assert re.findall(rb"HTTP/1\.1 (\d+)", answer) == [b"200", b"200", b"404"]


def test_who_asks_before_sending_a_body_is_told_to_go_on(address: Address) -> None:
    head = HEAD + b"Connection: close\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(WISH)
    with socket.create_connection(address, 20) as wire:
        wire.sendall(head)
        told = wire.recv(100)
        wire.sendall(WISH)
        answer = b""
        while piece := wire.recv(65536):
            answer += piece

    assert told.startswith(b"HTTP/1.1 100 Continue")
    assert b"HTTP/1.1 202 " in answer


SLOW = {
    "heads": b"GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: ",
    "bodies": HEAD + b"Content-Length: 60000\r\n\r\n{",
    "chunks": HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{",
    "patterns": b"POST /api/v1/check HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\nRnd",
    "second requests": b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\nGET /healthz HTTP/1.1\r\nHost",
    "silence": b"",
    "no goodbye": b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "no goodbye after a refusal": b"nonsense\r\n\r\n",
}


@contextlib.contextmanager
def crowd(address: Address, raw: bytes, many: int) -> Iterator[list[socket.socket]]:
    """So many who have said this and say no more."""
    wires = []
    try:
        for _ in range(many):
            wires.append(socket.create_connection(address, 10))
            wires[-1].sendall(raw)
        yield wires
    finally:
        for wire in wires:
            wire.close()


@pytest.mark.parametrize("raw", SLOW.values(), ids=SLOW)
def test_attack_90_two_hundred_slow_clients_hold_nobody_up(address: Address, raw: bytes) -> None:
    base = f"http://{address[0]}:{address[1]}"
    assert requests.get(f"{base}/healthz", timeout=60).status_code == 200

    with crowd(address, raw, 200):
        for _ in range(5):
            # Less than the server waits for any of them: nobody has to give up before others are served.
            assert requests.get(f"{base}/healthz", timeout=5).status_code == 200
            assert requests.post(f"{base}/api/v1/jobs", json={"prompt": "shawl"}, timeout=5).status_code == 202


def test_attack_90_who_is_late_is_told_so_and_let_go(address: Address) -> None:
    began = time.monotonic()

    status, headers, body = exchange(address, SLOW["heads"], ends=False)

    assert (status, headers["connection"]) == (408, "close")
    assert json.loads(body)["status"] == 408
    assert time.monotonic() - began > 5  # not at once: a slow line is no attack


def test_attack_90_more_connections_than_there_are_places_are_no_wall(address: Address) -> None:
    base = f"http://{address[0]}:{address[1]}"
    assert requests.get(f"{base}/healthz", timeout=60).status_code == 200

    with crowd(address, b"GET /", 1100):
        for _ in range(3):
            assert requests.get(f"{base}/healthz", timeout=5).status_code == 200


@pytest.fixture
def few_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server with four threads."""
    monkeypatch.setenv("WEB_THREADS", "4")


@pytest.mark.usefixtures("few_threads")
def test_who_does_not_take_the_answers_asked_for_is_let_go(address: Address) -> None:
    base = f"http://{address[0]}:{address[1]}"
    assert requests.get(f"{base}/healthz", timeout=60).status_code == 200

    # More than the system keeps for a connection: each of them stops a thread in the middle of an answer.
    with crowd(address, b"GET /api/v1/openapi.json HTTP/1.1\r\nHost: a\r\n\r\n" * 100, 6):
        time.sleep(5)
        assert requests.get(f"{base}/healthz", timeout=60).status_code == 200
