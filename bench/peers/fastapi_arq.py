"""The least that FastAPI and arq need to take a wish, keep it, call a worker and tell how it is."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import arq
import asyncpg
from arq.connections import RedisSettings
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field


@asynccontextmanager
async def _stores(app: FastAPI) -> AsyncIterator[None]:
    app.state.queue = await arq.create_pool(RedisSettings(unix_socket_path=os.environ["VALKEY_SOCKET"]))
    async with asyncpg.create_pool(os.environ["POSTGRES"], min_size=1, max_size=int(os.environ["POOL"])) as pool:
        app.state.pool = pool
        yield


app = FastAPI(lifespan=_stores)


class Wish(BaseModel):
    """What is asked for."""

    prompt: str = Field(min_length=1, max_length=500)


@app.post("/jobs", status_code=202)
async def create_job(wish: Wish) -> dict[str, Any]:
    """Keep it, then call a worker."""
    job_id = f"job_{uuid4().hex}"
    created = await app.state.pool.fetchval(
        "INSERT INTO jobs (id, status, prompt) VALUES ($1, 'queued', $2) RETURNING created_at", job_id, wish.prompt
    )
    await app.state.queue.enqueue_job("write_pattern", job_id, _job_id=job_id)
    return {"id": job_id, "status": "queued", "prompt": wish.prompt, "created_at": created}


@app.get("/jobs/{job_id}")
async def show_job(job_id: str) -> dict[str, Any]:
    """How it is."""
    row = await app.state.pool.fetchrow("SELECT id, status, prompt, created_at FROM jobs WHERE id = $1", job_id)
    if row is None:
        raise HTTPException(404)
    return dict(row)
