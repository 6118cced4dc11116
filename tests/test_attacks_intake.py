"""Attacks on the one door: the same body at every address that takes one. The numbers are those of `attacks.py`."""

from __future__ import annotations

import gzip
import json
import re
import time
from typing import Any

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient

from api import openapi, text
from tests.test_api_served import exchange

Address = tuple[str, int]
JSON = "application/json"
ABSENT = {"job_id": f"job_{'a' * 26}", "pattern_id": f"pat_{'a' * 26}"}


@pytest.fixture
def doors(app: Flask, client: FlaskClient) -> list[tuple[str, str]]:
    """(method, address) of everything that takes a JSON body, with a job and a pattern of the client's own in it."""
    client.post("/api/v1/makers")
    job = client.post("/api/v1/jobs", json={"prompt": "shawl"}).json
    mine = ABSENT | {"job_id": job["id"], "pattern_id": job["pattern"]["id"]}
    document = json.loads(json.dumps(openapi.document(app)))
    found = [
        (method, re.sub(r"\{(\w+)\}", lambda name: mine[name[1]], path))
        for path, methods in document["paths"].items()
        for method, told in methods.items()
        if JSON in told.get("requestBody", {}).get("content", {})
    ]
    assert len(found) >= 6
    return found


def nested(depth: int, inner: bytes = b"1") -> bytes:
    return b'{"a":' * depth + inner + b"}" * depth


def strange(value: str) -> bytes:
    """A field that nobody knows, with this JSON in it."""
    return b'{"strange": %b}' % value.encode()


# number and what it is: (body, status, problem)
BODIES: dict[str, tuple[bytes, int, str]] = {
    "33 ten megabytes": (b" " * 10_000_000, 413, "payload-too-large"),
    "33 one byte over the largest": (b" " * (256 * 1024 + 1), 413, "payload-too-large"),
    "35 a thousand lists": (b"[" * 1000, 400, "invalid-json"),
    "35 ten thousand objects": (nested(10_000, b""), 400, "invalid-json"),
    "35 one level too deep": (nested(33), 400, "invalid-json"),
    "36 ten thousand keys": (json.dumps({f"k{n}": 0 for n in range(4000)}).encode(), 422, "validation-failed"),
    "36 equal keys": (b'{"strange": 1, "strange": 1}', 400, "invalid-json"),
    "36 open objects": (b'{"a":{"b":' * 6000, 400, "invalid-json"),
    "37 NaN": (strange("NaN"), 400, "invalid-json"),
    "37 Infinity": (strange("-Infinity"), 400, "invalid-json"),
    "37 beyond a double": (strange("1e999"), 400, "invalid-json"),
    "37 a thousand digits": (strange("9" * 1000), 400, "invalid-json"),
    "37 minus nothing": (strange("-0"), 422, "validation-failed"),
    "37 a whole number with an exponent": (strange("1E+2"), 422, "validation-failed"),
    "38 a byte order mark": (b"\xef\xbb\xbf{}", 400, "invalid-json"),
    "38 something behind it": (b"{} {}", 400, "invalid-json"),
    "38 a comment": (b"{/* */}", 400, "invalid-json"),
    "38 single quotes": (b"{'strange': 1}", 400, "invalid-json"),
    "38 null": (b"null", 422, "validation-failed"),
    "38 a list": (b"[]", 422, "validation-failed"),
    "38 text": (b'"x"', 422, "validation-failed"),
    "39 UTF-16": ('{"strange": 1}'.encode("utf-16"), 400, "invalid-json"),
    "39 Latin-1": ('{"strange": "é"}'.encode("latin-1"), 400, "invalid-json"),
    "39 overlong": (b'{"strange": "\xc0\xaf"}', 400, "invalid-json"),
    "40 NUL": (strange('"\\u0000"'), 422, "validation-failed"),
    "40 NUL in a key": (b'{"\\u0000": 1}', 422, "validation-failed"),
    "40 a raw NUL": (b'{"strange": "\x00"}', 400, "invalid-json"),
    "41 half a character": (strange('"\\ud800"'), 422, "validation-failed"),
    "41 halves the wrong way round": (b'{"\\udc00\\ud800": 1}', 422, "validation-failed"),
    "60 mass assignment": (b'{"status": "succeeded", "maker_id": "mkr_x", "proven": true}', 422, "validation-failed"),
    "60 a prototype": (b'{"__proto__": {"admin": true}, "constructor": {}}', 422, "validation-failed"),
}


