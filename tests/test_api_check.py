"""POST /api/v1/check: any text in, the checker's report out."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests import written

URL = "/api/v1/check"
GOOD = "\n".join(written.LINES[key] for key in ("p1/r1", "p1/r2")) + "\n"
SHORT = GOOD.replace("rep from * 2 more times, join. (24", "rep from * 1 more time, join. (24")


def test_rows_that_add_up_are_ok(client: FlaskClient) -> None:
    report = client.post(URL, json={"text": GOOD}).json

    assert report["verdict"] == "ok"
    assert report["summary"] == {"rows": 2, "ok": 2, "error": 0, "unchecked": 0}


def test_a_row_that_falls_short_says_so_where_it_stands(client: FlaskClient) -> None:
    report = client.post(URL, json={"text": SHORT, "terms": "us"}).json

    row = report["pieces"][0]["rows"][1]
    assert (report["verdict"], row["verdict"]) == ("error", "error")
    start, end = row["findings"][0]["span"]
    assert SHORT[start:end]


def test_plain_text_is_as_good(client: FlaskClient) -> None:
    reply = client.post(URL, data=GOOD.replace("\n", "\r\n").encode(), content_type="text/plain; charset=utf-8")

    assert reply.json["verdict"] == "ok"


@pytest.mark.parametrize(
    "text", ["", "\x00", "🧶 nonsense", "((((((((((", "Rnd 1: ch 999999999", "* " * 5000, "[" * 10_000]
)
def test_any_text_ends_in_a_report(client: FlaskClient, text: str) -> None:
    for reply in (
        client.post(URL, json={"text": text}),
        client.post(URL, data=text.encode(), content_type="text/plain"),
    ):
        assert reply.status_code == 200
        assert reply.json["verdict"] != "ok"


def test_text_that_is_not_utf_8_is_refused(client: FlaskClient) -> None:
    assert client.post(URL, data=b"\xff", content_type="text/plain").status_code == 400
    assert client.post(URL, json={"text": "\ud800"}).status_code == 422


def test_a_text_over_256_kb_is_413(client: FlaskClient) -> None:
    assert client.post(URL, data=b"a" * (256 * 1024 + 1), content_type="text/plain").status_code == 413
    assert client.post(URL, json={"text": "a" * 256 * 1024}).status_code == 413


@pytest.mark.parametrize("body", [{}, {"text": 3}, {"text": "x", "terms": "fr"}, {"text": "x", "store": True}])
def test_a_body_that_is_no_question_is_refused(client: FlaskClient, body: dict[str, object]) -> None:
    assert client.post(URL, json=body).status_code == 422


def test_a_text_is_drawn(client: FlaskClient) -> None:
    reply = client.post("/api/v1/chart", json={"text": GOOD})

    assert (reply.status_code, reply.mimetype) == (200, "image/svg+xml")
    assert reply.text.startswith("<svg")
    assert 'data-st="p1/r2s0" data-into="p1/r1g' in reply.text


def test_what_is_wrong_is_ringed_and_a_left_hand_has_its_mirror(client: FlaskClient) -> None:
    reply = client.post("/api/v1/chart", json={"text": SHORT, "terms": "us", "hand": "left", "piece": "p1"})

    assert 'class="found"' in reply.text
    assert "scale(-1 1)" in reply.text


@pytest.mark.parametrize("more", [{"text": "wibble"}, {"text": GOOD, "piece": "p9"}, {"text": ""}])
def test_what_cannot_be_drawn_says_why(client: FlaskClient, more: dict[str, str]) -> None:
    reply = client.post("/api/v1/chart", json=more)

    assert (reply.status_code, reply.mimetype) == (422, "application/problem+json")
    assert reply.json["type"].endswith("/problems/no-chart")
    assert reply.json["detail"]


@pytest.mark.parametrize("body", [{}, {"text": GOOD, "hand": "both"}, {"text": GOOD, "piece": "x" * 201}])
def test_a_body_that_asks_for_no_chart_is_refused(client: FlaskClient, body: dict[str, object]) -> None:
    assert client.post("/api/v1/chart", json=body).json["type"].endswith("/problems/validation-failed")


def test_a_short_text_that_asks_for_endless_work_holds_nobody(client: FlaskClient) -> None:
    rounds = "".join(f"Rnd {n}: Sc in each st around.\n" for n in range(2, 4000))
    text = f"Rnd 1: Magic ring, 20000 sc in ring.\n{rounds}"
    report = client.post(URL, json={"text": text}).json

    assert report["summary"]["ok"] < 20
    assert report["pieces"][0]["rows"][-1]["findings"][0]["id"] == "too-large"
