"""Models: the tables. A job is an operation, a pattern its result, progress one maker's ticks on one pattern."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, cast

from sqlalchemy import DateTime, ForeignKey, Index, LargeBinary, MetaData, Table, Text, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Json = dict[str, Any]


class Base(DeclarativeBase):
    """Every table. Constraints have names, so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        Json: JSONB,
        datetime: DateTime(timezone=True),
        bytes: LargeBinary,
    }


class Maker(Base):
    """Somebody who makes things: anonymous, known by the tokens of their devices."""

    __tablename__ = "makers"

    id: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Device(Base):
    """One browser or program of a maker. Its token is kept as a SHA-256 only; `seen_at` is right to the hour."""

    __tablename__ = "devices"

    id: Mapped[str] = mapped_column(primary_key=True)
    maker_id: Mapped[str] = mapped_column(ForeignKey("makers.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(server_default="")
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    seen_at: Mapped[datetime] = mapped_column(server_default=func.now())
    revoked_at: Mapped[datetime | None]


class DeviceLink(Base):
    """What lets one more device in: one of each kind a maker. `link` is for now, `recovery` is printed and kept.

    Of the code and the secret only hashes are kept. `locator` is the first half of a link's short code: a wrong second
    half is counted against the link it was tried on.
    """

    __tablename__ = "device_links"
    __table_args__ = (
        Index("ix_device_links_expires_at", "expires_at", postgresql_where=text("expires_at IS NOT NULL")),
    )

    maker_id: Mapped[str] = mapped_column(ForeignKey("makers.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    device_id: Mapped[str] = mapped_column(ForeignKey("devices.id", ondelete="CASCADE"), index=True)
    locator: Mapped[str | None] = mapped_column(unique=True)
    code_hash: Mapped[bytes] = mapped_column(unique=True)
    secret_hash: Mapped[bytes | None] = mapped_column(unique=True)
    tries: Mapped[int] = mapped_column(server_default="0")
    created_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    expires_at: Mapped[datetime | None]


class Pattern(Base):
    """What a job writes. Its id is minted with the job, so that its page exists from the first second.

    `sheet` is the accepted text as the model wrote it: a later attempt goes on from there. `head` and `pieces` are
    what the page shows of it; `pieces` maps a piece's key to its name, kind and how many to make. `edits` are what its
    maker has changed of the head: {title, colours: {letter: {name, hex}}}; they hold whatever a later attempt writes.
    """

    __tablename__ = "patterns"
    __table_args__ = (
        Index("ix_patterns_checker", "checker", postgresql_where=text("verdict IS NOT NULL AND deleted_at IS NULL")),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    maker_id: Mapped[str] = mapped_column(ForeignKey("makers.id", ondelete="CASCADE"), index=True)
    visibility: Mapped[str] = mapped_column(server_default="link")
    sheet: Mapped[str] = mapped_column(server_default="")
    head: Mapped[Json | None]
    pieces: Mapped[Json] = mapped_column(server_default=text("'{}'::jsonb"))
    edits: Mapped[Json] = mapped_column(server_default=text("'{}'::jsonb"))
    verdict: Mapped[str | None]
    model: Mapped[Json | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    checker: Mapped[str] = mapped_column(server_default="")  # the compiler that has judged it since it was finished
    finished_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    taken_down_at: Mapped[datetime | None]


class PatternRow(Base):
    """One accepted row. `row` is the checker's report of it, and how it came; the page shows it as it is."""

    __tablename__ = "pattern_rows"

    pattern_id: Mapped[str] = mapped_column(ForeignKey("patterns.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    verdict: Mapped[str]
    result: Mapped[str]
    row: Mapped[Json]


class Job(Base):
    """An operation: queued -> running -> succeeded | failed | canceled. `attempt` only rises; it fences every write.

    `rows_kept` are those that an earlier job of the same pattern left; `rows_written` counts them too.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        Index("ix_jobs_mine", "maker_id", text("created_at DESC"), text("id DESC")),
        Index("ix_jobs_queued", "created_at", postgresql_where=text("status = 'queued'")),
        Index("ix_jobs_running", "lease_until", postgresql_where=text("status = 'running'")),
        Index("ix_jobs_succeeded", "finished_at", postgresql_where=text("status = 'succeeded'")),
        Index(
            "ix_jobs_uncounted",
            "finished_at",
            postgresql_where=text("finished_at IS NOT NULL AND counted_at IS NULL"),
        ),
        Index("ix_jobs_finished", "finished_at", postgresql_where=text("finished_at IS NOT NULL")),
        Index(
            "ix_jobs_idempotency_key",
            "maker_id",
            "idempotency_key",
            unique=True,
            postgresql_where=text("idempotency_key IS NOT NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    maker_id: Mapped[str] = mapped_column(ForeignKey("makers.id", ondelete="CASCADE"))
    pattern_id: Mapped[str] = mapped_column(ForeignKey("patterns.id", ondelete="CASCADE"), index=True)
    status: Mapped[str] = mapped_column(server_default="queued")
    phase: Mapped[str | None]
    prompt: Mapped[str]
    options: Mapped[Json]
    notes: Mapped[Json] = mapped_column("metadata", server_default=text("'{}'::jsonb"))
    idempotency_key: Mapped[str | None]
    request_hash: Mapped[bytes | None]
    webhook: Mapped[Json | None]
    attempt: Mapped[int] = mapped_column(server_default="0")
    crashes: Mapped[int] = mapped_column(server_default="0")
    lease_until: Mapped[datetime | None]
    rung_at: Mapped[datetime | None]
    last_event: Mapped[int] = mapped_column(server_default="0")
    title: Mapped[str | None]
    rows_kept: Mapped[int] = mapped_column(server_default="0")
    rows_written: Mapped[int] = mapped_column(server_default="0")
    rows_proven: Mapped[int] = mapped_column(server_default="0")
    rows_expected: Mapped[int | None]
    model: Mapped[Json | None]
    usage: Mapped[Json | None]
    error: Mapped[Json | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    counted_at: Mapped[datetime | None]  # by the metrics, each job once


class Event(Base):
    """A job's log: numbered without a gap, written in the commit of what it tells."""

    __tablename__ = "job_events"

    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    data: Mapped[Json]


class Progress(Base):
    """One register: whether a cell is done, and the stamp that said so. The greater stamp wins."""

    __tablename__ = "progress"

    maker_id: Mapped[str] = mapped_column(ForeignKey("makers.id", ondelete="CASCADE"), primary_key=True)
    pattern_id: Mapped[str] = mapped_column(ForeignKey("patterns.id", ondelete="CASCADE"), primary_key=True, index=True)
    cell: Mapped[str] = mapped_column(primary_key=True)
    done: Mapped[bool]
    stamp: Mapped[str]


class RowNote(Base):
    """One register: what a maker has noted at a row, and the stamp that said so. No text: it was taken away."""

    __tablename__ = "row_notes"

    maker_id: Mapped[str] = mapped_column(ForeignKey("makers.id", ondelete="CASCADE"), primary_key=True)
    pattern_id: Mapped[str] = mapped_column(ForeignKey("patterns.id", ondelete="CASCADE"), primary_key=True, index=True)
    cell: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    stamp: Mapped[str]


class ProgressClamp(Base):
    """A tick or note from a clock that ran ahead, and the stamp it got instead, so that a replay gets the same one."""

    __tablename__ = "progress_clamps"

    maker_id: Mapped[str] = mapped_column(ForeignKey("makers.id", ondelete="CASCADE"), primary_key=True)
    pattern_id: Mapped[str] = mapped_column(ForeignKey("patterns.id", ondelete="CASCADE"), primary_key=True, index=True)
    op_id: Mapped[str] = mapped_column(primary_key=True)
    stamp: Mapped[str]


class Creations(Base):
    """How many jobs one address has asked for since its window began. The address is a keyed hash, kept a day."""

    __tablename__ = "creations"

    address: Mapped[bytes] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(index=True)
    count: Mapped[int]


class ServerKey(Base):
    """A random key that all processes share: for what is given out and must come back unchanged, or kept unreadable."""

    __tablename__ = "server_keys"

    name: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[bytes]


class WebhookSecret(Base):
    """What a maker's webhooks are signed with. Kept as it is: a signature cannot be made from a hash.

    The one without an end is the current one; after a rotation the one before signs too until it expires.
    """

    __tablename__ = "webhook_secrets"
    __table_args__ = (
        Index("ix_webhook_secrets_current", "maker_id", unique=True, postgresql_where=text("expires_at IS NULL")),
        Index("ix_webhook_secrets_expires_at", "expires_at", postgresql_where=text("expires_at IS NOT NULL")),
    )

    maker_id: Mapped[str] = mapped_column(ForeignKey("makers.id", ondelete="CASCADE"), primary_key=True)
    secret: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    expires_at: Mapped[datetime | None]


class WebhookEndpoint(Base):
    """A URL of a maker's that fails: since when, and whether we have given it up. One that answers has no row."""

    __tablename__ = "webhook_endpoints"

    maker_id: Mapped[str] = mapped_column(ForeignKey("makers.id", ondelete="CASCADE"), primary_key=True)
    url: Mapped[str] = mapped_column(primary_key=True)
    failing_since: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    disabled_at: Mapped[datetime | None]
    reason: Mapped[str | None]


class Delivery(Base):
    """One message for one receiver: pending -> delivered | failed. Its id and body are the same at every try.

    `due_at` is when the next try is due; while one is under way it is when that one is given up for lost. `attempt`
    only rises and fences what is written; `tries` counts those since it was last begun anew.
    """

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        Index("ix_webhook_deliveries_due", "due_at", postgresql_where=text("status = 'pending'")),
        Index("ix_webhook_deliveries_ended", "ended_at", postgresql_where=text("ended_at IS NOT NULL")),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    maker_id: Mapped[str] = mapped_column(ForeignKey("makers.id", ondelete="CASCADE"), index=True)
    job_id: Mapped[str | None] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), index=True)
    type: Mapped[str]
    url: Mapped[str]
    host: Mapped[str]
    body: Mapped[str]
    status: Mapped[str] = mapped_column(server_default="pending")
    reason: Mapped[str | None]
    attempt: Mapped[int] = mapped_column(server_default="0")
    tries: Mapped[int] = mapped_column(server_default="0")
    due_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    created_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    ended_at: Mapped[datetime | None]


class DeliveryAttempt(Base):
    """One try: what was answered, how long it took, how the answer began. Without `ms` it is under way, or was lost."""

    __tablename__ = "webhook_attempts"
    __table_args__ = (Index("ix_webhook_attempts_recent", "at"),)

    delivery_id: Mapped[str] = mapped_column(ForeignKey("webhook_deliveries.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    host: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    ms: Mapped[int | None]
    status: Mapped[int | None]
    error: Mapped[str | None]
    reply: Mapped[str | None]


class Report(Base):
    """What a maker says is wrong with a row, or with the whole pattern (no key); `text` is the row as it then was."""

    __tablename__ = "reports"

    pattern_id: Mapped[str] = mapped_column(ForeignKey("patterns.id", ondelete="CASCADE"), primary_key=True)
    maker_id: Mapped[str] = mapped_column(ForeignKey("makers.id", ondelete="CASCADE"), primary_key=True, index=True)
    row_key: Mapped[str] = mapped_column(primary_key=True)
    says: Mapped[str]
    text: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


def table(model: type[Base]) -> Table:
    """A model's table by itself, for statements on the hot paths: rows come back as they are, no objects are made."""
    return cast(Table, model.__table__)
