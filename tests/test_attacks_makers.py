"""Attacks on makers, their devices and what is theirs alone; the numbers are those of the list of attacks."""

from __future__ import annotations

import re
import secrets
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from db import records
from db.models import DeviceLink
from db.session import Session
from settings import Settings
from tests import written
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


def near(code: str, place: int) -> str:
    """The code with another letter there."""
    return code[:place] + ("B" if code[place] != "B" else "C") + code[place + 1 :]


def test_attack_59_another_makers_codes_are_as_if_absent(me: FlaskClient, other: FlaskClient) -> None:
    me.post(f"{DEVICES}/recovery")

    assert other.get(DEVICES).json["recovery"] is None
    assert other.delete(f"{DEVICES}/recovery").status_code == 404
    assert me.get(DEVICES).json["recovery"] is not None


def test_attack_59_a_code_is_dead_after_five_wrong_tries_and_so_is_its_address(me: FlaskClient, app: Flask) -> None:
    link = me.post(f"{DEVICES}/links").json
    thief = app.test_client()

    replies = [thief.post(f"{DEVICES}/redeem", json={"code": near(link["code"], 8)}) for _ in range(5)]
    right = thief.post(f"{DEVICES}/redeem", json={"code": link["code"]})

    assert {reply.status_code for reply in (*replies, right)} == {404}
    assert words(right) == words(replies[0])
    assert len(me.get(DEVICES).json["data"]) == 1


def test_attack_59_four_wrong_tries_leave_the_fifth(me: FlaskClient, app: Flask) -> None:
    link = me.post(f"{DEVICES}/links").json
    client = app.test_client()
    for _ in range(4):
        client.post(f"{DEVICES}/redeem", json={"code": near(link["code"], 8)})

    assert client.post(f"{DEVICES}/redeem", json={"code": link["code"]}).status_code == 201


def test_attack_59_of_many_tries_at_once_five_are_heard(store: Settings) -> None:
    bearer = records.bearer_of(records.mint_maker("phone")[1])
    assert bearer is not None
    code = records.open_link(bearer)["code"]

    def wrong(_: int) -> None:
        with pytest.raises(records.NoSuchLink):
            records.redeem(None, code=near(code, 8))

    with ThreadPoolExecutor(8) as racers:
        list(racers.map(wrong, range(20)))

    with Session() as session:
        assert session.scalars(select(DeviceLink.tries)).all() == [5]
    with pytest.raises(records.NoSuchLink):
        records.redeem(None, code=code)


@pytest.mark.parametrize("limits", [{"unknown_ids_a_minute": 3}])
def test_attack_59_who_guesses_codes_is_stopped(client: FlaskClient) -> None:
    codes = [client.post(f"{DEVICES}/redeem", json={"code": f"{letter * 8}"}).status_code for letter in "BCDFG"]

    assert codes == [404] * 3 + [429] * 2


def test_attack_61_no_code_and_no_secret_is_kept(me: FlaskClient, settings: Settings) -> None:
    link, paper = me.post(f"{DEVICES}/links").json, me.post(f"{DEVICES}/recovery").json
    with psycopg.connect(settings.database_url.replace("+psycopg", "")) as connection:
        kept = str(connection.execute("SELECT * FROM device_links").fetchall())

    for told in (link["code"], link["url"].partition("#")[2], paper["code"]):
        assert told not in kept and told.replace("-", "") not in kept


def test_attack_69_a_revoked_device_leaves_no_door_open(me: FlaskClient, app: Flask) -> None:
    device, token = second_device(me)
    thief = bearing(app, token)
    link, paper = thief.post(f"{DEVICES}/links").json, thief.post(f"{DEVICES}/recovery").json

    me.delete(f"{DEVICES}/{device}")

    late = app.test_client()
    for sent in ({"code": link["code"]}, {"secret": link["url"].partition("#")[2]}, {"code": paper["code"]}):
        assert late.post(f"{DEVICES}/redeem", json=sent).status_code == 404
    assert me.get(DEVICES).json["recovery"] is None


def test_attack_70_who_planted_a_cookie_does_not_come_along(me: FlaskClient, app: Flask) -> None:
    attacker, victim = app.test_client(), app.test_client()
    planted = attacker.post(MAKERS).json["token"]
    paper = attacker.post(f"{DEVICES}/recovery").json["code"]
    secret = attacker.get("/api/v1/webhooks/secret").json["secret"]
    victim.set_cookie("knotty", planted)

    paired = victim.post(f"{DEVICES}/redeem", json={"code": me.post(f"{DEVICES}/links").json["code"]})

    assert paired.status_code == 201
    assert paired.json["token"] != planted
    assert attacker.get(DEVICES).status_code == 401
    assert bearing(app, planted).get(JOBS).status_code == 401
    assert app.test_client().post(f"{DEVICES}/redeem", json={"code": paper}).status_code == 404
    assert me.get("/api/v1/webhooks/secret").json["secret"] != secret
    assert len(me.get(DEVICES).json["data"]) == 2


