"""What only a real server shows: bodies that lie about their length, chunks, and HTTP that is none."""

from __future__ import annotations

import json
import socket

import pytest

Address = tuple[str, int]
HEAD = b"POST /api/v1/jobs HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
BIG = b"10000\r\n" + b"x" * 65536 + b"\r\n"


def exchange(address: Address, raw: bytes, ends: bool = True) -> tuple[int, dict[str, str], bytes]:
    """Send these bytes; status, headers and body of the one answer. The server must end the connection."""
    with socket.create_connection(address, 20) as wire:
        wire.sendall(raw)
        if ends:
            wire.shutdown(socket.SHUT_WR)
        answer = b""
        while piece := wire.recv(65536):
            answer += piece
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    return int(first.split()[1]), dict(line.lower().split(": ", 1) for line in lines), body


@pytest.mark.parametrize(
    "raw",
    [
        HEAD + b"Content-Length: 999999\r\n\r\n" + b"x" * 1000,
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + BIG + BIG + b"0\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + BIG + b"1\r\nx\r\n0\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + BIG + BIG,
    ],
    ids=["by its length", "by its chunks", "by one byte", "without an end"],
)
def test_a_body_over_the_limit_is_413_and_the_connection_ends(address: Address, raw: bytes) -> None:
    status, headers, body = exchange(address, raw, ends=False)

    assert status == 413
    assert headers["content-type"] == "application/problem+json"
    assert headers["connection"] == "close"
    assert json.loads(body)["type"] == "/problems/payload-too-large"


def test_a_chunked_wish_is_a_wish(address: Address) -> None:
    chunk = b'{"prompt": "shawl"}'
    raw = HEAD + b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(chunk), chunk)

    status, _, body = exchange(address, raw)

    assert (status, json.loads(body)["prompt"]) == (202, "shawl")


def test_a_body_cut_short_makes_no_job(address: Address) -> None:
    status, _, body = exchange(address, HEAD + b'Content-Length: 40\r\n\r\n{"prompt": "shawl"}')

    assert (status, json.loads(body)["type"]) == (400, "/problems/bad-request")


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (HEAD + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc", 400),
        (HEAD + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        (HEAD + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501),
        (b"\x00\x01\x02\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n", 400),
        (b"GET /" + b"a" * 16_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 70_000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: a\r\n" * 1000 + b"\r\n", 431),
    ],
    ids=["two lengths", "length and chunks", "xchunked", "noise", "folded", "long address", "long header", "headers"],
)
def test_http_that_is_none_is_a_problem_too(address: Address, raw: bytes, status: int) -> None:
    found, headers, body = exchange(address, raw, ends=False)

    assert found == status
    assert headers["content-type"] == "application/problem+json"
    assert json.loads(body)["status"] == status


def test_trace_and_connect_find_nothing(address: Address) -> None:
    for raw in (b"TRACE /healthz", b"CONNECT evil.example:80"):
        status, headers, _ = exchange(address, raw + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert status in (404, 405)
        assert headers["content-type"] == "application/problem+json"


def test_what_is_counted_is_counted_over_all_processes(address: Address) -> None:
    exchange(address, b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")

    _, _, body = exchange(address, b"GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")

    assert b'knotty_http_request_duration_seconds_count{method="GET",status="200",url_rule="/healthz"} 1.0' in body
