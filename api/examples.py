"""Examples: one of each kind of answer, as it comes, for the OpenAPI document; the tests hold them to their shapes."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from api import answers, documents, messages, takeaway
from crochet import work

Example = dict[str, Any]

TEXT = "Rnd 1 (A): Ch 4, join to form ring. Ch 3 (counts as dc), 11 dc in ring, join. (12 dc)"
SHEET = f"""\
Title: Punk Rock Riot
Item: blanket
A: black #111111
Terms: US
Layout: 3 rows of 4, one kind

Piece: Square, make 12
{TEXT}
"""
CHART = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120"><title>Punk Rock Riot</title></svg>'

_AT, _LATER = "2026-01-01T12:00:00.000Z", "2026-01-01T12:00:04.200Z"
_SOON = "2026-01-01T12:05:00.000Z"
_JOB, _PATTERN = "job_k7f2m4q6s2u4w6y2a4c6e2g4i6", "pat_b3d5f7h2j4l6n2p4r6t2v4x6z2"
_DEVICE, _DELIVERY = "dev_c4e6g2i4k6m2o4q6s2u4w6y2a4", "whd_d5f7h3j5l7n3p5r7t3v5x7z3b5"
_MAKER, _TOKEN = "mkr_e6g2i4k6m2o4q6s2u4w6y2a4c6", "kn_N2Qx0mYc1Zt8vJ4wKpE6sRbHfGuLdAoXyTqWiMnV7zU"
_HOOK = "https://example.org/hook"
_COLOURS = [{"letter": "A", "name": "black", "hex": "#111111", "metres": [300, 560], "written": None}]
_WISH = {"prompt": "punk rock blanket", "options": {"rounds": 1}}
_LINKS = {
    "self": f"/api/v1/jobs/{_JOB}",
    "events": f"/api/v1/jobs/{_JOB}/events",
    "cancel": f"/api/v1/jobs/{_JOB}/cancel",
    "pattern": f"/api/v1/patterns/{_PATTERN}",
}
_MODEL = {"name": "knotty-mini", "digest": "5d2f8c1e"}

_REPORT = work.check(TEXT, "us")
_CHECKED = _REPORT["pieces"][0]["rows"][0]
_ROW = _CHECKED | {"key": "p1/r1", "result": "first"}
_PIECE = {"key": "p1", "name": "Square", "make": 12, "kind": "rounds"}

_QUEUED: Example = {
    "id": _JOB,
    "status": "queued",
    "phase": None,
    "attempt": 0,
    "version": 1,
    "created_at": _AT,
    "started_at": None,
    "finished_at": None,
    **_WISH,
    "progress": {
        "queue_position": 0,
        "seconds_left": 4.2,
        "rows_written": 0,
        "rows_proven": 0,
        "rows_expected": None,
    },
    "pattern": {"id": _PATTERN, "url": f"/p/{_PATTERN.removeprefix('pat_')}", "title": None},
    "model": None,
    "usage": None,
    "error": None,
    "metadata": {"order": "A-113"},
    "links": _LINKS,
    "webhook": {"url": _HOOK, "events": ["job.succeeded", "job.failed"]},
}
_WRITTEN: Example = _QUEUED | {
    "status": "succeeded",
    "attempt": 1,
    "version": 5,
    "started_at": _AT,
    "finished_at": _LATER,
    "progress": {
        "queue_position": None,
        "seconds_left": None,
        "rows_written": 1,
        "rows_proven": 1,
        "rows_expected": 1,
    },
    "pattern": _QUEUED["pattern"] | {"title": "Punk Rock Riot"},
    "model": _MODEL,
    "usage": {"prompt_tokens": 41, "output_tokens": 288, "model_seconds": 0.9},
}
_EVENT: Example = {"id": 4, "type": "row.written", "at": _LATER, "data": {"row": _ROW, "piece": _PIECE}}
_DOCUMENT: Example = {
    "id": _PATTERN,
    "own": True,
    "title": "Punk Rock Riot",
    "about": "Dark in the middle, one loud edge.",
    "visibility": "link",
    "job": {"id": _JOB, "status": "succeeded"},
    "terms": "us",
    "item": "blanket",
    "size": {"width_in": 48, "height_in": 60},
    "yarn": {"weight": "worsted"},
    "hook": {"mm": 5},
    "gauge": "12 dc = 4 in",
    "motif": None,
    "colours": _COLOURS,
    "palette": "punk rock",
    "layout": {"rows": 3, "columns": 4, "plan": "one kind"},
    "verdict": "ok",
    "pieces": [_PIECE | {"rows": [_ROW]}],
    "notes": [{"code": "palette-our-pick", "text": "You named no colours, so these are our pick."}],
    "model": _MODEL,
    "created_at": _AT,
}
_ENTRY: Example = {
    **{name: _DOCUMENT[name] for name in ("id", "title", "item", "colours", "visibility", "verdict", "job")},
    "url": _QUEUED["pattern"]["url"],
    "own": True,
    "prompt": _WISH["prompt"],
    "progress": {"done": 7, "of": 12},
    "created_at": _AT,
    "worked_at": _LATER,
}
_OF_DEVICE: Example = {"id": _DEVICE, "name": "phone", "created_at": _AT, "seen_at": _AT, "current": True}
_CELLS = {"p1#17/r3": {"done": True, "stamp": "1767268800000-0-k7f2"}}
_NOTES = {"p1/r3": {"text": "5 mm hook from here on", "stamp": "1767268800000-0-k7f2"}}
_WRONG: Example = {"row": "p1/r1", "says": "The corner has three chains, not two.", "text": TEXT, "created_at": _AT}
_SENT: Example = {
    "id": _DELIVERY,
    "job_id": _JOB,
    "type": "job.succeeded",
    "url": _HOOK,
    "status": "delivered",
    "reason": None,
    "created_at": _LATER,
    "ended_at": _LATER,
    "next_try_at": None,
    "attempts": [{"number": 1, "at": _LATER, "ms": 84, "status": 204, "error": None, "reply": ""}],
    "links": {
        "self": f"/api/v1/deliveries/{_DELIVERY}",
        "redeliver": f"/api/v1/deliveries/{_DELIVERY}/redeliver",
    },
}
_FAILING: Example = {"url": _HOOK, "failing_since": _AT, "disabled_at": None, "reason": None}

# Of what has no shape of its own.
FORMS: dict[str, Any] = {
    "application/json": {"openapi": "3.1.0", "info": {"title": "Knotty AI", "version": "1"}},
    "text/plain": SHEET,
    "image/svg+xml": CHART,
}
EXAMPLES: dict[type[BaseModel], Example] = {
    answers.NewJob: _QUEUED | {"maker_token": _TOKEN},
    answers.Job: _WRITTEN,
    answers.JobList: {"data": [_WRITTEN], "next_cursor": None},
    answers.StreamedEvent: {"id": "4", "event": "row.written", "data": json.dumps(_EVENT)},
    answers.EventList: {"data": [_EVENT]},
    answers.Progress: {"cells": _CELLS, "notes": _NOTES},
    answers.Merged: {
        "applied": [{"id": "1", "stamp": "1767268800000-0-k7f2"}],
        "superseded": [],
        "refused": [{"id": "2", "code": "unknown-cell", "detail": "This pattern has no such row."}],
        "cells": _CELLS,
    },
    answers.MergedNotes: {
        "applied": [{"id": "3", "stamp": "1767268800000-0-k7f2"}],
        "superseded": [],
        "refused": [],
        "notes": _NOTES,
    },
    answers.Maker: {"id": _MAKER, "token": _TOKEN},
    answers.Known: {"id": _MAKER},
    answers.DeviceList: {"data": [_OF_DEVICE], "recovery": {"created_at": _AT}},
    answers.Link: {
        "code": "BCDF-GHJK",
        "url": "/link#Zt8vJ4wKpE6sRbHfGuLdAo",
        "expires_at": "2026-01-01T12:05:00.000Z",
    },
    answers.Recovery: {"code": "BCDF-GHJK-LMNP-QRST-VWXZ", "created_at": _AT},
    answers.Redeemed: {"id": _MAKER, "token": _TOKEN, "device_id": _DEVICE},
    answers.RowReport: _WRONG,
    answers.RowReportList: {"data": [_WRONG]},
    answers.Alive: {"status": "ok"},
    answers.Ready: {"status": "ok", "postgres": "ok", "redis": "ok"},
    documents.Report: _REPORT,
    documents.Pattern: _DOCUMENT,
    documents.PatternList: {"data": [_ENTRY], "next_cursor": None},
    messages.WebhookSecret: {"secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", "created_at": _AT, "retiring": []},
    messages.Delivery: _SENT,
    messages.DeliveryList: {"data": [_SENT]},
    messages.WebhookEndpointList: {"data": [_FAILING]},
    messages.JobEnded: {
        "type": "job.succeeded",
        "timestamp": _LATER,
        "data": {name: value for name, value in _WRITTEN.items() if name != "webhook"} | {"metadata_omitted": False},
    },
    messages.TestMessage: {
        "type": "webhook.test",
        "timestamp": _AT,
        "data": {"message": "This is a test. Nothing has happened."},
    },
    takeaway.Export: {
        "id": _MAKER,
        "devices": [_OF_DEVICE],
        "patterns": [_DOCUMENT],
        "jobs": [_WRITTEN | {"events": [_EVENT]}],
        "progress": [{"pattern_id": _PATTERN, "cells": _CELLS, "notes": _NOTES}],
        "reports": [_WRONG | {"pattern_id": _PATTERN}],
        "webhook_endpoints": [_FAILING],
        "deliveries": [_SENT],
    },
}
