"""Fill: so many jobs as if makers had asked for them through the last month, written by Postgres itself in one go.

Of four jobs one is a new maker's; one maker, a program, has asked for every twentieth job. Nearly all have ended, and
have their pattern with its rows, their log, ticks on some of it, and every twentieth a webhook that was told. Ids are
as random as real ones, so that an index is as scattered.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
from psycopg import sql

Connection = psycopg.Connection[Any]

PROGRAM = 0  # the number of the maker who has asked for every twentieth job
MAKERS_EVERY, PROGRAM_EVERY, HOOK_EVERY, FAILED_EVERY = 4, 20, 20, 15
ROWS, EVENTS, TICKS = 3, 4, 2

# A number's id: the letters that ids have, as scattered as a hash.
_IDS = """
CREATE OR REPLACE FUNCTION pg_temp.made(prefix text, number bigint) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT prefix || left(translate(md5(prefix || number), '0189', 'wxyz'), 26) $$;
CREATE OR REPLACE FUNCTION pg_temp.maker(number bigint) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT pg_temp.made('mkr_', CASE WHEN number % {program_every} = 0 THEN 0 ELSE 1 + number / {makers_every} END) $$;
CREATE OR REPLACE FUNCTION pg_temp.asked(number bigint) RETURNS timestamptz LANGUAGE sql STABLE AS
$$ SELECT now() - interval '1 hour' - interval '28 days' * ((number * 2654435761 % 1000003)::float / 1000003) $$;
"""
_STEPS = (
    """INSERT INTO makers (id, created_at)
SELECT pg_temp.made('mkr_', n), now() - interval '40 days'
FROM generate_series({first}/{makers_every}, 1 + {last}/{makers_every}) n
ON CONFLICT DO NOTHING""",
    """INSERT INTO devices (id, maker_id, name, token_hash, seen_at)
SELECT pg_temp.made('dev_', n), pg_temp.made('mkr_', n), 'phone', sha256(convert_to('token' || n, 'UTF8')), now()
FROM generate_series({first}/{makers_every}, 1 + {last}/{makers_every}) n ON CONFLICT DO NOTHING""",
    """INSERT INTO patterns (id, maker_id, sheet, head, pieces, verdict, model, created_at, finished_at, checker)
SELECT pg_temp.made('pat_', n), pg_temp.maker(n), repeat('Rnd 1 (A): Ch 4, join to form ring. ', 12),
 '{{"title": "Punk Rock Riot", "item": "blanket", "terms": "us", "notes": [],
   "colours": [{{"letter": "A", "name": "black", "hex": "#111111", "metres": null}}]}}',
 '{{"p1": {{"name": "Square", "kind": "rounds", "make": 12}}}}',
 CASE WHEN n % {failed_every} > 0 THEN 'ok' END, '{{"name": "knotty-mini", "digest": null}}',
 pg_temp.asked(n), pg_temp.asked(n) + interval '9 s', 'judged'
FROM generate_series({first}, {last}) n""",
    """INSERT INTO pattern_rows (pattern_id, key, position, verdict, result, row)
SELECT pg_temp.made('pat_', n), 'p1/r' || r, r - 1, 'ok', 'first',
 ('{{"label": "Rnd 1", "verdict": "ok", "result": "first", "findings": [],
   "text": "Rnd 1 (A): Ch 3 (counts as dc), 2 dc in same sp, ch 1, *3 dc in next sp, ch 1; rep around, join.",
   "key": "p1/r' || r || '"}}')::jsonb
FROM generate_series({first}, {last}) n, generate_series(1, {rows}) r""",
    """INSERT INTO jobs (id, maker_id, pattern_id, status, prompt, options, idempotency_key, request_hash, webhook,
 attempt, last_event, title, rows_written, rows_proven, rows_expected, model, usage, error, created_at, started_at,
 finished_at, counted_at)
SELECT pg_temp.made('job_', n), pg_temp.maker(n), pg_temp.made('pat_', n),
 CASE n % {failed_every} WHEN 0 THEN CASE WHEN n % 2 = 0 THEN 'failed' ELSE 'canceled' END ELSE 'succeeded' END,
 'punk rock blanket', '{{"rounds": 5}}', CASE WHEN n % 3 = 0 THEN 'key' || n END,
 CASE WHEN n % 3 = 0 THEN '\\x00'::bytea END,
 CASE WHEN n % {hook_every} = 0 THEN
  '{{"url": "https://example.org/hook", "events": ["job.succeeded"], "site": ""}}'::jsonb END,
 1, {events}, 'Punk Rock Riot', {rows}, {rows}, {rows}, '{{"name": "knotty-mini", "digest": null}}',
 '{{"prompt_tokens": 41, "output_tokens": 288, "model_seconds": 0.9}}', NULL,
 pg_temp.asked(n), pg_temp.asked(n) + interval '1 s', pg_temp.asked(n) + interval '9 s',
 pg_temp.asked(n) + interval '14 s'
