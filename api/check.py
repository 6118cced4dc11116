"""Check: any pattern's text in, the checker's report out. Nothing is stored."""

from __future__ import annotations

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from api import answers, intake, schemas
from api.openapi import JSON, operation
from crochet import work

bp = Blueprint("check", __name__, url_prefix="/api/v1")


@bp.post("/check")
@operation(
    "Check a pattern",
    {200: answers.Report},
    takes={JSON: schemas.CheckRequest, "text/plain": None},
)
def check_pattern() -> ResponseReturnValue:
    """Work out every row of a pattern and say what does not add up. Takes JSON or plain text; nothing is stored."""
    if request.mimetype == "text/plain":
        return jsonify(work.check(intake.text(schemas.MAX_PATTERN_TEXT)))
    asked = intake.body(schemas.CheckRequest, schemas.MAX_PATTERN_TEXT, unfit=intake.NO_CHARACTER)
    return jsonify(work.check(asked.text, asked.terms))
