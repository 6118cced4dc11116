"""Docs: the OpenAPI document, a page to read and try it, and a short page for each kind of problem."""

from __future__ import annotations

from html import escape
from pathlib import Path

from flask import Blueprint, Response, current_app, g, jsonify, send_from_directory
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from api import openapi
from api.errors import KINDS
from api.openapi import JSON, operation

bp = Blueprint("docs", __name__)

_STATIC = Path(__file__).resolve().parent / "static"


@bp.get("/api/v1/openapi.json")
@operation("This document", {200: {JSON: None}})
def show_openapi() -> ResponseReturnValue:
    """The OpenAPI 3.1 document, made from the routes and the models that validate."""
    if (found := current_app.extensions.get("openapi")) is None:
        found = current_app.extensions["openapi"] = openapi.document(current_app)
    return jsonify(found)


@bp.get("/api/docs")
def show_docs() -> ResponseReturnValue:
    """Every operation on one page, with a form to try it."""
    return _file("docs.html")


@bp.get("/api/docs/<any('docs.js', 'docs.css'):name>")
def show_docs_file(name: str) -> ResponseReturnValue:
    """What that page is made of."""
    return _file(name)


@bp.get("/problems/<slug>")
def show_problem(slug: str) -> ResponseReturnValue:
    """What a problem's `type` leads to."""
    if (kind := KINDS.get(slug)) is None:
        raise NotFound
    g.page = True
    words = _PROBLEM.format(title=escape(kind.title), status=kind.status, about=escape(kind.about), slug=escape(slug))
    return Response(words, mimetype="text/html")


def _file(name: str) -> Response:
    g.page = True
    answer = send_from_directory(_STATIC, name)
    answer.headers.pop("Content-Disposition", None)
    return answer


_PROBLEM = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/api/docs/docs.css">
<main>
<h1>{title}</h1>
<p>{about}</p>
<p class="quiet">Status {status}, <code>{slug}</code>. All of the API: <a href="/api/docs">/api/docs</a>.</p>
</main>
</html>
"""
