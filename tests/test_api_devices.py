"""GET /api/v1/devices and DELETE /api/v1/devices/{id}: a maker's devices, and taking one its token."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from db.models import Device
from db.session import Session
from tests.second_device import bearing, second_device

URL = "/api/v1/devices"
MAKERS = "/api/v1/makers"


def test_a_maker_sees_their_devices_and_which_one_asks(client: FlaskClient) -> None:
    client.post(MAKERS, json={"name": "phone"})

    reply = client.get(URL)

    assert reply.status_code == 200
    [phone] = reply.json["data"]
    assert phone["id"].startswith("dev_")
    assert (phone["name"], phone["current"]) == ("phone", True)
    assert phone["created_at"] == phone["seen_at"]


def test_the_newest_device_comes_first(client: FlaskClient) -> None:
    client.post(MAKERS, json={"name": "phone"})
    second_device(client, "laptop")

    data = client.get(URL).json["data"]

    assert [(each["name"], each["current"]) for each in data] == [("laptop", False), ("phone", True)]


def test_a_device_that_comes_back_after_an_hour_is_seen_anew(client: FlaskClient) -> None:
    client.post(MAKERS)
    with Session.begin() as session:
        session.execute(update(Device).values(seen_at=Device.seen_at - timedelta(minutes=61)))
        long_ago = session.scalars(select(Device.seen_at)).one()

    assert client.get(URL).status_code == 200

    with Session() as session:
        assert session.scalars(select(Device.seen_at)).one() > long_ago + timedelta(minutes=60)


def test_a_removed_device_is_a_stranger_and_the_others_stay(client: FlaskClient, app: Flask) -> None:
    client.post(MAKERS)
    device, token = second_device(client, "laptop")
    laptop = bearing(app, token)
    assert laptop.get(URL).status_code == 200

    assert client.delete(f"{URL}/{device}").status_code == 204

    assert laptop.get(URL).status_code == 401
    assert [each["current"] for each in client.get(URL).json["data"]] == [True]
    assert client.delete(f"{URL}/{device}").status_code == 404


def test_a_browser_that_removes_itself_loses_its_cookie(client: FlaskClient) -> None:
    client.post(MAKERS)
    [me] = client.get(URL).json["data"]

    reply = client.delete(f"{URL}/{me['id']}")

    assert reply.status_code == 204
    assert "knotty=;" in reply.headers["Set-Cookie"]
    assert client.get(URL).json["type"] == "/problems/credentials-required"


def test_a_stranger_has_no_devices(client: FlaskClient) -> None:
    assert client.get(URL).status_code == 401
    assert client.delete(f"{URL}/dev_{'a' * 26}").status_code == 401


def test_a_device_that_is_not_there_cannot_be_removed(client: FlaskClient) -> None:
    client.post(MAKERS)

    for name in (f"dev_{'a' * 26}", "dev_x", "%00", "..%2f..", "pat_" + "a" * 26):
        assert client.delete(f"{URL}/{name}").status_code == 404
