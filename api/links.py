"""Links: a record's view becomes an answer: addresses are added, and what only the owner may see is left out."""

from __future__ import annotations

from typing import Any

from flask import current_app, url_for

View = dict[str, Any]

JOBS, PATTERNS = "/api/v1/jobs", "/api/v1/patterns"


def absolute(path: str) -> str:
    """The address under PUBLIC_URL; relative when none is set. Never made from the Host header."""
    return f"{current_app.config['PUBLIC_URL']}{path}"


def page_of(pattern_id: str) -> str:
    """The page of a pattern: its id without `pat_`."""
    return absolute(f"/p/{pattern_id.removeprefix('pat_')}")


def job_json(job: View, reader: str | None) -> View:
    """A job as it is shown to this reader; `metadata` and `webhook` are the owner's alone."""
    pattern_id, here = job["pattern"]["id"], absolute(f"{JOBS}/{job['id']}")
    own = reader is not None and reader == job["maker_id"]
    shown = {name: value for name, value in job.items() if name != "maker_id"}
    return shown | {
        "pattern": job["pattern"] | {"url": page_of(pattern_id)},
        "links": {
            "self": here,
            "events": f"{here}/events",
            "cancel": f"{here}/cancel",
            "pattern": pattern_address(pattern_id),
        },
        "metadata": job["metadata"] if own else {},
        "webhook": job["webhook"] if own else None,
    }


def delivery_json(delivery: View) -> View:
    """A delivery as its maker sees it."""
    return delivery | {
        "links": {
            "self": absolute(url_for("webhooks.show_delivery", delivery_id=delivery["id"])),
            "redeliver": absolute(url_for("webhooks.redeliver", delivery_id=delivery["id"])),
        }
    }


def pattern_address(pattern_id: str) -> str:
    """Where the document is."""
    return absolute(f"{PATTERNS}/{pattern_id}")


def entry_json(entry: View) -> View:
    """A pattern in its maker's list."""
    return entry | {"url": page_of(entry["id"])}


def pattern_json(pattern: View, reader: str | None) -> View:
    """A pattern as it is shown to this reader; whose it is nobody hears but its maker."""
    shown = {name: value for name, value in pattern.items() if name != "maker_id"}
    return shown | {"own": reader is not None and reader == pattern["maker_id"]}
