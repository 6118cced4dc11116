"""Logs: one JSON line a request, with its id; never a token, a prompt, a body or a query."""

from __future__ import annotations

import re
import secrets
from time import perf_counter

import structlog
from flask import Flask, Response, g, request

from api.metrics import METHODS

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_TOKEN = re.compile(r"(kn_|whsec_)[^/]*")
_QUIET = {"/healthz", "/readyz", "/metrics"}

log = structlog.get_logger()


def register(app: Flask) -> None:
    """Gives each request its id and its line."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    asked = request.headers.get("X-Request-Id", "")
    g.request_id = asked if _REQUEST_ID.fullmatch(asked) else secrets.token_hex(8)
    g.began = perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _end(answer: Response) -> Response:
    if request.path not in _QUIET or answer.status_code >= 400:
        log.info(
            "request",
            method=request.method if request.method in METHODS else "other",
            path=_TOKEN.sub(r"\1...", request.path)[:200],  # somebody's mistake is nobody else's token
            rule=request.url_rule.rule if request.url_rule else None,
            status=answer.status_code,
            ms=round((perf_counter() - g.get("began", perf_counter())) * 1000, 1),
        )
    return answer
