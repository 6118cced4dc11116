"""Jobs: a wish becomes a job; the job is read, awaited, listed, canceled, tried again."""

from __future__ import annotations

import hashlib

from flask import Blueprint, Response, json, jsonify, request
from flask.typing import ResponseReturnValue

from api import answers, credentials, events, intake, limits, schemas, webhooks, wishes
from api.links import JOBS, View, job_json
from api.openapi import CURSOR, FROM_JOB, KEY, LIMIT, OPENING, UNLESS, WAIT, Query, operation
from db import records

bp = Blueprint("jobs", __name__, url_prefix=JOBS)

STATUSES = ("queued", "running", "succeeded", "failed", "canceled")
_STATUS = Query("status", {"type": "string", "enum": list(STATUSES)}, "only those")


@bp.post("")
@operation(
    "Write a pattern",
    {202: answers.NewJob, 200: answers.NewJob},
    takes=schemas.JobRequest,
    query=(WAIT, KEY),
    refuses=("credentials-invalid", "webhook-url-forbidden", *OPENING),
    headers={202: ("Location", "Retry-After"), 200: ("Location",)},
    links={202: FROM_JOB, 200: FROM_JOB},
)
def create_job() -> ResponseReturnValue:
    """Take a wish and answer at once: the committed row is the job, the sweep rings a worker.

    Without credentials a maker is minted and its token told once. `Prefer: wait=1..60` holds until the job has ended.
    The same body under the same `Idempotency-Key` is the same job (`Idempotent-Replayed: true`), however often sent.
    """
    wish = intake.body(schemas.JobRequest)
    webhook = webhooks.wanted(wish.webhook)
    token = None
    maker = credentials.maker_if_any()
    key = wishes.key(maker, wish.model_dump(mode="json", exclude_defaults=True))
    if maker is None:
        maker, token = records.mint_maker("")
    options = wish.options.model_dump(exclude_none=True)
    job, replayed = wishes.open_job(maker, wish.prompt, options, wish.metadata, key, webhook)
    if (seconds := intake.wait()) and job["finished_at"] is None:
        events.wait_for(job["id"], job["version"], seconds, end=True)
        job = records.job(job["id"], maker)
    return wishes.answer(job, replayed, maker, token)


@bp.get("/<id('job'):job_id>")
@operation(
    "Read a job",
    {200: answers.Job, 304: None},
    query=(WAIT, UNLESS),
    refuses=("not-found", "gone", "taken-down", "credentials-invalid", "temporary-reduced-capacity"),
    headers={200: ("ETag", "Retry-After")},
    links={200: FROM_JOB},
)
def show_job(job_id: str) -> ResponseReturnValue:
    """The job as it is now. The id is the capability. `Prefer: wait=n` holds until it changes."""
    job, reader = records.job_as(job_id, credentials.presented(), credentials.reader_of)
    answer = _shown(job, reader)
    seconds = intake.wait()
    # Who has another version than this one need not wait: it has changed already.
    stale = bool(request.if_none_match) and not request.if_none_match.contains_weak(answer.get_etag()[0] or "")
    if seconds and job["finished_at"] is None and not stale:
        events.wait_for(job_id, job["version"], seconds, end=False)
        answer = _shown(records.job(job_id, reader), reader)
    return answer.make_conditional(request)


def _shown(job: View, reader: str | None) -> Response:
    shown = job_json(job, reader)
    answer = jsonify(shown)
    # A guess that changes by the second is no change: else who waits for one would never be held.
    lasting = shown | {"progress": shown["progress"] | {"seconds_left": None}}
    answer.set_etag(hashlib.sha256(json.dumps(lasting).encode()).hexdigest()[:32], weak=True)
    if job["finished_at"] is None:
        answer.headers["Retry-After"] = wishes.look_again(job)
    return answer


@bp.get("")
@operation(
    "List my jobs",
    {200: answers.JobList},
    query=(_STATUS, LIMIT, CURSOR),
    refuses=("validation-failed", "invalid-cursor"),
    who="maker",
)
def list_jobs() -> ResponseReturnValue:
    """My jobs, newest first."""
    status = intake.choice("status", STATUSES)
    limit = intake.whole("limit", 1, 100, 20)
    maker = credentials.maker_id()
    page = records.jobs_of(maker, status, limit, intake.cursor())
    return jsonify({"data": [job_json(job, maker) for job in page["data"]], "next_cursor": page["next_cursor"]})


@bp.post("/<id('job'):job_id>/cancel")
@operation(
    "Cancel a job",
    {200: answers.Job},
    refuses=("not-found", "already-finished"),
    who="maker",
)
def cancel_job(job_id: str) -> ResponseReturnValue:
    """Stop it within a row; its good rows stay. Again is fine; one that has succeeded or failed stays so (409)."""
    maker = credentials.maker_id()
    job = records.cancel(job_id, maker)
    wishes.doorbell().tell(job_id)
    wishes.waker().wake()
    return jsonify(job_json(job, maker))


@bp.post("/<id('job'):job_id>/retry")
@operation(
    "Try a job again",
    {202: answers.Job, 200: answers.Job},
    query=(KEY,),
    refuses=("not-found", "gone", "taken-down", "not-retryable", *OPENING),
    who="maker",
    headers={202: ("Location", "Retry-After"), 200: ("Location",)},
    links={202: FROM_JOB},
)
def retry_job(job_id: str) -> ResponseReturnValue:
    """A new job on the same pattern, of one that failed or was canceled. It keeps the good rows and goes on from there.

    200 only for the replay of an `Idempotency-Key` whose job has ended.
    """
    maker = credentials.maker_id()
    key = wishes.key(maker, None)
    return wishes.answer(*wishes.ring(maker, lambda: records.retry_job(job_id, maker, key, limits.quota())), maker)
