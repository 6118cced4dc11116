"""Admin: what whoever runs the site does by hand. `./knotty admin`, or `python -m jobs.admin` beside the sweep.

It speaks to the store that the settings name, so it works while the api, the sweep or Redis do not.
"""

from __future__ import annotations

import argparse
import sys
from typing import Any

import redis

from db import records, session
from jobs.queue import Doorbell
from settings import Settings

View = dict[str, Any]


def main(words: list[str], settings: Settings | None = None) -> int:
    """Does what a verb says. Gives the exit code: 1 when something that was named is not there."""
    asked = _parser().parse_args(words)
    settings = settings or Settings.from_env()
    engine = session.bind(settings, connections=1)
    try:
        return int(asked.act(asked, settings))
    except (records.NoSuchJob, records.NoSuchPattern) as missing:
        print(f"There is no {missing}.", file=sys.stderr)
        return 1
    finally:
        engine.dispose()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("./knotty admin", description="For whoever runs the site.")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    stuck = verbs.add_parser("stuck", help="list unfinished jobs of which nothing was heard for a while")
    stuck.add_argument("--seconds", type=float, default=120.0, help="for so long (120)")
    stuck.set_defaults(act=_stuck)
    ring = verbs.add_parser("ring", help="call a worker for them again; who has one of them loses it")
    ring.add_argument("job", nargs="+")
    ring.set_defaults(act=_ring)
    reports = verbs.add_parser("reports", help="list what makers have reported")
    reports.set_defaults(act=_reports)
    for name, act, says in (
        ("take-down", records.take_down, "hide a pattern from everybody"),
        ("put-back", records.put_back, "show it again"),
    ):
        verb = verbs.add_parser(name, help=says)
        verb.add_argument("pattern")
        verb.set_defaults(act=_marking(act))
    return parser


def _stuck(asked: argparse.Namespace, _: Settings) -> int:
    found = records.stuck_jobs(asked.seconds)
    for job in found:
        phase = f" ({job['phase']})" if job["phase"] else ""
        print(f"{job['id']}  {job['status']}{phase}  attempt {job['attempt']}, {job['crashes']} crashes")
        print(f"    nothing since {job['last_event_at']}: {job['why']}")
    if not found:
        print(f"No job has been silent for {asked.seconds:g} seconds.")
    return 0


def _ring(asked: argparse.Namespace, settings: Settings) -> int:
    bell = Doorbell(settings.redis_url)
    for job_id in asked.job:
        ring = records.ring_again(job_id)
        if ring is None:
            print(f"{job_id}  has ended, nothing to ring for")
            continue
        bell.tell(job_id)
        try:
            bell.ring(ring.job_id, ring.attempt)
            records.mark_rung([job_id])
            print(f"{job_id}  rung, attempt {ring.attempt}")
        except redis.RedisError:
            print(f"{job_id}  waits; Redis is away, the sweep will ring when it is back")
    return 0


def _reports(_asked: argparse.Namespace, _settings: Settings) -> int:
    found = records.reported_patterns()
    for pattern in found:
        down = f"  taken down {pattern['taken_down_at']}" if pattern["taken_down_at"] else ""
        print(f"{pattern['id']}  {_line(pattern['title'] or 'without a title')}{down}")
        for report in pattern["reports"]:
            print(f"    {report['created_at']}  {report['row'] or 'the whole'}: {_line(report['says'])}")
            if report["text"]:
                print(f"        {_line(report['text'])}")
    if not found:
        print("Nothing has been reported.")
    return 0


def _marking(act: Any) -> Any:
    def marked(asked: argparse.Namespace, _: Settings) -> int:
        act(asked.pattern)
        print(f"{asked.pattern}  {'taken down' if act is records.take_down else 'put back'}")
        return 0

    return marked


def _line(text: str) -> str:
    """A maker's or a model's words on one line of a terminal, without what could steer it."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
