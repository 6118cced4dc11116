"""The least that Flask and RQ need to take a wish, keep it, call a worker and tell how it is."""

from __future__ import annotations

import os
from typing import Any
from uuid import uuid4

import redis
from flask import Flask, abort, request
from rq import Queue
from sqlalchemy import create_engine, text

KEEP = text("INSERT INTO jobs (id, status, prompt) VALUES (:id, 'queued', :prompt) RETURNING created_at")
FIND = text("SELECT id, status, prompt, created_at FROM jobs WHERE id = :id")

app = Flask(__name__)
engine = create_engine(
    os.environ["POSTGRES"], pool_size=int(os.environ["POOL"]), max_overflow=0, isolation_level="AUTOCOMMIT"
)
queue = Queue("peers", connection=redis.Redis(unix_socket_path=os.environ["VALKEY_SOCKET"]))


@app.post("/jobs")
def create_job() -> tuple[dict[str, Any], int]:
    """Keep it, then call a worker."""
    prompt = (request.json or {}).get("prompt")
    if not isinstance(prompt, str) or not 1 <= len(prompt) <= 500:
        abort(422)
    job_id = f"job_{uuid4().hex}"
    with engine.begin() as connection:
        created = connection.execute(KEEP, {"id": job_id, "prompt": prompt}).scalar_one()
    queue.enqueue("tasks.write_pattern", job_id, job_id=job_id)
    return {"id": job_id, "status": "queued", "prompt": prompt, "created_at": created}, 202


@app.get("/jobs/<job_id>")
def show_job(job_id: str) -> dict[str, Any]:
    """How it is."""
    with engine.connect() as connection:
        row = connection.execute(FIND, {"id": job_id}).mappings().one_or_none()
    return dict(row) if row else abort(404)
