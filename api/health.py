"""Health: alive and ready are two questions."""

from __future__ import annotations

import redis
from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from api import answers
from api.openapi import operation
from db.session import Session

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@operation("Is the process alive", {200: answers.Alive})
def show_health() -> ResponseReturnValue:
    """The process answers; nothing else is asked."""
    return jsonify({"status": "ok"})


@bp.get("/readyz")
@operation("Can it serve", {200: answers.Ready, 503: answers.Ready})
def show_readiness() -> ResponseReturnValue:
    """Postgres must answer. Without Redis it is `degraded` and still 200: jobs wait in Postgres and are not lost."""
    postgres, doorbell = _postgres(), _redis()
    status = "unavailable" if not postgres else "ok" if doorbell else "degraded"
    told = {"status": status, "postgres": "ok" if postgres else "away", "redis": "ok" if doorbell else "away"}
    return jsonify(told), 200 if postgres else 503


def _postgres() -> bool:
    try:
        with Session.begin() as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True


def _redis() -> bool:
    url = current_app.config["SETTINGS"].redis_url
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=1, socket_timeout=1) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False
