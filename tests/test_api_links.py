"""POST /api/v1/devices/links, /redeem and /recovery: a second device, and a way back on paper."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from db.models import DeviceLink
from db.session import Session

MAKERS = "/api/v1/makers"
DEVICES = "/api/v1/devices"
LINKS = f"{DEVICES}/links"
REDEEM = f"{DEVICES}/redeem"
RECOVERY = f"{DEVICES}/recovery"


@pytest.fixture
def phone(client: FlaskClient) -> FlaskClient:
    """A maker's first device."""
    client.post(MAKERS, json={"name": "phone"})
    return client


@pytest.fixture
def laptop(app: Flask) -> FlaskClient:
    """A browser without a cookie."""
    return app.test_client()


def redeem(client: FlaskClient, **sent: Any) -> TestResponse:
    return client.post(REDEEM, json=sent)


def test_a_code_read_out_makes_a_second_device_of_the_same_maker(phone: FlaskClient, laptop: FlaskClient) -> None:
    link = phone.post(LINKS)
    assert link.status_code == 201
    assert re.fullmatch(r"[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}", link.json["code"])

    reply = redeem(laptop, code=link.json["code"], name="laptop")

    assert reply.status_code == 201
    assert reply.headers["Set-Cookie"].startswith(f"knotty={reply.json['token']};")
    assert reply.json["id"] == phone.post(MAKERS).json["id"]
    assert [(each["name"], each["current"]) for each in laptop.get(DEVICES).json["data"]] == [
        ("laptop", True),
        ("phone", False),
    ]


def test_a_code_may_be_typed_in_any_way(phone: FlaskClient, laptop: FlaskClient) -> None:
    code = phone.post(LINKS).json["code"].lower().replace("-", " ")

    assert redeem(laptop, code=f" {code} ").status_code == 201


def test_the_secret_behind_the_address_does_the_same(phone: FlaskClient, laptop: FlaskClient) -> None:
    path, _, secret = phone.post(LINKS).json["url"].partition("#")

    assert path == "/link"
    assert len(secret) == 22  # 128 bits
    assert redeem(laptop, secret=secret).status_code == 201


def test_a_link_lets_in_once_by_whichever_half(phone: FlaskClient, laptop: FlaskClient, app: Flask) -> None:
    link = phone.post(LINKS).json
    assert redeem(laptop, code=link["code"]).status_code == 201

    late = app.test_client()

    assert redeem(late, code=link["code"]).status_code == 404
    assert redeem(late, secret=link["url"].partition("#")[2]).status_code == 404
    assert len(phone.get(DEVICES).json["data"]) == 2


def test_a_link_is_over_after_five_minutes(phone: FlaskClient, laptop: FlaskClient) -> None:
    link = phone.post(LINKS).json
    with Session.begin() as session:
        session.execute(update(DeviceLink).values(expires_at=DeviceLink.expires_at - timedelta(minutes=5)))

    assert redeem(laptop, code=link["code"]).status_code == 404
    assert redeem(laptop, secret=link["url"].partition("#")[2]).status_code == 404
    assert phone.post(LINKS).status_code == 201


def test_a_new_link_ends_the_one_before(phone: FlaskClient, laptop: FlaskClient) -> None:
    first, second = phone.post(LINKS).json, phone.post(LINKS).json

    assert redeem(laptop, code=first["code"]).status_code == 404
    assert redeem(laptop, code=second["code"]).status_code == 201


def test_a_device_that_is_linked_to_its_own_maker_gets_a_new_token(phone: FlaskClient, app: Flask) -> None:
    old = phone.get_cookie("knotty").value  # type: ignore[union-attr]

    reply = redeem(phone, code=phone.post(LINKS).json["code"])

    assert reply.status_code == 201
    assert [each["name"] for each in phone.get(DEVICES).json["data"]] == ["phone"]
    assert app.test_client().get(DEVICES, headers={"Authorization": f"Bearer {old}"}).status_code == 401


def test_a_recovery_code_brings_a_maker_back_from_paper_once(phone: FlaskClient, laptop: FlaskClient) -> None:
    assert phone.get(DEVICES).json["recovery"] is None
    paper = phone.post(RECOVERY)
    assert paper.status_code == 201
    assert re.fullmatch(r"(?:[B-DF-HJ-NP-TV-XZ]{5}-){5}[B-DF-HJ-NP-TV-XZ]{5}", paper.json["code"])
    assert phone.get(DEVICES).json["recovery"] == {"created_at": paper.json["created_at"]}

    reply = redeem(laptop, code=paper.json["code"])

    assert (reply.status_code, reply.json["id"]) == (201, phone.post(MAKERS).json["id"])
    assert phone.get(DEVICES).json["recovery"] is None
    assert redeem(laptop, code=paper.json["code"]).status_code == 404


def test_a_new_recovery_code_ends_the_one_before_and_a_link_does_not(phone: FlaskClient, laptop: FlaskClient) -> None:
    first, second = phone.post(RECOVERY).json, phone.post(RECOVERY).json
    phone.post(LINKS)

    assert redeem(laptop, code=first["code"]).status_code == 404
    assert redeem(laptop, code=second["code"]).status_code == 201


def test_a_revoked_recovery_code_is_worth_nothing(phone: FlaskClient, laptop: FlaskClient) -> None:
    paper = phone.post(RECOVERY).json

    assert phone.delete(RECOVERY).status_code == 204

    assert redeem(laptop, code=paper["code"]).status_code == 404
    assert phone.delete(RECOVERY).status_code == 404


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({}, "", "one-of"),
        ({"code": "BCDF-GHJK", "secret": "x"}, "", "one-of"),
        ({"code": None}, "/code", "string-type"),
        ({"code": ""}, "/code", "string-too-short"),
        ({"secret": "x" * 81}, "/secret", "string-too-long"),
        ({"code": "\x00"}, "/code", "text-not-storable"),
        ({"code": "x", "maker": "mkr_x"}, "/maker", "extra-forbidden"),
    ],
)
def test_a_body_that_is_none_says_where(laptop: FlaskClient, body: Any, pointer: str, code: str) -> None:
    reply = laptop.post(REDEEM, json=body)

    assert reply.status_code == 422
    assert [(fault["pointer"], fault["code"]) for fault in reply.json["errors"]] == [(pointer, code)]


@pytest.mark.parametrize("code", ["x", "BCDF-GHJK", "🧶" * 8, "ß" * 8, "B" * 30, "-", "%' OR 1=1--"])
def test_a_code_that_was_never_given_out_is_404(laptop: FlaskClient, code: str) -> None:
    assert redeem(laptop, code=code).status_code == 404
    assert redeem(laptop, secret=code).status_code == 404


def test_strangers_open_no_links(laptop: FlaskClient) -> None:
    assert [laptop.post(LINKS).status_code, laptop.post(RECOVERY).status_code] == [401, 401]
    assert laptop.delete(RECOVERY).status_code == 401
