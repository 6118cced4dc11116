"""Mine: everything of one maker's, to take away, or to be gone."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, json, stream_with_context
from flask.typing import ResponseReturnValue

from api import credentials, events, takeaway
from api.links import View, delivery_json, job_json, pattern_json
from api.openapi import operation
from db import records

bp = Blueprint("mine", __name__, url_prefix="/api/v1/me")


@bp.get("/export")
@operation("Take everything", {200: takeaway.Export}, refuses=("temporary-reduced-capacity",), who="maker")
def export_mine() -> ResponseReturnValue:
    """All that is mine, as one JSON file: devices, patterns, jobs with their logs, ticks, reports, webhooks.

    Tokens, codes and secrets are not in it: it is a file that lies about.
    """
    me = credentials.bearer()
    held = events.feed()
    held.hold(me.maker_id)  # as a stream does: it takes a thread for as long as it is read
    answer = Response(stream_with_context(_export(me)), mimetype="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="knotty.json"'
    answer.call_on_close(lambda: held.let_go(me.maker_id))
    return answer


@bp.delete("")
@operation("Delete everything", {204: None}, who="maker")
def delete_mine() -> ResponseReturnValue:
    """All that is mine is gone, at once and for good: patterns for everybody, devices, ticks, reports, webhooks."""
    records.forget_maker(credentials.maker_id())
    answer = Response(status=204)
    credentials.clear_cookie(answer)
    return answer


def _export(me: records.Bearer) -> Iterator[str]:
    yield f'{{"id": {json.dumps(me.maker_id)}'
    for kind, found in records.belongings(me.maker_id):
        yield f', "{kind}": ['
        for number, each in enumerate(found):
            yield (", " if number else "") + json.dumps(_shown(kind, each, me))
        yield "]"
    yield "}"


def _shown(kind: str, each: View, me: records.Bearer) -> View:
    if kind == "devices":
        return each | {"current": each["id"] == me.device_id}
    if kind == "patterns":
        return pattern_json(each, me.maker_id)
    if kind == "jobs":
        return job_json(each, me.maker_id)
    return delivery_json(each) if kind == "deliveries" else each
