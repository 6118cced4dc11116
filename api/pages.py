"""Pages: the built page and its files. The API decides what a pattern's page says; here the shell is enough."""

from __future__ import annotations

import mimetypes
import re
from pathlib import Path

from flask import Blueprint, Response, current_app, g, request, send_file
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound
from werkzeug.routing.converters import BaseConverter
from werkzeug.security import safe_join

bp = Blueprint("pages", __name__)

# Vite writes a file's hash into its name: another content is another name.
_HASHED = re.compile(r"assets/.+-[A-Za-z0-9_-]{8,}\.[a-z0-9]+")
_PACKED = (("br", ".br"), ("gzip", ".gz"))


class FileName(BaseConverter):
    """A file that lies beside index.html, like `robots.txt`: one segment with an ending."""

    regex = r"[A-Za-z0-9_-]{1,80}(?:\.[A-Za-z0-9_-]{1,40})+"


# Said here, because a machine's own mime.types may say otherwise or nothing.
_TYPES = {".webmanifest": "application/manifest+json", ".js": "text/javascript", ".woff2": "font/woff2"}


@bp.get("/")
@bp.get("/p/<pattern>")
@bp.get("/p/<pattern>/make")
@bp.get("/p/<pattern>/print")
@bp.get("/mine")
@bp.get("/check")
@bp.get("/link")
def show_page(pattern: str | None = None) -> ResponseReturnValue:
    """The page. It reads its own address; only one that cannot be a pattern's is a 404 here."""
    known = pattern is None or re.fullmatch(r"[a-z2-7]{26}", pattern)
    answer = shell(200 if known else 404)
    if pattern or request.path == "/link":
        answer.headers["X-Robots-Tag"] = "noindex"
    return answer


# Not one catch-all: it would answer 405 for everything that should be 404, and the other way round.
@bp.get("/<file:name>")
@bp.get("/<any(assets, fonts, icons):folder>/<path:name>")
def show_file(name: str, folder: str = "") -> ResponseReturnValue:
    """A file of the built page; hashed ones may be kept for ever."""
    name = f"{folder}/{name}".lstrip("/")
    found = _file(name)
    if found is None or name == "index.html":
        raise NotFound
    g.page = True
    answer = _send(found, name)
    if _HASHED.fullmatch(name):
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


def shell(status: int) -> Response:
    """index.html with this status. NotFound when the page is not built."""
    found = _file("index.html")
    if found is None:
        raise NotFound
    g.page = True
    answer = _send(found, "index.html", conditional=status == 200)
    answer.status_code = status if status != 200 else answer.status_code
    return answer


def lost() -> Response | None:
    """The page with status 404, when a person's browser asks for an address outside the API; else None."""
    outside = not request.path.startswith(("/api/", "/problems/")) and request.method in ("GET", "HEAD")
    asks = outside and "text/html" in request.headers.get("Accept", "")
    return shell(404) if asks and _file("index.html") else None


def _file(name: str) -> Path | None:
    root = current_app.config["WEB_DIST"]
    path = safe_join(root, name) if root else None
    return Path(path) if path and Path(path).is_file() and not Path(name).name.startswith(".") else None


def _send(found: Path, name: str, conditional: bool = True) -> Response:
    """The file, or its packed twin beside it when the browser takes that."""
    kind = _TYPES.get(found.suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    for coding, ending in _PACKED:
        packed = found.with_name(found.name + ending)
        if request.accept_encodings.quality(coding) > 0 and packed.is_file():
            answer = send_file(packed, mimetype=kind, conditional=conditional)
            answer.headers["Content-Encoding"] = coding
            break
    else:
        answer = send_file(found, mimetype=kind, conditional=conditional)
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers.pop("Cache-Control", None)
    answer.headers.pop("Content-Disposition", None)
    return answer