FROM generate_series({first}, {last}) n""",
    """INSERT INTO job_events (job_id, seq, type, at, data)
SELECT pg_temp.made('job_', n), e, CASE e WHEN 1 THEN 'job.queued' WHEN 2 THEN 'job.started' WHEN 3 THEN 'head.written'
  WHEN {events} THEN 'job.succeeded' ELSE 'row.written' END, pg_temp.asked(n) + e * interval '1 s',
 '{{"piece": {{"key": "p1"}}, "row": {{"key": "p1/r1", "result": "first",
   "text": "Rnd 1 (A): Ch 3 (counts as dc), 2 dc in same sp, ch 1, *3 dc in next sp, ch 1; rep around, join."}}}}'
FROM generate_series({first}, {last}) n, generate_series(1, {events}) e""",
    """INSERT INTO progress (maker_id, pattern_id, cell, done, stamp)
SELECT pg_temp.maker(n), pg_temp.made('pat_', n), 'p1#' || c || '/r1', true, '1767268800000-0-k7f2'
FROM generate_series({first}, {last}) n, generate_series(1, {ticks}) c""",
    """INSERT INTO webhook_deliveries (id, maker_id, job_id, type, url, host, body, status, attempt, tries, due_at,
 created_at, ended_at)
SELECT pg_temp.made('whd_', n), pg_temp.maker(n), pg_temp.made('job_', n), 'job.succeeded', 'https://example.org/hook',
 'example.org', repeat('x', 600), 'delivered', 1, 1, pg_temp.asked(n), pg_temp.asked(n) + interval '9 s',
 pg_temp.asked(n) + interval '10 s'
FROM generate_series({first}, {last}) n WHERE n % {hook_every} = 0""",
    """INSERT INTO webhook_attempts (delivery_id, number, host, at, ms, status)
SELECT pg_temp.made('whd_', n), 1, 'example.org', pg_temp.asked(n) + interval '10 s', 40, 200
FROM generate_series({first}, {last}) n WHERE n % {hook_every} = 0""",
)
_NUMBERS = {
    "makers_every": MAKERS_EVERY,
    "program_every": PROGRAM_EVERY,
    "hook_every": HOOK_EVERY,
    "failed_every": FAILED_EVERY,
    "rows": ROWS,
    "events": EVENTS,
    "ticks": TICKS,
}


def fill(connection: Connection, first: int, last: int) -> None:
    """Keeps the jobs with these numbers, counted from 1. As superuser: foreign keys are right by themselves."""
    connection.execute("SET session_replication_role = replica")
    connection.execute("SET synchronous_commit = off")
    for step in (*_IDS.split(";\n"), *_STEPS):
        words = step.format(first=first, last=last, **_NUMBERS)
        if words.strip():
            connection.execute(words)
    connection.execute("RESET session_replication_role")
    connection.execute("RESET synchronous_commit")


def ids(connection: Connection, prefix: str, numbers: list[int]) -> list[str]:
    """What these are called: `job_`, `pat_` or `mkr_`."""
    connection.execute(_IDS.split(";\n")[0].format(**_NUMBERS))
    found = connection.execute("SELECT pg_temp.made(%s, n) FROM unnest(%s::bigint[]) n", [prefix, numbers])
    return [str(name) for (name,) in found]


def whole(connection: Connection, jobs: int, already: int = 0) -> None:
    """So many jobs in all, and Postgres knows how many there are. What lies on disk need not be safe meanwhile."""
    server = ("fsync", "full_page_writes")
    for name in server:
        connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(name)))
    connection.execute("ALTER SYSTEM SET max_wal_size = '8GB'")
    connection.execute("SELECT pg_reload_conf()")
    half = (already + jobs) // 2
    try:
        with psycopg.connect(connection.info.dsn, autocommit=True) as second, ThreadPoolExecutor() as both:
            parts = (connection, already + 1, half), (second, half + 1, jobs)
            list(both.map(lambda part: fill(*part), parts))
        connection.execute("VACUUM ANALYZE")  # else Postgres does it by itself, while somebody measures
        connection.execute("CHECKPOINT")
    finally:
        for name in (*server, "max_wal_size"):
            connection.execute(sql.SQL("ALTER SYSTEM RESET {}").format(sql.Identifier(name)))
        connection.execute("SELECT pg_reload_conf()")
