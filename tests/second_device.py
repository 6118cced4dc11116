"""A second device of a client's maker, for tests of what several devices see."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from db.models import Device
from db.records.makers import add_device
from db.session import Session


def second_device(client: FlaskClient, name: str = "") -> tuple[str, str]:
    """One more device of the maker whose cookie the client bears: (its id, its token)."""
    [me] = [each["id"] for each in client.get("/api/v1/devices").json["data"] if each["current"]]
    with Session.begin() as session:
        made, token = add_device(session, session.get_one(Device, me).maker_id, name)
        return made.id, token


def bearing(app: Flask, token: str) -> FlaskClient:
    """A program that bears this token."""
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client
