"""Reports: a maker says what is wrong with a row; it is kept with the pattern, for whoever runs this server."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from api import answers, credentials, intake, schemas
from api.errors import Refused
from api.openapi import operation
from db import records

bp = Blueprint("reports", __name__, url_prefix="/api/v1/patterns/<id('pat'):pattern_id>/reports")

_REFUSES = ("not-found", "gone", "taken-down")


@bp.post("")
@operation("Report a row", {201: answers.RowReport}, takes=schemas.ReportRequest, refuses=_REFUSES, who="maker")
def report_row(pattern_id: str) -> ResponseReturnValue:
    """Say that a row is wrong, or the whole pattern when no row is named. Said again, it takes the former's place."""
    maker = credentials.maker_id()
    told = intake.body(schemas.ReportRequest)
    try:
        kept = records.report(maker, pattern_id, told.row, told.says)
    except records.NoSuchRow:
        raise Refused("not-found", "This pattern has no such row, or not yet.") from None
    return jsonify(kept), 201


@bp.get("")
@operation("List my reports", {200: answers.RowReportList}, refuses=_REFUSES, who="maker")
def list_reports(pattern_id: str) -> ResponseReturnValue:
    """What I have reported of this pattern."""
    return jsonify({"data": records.reports_of(credentials.maker_id(), pattern_id)})
