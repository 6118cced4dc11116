"""What only a real server shows: bodies that lie about their length, chunks, and HTTP that is none."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import requests

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


OVER = {
    "by its length": HEAD + b"Content-Length: 999999\r\n\r\n" + b"x" * 1000,
    "by its chunks": HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + BIG + BIG + b"0\r\n\r\n",
    "by one byte": HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + BIG + b"1\r\nx\r\n0\r\n\r\n",
    "without an end": HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + BIG + BIG,
}
NO_HTTP = {
    "two lengths": (HEAD + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc", 400),
    "length and chunks": (HEAD + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    "xchunked": (HEAD + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501),
    "bare line feeds": (b"GET / HTTP/1.1\nHost: a\n\n", 400),
    "no number": (HEAD + b"Content-Length: 0x3\r\n\r\nabc", 400),
    "a chunk without an end": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n", 400),
    "a chunk of no size": (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n", 400),
    "noise": (b"\x00\x01\x02\r\n\r\n", 400),
    "folded": (b"GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n", 400),
    "long address": (b"GET /" + b"a" * 16_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414),
    "long header": (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 70_000 + b"\r\n\r\n", 431),
    "endless header": (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 70_000, 431),
    "many headers": (b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: a\r\n" * 1000 + b"\r\n", 431),
}


def test_attack_33_34_a_body_over_the_limit_is_413_and_the_connection_ends(address: Address) -> None:
    for name, raw in OVER.items():
        status, headers, body = exchange(address, raw, ends=False)

        assert (status, headers["connection"]) == (413, "close"), name
        assert headers["content-type"] == "application/problem+json"
        assert json.loads(body)["type"] == "/problems/payload-too-large"


def test_attack_91_92_http_that_is_none_is_a_problem_too(address: Address) -> None:
    for name, (raw, status) in NO_HTTP.items():
        found, headers, body = exchange(address, raw, ends=False)

        assert found == status, name
        assert headers["content-type"] == "application/problem+json"
        told = json.loads(body)
        assert (told["status"], told["request_id"]) == (status, headers["x-request-id"])
        assert headers["cache-control"] == "no-store"
        assert "sandbox" in headers["content-security-policy"]


def test_a_chunked_wish_is_a_wish(address: Address) -> None:
    chunk = b'{"prompt": "shawl"}'
    raw = HEAD + b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(chunk), chunk)

    status, _, body = exchange(address, raw)

    assert (status, json.loads(body)["prompt"]) == (202, "shawl")


def test_a_body_cut_short_makes_no_job(address: Address) -> None:
    status, _, body = exchange(address, HEAD + b'Content-Length: 40\r\n\r\n{"prompt": "shawl"}')

    assert (status, json.loads(body)["type"]) == (400, "/problems/bad-request")


def test_attack_50_trace_and_connect_find_nothing(address: Address) -> None:
    for raw in (b"TRACE /healthz", b"CONNECT evil.example:80"):
        status, headers, _ = exchange(address, raw + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert status in (404, 405)
        assert headers["content-type"] == "application/problem+json"


def test_what_is_counted_is_counted_over_all_processes(address: Address) -> None:
    exchange(address, b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")

    _, _, body = exchange(address, b"GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")

    assert b'knotty_http_request_duration_seconds_count{method="GET",status="200",url_rule="/healthz"} 1.0' in body


def test_the_log_is_a_json_line_a_request_without_tokens_prompts_or_queries(address: Address, tmp_path: Path) -> None:
    jobs = f"http://{address[0]}:{address[1]}/api/v1/jobs"
    wish = {"prompt": "CANARY1\nnext", "metadata": {"a": "CANARY2"}}
    asked = {"X-Request-Id": "asked-for-this-1", "User-Agent": "CANARY3"}

    reply = requests.post(f"{jobs}?q=CANARY4", json=wish, headers=asked, timeout=30)
    token = reply.json()["maker_token"]
    assert requests.get(jobs, headers={"Authorization": f"Bearer {token}"}, timeout=30).status_code == 200

    log = (tmp_path / "gunicorn.log").read_text()
    told, last = [json.loads(line) for line in log.splitlines() if '"request"' in line]
    assert told["request_id"] == reply.headers["X-Request-Id"] == "asked-for-this-1"
    assert (told["method"], told["status"], told["rule"]) == ("POST", 202, "/api/v1/jobs")
    assert last["status"] == 200
    assert "CANARY" not in log
    assert token not in log
