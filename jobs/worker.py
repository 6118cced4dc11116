"""Worker: one process, one model slot. Rung by RQ, it writes one pattern at a time.

`python -m jobs.worker`, not the `rq` command: that one puts the checkout last on the path and may find a foreign
`jobs`. No fork a job: it costs 20 ms and shares sockets.
"""

from __future__ import annotations

import logging
import os
import socket
from types import FrameType

import redis
import structlog
from rq import SimpleWorker
from rq.serializers import JSONSerializer

from db import session
from jobs import logs, tasks
from jobs.queue import NAME
from settings import Settings

log = structlog.get_logger()


class PatternWorker(SimpleWorker):
    """RQ's worker, which tells the job in hand when it is to stop, so that it can be handed back."""

    desk: tasks.Desk
    max_connection_wait_time = 2.0  # seconds; RQ's own minute would let a job wait that long after Redis is back

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """The first signal: hand back what is in hand, then end."""
        self.desk.stopping.set()
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]

    def request_force_stop(self, signum: int, frame: FrameType | None) -> None:
        """A second signal changes nothing: RQ would orphan the job, ours is on its way back within a row."""


def main() -> int:
    """Works until told to stop (0), or until Redis goes away (1): whoever supervises it starts it anew."""
    settings = Settings.from_env()
    logs.configure(settings.log_level)
    logging.getLogger("rq").setLevel(logging.WARNING)
    engine = session.bind(settings, connections=settings.worker_connections)
    desk = tasks.Desk(settings)
    tasks.sit(desk)
    PatternWorker.desk = desk
    connection = redis.Redis.from_url(settings.redis_url)
    name = f"{socket.gethostname()}-{os.getpid()}-{os.urandom(3).hex()}"
    log.info("worker started", pid=os.getpid())
    try:
        worker = PatternWorker(
            [NAME],
            name=name,
            connection=connection,
            serializer=JSONSerializer,
            default_result_ttl=0,
            # It listens 15 seconds less than this at a time, and gives up on a Redis that says nothing 10 seconds
            # later. RQ's own seven minutes would leave it deaf for so long behind a line that went dead unnoticed.
            worker_ttl=15 + max(1, round(settings.ring_again_seconds)),
        )
        worker.work(logging_level="WARNING")
    except redis.RedisError as error:
        log.warning("redis away", error=type(error).__name__)
        return 1
    finally:
        engine.dispose()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
