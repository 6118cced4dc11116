"""GET /api/v1/patterns/{id}?terms=: the document and the sheet in US or UK terms."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from api import dialect, text
from crochet import work
from tests import written


@pytest.fixture
def pattern(client: FlaskClient) -> str:
    """The address of a whole pattern, written in US terms."""
    job = client.post("/api/v1/jobs", json={"prompt": "punk rock blanket"}).json
    written.whole(job["id"])
    return str(job["links"]["pattern"])


def rows(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for piece in document["pieces"] for row in piece["rows"]]


def test_a_pattern_is_read_in_uk_terms_and_its_counts_stay(client: FlaskClient, pattern: str) -> None:
    us, uk = client.get(pattern).json, client.get(f"{pattern}?terms=uk").json

    assert (uk["terms"], uk["gauge"]) == ("uk", "12 tr = 4 in")
    assert rows(uk)[0]["text"].startswith("Rnd 1 (A): Ch 4, join to form ring. Ch 3 (counts as tr), 2 tr in ring")
    assert "2 dc in each joint" in rows(uk)[3]["text"]
    for name in ("key", "label", "counts", "spaces", "verdict"):
        assert [row[name] for row in rows(uk)] == [row[name] for row in rows(us)]
    assert uk["notes"] == us["notes"]


def test_the_terms_it_was_written_in_change_nothing(client: FlaskClient, pattern: str) -> None:
    plain, asked = client.get(pattern), client.get(f"{pattern}?terms=us")

    assert asked.json == plain.json
    assert asked.headers["ETag"] == plain.headers["ETag"]


def test_other_terms_are_another_version(client: FlaskClient, pattern: str) -> None:
    us, uk = client.get(pattern).headers["ETag"], client.get(f"{pattern}?terms=uk").headers["ETag"]

    assert us != uk
    assert client.get(f"{pattern}?terms=uk", headers={"If-None-Match": us}).status_code == 200
    assert client.get(f"{pattern}?terms=uk", headers={"If-None-Match": uk}).status_code == 304


def test_the_sheet_in_uk_terms_adds_up_too(client: FlaskClient, pattern: str) -> None:
    sheet = client.get(f"{pattern}.txt?terms=uk").text

    assert "\nTerms: UK\n" in sheet
    assert "\nGauge: 12 tr = 4 in\n" in sheet
    report = work.check(sheet)
    assert (report["terms"], report["verdict"]) == ("uk", work.check(client.get(f"{pattern}.txt").text)["verdict"])


@pytest.mark.parametrize("query", ["terms=fr", "terms=", "terms=UK", "terms=us&terms=uk", "terms=%00"])
@pytest.mark.parametrize("ending", ["", ".txt"])
def test_terms_that_nobody_works_in_are_422(client: FlaskClient, pattern: str, ending: str, query: str) -> None:
    reply = client.get(f"{pattern}{ending}?{query}")

    assert reply.status_code == 422
    assert [fault["pointer"] for fault in reply.json["errors"]] == ["terms"]


def test_a_pattern_that_has_not_said_its_terms_yet_is_shown_as_it_is(client: FlaskClient) -> None:
    job = client.post("/api/v1/jobs", json={"prompt": "shawl"}).json

    assert client.get(f"{job['links']['pattern']}?terms=uk").json["terms"] is None


def whole(*texts: str) -> dict[str, Any]:
    """A document with these rows, as far as its words are concerned."""
    checked = work.check("\n".join(texts), "us")["pieces"][0]["rows"]
    alone = [row | work.check(row["text"], "us")["pieces"][0]["rows"][0] for row in checked]
    piece = {"key": "p1", "name": "Square", "make": 1, "kind": "rounds", "rows": alone}
    return {"terms": "us", "gauge": None, "notes": [], "pieces": [piece]}


def test_a_row_with_words_not_understood_stays_and_a_note_says_so() -> None:
    us = whole("Rnd 1: Ch 4, join. 12 dc in ring. (12 dc)", "Rnd 2: 2 dc in each st, flumph the wool. (24 dc)")

    uk = dialect.in_terms(us, "uk")

    assert [row["text"] for row in rows(uk)] == ["Rnd 1: Ch 4, join. 12 tr in ring. (12 tr)", rows(us)[1]["text"]]
    assert [note["code"] for note in uk["notes"]] == [dialect.KEPT]
    assert uk["notes"][0]["text"].startswith("Still in US terms: Square, Rnd 2. ")
    assert us["notes"] == []


def test_what_is_found_in_a_row_is_said_in_its_terms_and_points_at_the_same_words() -> None:
    us = whole("Rnd 1: Ch 4, join. 13 sc in ring, sc in ring. (12 sc)")
    [found], words = rows(us)[0]["findings"], rows(us)[0]["text"]

    [row] = rows(dialect.in_terms(us, "uk"))
    [told] = row["findings"]

    start, end = found["span"]
    assert row["text"] == "Rnd 1: Ch 4, join. 13 dc in ring, dc in ring. (12 dc)"
    assert row["text"][slice(*told["span"])] == words[start:end].replace("sc", "dc")
    assert "sc" not in told["message"].split() and told["message"] != found["message"]
    assert told["fixes"] and "sc" not in str(told["fixes"])


def test_a_span_moves_with_names_that_are_shorter_in_the_other_terms() -> None:
    us = whole("Rnd 1: Ch 4, sl st in first ch to join. 12 hdc in ring. (13 hdc)")
    [found], words = rows(us)[0]["findings"], rows(us)[0]["text"]

    [row] = rows(dialect.in_terms(us, "uk"))

    [told] = row["findings"]
    assert told["span"] == [at - len("sl st") + len("ss") for at in found["span"]]
    assert row["text"][slice(*told["span"])] == words[slice(*found["span"])].replace("hdc", "htr")
    assert row["span"] == [0, len(row["text"])]


def test_a_sheet_says_which_row_stayed_and_is_read_in_its_terms() -> None:
    us = written.HEAD | whole("Rnd 1: Ch 4, join. 12 dc in ring. (12 dc)", "Rnd 2: 2 dc in each st, flumph. (24 dc)")

    sheet = text.sheet(dialect.in_terms(us | {"verdict": "unchecked"}, "uk"))

    assert "\nNote: Still in US terms: Square, Rnd 2. " in sheet
    report = work.check(sheet)
    assert report["terms"] == "uk"
    assert [row["verdict"] for row in rows(report)] == ["ok", "unchecked"]
