"""GET /api/v1/patterns/{id}, its text, its chart and its preview."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from crochet import work
from tests import written

ABSENT = f"/api/v1/patterns/pat_{'a' * 26}"


@pytest.fixture
def job(client: FlaskClient) -> dict[str, Any]:
    """A stranger's job, waiting."""
    return client.post("/api/v1/jobs", json={"prompt": "punk rock blanket"}).json  # type: ignore[no-any-return]


@pytest.fixture
def pattern(job: dict[str, Any]) -> str:
    """The address of a pattern that is whole."""
    written.whole(job["id"])
    return job["links"]["pattern"]  # type: ignore[no-any-return]


def test_a_pattern_is_there_before_its_first_row(client: FlaskClient, job: dict[str, Any]) -> None:
    document = client.get(job["links"]["pattern"]).json

    assert document["job"] == {"id": job["id"], "status": "queued"}
    assert (document["title"], document["pieces"], document["verdict"]) == (None, [], None)


def test_a_pattern_grows_row_by_row(client: FlaskClient, job: dict[str, Any]) -> None:
    written.start(job["id"])
    assert client.get(job["links"]["pattern"]).json["title"] == "Punk Rock Riot"

    for done, key in enumerate(written.LINES, 1):
        written.add(job["id"], key)
        document = client.get(job["links"]["pattern"]).json
        assert [row["key"] for piece in document["pieces"] for row in piece["rows"]] == list(written.LINES)[:done]


def test_a_whole_pattern_says_all_of_itself(client: FlaskClient, pattern: str) -> None:
    document = client.get(pattern).json

    assert document["verdict"] == "ok"
    assert document["job"]["status"] == "succeeded"
    assert [(piece["key"], piece["kind"], piece["make"]) for piece in document["pieces"]] == [
        ("p1", "rounds", 12),
        ("p2", "seam", 1),
        ("p3", "rounds", 1),
        ("p4", "finishing", 1),
    ]
    assert "maker_id" not in document


def test_a_pattern_that_is_known_is_not_sent_again(client: FlaskClient, pattern: str) -> None:
    tag = client.get(pattern).headers["ETag"]

    assert client.get(pattern, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("ending", ["", ".txt", ".svg", "/preview.svg", "/progress"])
def test_what_is_not_there_is_404(client: FlaskClient, ending: str) -> None:
    reply = client.get(ABSENT + ending)

    assert (reply.status_code, reply.mimetype) == (404, "application/problem+json")


@pytest.mark.parametrize("name", ["x", "pat_x", "..%2f..", "%00", "pat_" + "a" * 27, "job_" + "a" * 26])
def test_an_id_of_another_shape_is_404(client: FlaskClient, name: str) -> None:
    assert client.get(f"/api/v1/patterns/{name}").status_code == 404


def test_the_text_is_a_sheet_the_checker_reads(client: FlaskClient, pattern: str) -> None:
    reply = client.get(f"{pattern}.txt")

    assert reply.mimetype == "text/plain"
    assert reply.headers["Content-Disposition"] == 'attachment; filename="punk-rock-riot-pattern.txt"'
    assert reply.text.startswith("Title: Punk Rock Riot\nItem: blanket\n")
    assert "\nB: hot pink #FF1493\n" in reply.text
    assert "\nLayout: 3 rows of 4, one kind\n" in reply.text
    assert "\n\nPiece: Square (make 12)\nRnd 1 (A): " in reply.text
    assert reply.text.endswith("Finishing: Weave in ends, block.\nEnd.\n")
    report = work.check(reply.text)
    assert report["verdict"] == "ok"
    keys = [row["key"] for piece in report["pieces"] for row in piece["rows"]]
    assert keys == list(written.LINES)


def test_squares_of_two_kinds_are_told_in_the_text_and_drawn_in_the_preview(
    client: FlaskClient, job: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    two_kinds = {"rows": 3, "columns": 4, "plan": "stripes", "exchange": ["A", "B"], "exchanged": [5, 6, 7, 8]}
    monkeypatch.setitem(written.HEAD, "layout", two_kinds)
    written.whole(job["id"])

    assert client.get(job["links"]["pattern"]).json["layout"] == two_kinds
    assert "Layout: 3 rows of 4, stripes, A and B exchanged\n" in client.get(f"{job['links']['pattern']}.txt").text
    root = ElementTree.fromstring(client.get(f"{job['links']['pattern']}/preview.svg").data)
    kinds = [use.get("href") for use in root.iter("{http://www.w3.org/2000/svg}use")]
    assert [kind == kinds[4] for kind in kinds] == [False] * 4 + [True] * 4 + [False] * 4


def test_the_chart_draws_the_rows_there_are(client: FlaskClient, job: dict[str, Any]) -> None:
    written.start(job["id"])
    address = f"{job['links']['pattern']}.svg"
    assert client.get(address).status_code == 200

    written.add(job["id"], "p1/r1")

    reply = client.get(address)
    assert reply.mimetype == "image/svg+xml"
    ElementTree.fromstring(reply.data)
    assert re.findall(r'data-row="([^"]+)"', reply.text) == ["p1/r1"]


def test_a_chart_can_be_of_one_piece_and_up_to_one_row(client: FlaskClient, pattern: str) -> None:
    upto = client.get(f"{pattern}.svg?upto=p1/r1").text
    border = client.get(f"{pattern}.svg?piece=p3").text

    assert re.findall(r'data-row="([^"]+)"', upto) == ["p1/r1", "p1/r2"]
    assert re.findall(r'data-row="([^"]+)"', border) == ["p3/r1"]


@pytest.mark.parametrize("query", ["piece=p9", "upto=p1/r9", "piece=p1&upto=p7/r1"])
def test_a_chart_of_what_is_not_there_is_404(client: FlaskClient, pattern: str, query: str) -> None:
    assert client.get(f"{pattern}.svg?{query}").status_code == 404


@pytest.mark.parametrize("query", ["piece=", "upto=%00", "upto=p1", "piece=p1&piece=p2", "piece=p٣"])
def test_a_chart_of_what_can_be_no_key_names_the_parameter(client: FlaskClient, pattern: str, query: str) -> None:
    reply = client.get(f"{pattern}.svg?{query}")

    assert reply.status_code == 422
    assert reply.json["errors"][0]["pointer"] == query.partition("=")[0]


def test_the_preview_shows_every_square_in_its_place(client: FlaskClient, pattern: str) -> None:
    reply = client.get(f"{pattern}/preview.svg")

    assert reply.mimetype == "image/svg+xml"
    ElementTree.fromstring(reply.data)
    assert len(re.findall(r'data-place="', reply.text)) == 12


def test_a_picture_cannot_run_anything(client: FlaskClient, pattern: str) -> None:
    reply = client.get(f"{pattern}.svg")

    assert "<script" not in reply.text
    assert reply.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert reply.headers["Content-Disposition"].startswith("attachment")
