"""POST /api/v1/makers, and what credentials are worth."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

URL = "/api/v1/makers"


def test_a_maker_gets_a_token_and_a_cookie_that_scripts_cannot_read(client: FlaskClient) -> None:
    reply = client.post(URL)

    assert reply.status_code == 201
    cookie = reply.headers["Set-Cookie"]
    assert cookie.startswith(f"knotty={reply.json['token']};")
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie
    assert client.get("/api/v1/jobs").status_code == 200


def test_a_browser_with_its_cookie_stays_who_it_is(client: FlaskClient) -> None:
    first = client.post(URL)
    again = client.post(URL)

    assert (again.status_code, again.json) == (200, {"id": first.json["id"], "token": None})
    assert "Set-Cookie" not in again.headers


def test_who_asks_is_told_who_they_are_and_a_stranger_that_they_are_nobody(app: Flask, client: FlaskClient) -> None:
    made = client.post(URL).json

    assert client.get(URL).json == {"id": made["id"]}
    assert app.test_client().get(URL, headers={"Authorization": f"Bearer {made['token']}"}).json == {"id": made["id"]}
    stranger = app.test_client()
    assert (stranger.get(URL).status_code, stranger.get(URL).json) == (200, {"id": None})
    stranger.set_cookie("knotty", "kn_" + "a" * 43)
    assert stranger.get(URL).json == {"id": None}
    assert stranger.get(URL, headers={"Authorization": "Bearer kn_" + "a" * 43}).status_code == 401


def test_the_cookie_is_secure_where_the_page_is_under_https(app: Flask) -> None:
    app.config["PUBLIC_URL"] = "https://knotty.example"

    assert "Secure" in app.test_client().post(URL).headers["Set-Cookie"]


def test_a_device_may_be_named(client: FlaskClient) -> None:
    assert client.post(URL, json={"name": "the phone on the sofa"}).status_code == 201


@pytest.mark.parametrize("body", [{"name": ""}, {"name": 3}, {"id": "mkr_x"}, {"name": "\x00"}, {"name": "x" * 41}])
def test_a_bad_name_is_refused(client: FlaskClient, body: dict[str, object]) -> None:
    assert client.post(URL, json=body).status_code == 422


@pytest.mark.parametrize(
    "value",
    [
        "Bearer",
        "Bearer ",
        "Bearer kn_",
        "Bearer kn_" + "a" * 43,
        "Basic a2E6a2E=",
        "kn_x",
        "Bearer x" + "a" * 10_000,
        "Bearer a, Bearer b",
    ],
)
def test_a_token_that_is_not_known_is_401(client: FlaskClient, value: str) -> None:
    reply = client.get("/api/v1/jobs", headers={"Authorization": value})

    assert (reply.status_code, reply.json["type"]) == (401, "/problems/credentials-invalid")


def test_a_cookie_that_is_not_known_is_401_and_cleared(client: FlaskClient) -> None:
    client.set_cookie("knotty", "kn_" + "a" * 43)

    reply = client.post("/api/v1/jobs", json={"prompt": "x"})

    assert reply.status_code == 401
    assert "knotty=;" in reply.headers["Set-Cookie"]
    assert client.post("/api/v1/jobs", json={"prompt": "x"}).status_code == 202


def test_a_token_in_the_query_is_nothing(client: FlaskClient) -> None:
    token = client.post(URL).json["token"]
    client.delete_cookie("knotty")

    assert client.get(f"/api/v1/jobs?token={token}&access_token={token}").status_code == 401


def test_another_site_cannot_plant_a_maker(client: FlaskClient) -> None:
    reply = client.post(URL, headers={"Sec-Fetch-Site": "cross-site"})

    assert reply.status_code == 403
    assert "Set-Cookie" not in reply.headers
