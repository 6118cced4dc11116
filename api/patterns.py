"""Patterns: the document, its text and its chart. Who has the id can read it."""

from __future__ import annotations

import hashlib
import json

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from api import credentials, dialect, documents, drawings, intake, schemas, text, wishes
from api.errors import Fault, Refused
from api.links import PATTERNS, View, entry_json, pattern_json
from api.openapi import CURSOR, IF_MATCH, LIMIT, UNLESS, Query, operation
from db import records

bp = Blueprint("patterns", __name__, url_prefix=PATTERNS)

SVG = "image/svg+xml"
PIECE, ROW = "p[0-9]{1,3}", "p[0-9]{1,3}/r[0-9]{1,4}"
_PIECE = Query(
    "piece", {"type": "string", "pattern": f"^{PIECE}$", "examples": ["p1"]}, "the piece to draw; the first when absent"
)
_UPTO = Query(
    "upto",
    {"type": "string", "pattern": f"^{ROW}$", "examples": ["p1/r1"]},
    "the row to show bold, later ones in ink only",
)
_TERMS = Query(
    "terms",
    {"type": "string", "enum": ["us", "uk"]},
    "the terms to show it in; as it was written when absent",
)
_REFUSES = ("not-found", "gone", "taken-down", "credentials-invalid")


@bp.get("")
@operation(
    "List my patterns",
    {200: documents.PatternList},
    query=(LIMIT, CURSOR),
    refuses=("validation-failed", "invalid-cursor"),
    who="maker",
)
def list_patterns() -> ResponseReturnValue:
    """What I have asked for, and others' patterns on which I tick, the newest worked first, each with my progress."""
    limit = intake.whole("limit", 1, 100, 20)
    page = records.patterns_of(credentials.maker_id(), limit, intake.cursor())
    return jsonify({"data": [entry_json(each) for each in page["data"]], "next_cursor": page["next_cursor"]})


@bp.get("/<id('pat'):pattern_id>")
@operation(
    "Read a pattern",
    {200: documents.Pattern, 304: None},
    query=(_TERMS, UNLESS),
    refuses=(*_REFUSES, "validation-failed"),
    headers={200: ("ETag",)},
)
def show_pattern(pattern_id: str) -> ResponseReturnValue:
    """The document: head, pieces, rows as the checker reports them. While its job runs it grows.

    In other terms than it was written in the rows' words change, and no count. A row with a phrase that was not
    understood stays as it is: a note `terms-kept` names it. To change the pattern takes the ETag of it as written.
    """
    return _shown(_read(pattern_id)).make_conditional(request)


@bp.patch("/<id('pat'):pattern_id>")
@operation(
    "Change my pattern",
    {200: documents.Pattern},
    takes=schemas.PatternEdit,
    query=(IF_MATCH,),
    refuses=(*_REFUSES, "precondition-required", "precondition-failed"),
    who="maker",
    headers={200: ("ETag",)},
)
def edit_pattern(pattern_id: str) -> ResponseReturnValue:
    """Its title, its yarns, and who may see it: `link` is everybody who has the address, `private` is me alone.

    A private pattern hides its chart, its text, its jobs and their logs too: to others they are not there (404).
    """
    maker = credentials.maker_id()
    wanted = intake.body(schemas.PatternEdit).model_dump(exclude_unset=True)
    if "If-Match" not in request.headers:
        raise Refused("precondition-required")
    if "colours" in wanted:
        wanted["colours"] = {each.pop("letter"): each for each in wanted["colours"]}

    def known(now: View) -> bool:
        return request.if_match.contains(_shown(now).get_etag()[0] or "")

    try:
        changed = records.edit_pattern(pattern_id, maker, known, wanted)
    except records.NoSuchColour as strange:
        words = f"This pattern has no yarn {strange.letter}, or not yet."
        raise Refused("validation-failed", words, [Fault("/colours", "unknown-colour", words)]) from None
    if "visibility" in wanted and changed["job"]:  # who follows its job and may not see it any more is let go
        wishes.doorbell().tell(changed["job"]["id"])
    return _shown(changed)


@bp.delete("/<id('pat'):pattern_id>")
@operation("Delete my pattern", {204: None}, refuses=("not-found", "gone"), who="maker")
def delete_pattern(pattern_id: str) -> ResponseReturnValue:
    """What was written and ticked of it is gone, its job ends; its address answers 410 from now on."""
    for job_id in records.delete_pattern(pattern_id, credentials.maker_id()):
        wishes.doorbell().tell(job_id)
        wishes.waker().wake()
    return "", 204


def _read(pattern_id: str) -> View:
    """The pattern in the terms that are asked for."""
    wanted = intake.choice("terms", ("us", "uk"))
    return dialect.in_terms(records.pattern(pattern_id, credentials.reader()), wanted)


def _shown(pattern: View) -> Response:
    answer = jsonify(pattern_json(pattern, credentials.reader()))
    # One tag for all who read it: a version is no other one because its maker asks.
    answer.set_etag(hashlib.sha256(json.dumps(pattern, sort_keys=True).encode()).hexdigest()[:32])
    return answer


@bp.get("/<id('pat'):pattern_id>.txt")
@operation(
    "Read a pattern as text",
    {200: {"text/plain": None}, 304: None},
    query=(_TERMS, UNLESS),
    refuses=(*_REFUSES, "validation-failed"),
)
def show_text(pattern_id: str) -> ResponseReturnValue:
    """The sheet as plain text, to keep or to check again."""
    pattern = _read(pattern_id)
    return _file(text.sheet(pattern), "text/plain", text.file_name(pattern, "txt"))


@bp.get("/<id('pat'):pattern_id>.svg")
@operation(
    "Draw a pattern's chart",
    {200: {SVG: None}, 304: None},
    query=(_PIECE, _UPTO, UNLESS),
    refuses=(*_REFUSES, "validation-failed"),
)
def show_chart(pattern_id: str) -> ResponseReturnValue:
    """The symbol chart of one piece, drawn from the rows as worked; what is not there yet is not drawn."""
    pattern = records.pattern(pattern_id, credentials.reader())
    piece, upto = intake.shaped("piece", PIECE), intake.shaped("upto", ROW)
    keys = {each["key"] for each in pattern["pieces"]} | {
        row["key"] for each in pattern["pieces"] for row in each["rows"]
    }
    if not {piece, upto} <= keys | {None}:
        raise Refused("not-found", "This pattern has no such piece or row, or not yet.")
    return _file(drawings.chart_of(pattern, piece, upto), SVG, text.file_name(pattern, "svg"))


@bp.get("/<id('pat'):pattern_id>/preview.svg")
@operation("Draw the finished thing", {200: {SVG: None}, 304: None}, query=(UNLESS,), refuses=_REFUSES)
def show_preview(pattern_id: str) -> ResponseReturnValue:
    """The flat colour picture of the whole, squares in their places and the border around them."""
    pattern = records.pattern(pattern_id, credentials.reader())
    return _file(drawings.preview_of(pattern), SVG, text.file_name(pattern, "svg"))


def _file(content: str, kind: str, name: str) -> Response:
    answer = Response(content, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.add_etag()
    answer.make_conditional(request)
    return answer
