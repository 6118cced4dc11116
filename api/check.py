"""Check: any pattern's text in, the checker's report or its chart out. Nothing is stored."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from api import documents, intake, schemas
from api.errors import Refused
from api.openapi import JSON, operation
from crochet import work
from crochet.draw import NoChart, draw
from crochet.drawing.chart import Look

SVG = "image/svg+xml"

bp = Blueprint("check", __name__, url_prefix="/api/v1")


@bp.post("/check")
@operation(
    "Check a pattern",
    {200: documents.Report},
    takes={JSON: schemas.CheckRequest, "text/plain": None},
)
def check_pattern() -> ResponseReturnValue:
    """Work out every row of a pattern and say what does not add up. Takes JSON or plain text; nothing is stored."""
    if request.mimetype == "text/plain":
        return jsonify(work.check(intake.text(schemas.MAX_PATTERN_TEXT)))
    asked = intake.body(schemas.CheckRequest, schemas.MAX_PATTERN_TEXT, unfit=intake.NO_CHARACTER)
    return jsonify(work.check(asked.text, asked.terms))


@bp.post("/chart")
@operation(
    "Draw any pattern's chart",
    {200: {SVG: None}},
    takes={JSON: schemas.ChartRequest},
    refuses=("no-chart",),
)
def draw_chart() -> ResponseReturnValue:
    """The symbol chart of one piece of a text, what a finding is about ringed. Takes JSON; nothing is stored."""
    asked = intake.body(schemas.ChartRequest, schemas.MAX_PATTERN_TEXT, unfit=intake.NO_CHARACTER)
    try:
        drawn = draw(asked.text, asked.terms, asked.piece, Look(left=asked.hand == "left", detail=True))
    except NoChart as why:
        raise Refused("no-chart", str(why)) from None
    return Response(drawn.svg, mimetype=SVG)
