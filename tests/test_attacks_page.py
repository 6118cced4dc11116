"""Attacks on whoever reads what somebody else has written. The numbers are those of `attacks.py`."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import written

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)> & \"'"


@pytest.fixture
def job(client: FlaskClient) -> dict[str, Any]:
    """A job whose wish is markup, and its pattern renamed to markup."""
    client.post("/api/v1/makers")
    made: dict[str, Any] = client.post("/api/v1/jobs", json={"prompt": MARKUP, "metadata": {"a": MARKUP}}).json
    written.whole(made["id"])
    tag = client.get(made["links"]["pattern"]).headers["ETag"]
    changed = client.patch(
        made["links"]["pattern"],
        json={"title": MARKUP, "colours": [{"letter": "A", "name": MARKUP[:40], "hex": "#111111"}]},
        headers={"If-Match": tag},
    )
    assert changed.status_code == 200
    return made


def test_attack_51_53_markup_is_kept_as_it_is_and_never_sent_as_a_page(
    client: FlaskClient, job: dict[str, Any]
) -> None:
    told, pattern = client.get(job["links"]["self"]), client.get(job["links"]["pattern"])

    assert (told.json["prompt"], pattern.json["title"]) == (MARKUP, MARKUP)
    for reply in (told, pattern):
        assert reply.mimetype == "application/json"
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in reply.headers["Content-Security-Policy"]


@pytest.mark.parametrize("ending", [".svg", "/preview.svg"])
def test_attack_53_54_a_drawing_holds_no_script(client: FlaskClient, job: dict[str, Any], ending: str) -> None:
    reply = client.get(f"{job['links']['pattern']}{ending}")

    drawn = list(ElementTree.fromstring(reply.text).iter())
    assert not {each.tag.rpartition("}")[2].lower() for each in drawn} & {
        "script",
        "img",
        "image",
        "foreignobject",
        "a",
    }
    said = [(name.rpartition("}")[2].lower(), value) for each in drawn for name, value in each.attrib.items()]
    assert not [name for name, _ in said if name.startswith("on")]
    assert {value[0] for name, value in said if name == "href"} <= {"#"}  # parts of the drawing itself


@pytest.mark.parametrize("ending", [".svg", "/preview.svg", ".txt"])
def test_attack_54_a_file_is_to_be_kept_and_not_to_be_shown(
    client: FlaskClient, job: dict[str, Any], ending: str
) -> None:
    headers = client.get(f"{job['links']['pattern']}{ending}").headers

    assert headers["Content-Disposition"].startswith("attachment; filename=")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert not set("<>") & set(headers["Content-Disposition"])


@pytest.mark.parametrize("target", ["javascript:alert(1)", "//evil.example", "/\\evil.example", "https://evil.example"])
@pytest.mark.parametrize("path", ["/", "/link", "/mine", "/api/docs", "/api/v1/openapi.json"])
def test_attack_55_no_parameter_sends_anybody_elsewhere(client: FlaskClient, path: str, target: str) -> None:
    for name in ("next", "url", "redirect", "return_to"):
        reply = client.get(path, query_string={name: target})
        assert "Location" not in reply.headers
        assert reply.status_code in (200, 404)


def test_attack_56_65_the_policy_of_every_page_lets_in_no_script_and_no_address_of_others(app: Flask) -> None:
    client = app.test_client()
    for path in ("/api/docs", "/problems/not-found"):
        headers = client.get(path).headers
        rules = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
        assert (rules["default-src"], rules["script-src"], rules["connect-src"]) == ("'none'", "'self'", "'self'")
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert rules["require-trusted-types-for"] == "'script'"
        assert headers["Referrer-Policy"] == "no-referrer"
