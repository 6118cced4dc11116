"""Documents: the shapes of patterns as they go out, and of the checker's reports."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from api.answers import Answer, JobStatus, ModelName

Verdict = Literal["ok", "error", "unchecked"]

# `items` stands there for readers who know no `prefixItems`.
Span = Annotated[tuple[int, int], Field(json_schema_extra={"items": {"type": "integer"}})]
Range = Annotated[tuple[float, float], Field(json_schema_extra={"items": {"type": "number"}})]


class Edit(Answer):
    """Put `new` at `[start, end)` of the text, in code points."""

    span: Span
    new: str


class Fix(Answer):
    """A change that has been tried and makes the row add up."""

    says: str
    edits: list[Edit]


class Finding(Answer):
    """What the checker says of a row, and where."""

    id: str
    severity: Literal["error", "warning", "unchecked"]
    also: list[str]
    message: str
    span: Span | None
    fixes: list[Fix]


class CheckedRow(Answer):
    """One row or round as the checker sees it; what the text makes as written, null if not worked to the end."""

    key: str
    label: str
    number: int | None
    colour: str | None
    text: str
    span: Span | None
    verdict: Verdict
    anchor: str
    counts: dict[str, int] | None
    stitches: int | None
    spaces: dict[str, int] | None
    corners: int | None
    per_side: list[int] | None
    groups: int | None
    declared: dict[str, Any] | None
    findings: list[Finding]


class Row(CheckedRow):
    """A row of a pattern. `result` says how it came; a fixed one keeps what the model wrote as `original`."""

    result: Literal["first", "fixed", "rewritten", "unproven"]
    original: str | None = None


class CheckedPiece(Answer):
    """One piece of a checked text."""

    key: str
    name: str | None
    make: int
    verdict: Verdict
    rows: list[CheckedRow]


class Report(Answer):
    """The checker's report over a whole text."""

    report: Literal[1]
    file: str | None
    verdict: Verdict
    terms: Literal["us", "uk"]
    layout: Span | None
    summary: dict[str, int]
    findings: list[Finding]
    pieces: list[CheckedPiece]


class Piece(Answer):
    """One piece of a pattern; `make` is how many of it."""

    key: str
    name: str | None
    make: int
    kind: Literal["rounds", "rows", "seam", "finishing"]
    rows: list[Row]


class Size(Answer):
    """The finished thing."""

    width_in: float
    height_in: float


class Yarn(Answer):
    """What it is made of."""

    weight: str


class Hook(Answer):
    """What it is made with."""

    mm: float


class Yarned(Answer):
    """A yarn's colour."""

    name: str
    hex: str


class Colour(Answer):
    """One yarn: its letter in the rows, and how much of it, low to high."""

    letter: str
    name: str
    hex: str
    metres: Range | None
    written: Yarned | None = Field(description="the one it was written in, where its maker put another in its place")


class Layout(Answer):
    """How the pieces lie: rows and columns, and the plan of their colours.

    In the pieces `exchanged`, counted row by row from 1, the two yarns of `exchange` are exchanged."""

    rows: int
    columns: int
    plan: str
    exchange: list[str] | None = None
    exchanged: list[int] | None = None


class Note(Answer):
    """What of the wish was not met, and why."""

    code: str
    text: str


class JobState(Answer):
    """The job that writes a pattern, or has written it; null when that ended so long ago that it is no longer kept."""

    id: str
    status: JobStatus


class RowsDone(Answer):
    """How far a maker is: rows that are ticked, of all there are to work; every copy of a piece has its own."""

    done: int
    of: int


class PatternEntry(Answer):
    """A pattern as it stands in its maker's list. `own`: asked for by them, not only worked by them."""

    id: str
    url: str
    own: bool
    title: str | None
    prompt: str | None = Field(description="my wish, for as long as its job is kept")
    item: str | None
    colours: list[Colour]
    visibility: Literal["link", "private"]
    verdict: Verdict | None
    job: JobState | None
    progress: RowsDone
    created_at: datetime
    worked_at: datetime = Field(description="when a row was last ticked, or it was asked for")


class PatternList(Answer):
    """A maker's patterns, the newest worked first."""

    data: list[PatternEntry]
    next_cursor: str | None


class Pattern(Answer):
    """The document. While its job runs, heads and rows come one by one; the same address shows the whole at last."""

    id: str
    own: bool = Field(description="whether who reads it is its maker")
    title: str | None
    about: str | None
    visibility: Literal["link", "private"]
    job: JobState | None
    terms: Literal["us", "uk"] | None
    item: str | None
    size: Size | None
    yarn: Yarn | None
    hook: Hook | None
    gauge: str | None
    motif: str | None
    colours: list[Colour]
    palette: str | None
    layout: Layout | None
    verdict: Verdict | None
    pieces: list[Piece]
    notes: list[Note]
    model: ModelName | None
    created_at: datetime
