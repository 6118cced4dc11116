"""The app: settings in, a Flask app out. The only door of the api that reads settings; nobody imports it but servers
and tests.
"""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from api import (
    check,
    credentials,
    devices,
    docs,
    errors,
    events,
    generate,
    headers,
    health,
    intake,
    jobs,
    limits,
    logs,
    makers,
    metrics,
    mine,
    openapi,
    pages,
    patterns,
    progress,
    reports,
    webhooks,
)
from api.waker import Waker
from db import session
from jobs.logs import configure
from jobs.queue import Doorbell
from jobs.receivers import Guard
from settings import Settings

ROOMS = (
    *(jobs, events, patterns, progress, reports, makers, devices, mine, webhooks),
    *(check, generate, health, docs, pages),
)


def create_app(settings: Settings | None = None) -> Flask:
    """The whole API and the page, bound to the store that the settings name."""
    settings = settings or Settings.from_env()
    configure(settings.log_level)
    session.bind(settings)
    # The page's files are served by pages.py; Flask's own static route would answer beside it.
    app = Flask("api", static_folder=None)
    app.config.from_mapping(
        SETTINGS=settings,
        PUBLIC_URL=settings.public_url.rstrip("/"),
        WEB_DIST=_absolute(settings.web_dist),
        MAX_CONTENT_LENGTH=settings.max_body_bytes,
        TRUSTED_HOSTS=[host.strip() for host in settings.trusted_hosts.split(",") if host.strip()] or None,
        PROVIDE_AUTOMATIC_OPTIONS=False,  # no CORS: nobody needs a preflight answered
    )
    app.url_map.converters["id"] = openapi.Identifier
    app.url_map.converters["file"] = pages.FileName
    app.url_map.merge_slashes = False  # an address with two slashes is no address of ours, not a redirect
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions["feed"] = events.Feed(settings)
    app.extensions["guard"] = Guard.of(settings.webhook_allow, settings.public_url, settings.trusted_hosts)
    app.extensions["doorbell"] = bell = Doorbell(settings.redis_url)
    app.extensions["waker"] = Waker(bell)
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    headers.register(app)
    logs.register(app)
    limits.register(app, settings)
    errors.register(app)
    credentials.register(app)
    intake.register(app)
    for room in ROOMS:
        app.register_blueprint(room.bp)
    metrics.register(app, settings)
    return app


def _absolute(folder: str) -> str:
    """Where the built page lies: relative names start at the checkout's root, wherever the server was started."""
    return str(Path(__file__).resolve().parent.parent / folder) if folder else ""