@pytest.mark.parametrize("number", BODIES)
def test_attack_a_bad_body_is_refused_at_every_door(
    client: FlaskClient, doors: list[tuple[str, str]], number: str
) -> None:
    body, status, problem = BODIES[number]
    for method, path in doors:
        reply = client.open(path, method=method, data=body, content_type=JSON)

        told = (reply.status_code, reply.json["type"].rpartition("/")[2])
        assert told == (status, problem), (method, path, reply.text[:300])
        assert reply.mimetype == "application/problem+json"
    assert len(client.get("/api/v1/jobs").json["data"]) == 1


TYPES = {
    "none": (None, {}),
    "text": ("text/csv", {}),
    "a form": ("application/x-www-form-urlencoded", {}),
    "files": ("multipart/form-data; boundary=x", {}),
    "JSONP": ("application/jsonp", {}),
    "another charset": (f"{JSON}; charset=utf-16", {}),
    "packed": (JSON, {"Content-Encoding": "gzip"}),
    "packed twice": (JSON, {"Content-Encoding": "gzip, identity"}),
}


@pytest.mark.parametrize("name", TYPES)
def test_attack_39_48_another_type_is_refused_at_every_door(
    client: FlaskClient, doors: list[tuple[str, str]], name: str
) -> None:
    kind, headers = TYPES[name]
    for method, path in doors:
        body = gzip.compress(b'{"prompt": "x"}') if headers else b'{"prompt": "x"}'
        reply = client.open(path, method=method, data=body, content_type=kind, headers=headers)

        assert (reply.status_code, reply.json["type"]) == (415, "/problems/unsupported-media-type"), (method, path)


@pytest.mark.parametrize("text", ["a" * 50_000, "!" * 50_000, "a" * 50_000 + "!", " " * 50_000, "kn_" + "a" * 50_000])
def test_attack_44_no_text_makes_a_validator_slow(client: FlaskClient, text: str) -> None:
    began = time.process_time()

    for field in ("prompt", "metadata", "options", "webhook", "name"):
        for value in (text, {text: text}, {"url": f"https://{text}", "events": [text], "item": text}):
            client.post("/api/v1/jobs", json={"prompt": "x", field: value})
    short = text[:8000]
    for name in ("Authorization", "Idempotency-Key", "Prefer", "If-None-Match", "Last-Event-ID", "Accept", "Origin"):
        client.post("/api/v1/jobs", json={"prompt": "x"}, headers={name: short})
        client.get(f"/api/v1/jobs?cursor={short}&limit={short}&status={short}", headers={name: f"Bearer {short}"})

    assert time.process_time() - began < 20  # a hang guard: a bad regular expression would take minutes for one


@pytest.mark.parametrize("path", ["/api/v1/jobs", "/api/v1/nothing", "/api/v1/patterns/x", "/generate-pattern"])
def test_attack_49_an_error_is_json_even_to_who_asks_for_html(client: FlaskClient, path: str) -> None:
    reply = client.get(path, headers={"Accept": "text/html,*/*;q=0.1"})

    assert (reply.mimetype, reply.headers["X-Content-Type-Options"]) == ("application/problem+json", "nosniff")
    assert "<" not in reply.text


@pytest.mark.parametrize("word", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_attack_50_no_header_changes_the_method(client: FlaskClient, word: str) -> None:
    client.post("/api/v1/makers")
    job = client.post("/api/v1/jobs", json={"prompt": "x"}).json

    reply = client.get(job["links"]["self"], headers={word: "DELETE"})

    assert (reply.status_code, reply.json["id"]) == (200, job["id"])


@pytest.mark.parametrize(
    "path",
    ["/debug", "/console", "/.env", "/.git/config", "/admin", "/actuator", "/server-status", "/api", "/api/v2/jobs"],
)
def test_attack_62_there_is_nothing_to_find(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "https://localhost.evil.example", "http://localhost"]
)
def test_attack_72_no_answer_opens_the_door_to_another_site(client: FlaskClient, origin: str) -> None:
    asks = {"Origin": origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    replies = [
        client.get("/api/v1/openapi.json", headers=asks),
        client.options("/api/v1/jobs", headers=asks),
        client.post("/api/v1/jobs", json={"prompt": "x"}, headers=asks),
        client.get("/api/v1/nothing", headers=asks),
    ]

    assert not [name for reply in replies for name, _ in reply.headers if name.lower().startswith("access-control")]


def test_attack_73_nothing_of_ours_is_shown_in_a_frame(client: FlaskClient) -> None:
    for path in ("/api/docs", "/problems/not-found", "/api/v1/openapi.json", "/api/v1/nothing"):
        headers = client.get(path).headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], path
        assert headers["X-Frame-Options"] == "DENY", path


