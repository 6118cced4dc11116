"""Progress: one maker's ticks and notes on one pattern, from any number of devices, in whatever order they come."""

from __future__ import annotations

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from api import answers, credentials, intake, metrics, schemas
from api.openapi import UNLESS, operation
from db import records

bp = Blueprint("progress", __name__, url_prefix="/api/v1/patterns/<id('pat'):pattern_id>/progress")


@bp.get("")
@operation(
    "Read my progress",
    {200: answers.Progress, 304: None},
    query=(UNLESS,),
    refuses=("not-found", "gone", "taken-down", "credentials-invalid"),
    headers={200: ("ETag",)},
)
def show_progress(pattern_id: str) -> ResponseReturnValue:
    """My ticks and notes on this pattern; empty for who has none yet."""
    maker = credentials.reader()
    records.pattern(pattern_id, maker)
    answer = jsonify(records.progress(maker, pattern_id) if maker else {"cells": {}, "notes": {}})
    answer.add_etag()
    return answer.make_conditional(request)


@bp.patch("")
@operation(
    "Tick rows",
    {200: answers.Merged},
    takes=schemas.ProgressRequest,
    refuses=("not-found", "gone", "taken-down"),
    who="maker",
)
def update_progress(pattern_id: str) -> ResponseReturnValue:
    """Merge ticks into mine; the greater stamp wins. Says what became of each op, and the state after.

    An op with `from` and `to` in place of `cell` is about all rows from one to the other: frogging, with `done` false.
    """
    maker = credentials.maker_id()
    ticks = intake.body(schemas.ProgressRequest)
    merged = records.merge_progress(maker, pattern_id, [op.model_dump(by_alias=True) for op in ticks.ops])
    for result in ("applied", "superseded", "refused"):
        metrics.counters().progress_ops.labels(result).inc(len(merged[result]))
    return jsonify(merged)


@bp.patch("/notes")
@operation(
    "Note at rows",
    {200: answers.MergedNotes},
    takes=schemas.NotesRequest,
    refuses=("not-found", "gone", "taken-down"),
    who="maker",
)
def update_notes(pattern_id: str) -> ResponseReturnValue:
    """Merge notes into mine, by the rules of ticks. Nobody else sees them, not even the pattern's maker."""
    maker = credentials.maker_id()
    notes = intake.body(schemas.NotesRequest)
    return jsonify(records.merge_notes(maker, pattern_id, [op.model_dump() for op in notes.ops]))
