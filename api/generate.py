"""Generate: the whole way in one call, for a shell: a wish in, the pattern's text out."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from api import answers, credentials, documents, events, intake, links, schemas, text, wishes
from api.errors import Refused
from api.openapi import JSON, KEY, OPENING, WAIT, operation
from db import records

bp = Blueprint("generate", __name__)


@bp.post("/generate-pattern")
@operation(
    "Write a pattern and wait for it",
    {200: {"text/plain": None, JSON: documents.Pattern}, 202: answers.Job},
    takes=schemas.PatternRequest,
    query=(WAIT, KEY),
    refuses=("credentials-invalid", "generation-failed", *OPENING),
    headers={200: ("Content-Location",), 202: ("Location", "Retry-After")},
)
def generate_pattern() -> ResponseReturnValue:
    """A wish in, the pattern out: plain text, or the document by `Accept`. 202 when it takes longer than a minute.

    It goes through the same queue as every job and waits for its end.
    """
    wish = intake.body(schemas.PatternRequest)
    known = credentials.maker_if_any()
    key = wishes.key(known, wish.prompt)
    maker = known or records.mint_maker("")[0]
    job, replayed = wishes.open_job(maker, wish.prompt, {}, {}, key)
    if job["finished_at"] is None:
        events.wait_for(job["id"], job["version"], intake.wait() or intake.MAX_WAIT, end=True)
        job = records.job(job["id"], maker)
    if job["finished_at"] is None:
        return wishes.answer(job, replayed, maker)
    if job["status"] != "succeeded":
        raise _failed(job)
    pattern = records.pattern(job["pattern"]["id"], maker)
    if request.accept_mimetypes.best_match(["text/plain", JSON]) == JSON:
        answer = jsonify(links.pattern_json(pattern, maker))
    else:
        answer = Response(text.sheet(pattern), mimetype="text/plain")
    answer.headers["Content-Location"] = links.pattern_address(pattern["id"])
    if replayed:
        answer.headers["Idempotent-Replayed"] = "true"
    return answer


def _failed(job: links.View) -> Refused:
    error = job["error"] or {"type": job["status"], "detail": "The job was canceled."}
    slug = "temporary-reduced-capacity" if error["type"] == "model-unavailable" else "generation-failed"
    return Refused(slug, error["detail"])
