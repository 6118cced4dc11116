"""Answers: the shapes of what goes out, as pydantic models for the OpenAPI document.

An answer is built as plain JSON (`links.py`, the records' views, the checker's report); the tests hold every one of
them to these models.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

JobStatus = Literal["queued", "running", "succeeded", "failed", "canceled"]


class Answer(BaseModel):
    """Anything that goes out. A field with a default may be absent; every other is always there."""


class Fault(Answer):
    """One thing wrong: a JSON Pointer into the body (or a query parameter's name), a code, and words."""

    pointer: str
    code: str
    detail: str


class Problem(Answer):
    """RFC 9457. `type` leads to a short page about this kind of problem."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    errors: list[Fault] | None = None


class JobProgress(Answer):
    """How far a job is. `rows_expected` is a guess until the last row."""

    queue_position: int | None
    seconds_left: float | None
    rows_written: int
    rows_proven: int
    rows_expected: int | None


class PatternLink(Answer):
    """The pattern a job writes: its page exists from the first second."""

    id: str
    url: str
    title: str | None


class ModelName(Answer):
    """The language model that wrote it."""

    name: str
    digest: str | None = None


class JobError(Answer):
    """Why a job failed."""

    type: Literal["model-unavailable", "model-output-invalid", "attempts-exhausted", "timed-out", "internal"]
    detail: str


class JobLinks(Answer):
    """Where to go from a job."""

    self: str
    events: str
    cancel: str
    pattern: str


class Webhook(Answer):
    """Where the job's end is told."""

    url: str
    events: list[Literal["job.succeeded", "job.failed", "job.canceled"]]


class JobFacts(Answer):
    """What is known of a job, wherever it is told."""

    id: str
    status: JobStatus
    phase: Literal["waking_model", "writing", "rewriting", "finishing"] | None
    attempt: int
    version: int = Field(description="the number of its last event")
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    prompt: str
    options: dict[str, Any]
    progress: JobProgress
    pattern: PatternLink
    model: ModelName | None
    usage: dict[str, Any] | None
    error: JobError | None
    metadata: dict[str, str] = Field(description="empty for everybody but the owner")


class Job(JobFacts):
    """An operation: queued -> running -> succeeded | failed | canceled. An end state is final."""

    links: JobLinks
    webhook: Webhook | None = Field(description="null for everybody but the owner")


class NewJob(Job):
    """A job just made; `maker_token` only when a maker was minted for it, and never again."""

    maker_token: str | None = Field(None)


class JobList(Answer):
    """Jobs, newest first."""

    data: list[Job]
    next_cursor: str | None


class Event(Answer):
    """One event of a job's log. Folding `data` in the order of `id` gives what `GET /jobs/{id}` shows."""

    id: int = Field(description="1, 2, 3 ... without a gap")
    type: Literal[
        "job.queued",
        "job.started",
        "job.phase",
        "head.written",
        "row.written",
        "row.rewritten",
        "job.requeued",
        "job.succeeded",
        "job.failed",
        "job.canceled",
    ]
    at: datetime
    data: dict[str, Any]


class EventList(Answer):
    """Events after the one named by `after`, in order."""

    data: list[Event]


class StreamedEvent(Answer):
    """An event as it stands in the stream: `data` is one of the list, as JSON text."""

    id: str = Field(pattern="^[0-9]+$")
    event: str = Field(description="its `type`")
    data: str = Field(json_schema_extra={"contentMediaType": "application/json"})


class Cell(Answer):
    """One register: the greater stamp wins."""

    done: bool
    stamp: str


class RowNote(Answer):
    """My note at a row, empty when I took it away; the greater stamp wins."""

    text: str
    stamp: str


class Progress(Answer):
    """One maker's ticks and notes on one pattern; a note is under its row's key."""

    cells: dict[str, Cell]
    notes: dict[str, RowNote]


class RefusedOp(Answer):
    """An op that was not merged, and why."""

    id: str
    code: str
    detail: str


class AppliedOp(Answer):
    """An op that was taken; its stamp may have been set back to the server's clock."""

    id: str
    stamp: str


class Outcome(Answer):
    """What became of each op."""

    applied: list[AppliedOp]
    superseded: list[AppliedOp]
    refused: list[RefusedOp]


class Merged(Outcome):
    """What became of each op, and the ticks after them."""

    cells: dict[str, Cell]


class MergedNotes(Outcome):
    """What became of each op, and the notes after them."""

    notes: dict[str, RowNote]


class Maker(Answer):
    """A maker. The token is shown once, when it is minted."""

    id: str
    token: str | None


class Known(Answer):
    """The maker whose credentials came with the request; null for who has none, or a cookie that is worth nothing."""

    id: str | None


class Device(Answer):
    """One browser or program of a maker. `seen_at` is right to the hour; `current` is the one that asks."""

    id: str
    name: str
    created_at: datetime
    seen_at: datetime
    current: bool


class RecoveryMade(Answer):
    """When the recovery code that is good now was made."""

    created_at: datetime


class DeviceList(Answer):
    """A maker's devices, newest first."""

    data: list[Device]
    recovery: RecoveryMade | None


class Link(Answer):
    """A way in for one more device."""

    code: str = Field(description="to read out and type in; case and hyphens do not matter")
    url: str = Field(description="to open, or to show as a QR code; its secret stands behind the `#`")
    expires_at: datetime


class Recovery(Answer):
    """A code to print and keep. It is shown this once."""

    code: str
    created_at: datetime


class Redeemed(Answer):
    """A device of the maker with this id. The token is shown once."""

    id: str
    token: str
    device_id: str


class RowReport(Answer):
    """What a maker said of a row, with its words as they then were."""

    row: str | None
    says: str
    text: str | None
    created_at: datetime


class RowReportList(Answer):
    """A maker's own reports on a pattern."""

    data: list[RowReport]


class Alive(Answer):
    """The process is alive."""

    status: Literal["ok"]


class Ready(Answer):
    """Whether it can serve: `degraded` when only Redis is away (jobs wait in Postgres)."""

    status: Literal["ok", "degraded", "unavailable"]
    postgres: Literal["ok", "away"]
    redis: Literal["ok", "away"]