@pytest.mark.parametrize("query", ["status=' OR 1=1--", "status=%25", "sort=maker_id;drop table jobs", "limit=1;--"])
def test_attack_98_a_query_is_taken_by_the_letter(client: FlaskClient, query: str) -> None:
    client.post("/api/v1/makers")
    client.post("/api/v1/jobs", json={"prompt": "x"})

    reply = client.get(f"/api/v1/jobs?{query}")

    assert reply.status_code in (200, 422)
    assert len(client.get("/api/v1/jobs").json["data"]) == 1


@pytest.mark.parametrize(
    "title",
    [
        "../../x",
        "..",
        "x" * 300,
        "CON",
        "nul",
        ".htaccess",
        'a"; filename="b',
        "a\r\nb",
        "a\u202egnp.txt",
        "🧶",
        "",
        None,
        "a/b\\c",
    ],
)
def test_attack_99_a_file_has_a_name_that_every_system_can_keep(title: str | None) -> None:
    name = text.file_name({"title": title}, "txt")

    assert re.fullmatch(r"(?:[a-z0-9]+-)*pattern\.txt", name)
    assert len(name) < 80


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/api/v1/jobs/{}/cancel"), ("POST", "/api/v1/jobs/{}/retry"), ("GET", "/api/v1/jobs/{}/deliveries")],
)
def test_attack_57_59_100_foreign_and_absent_read_the_same(
    app: Flask, client: FlaskClient, method: str, path: str
) -> None:
    job = client.post("/api/v1/jobs", json={"prompt": "x"}).json
    stranger = app.test_client()
    stranger.post("/api/v1/makers")

    def read(job_id: str) -> tuple[int, Any, dict[str, str]]:
        reply = stranger.open(path.format(job_id), method=method)
        moment = {"X-Request-Id", "RateLimit"}
        headers = {name: value for name, value in reply.headers.items() if name not in moment}
        return reply.status_code, reply.json | {"request_id": ""}, headers

    assert read(job["id"]) == read(ABSENT["job_id"])
    assert read(job["id"])[0] == 404


def test_attack_93_no_line_end_gets_into_a_header(address: Address) -> None:
    base = f"http://{address[0]}:{address[1]}"
    for path in (
        "/api/v1/jobs/x%0d%0aSet-Cookie:%20a=b",
        "/%0d%0aSet-Cookie:a=b",
        "/p/x%0d%0aX-Evil:%201",
        "//evil.example/",
    ):
        reply = requests.get(base + path, timeout=30, allow_redirects=False)
        assert reply.status_code == 404
        assert not {"set-cookie", "x-evil", "location"} & {name.lower() for name in reply.headers}
    for name in ("a%0d%0ab:c-and-more", "abcdefgh b", "x" * 65):
        assert (
            requests.get(f"{base}/healthz", headers={"X-Request-Id": name}, timeout=30).headers["X-Request-Id"] != name
        )


@pytest.mark.parametrize("limits", [{"public_url": "https://knotty.example", "trusted_hosts": "knotty.example"}])
def test_attack_94_who_is_asked_by_another_name_does_not_answer(address: Address, limits: dict[str, str]) -> None:
    body = b'{"prompt": "shawl"}'
    head = b"Content-Type: application/json\r\nConnection: close\r\nContent-Length: %d\r\n" % len(body)
    asks = {
        b"POST /api/v1/jobs HTTP/1.1\r\nHost: evil.example\r\n": 400,
        b"POST /api/v1/jobs HTTP/1.1\r\nHost: knotty.example.evil.example\r\n": 400,
        b"POST /api/v1/jobs HTTP/1.1\r\nHost: knotty.example@evil.example\r\n": 400,
        b"POST /api/v1/jobs HTTP/1.1\r\nHost: \r\n": 400,
        b"POST /api/v1/jobs HTTP/1.0\r\n": 400,
        b"POST /api/v1/jobs HTTP/1.1\r\nHost: knotty.example\r\nHost: evil.example\r\n": 400,
        b"POST http://evil.example/api/v1/jobs HTTP/1.1\r\nHost: knotty.example\r\n": 202,
        b"POST /api/v1/jobs HTTP/1.1\r\nHost: knotty.example:443\r\nX-Forwarded-Host: evil.example\r\n": 202,
    }

    for ask, status in asks.items():
        found, headers, told = exchange(address, ask + head + b"\r\n" + body)
        assert found == status, (ask, told)
        assert b"evil" not in told
        if status == 202:
            assert headers["location"].startswith("https://knotty.example/api/v1/jobs/")


def test_under_https_and_only_there_a_browser_is_told_to_stay(app: Flask, client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/healthz").headers
    told = client.get("/healthz", base_url="https://localhost").headers
    assert told["Strict-Transport-Security"].startswith("max-age=31536000")
