"""Attacks on makers, their devices and what is theirs alone; the numbers are those of the list of attacks."""

from __future__ import annotations

import secrets
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient

from settings import Settings
from tests.second_device import bearing, second_device

JOBS = "/api/v1/jobs"
DEVICES = "/api/v1/devices"
MAKERS = "/api/v1/makers"


@pytest.fixture
def other(app: Flask) -> FlaskClient:
    """Another maker."""
    made = app.test_client()
    made.post(MAKERS)
    return made


@pytest.fixture
def me(client: FlaskClient) -> FlaskClient:
    """A maker with a cookie."""
    client.post(MAKERS, json={"name": "phone"})
    return client


def words(reply: Any) -> dict[str, Any]:
    """All of a problem but the request's own number."""
    return {name: value for name, value in reply.json.items() if name != "request_id"}


def test_attack_59_another_makers_device_is_as_if_absent(me: FlaskClient, other: FlaskClient) -> None:
    [mine] = me.get(DEVICES).json["data"]

    foreign = other.delete(f"{DEVICES}/{mine['id']}")
    absent = other.delete(f"{DEVICES}/dev_{'a' * 26}")

    assert foreign.status_code == 404
    assert words(foreign) == words(absent)
    assert mine["id"] not in other.get(DEVICES).text
    assert me.get(DEVICES).status_code == 200


def test_attack_61_a_tokens_hash_is_all_that_is_kept_and_is_never_shown(me: FlaskClient, settings: Settings) -> None:
    token = me.get_cookie("knotty").value  # type: ignore[union-attr]
    with psycopg.connect(settings.database_url.replace("+psycopg", "")) as connection:
        tables = [name for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        kept = "\n".join(str(row) for name in tables for row in connection.execute(f'SELECT * FROM "{name}"'))
        [(hashed,)] = connection.execute("SELECT encode(token_hash, 'hex') FROM devices").fetchall()

    assert token not in kept and token.removeprefix("kn_") not in kept
    assert len(hashed) == 64
    assert hashed not in me.get(DEVICES).text


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer kn_",
        "Bearer kn_" + "a" * 10_000,
        "Bearer kn_a\x00" + "a" * 40,
        "bearer kn_" + "é" * 43,
    ],
)
def test_attack_67_a_token_that_is_none_is_401(client: FlaskClient, header: str) -> None:
    reply = client.get(DEVICES, headers={"Authorization": header})

    assert (reply.status_code, reply.json["type"]) == (401, "/problems/credentials-invalid")


def test_attack_67_a_token_in_the_query_or_beside_another_is_none(me: FlaskClient, app: Flask) -> None:
    _, token = second_device(me)
    stranger = app.test_client()

    assert stranger.get(f"{DEVICES}?token={token}&access_token={token}").status_code == 401
    # A server joins two headers by a comma.
    twice = {"Authorization": f"Bearer {token},Bearer {token}"}
    assert stranger.get(DEVICES, headers=twice).status_code == 401
    assert stranger.get(DEVICES, headers={"Authorization": f"Bearer {token}"}).status_code == 200


def test_attack_68_near_misses_all_read_the_same(me: FlaskClient, app: Flask) -> None:
    """A token is looked up by its hash, so how much of it is right is seen nowhere."""
    _, token = second_device(me)
    near = [token[:at] + ("a" if token[at] != "a" else "b") + token[at + 1 :] for at in range(3, len(token))]
    far = [f"kn_{secrets.token_urlsafe(32)}" for _ in range(len(near))]

    replies = [bearing(app, each).get(DEVICES) for each in near + far]

    assert {reply.status_code for reply in replies} == {401}
    assert all(words(reply) == words(replies[0]) for reply in replies)


def test_attack_69_a_revoked_device_is_out_at_once_everywhere(me: FlaskClient, app: Flask) -> None:
    device, token = second_device(me)
    job = me.post(JOBS, json={"prompt": "shawl"}).json
    progress = f"/api/v1/patterns/{job['pattern']['id']}/progress"
    op = {"id": "1", "cell": "p1/r1", "done": True, "stamp": "1-0-a"}
    stolen, browser = bearing(app, token), app.test_client(use_cookies=False)
    browser.environ_base["HTTP_COOKIE"] = f"knotty={token}"  # who steals one puts it back when it is cleared
    assert stolen.get(JOBS).status_code == 200

    me.delete(f"{DEVICES}/{device}")

    for thief in (stolen, browser):
        assert thief.get(JOBS).status_code == 401
        assert thief.get(DEVICES).status_code == 401
        assert thief.post(JOBS, json={"prompt": "x"}).status_code == 401
        assert thief.post(f"{JOBS}/{job['id']}/cancel").status_code == 401
        assert thief.patch(progress, json={"ops": [op]}).status_code == 401
    assert me.get(job["links"]["self"]).json["status"] == "queued"


def test_attack_71_another_site_can_remove_no_device(me: FlaskClient) -> None:
    [mine] = me.get(DEVICES).json["data"]

    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        reply = me.delete(f"{DEVICES}/{mine['id']}", headers=headers)
        assert (reply.status_code, reply.json["type"]) == (403, "/problems/cross-site")

    assert me.get(DEVICES).status_code == 200
