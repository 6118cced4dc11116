"""Belongings: everything of one maker's, to take away, or to be gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import delete, select, union

from db.models import Delivery, Job, Maker, Pattern, Progress, Report, RowNote
from db.records import jobs, webhooks
from db.records.devices import devices_of
from db.records.errors import NotFound
from db.records.merging import hold_maker
from db.records.patterns import document
from db.records.progress import progress
from db.records.reports import view as shown_report
from db.session import Session

View = dict[str, Any]


def belongings(maker_id: str) -> Iterator[tuple[str, Iterator[View]]]:
    """Everything of a maker's, by kind, one at a time: who takes it slowly holds no transaction open.

    Left out is what lets somebody in or signs (tokens, codes, secrets), and what the maker has deleted.
    """
    yield "devices", iter(devices_of(maker_id))
    yield "patterns", _patterns(maker_id)
    yield "jobs", _jobs(maker_id)
    yield "progress", _progress(maker_id)
    yield "reports", _reports(maker_id)
    yield "webhook_endpoints", iter(webhooks.endpoints(maker_id))
    yield "deliveries", _deliveries(maker_id)


def forget_maker(maker_id: str) -> None:
    """Deletes a maker and all that is theirs: a job that is being written stops, a message still owed is not sent."""
    with Session.begin() as session:
        hold_maker(session, maker_id)
        session.execute(delete(Maker).where(Maker.id == maker_id))


def _patterns(maker_id: str) -> Iterator[View]:
    for pattern_id in _all(select(Pattern.id).where(Pattern.maker_id == maker_id, Pattern.deleted_at.is_(None))):
        with Session() as session:
            found = session.get(Pattern, pattern_id)
            shown = document(session, found) if found is not None and found.deleted_at is None else None
        if shown is not None:
            yield shown


def _jobs(maker_id: str) -> Iterator[View]:
    kept = select(Job.id).join(Pattern, Pattern.id == Job.pattern_id)
    for job_id in _all(kept.where(Job.maker_id == maker_id, Pattern.deleted_at.is_(None))):
        with Session() as session:
            found = session.get(Job, job_id)
            shown = jobs.view(session, found) if found else None
        if shown is not None:
            yield shown | {"events": jobs.events(job_id)}


def _progress(maker_id: str) -> Iterator[View]:
    ticked = select(Progress.pattern_id).where(Progress.maker_id == maker_id)
    noted = select(RowNote.pattern_id).where(RowNote.maker_id == maker_id)
    for pattern_id in _all(union(ticked, noted)):
        yield {"pattern_id": pattern_id, **progress(maker_id, pattern_id)}


def _reports(maker_id: str) -> Iterator[View]:
    with Session() as session:
        found = session.scalars(select(Report).where(Report.maker_id == maker_id).order_by(Report.created_at)).all()
    return ({"pattern_id": each.pattern_id, **shown_report(each)} for each in found)


def _deliveries(maker_id: str) -> Iterator[View]:
    for delivery_id in _all(select(Delivery.id).where(Delivery.maker_id == maker_id)):
        try:
            yield webhooks.delivery(delivery_id, maker_id)
        except NotFound:  # forgotten meanwhile
            continue


def _all(wanted: Any) -> list[str]:
    with Session() as session:
        return list(session.scalars(wanted))
