"""Edits: what a maker may change of their own pattern: its title, its yarns, who may see it, and whether it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import delete, func, null, select, update

from db.models import Event, Job, Pattern, PatternRow, Progress, ProgressClamp, Report, RowNote
from db.records.errors import NoSuchColour, Stale
from db.records.jobs import UNFINISHED, end_canceled
from db.records.patterns import document
from db.records.quotas import lock_maker
from db.records.sight import own, seen
from db.session import Session

View = dict[str, Any]


def edit_pattern(pattern_id: str, maker_id: str, known: Callable[[View], bool], changes: View) -> View:
    """Changes {title, visibility, colours: {letter: {name, hex}}}, those that are there; gives the pattern after it.

    `known` says whether the pattern as it is now is the one that the maker has seen; of two who change the same one
    the second hears Stale. Raises NoSuchPattern when it is not this maker's, Gone, TakenDown, NoSuchColour.
    """
    with Session.begin() as session:
        found = seen(own(session.get(Pattern, pattern_id, with_for_update={"key_share": True}), maker_id), maker_id)
        shown = document(session, found)
        if not known(shown):
            raise Stale(pattern_id)
        colours = changes.get("colours", {})
        if strange := set(colours) - {colour["letter"] for colour in shown["colours"]}:
            raise NoSuchColour(min(strange))
        edits = dict(found.edits)
        if "title" in changes:
            edits["title"] = changes["title"]
        if colours:
            edits["colours"] = edits.get("colours", {}) | colours
        found.edits = edits
        found.visibility = changes.get("visibility", found.visibility)
        session.flush()
        return document(session, found)


def delete_pattern(pattern_id: str, maker_id: str) -> list[str]:
    """Deletes a pattern with all that was written and ticked of it, and ends its job: gives the ids of those ended.

    What stays is that it was there. Raises NoSuchPattern when it is not this maker's, Gone.
    """
    with Session.begin() as session:
        lock_maker(session, maker_id)  # nobody opens a job on it, or deletes it, meanwhile
        own(session.get(Pattern, pattern_id), maker_id)
        # Jobs before the pattern: so lock those who write it.
        mine = select(Job.id).where(Job.pattern_id == pattern_id).order_by(Job.id)
        job_ids = session.scalars(mine.with_for_update()).all()
        unfinished = session.scalars(select(Job.id).where(Job.pattern_id == pattern_id, Job.status.in_(UNFINISHED)))
        ended = list(unfinished)
        for job_id in ended:
            end_canceled(session, Job.id == job_id)
        session.flush()
        for table in (PatternRow, Progress, RowNote, ProgressClamp, Report):
            session.execute(delete(table).where(table.pattern_id == pattern_id))
        # Who follows the job is still told its end.
        session.execute(delete(Event).where(Event.job_id.in_(job_ids), Event.type != "job.canceled"))
        session.execute(update(Job).where(Job.id.in_(job_ids)).values(prompt="", options={}, notes={}, title=None))
        session.execute(
            update(Pattern)
            .where(Pattern.id == pattern_id)
            .values(sheet="", head=null(), pieces={}, edits={}, verdict=None, model=null(), deleted_at=func.now())
        )
        return ended
