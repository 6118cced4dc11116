"""POST, GET and cancel under /api/v1/jobs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient

from db import records
from settings import Settings
from tests import written

URL = "/api/v1/jobs"
ABSENT = f"{URL}/job_{'a' * 26}"


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def wish(client: FlaskClient, **more: Any) -> dict[str, Any]:
    reply = client.post(URL, json={"prompt": "punk rock blanket"} | more)
    assert reply.status_code == 202, reply.text
    return reply.json  # type: ignore[no-any-return]


def test_a_wish_is_accepted_before_any_row_is_written(client: FlaskClient) -> None:
    reply = client.post(URL, json={"prompt": "  punk rock blanket\n", "options": {"rounds": 6.0}})

    assert reply.status_code == 202
    assert reply.json["status"] == "queued"
    assert reply.json["prompt"] == "punk rock blanket"
    assert reply.json["options"] == {"rounds": 6}
    assert reply.headers["Location"] == f"{URL}/{reply.json['id']}"
    assert reply.headers["Retry-After"]
    assert reply.json["pattern"]["url"] == "/p/" + reply.json["pattern"]["id"].removeprefix("pat_")


def test_a_strangers_wish_mints_a_maker_whose_token_is_told_once(client: FlaskClient) -> None:
    job = wish(client)

    assert job["maker_token"].startswith("kn_")
    assert "maker_token" not in client.get(job["links"]["self"]).json
    mine = client.get(URL, headers=bearer(job["maker_token"])).json
    assert [each["id"] for each in mine["data"]] == [job["id"]]


def test_a_makers_wish_mints_nobody(client: FlaskClient) -> None:
    token = client.post("/api/v1/makers").json["token"]

    reply = client.post(URL, json={"prompt": "shawl"}, headers=bearer(token))

    assert "maker_token" not in reply.json


def test_anyone_with_the_id_can_read_a_job_but_not_its_metadata(client: FlaskClient) -> None:
    job = wish(client, metadata={"order": "A-113"})

    assert job["metadata"] == {"order": "A-113"}
    assert client.get(job["links"]["self"]).json["metadata"] == {}
    owners = client.get(job["links"]["self"], headers=bearer(job["maker_token"])).json
    assert owners["metadata"] == {"order": "A-113"}


def test_a_job_that_is_known_is_not_sent_again(client: FlaskClient) -> None:
    job = wish(client)
    first = client.get(job["links"]["self"])

    again = client.get(job["links"]["self"], headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")


def test_waiting_for_a_change_ends_when_none_comes(client: FlaskClient) -> None:
    job = wish(client)

    reply = client.get(job["links"]["self"], headers={"Prefer": "wait=1"})

    assert reply.status_code == 200
    assert reply.json["status"] == "queued"


def test_a_wait_at_the_wish_ends_with_what_there_is(client: FlaskClient) -> None:
    reply = client.post(URL, json={"prompt": "shawl"}, headers={"Prefer": "respond-async, wait=1"})

    assert reply.status_code == 202


@pytest.mark.parametrize("prefer", ["wait=banana", "wait=-1", "wait", "", "wait=0"])
def test_a_wait_that_makes_no_sense_is_ignored(client: FlaskClient, prefer: str) -> None:
    assert client.post(URL, json={"prompt": "shawl"}, headers={"Prefer": prefer}).status_code == 202


def test_my_jobs_come_newest_first_a_page_at_a_time(client: FlaskClient) -> None:
    client.post("/api/v1/makers")
    made = [client.post(URL, json={"prompt": f"blanket {n}"}).json["id"] for n in range(5)]

    first = client.get(f"{URL}?limit=3").json
    rest = client.get(f"{URL}?limit=3&cursor={first['next_cursor']}").json

    assert [job["id"] for job in first["data"] + rest["data"]] == made[::-1]
    assert rest["next_cursor"] is None


def test_a_list_can_be_of_one_status(client: FlaskClient) -> None:
    client.post("/api/v1/makers")
    kept, stopped = (client.post(URL, json={"prompt": "x"}).json for _ in range(2))
    client.post(stopped["links"]["cancel"])

    found = client.get(f"{URL}?status=canceled").json["data"]

    assert [job["id"] for job in found] == [stopped["id"]]
    assert kept["id"] not in [job["id"] for job in found]


@pytest.mark.parametrize("limit", ["0", "-1", "101", "abc", "1_000", "٣", "1e2", " 5", "1" * 22, "", "5&limit=6"])
def test_attack_46_a_limit_that_is_no_number_from_1_to_100_names_the_parameter(client: FlaskClient, limit: str) -> None:
    client.post("/api/v1/makers")

    reply = client.get(f"{URL}?limit={limit}")

    assert reply.status_code == 422
    assert [fault["pointer"] for fault in reply.json["errors"]] == ["limit"]


@pytest.mark.parametrize("cursor", ["abc", "", "%00", "AAAA", "x" * 300, "é", "a&cursor=b", "bnVsbA", "e30"])
def test_attack_47_a_cursor_that_is_not_ours_is_refused(client: FlaskClient, cursor: str) -> None:
    client.post("/api/v1/makers")

    reply = client.get(f"{URL}?cursor={cursor}")

    assert (reply.status_code, reply.json["type"]) == (400, "/problems/invalid-cursor")


def test_attack_47_a_cursor_of_another_list_is_refused(app: Flask, client: FlaskClient) -> None:
    client.post("/api/v1/makers")
    stranger = app.test_client()
    stranger.post("/api/v1/makers")
    for _ in range(3):
        client.post(URL, json={"prompt": "x"})
    cursor = client.get(f"{URL}?limit=1").json["next_cursor"]
    forged = ("A" if cursor[0] != "A" else "B") + cursor[1:]

    taken = client.get(f"{URL}?limit=1&cursor={cursor}")
    refused = [
        stranger.get(f"{URL}?cursor={cursor}"),
        client.get(f"{URL}?cursor={cursor}&status=queued"),
        client.get(f"{URL}?cursor={forged}"),
        client.get(f"{URL}?cursor={cursor[:-2]}"),
        client.get(f"{URL}?cursor={cursor[:8]}"),
        client.get(f"{URL}?cursor={cursor}{cursor}"),
    ]

    assert taken.status_code == 200
    assert [(reply.status_code, reply.json["type"]) for reply in refused] == [(400, "/problems/invalid-cursor")] * 6


def test_an_unknown_query_parameter_is_ignored(client: FlaskClient) -> None:
    client.post("/api/v1/makers")

    assert client.get(f"{URL}?colour=red").status_code == 200


def test_a_list_without_credentials_says_how_to_get_some(client: FlaskClient) -> None:
    reply = client.get(URL)

    assert reply.status_code == 401
    assert reply.headers["WWW-Authenticate"] == "Bearer"


def test_its_owner_cancels_a_job_and_again_is_fine(client: FlaskClient) -> None:
    job = wish(client)
    owner = bearer(job["maker_token"])

    first = client.post(job["links"]["cancel"], headers=owner)
    again = client.post(job["links"]["cancel"], headers=owner)

    assert first.json["status"] == again.json["status"] == "canceled"
    assert first.json["version"] == again.json["version"]


def test_attack_57_a_foreign_job_is_as_absent_when_it_is_canceled(app: Flask, client: FlaskClient) -> None:
    job = wish(client)
    stranger = app.test_client()
    stranger.post("/api/v1/makers")

    foreign = stranger.post(job["links"]["cancel"])
    absent = stranger.post(f"{ABSENT}/cancel")

    assert foreign.status_code == absent.status_code == 404
    differing = {"request_id"}
    assert [foreign.json[key] for key in foreign.json.keys() - differing] == [
        absent.json[key] for key in absent.json.keys() - differing
    ]
    assert client.get(job["links"]["self"]).json["status"] == "queued"


def test_canceling_needs_credentials(client: FlaskClient) -> None:
    job = wish(client)

    assert client.post(job["links"]["cancel"]).status_code == 401


@pytest.mark.parametrize(
    "job_id", [f"job_{'a' * 26}", "job_", "x", "job_" + "A" * 26, "..%2f", "%00", "a" * 4096, "pat_" + "a" * 26, "1"]
)
def test_attack_64_an_unknown_id_of_any_shape_is_404(client: FlaskClient, job_id: str) -> None:
    reply = client.get(f"{URL}/{job_id}")

    assert (reply.status_code, reply.mimetype) == (404, "application/problem+json")


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, {"/prompt"}),
        ({"prompt": ""}, {"/prompt"}),
        ({"prompt": " \n\t\u2003"}, {"/prompt"}),
        ({"prompt": "x" * 501}, {"/prompt"}),
        ({"prompt": None}, {"/prompt"}),
        ({"prompt": 7}, {"/prompt"}),
        ({"prompt": "a\x00b"}, {"/prompt"}),
        ({"prompt": "a\ud800b"}, {"/prompt"}),
        ({"prompt": "a\x1bb"}, {"/prompt"}),
        ({"prompt": "x", "status": "succeeded"}, {"/status"}),
        ({"prompt": "x", "maker_id": "mkr_x", "proven": True}, {"/maker_id", "/proven"}),
        ({"prompt": "x", "options": []}, {"/options"}),
        ({"prompt": "x", "options": {"rounds": True}}, {"/options/rounds"}),
        ({"prompt": "x", "options": {"rounds": "3"}}, {"/options/rounds"}),
        ({"prompt": "x", "options": {"terms": "fr"}}, {"/options/terms"}),
        ({"prompt": "x", "options": {"colours": []}}, {"/options/colours"}),
        ({"prompt": "x", "options": {"colours": ["red"] * 7}}, {"/options/colours"}),
        ({"prompt": "x", "metadata": {"a": 1}}, {"/metadata/a"}),
        ({"prompt": "x", "metadata": {"a": "\x00"}}, {"/metadata/a"}),
        ({"prompt": "x", "metadata": {str(n): "" for n in range(21)}}, {"/metadata"}),
        ({"prompt": "", "options": {"rounds": -1, "needles": 5}}, {"/prompt", "/options/rounds", "/options/needles"}),
    ],
)
def test_a_wish_that_cannot_be_taken_names_every_fault(
    client: FlaskClient, body: dict[str, Any], pointers: set[str]
) -> None:
    reply = client.post(URL, json=body)

    assert reply.status_code == 422
    assert reply.mimetype == "application/problem+json"
    assert {fault["pointer"] for fault in reply.json["errors"]} == pointers


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"nope",
        b'{"prompt": NaN}',
        b'{"prompt": "x", "prompt": "y"}',
        b"[" * 1000,
        b'{"a":' * 1000,
        b'{"prompt": "\xff"}',
        b'\xef\xbb\xbf{"prompt": "x"}',
        b'{"prompt": "x"} {}',
        b'{"prompt": "x", "options": {"seed": 1e999}}',
    ],
)
def test_bad_json_is_400_and_makes_no_job(client: FlaskClient, raw: bytes) -> None:
    client.post("/api/v1/makers")

    reply = client.post(URL, data=raw, content_type="application/json")

    assert (reply.status_code, reply.json["type"]) == (400, "/problems/invalid-json")
    assert client.get(URL).json["data"] == []


@pytest.mark.parametrize("body", [b"null", b"[]", b'"x"', b"3"])
def test_attack_38_json_that_is_no_object_is_422(client: FlaskClient, body: bytes) -> None:
    assert client.post(URL, data=body, content_type="application/json").status_code == 422


@pytest.mark.parametrize(
    ("kind", "coding"),
    [
        (None, None),
        ("text/plain", None),
        ("application/x-www-form-urlencoded", None),
        ("multipart/form-data; boundary=x", None),
        ("application/json; charset=latin-1", None),
        ("application/json", "gzip"),
        ("application/jsonp", None),
    ],
)
def test_attack_39_48_only_json_in_utf_8_is_taken(client: FlaskClient, kind: str | None, coding: str | None) -> None:
    headers = {"Content-Encoding": coding} if coding else {}

    reply = client.post(URL, data=b'{"prompt": "x"}', content_type=kind, headers=headers)

    assert (reply.status_code, reply.json["type"]) == (415, "/problems/unsupported-media-type")


def test_a_body_over_64_kb_is_413(client: FlaskClient) -> None:
    reply = client.post(URL, json={"prompt": "x" * 70_000})

    assert (reply.status_code, reply.json["type"]) == (413, "/problems/payload-too-large")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "BREW"])
def test_attack_50_a_method_that_is_not_there_is_405_and_says_which_are(client: FlaskClient, method: str) -> None:
    reply = client.open(URL, method=method, headers={"X-HTTP-Method-Override": "GET"})

    assert (reply.status_code, reply.mimetype) == (405, "application/problem+json")
    assert reply.headers["Allow"] == "GET, HEAD, POST"


def test_a_form_that_cannot_be_given_is_406(client: FlaskClient) -> None:
    reply = client.get(ABSENT, headers={"Accept": "image/png"})

    assert (reply.status_code, reply.mimetype) == (406, "application/problem+json")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
    ],
)
def test_attack_71_another_site_changes_nothing(client: FlaskClient, headers: dict[str, str]) -> None:
    client.post("/api/v1/makers")

    reply = client.post(URL, json={"prompt": "x"}, headers=headers)

    assert (reply.status_code, reply.json["type"]) == (403, "/problems/cross-site")
    assert client.get(URL).json["data"] == []


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}, {}])
def test_our_own_page_and_programs_may(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post(URL, json={"prompt": "x"}, headers=headers).status_code == 202


@pytest.mark.parametrize(
    "text", ["' OR 1=1--", "<script>alert(1)</script>", "🧶🧶", "‮gnirts", "%s %(x)s", "z̷̛a̷l̷g̷o̷", "{{7*7}}"]
)
def test_attack_42_98_any_words_are_kept_as_they_are(client: FlaskClient, text: str) -> None:
    job = wish(client, prompt=text)

    assert client.get(job["links"]["self"]).json["prompt"] == text


def test_attack_77_cancels_against_the_end_leave_one_end(address: tuple[str, int], store: Settings) -> None:
    base = f"http://{address[0]}:{address[1]}"
    headers = bearer(requests.post(f"{base}/api/v1/makers", timeout=30).json()["token"])
    for _ in range(10):
        job = requests.post(base + URL, json={"prompt": "race"}, headers=headers, timeout=30).json()
        written.start(job["id"])

        def cancel(_: int, job: dict[str, Any] = job) -> int:
            return requests.post(base + job["links"]["cancel"], headers=headers, timeout=30).status_code

        with ThreadPoolExecutor(6) as racers:
            finished = racers.submit(written.finish, job["id"])
            codes = set(racers.map(cancel, range(5)))
            finished.result()

        told = requests.get(base + job["links"]["self"], timeout=30).json()
        assert codes == ({200} if told["status"] == "canceled" else {409})
        ends = [event["type"] for event in records.events(job["id"])][2:]
        assert [kind for kind in ends if kind != "head.written"] == [f"job.{told['status']}"]
