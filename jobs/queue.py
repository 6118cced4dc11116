"""Queue: the doorbell. Redis carries a job's id and two kinds of wake-up; nothing is kept there that must not be lost.

Whoever finds Redis away goes on: the sweep rings again from Postgres, and readers of the log poll.
"""

from __future__ import annotations

from contextlib import suppress

import redis
from rq import Queue
from rq.exceptions import DuplicateJobError
from rq.serializers import JSONSerializer

NAME = "patterns"
TASK = "jobs.tasks.write_pattern"
WAKE = "knotty:wake"  # a job waits for a worker, or a webhook for its try: the sweep should look
EVENTS = "knotty:events"  # a job's log has grown; the message is its id


class Doorbell:
    """The queue and its bells, on one connection pool."""

    def __init__(self, url: str) -> None:
        # Ringing is a courtesy: a request must not wait for it.
        self.redis = redis.Redis.from_url(url, socket_connect_timeout=0.5, socket_timeout=2)
        # JSON, not pickle: else whoever can write to Redis could run code here.
        self.queue = Queue(NAME, connection=self.redis, serializer=JSONSerializer)

    def wake(self) -> bool:
        """Tells the sweep that something waits. False: Redis is away, the sweep sees it by itself within a second."""
        return self._tell(WAKE, "")

    def tell(self, job_id: str) -> bool:
        """Tells who follows this job that its log has grown."""
        return self._tell(EVENTS, job_id)

    def ring(self, job_id: str, attempt: int) -> None:
        """Calls a worker. The id names the attempt, so that the same ring is never queued twice. Raises RedisError."""
        try:
            self._enqueue(job_id, attempt)
        except DuplicateJobError:
            if f"{job_id}-{attempt}" not in self.queue.get_job_ids():
                # A worker died with it in hand, before it could claim. Two sweeps at once: the other has rung.
                self.forget(job_id, attempt)
                with suppress(DuplicateJobError):
                    self._enqueue(job_id, attempt)

    def _enqueue(self, job_id: str, attempt: int) -> None:
        # No time limit of RQ's own: the lease is the limit. What is done or failed is forgotten at once, because
        # Postgres knows.
        name = f"{job_id}-{attempt}"
        self.queue.enqueue_call(
            TASK, args=(job_id,), job_id=name, timeout=-1, result_ttl=0, failure_ttl=60, unique=True
        )

    def forget(self, job_id: str, attempt: int) -> None:
        """Takes an attempt that lost its lease off Redis's lists. Raises RedisError."""
        job = self.queue.fetch_job(f"{job_id}-{attempt}")
        if job is not None:
            job.delete()

    def _tell(self, channel: str, message: str) -> bool:
        try:
            self.redis.publish(channel, message)
        except redis.RedisError:
            return False
        return True
