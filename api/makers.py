"""Makers: anonymous, a random token each. The page asks for one before it first writes."""

from __future__ import annotations

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from api import answers, credentials, intake, schemas
from api.openapi import operation
from db import records

bp = Blueprint("makers", __name__, url_prefix="/api/v1/makers")


@bp.get("")
@operation("Ask who I am", {200: answers.Known}, refuses=("credentials-invalid",))
def show_maker() -> ResponseReturnValue:
    """The maker I am, or null. A page cannot see its cookie: it asks before it reads what only makers have."""
    return jsonify({"id": credentials.reader()})


@bp.post("")
@operation("Become a maker", {201: answers.Maker, 200: answers.Maker}, takes=schemas.MakerRequest, optional_body=True)
def create_maker() -> ResponseReturnValue:
    """Mint an anonymous maker. The token is told this once, and set as the cookie `knotty` for the page.

    A browser whose cookie is known stays who it is: 200, and no token. So a page that has lost its own memory, but not
    its cookie, finds its patterns again.
    """
    wanted = intake.body(schemas.MakerRequest) if _has_body() else schemas.MakerRequest(name=None)
    known = None if request.headers.get("Authorization") else credentials.reader()
    if known is not None:
        return jsonify({"id": known, "token": None})
    maker_id, token = records.mint_maker(wanted.name or "")
    answer = jsonify({"id": maker_id, "token": token})
    answer.status_code = 201
    credentials.set_cookie(answer, token)
    return answer


def _has_body() -> bool:
    return bool(request.content_length) or "chunked" in request.headers.get("Transfer-Encoding", "")
