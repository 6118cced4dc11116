"""The api's fixtures: an app over this test's stores, and a client that holds every answer to the OpenAPI document."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from settings import Settings

ROOT = Path(__file__).resolve().parent.parent


class HonestClient(FlaskClient):
    """A client that fails the test when an answer is not what the document promises."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send it, and hold the answer to the document."""
        answer = super().open(*args, **kwargs)
        hold_to_document(self.application, answer)
        return answer


def hold_to_document(app: Flask, answer: TestResponse) -> None:
    """The answer's status, media type and JSON are those that openapi.json promises for its route."""
    if answer.request.method == "HEAD":
        return
    found = _operation(app, answer.request.path, answer.request.method)
    if found is None:
        return
    document, told = found
    says = told["responses"].get(str(answer.status_code))
    where = f"{answer.request.method} {answer.request.path}: {answer.status_code}"
    assert says is not None, f"{where} is not in the document"
    content = says.get("content")
    if not content:
        assert answer.data == b"", where
        return
    assert answer.mimetype in content, f"{where} {answer.mimetype} is not in the document"
    if answer.mimetype.endswith("json"):
        schema = content[answer.mimetype]["schema"] | {"components": document["components"]}
        faults = [
            f"{fault.json_path}: {fault.message}" for fault in Draft202012Validator(schema).iter_errors(answer.json)
        ]
        assert not faults, f"{where}: {faults}"
    for name in says.get("headers", {}):
        assert name in answer.headers or name == "Retry-After", f"{where} has no {name}"


def _operation(app: Flask, path: str, method: str) -> tuple[dict[str, Any], dict[str, Any]] | None:
    try:
        rule, _ = app.url_map.bind("localhost").match(path, method, return_rule=True)
    except HTTPException:
        return None
    document = _document(app)
    name = rule.endpoint.rpartition(".")[2]
    for methods in document["paths"].values():
        for each, told in methods.items():
            if told["operationId"] == name and each == method.lower():
                return document, told
    return None


@cache
def _document(app: Flask) -> dict[str, Any]:
    from api import openapi

    return json.loads(json.dumps(openapi.document(app)))  # type: ignore[no-any-return]


@pytest.fixture
def app(settings: Settings) -> Flask:
    """The whole api over this test's Postgres and Valkey."""
    # Here, not above: a test of another room must not fail because the api cannot be imported.
    from api.app import create_app

    made = create_app(settings)
    made.test_client_class = HonestClient
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A stranger: no cookie, no token."""
    return app.test_client()


@pytest.fixture
def address(settings: Settings, tmp_path: Path) -> Iterator[tuple[str, int]]:
    """The api under a real gunicorn on a free port, over this test's stores: (host, port)."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        host, port = probe.getsockname()
    env = {field.name.upper(): str(getattr(settings, field.name)) for field in fields(settings)}
    command = [sys.executable, "-m", "gunicorn", "--config", "api/gunicorn.conf.py", "api.app:create_app()"]
    log = tmp_path / "gunicorn.log"
    with log.open("w") as told:
        process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | env | {"BIND": f"{host}:{port}"}, stdout=told, stderr=told
        )
    try:
        _wait_for(host, port, process, log)
        yield host, port
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(host: str, port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection((host, port), 1):
            return
        time.sleep(0.05)
    pytest.fail(f"gunicorn did not start:\n{log.read_text()}")