def test_attack_70_an_edited_cookie_is_a_stranger_who_gets_a_new_token(me: FlaskClient, app: Flask) -> None:
    browser = app.test_client()
    browser.set_cookie("knotty", "kn_" + "a" * 43)

    paired = browser.post(f"{DEVICES}/redeem", json={"code": me.post(f"{DEVICES}/links").json["code"]})

    assert paired.status_code == 201
    assert browser.get(DEVICES).status_code == 200


def test_attack_71_another_site_can_redeem_nothing_in_somebodys_browser(me: FlaskClient, other: FlaskClient) -> None:
    code = other.post(f"{DEVICES}/links").json["code"]
    before = me.get(DEVICES).json

    for path, sent in (("redeem", {"code": code}), ("links", {}), ("recovery", {})):
        reply = me.post(f"{DEVICES}/{path}", json=sent, headers={"Sec-Fetch-Site": "cross-site"})
        assert reply.status_code == 403

    assert me.get(DEVICES).json == before


def test_attack_58_foreign_ids_in_a_body_or_a_filter_reach_nothing(me: FlaskClient, other: FlaskClient) -> None:
    jobs = [me.post(JOBS, json={"prompt": "mine"}).json for _ in range(2)]
    theirs = other.post(JOBS, json={"prompt": "theirs"}).json
    for each in (*jobs, theirs):
        written.whole(each["id"])
    maker = me.post(MAKERS).json["id"]
    cursor = me.get(f"{JOBS}?limit=1").json["next_cursor"]

    # A maker, a job or a pattern named in the query is no filter.
    for query in (f"maker={maker}", f"maker_id={maker}", f"pattern={jobs[0]['pattern']['id']}"):
        assert [each["id"] for each in other.get(f"{JOBS}?{query}").json["data"]] == [theirs["id"]]
    assert other.get(f"{JOBS}?cursor={cursor}").json["type"] == "/problems/invalid-cursor"
    # Nor is one in a body a key.
    for field in ("maker_id", "pattern_id", "job_id", "id"):
        refused = other.post(JOBS, json={"prompt": "x", field: jobs[0]["id"]})
        assert [fault["code"] for fault in refused.json["errors"]] == ["extra-forbidden"]
    op = {"id": jobs[0]["id"], "cell": jobs[0]["pattern"]["id"], "done": True, "stamp": "1-0-a"}
    merged = other.patch(f"{theirs['links']['pattern']}/progress", json={"ops": [op]}).json
    assert [each["code"] for each in merged["refused"]] == ["unknown-cell"]
    assert me.get(f"{jobs[0]['links']['pattern']}/progress").json == {"cells": {}, "notes": {}}


def test_attack_100_foreign_and_absent_read_the_same_wherever_an_id_stands(me: FlaskClient, other: FlaskClient) -> None:
    hook = {"url": "https://example.org/hook"}
    job = me.post(JOBS, json={"prompt": "shawl", "webhook": hook}).json
    me.post(job["links"]["cancel"])
    tag = me.get(job["links"]["pattern"]).headers["ETag"]
    me.patch(job["links"]["pattern"], json={"visibility": "private"}, headers={"If-Match": tag})
    [delivery] = me.get(f"{JOBS}/{job['id']}/deliveries").json["data"]
    [device] = me.get(DEVICES).json["data"]
    op = {"id": "1", "cell": "p1/r1", "done": True, "stamp": "1-0-a"}
    note = {"id": "1", "row": "p1/r1", "text": "x", "stamp": "1-0-a"}
    bodies = {"progress": {"ops": [op]}, "notes": {"ops": [note]}, "reports": {"says": "x"}, "": {"title": "x"}}
    ids = {"job": job["id"], "pattern": job["pattern"]["id"], "delivery": delivery["id"], "device": device["id"]}
    app = other.application
    tried = 0

    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/api/v1/") or not (names := rule.arguments & {f"{each}_id" for each in ids}):
            continue
        for method in (rule.methods or set()) & {"GET", "POST", "PATCH", "DELETE"}:
            [kind] = [name.removesuffix("_id") for name in names]
            address = re.sub(r"<[^>]+>", ids[kind], rule.rule)
            absent = address.replace(ids[kind], f"{ids[kind][:4]}{'a' * 26}")
            sent = {"json": bodies.get(address.rpartition("/")[2], bodies[""])} if method in ("POST", "PATCH") else {}
            foreign, nothing = (
                other.open(each, method=method, headers={"If-Match": "*"}, **sent) for each in (address, absent)
            )
            assert (method, address, foreign.status_code) == (method, address, 404)
            assert words(foreign) == words(nothing)
            assert [name for name, _ in foreign.headers] == [name for name, _ in nothing.headers]
            tried += 1

    assert tried >= 18
    assert me.get(job["links"]["self"]).json["status"] == "canceled"
