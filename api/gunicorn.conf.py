"""gunicorn: how the api is served. Threads, because streams and waits hold one each; gevent measured slower."""

import json
import os
import resource
import secrets
import shutil
import tempfile
from pathlib import Path
from typing import Any

import gunicorn.glogging
import gunicorn.util

from api.headers import BY_KIND, EVERY
from jobs.logs import JsonLines

# A thousand connections, and what else is open: more than the usual 1024.
_soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
_wanted = 4096 if _hard == resource.RLIM_INFINITY else min(4096, _hard)
if _soft != resource.RLIM_INFINITY and _soft < _wanted:
    resource.setrlimit(resource.RLIMIT_NOFILE, (_wanted, _hard))

_at = os.environ.get("BIND", "127.0.0.1")  # an address, or an address with a port
bind = _at if ":" in _at else f"{_at}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
worker_class = "api.arrivals.ArrivalWorker"
threads = int(os.environ.get("WEB_THREADS", "128"))
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # a heartbeat must not wait for a disk
timeout = 60
graceful_timeout = 5  # it waits this long for an open stream; the client resumes where it was
keepalive = 15
limit_request_line = 8190
limit_request_fields = 64
limit_request_field_size = 8190
control_socket_disable = True  # nobody steers it but by signals
accesslog = None  # api/logs.py writes one JSON line a request
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL", "info").lower()

# Before prometheus_client is imported: that is when it decides whether several processes share their counts.
_counts = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
_folder = Path(_counts) if _counts else Path(tempfile.mkdtemp(prefix="knotty-metrics-"))
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(_folder)


class Log(gunicorn.glogging.Logger):  # type: ignore[misc]  # gunicorn is untyped
    """gunicorn's own lines as ours: JSON, and nothing of what a client has sent."""

    def setup(self, cfg: Any) -> None:
        """Sets it up, then the form."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonLines())


logger_class = Log


def pre_request(_worker: Any, request: Any) -> None:
    """Lets intake end a connection whose body it will not read; an application has no other way to say so."""
    request.body.force_close = request.force_close


def _write_problem(client: Any, status: int, reason: str, _message: str) -> None:
    """What gunicorn refuses by itself, before the app sees it, is a problem too and not a page of HTML."""
    slug = {414: "uri-too-long", 431: "headers-too-large", 500: "internal"}.get(status, "bad-request")
    request_id = secrets.token_hex(8)
    told = {"type": f"/problems/{slug}", "title": reason, "status": status, "detail": reason, "request_id": request_id}
    body = json.dumps(told)
    head = (
        f"HTTP/1.1 {status} {reason}",
        "Connection: close",
        "Content-Type: application/problem+json",
        f"X-Request-Id: {request_id}",
        *(f"{name}: {value}" for name, value in (EVERY | BY_KIND["api"]).items()),
        f"Content-Length: {len(body)}",
    )
    gunicorn.util.write_nonblock(client, "\r\n".join((*head, "", body)).encode())


# The one place it calls for all of them; there is no setting for it.
gunicorn.util.write_error = _write_problem


def on_starting(_server: Any) -> None:
    """Counts of a run that is over would be counted again."""
    _folder.mkdir(parents=True, exist_ok=True)
    for left in _folder.glob("*.db"):
        left.unlink(missing_ok=True)


def when_ready(_server: Any) -> None:
    """/metrics has a port of its own, which nobody outside reaches."""
    port = int(os.environ.get("METRICS_PORT", "0"))
    if port:
        from prometheus_flask_exporter.multiprocess import GunicornPrometheusMetrics

        GunicornPrometheusMetrics.start_http_server_when_ready(port, host=os.environ.get("METRICS_HOST", "127.0.0.1"))


def child_exit(_server: Any, worker: Any) -> None:
    """Its gauges no longer count."""
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)


def on_exit(_server: Any) -> None:
    """Leaves nothing behind that this run made."""
    if not _counts:
        shutil.rmtree(_folder, ignore_errors=True)
