"""Headers: what the browser is told to allow, from one table: the page, the API, and files to keep."""

from __future__ import annotations

from flask import Flask, Response, g, request

# The hash is that of nothing: it admits Emotion's empty style tags, so MUI works without `unsafe-inline`.
# The policy `knotty` lets through the service worker's script and the API's SVG, nothing else.
_PAGE = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "require-trusted-types-for 'script'",
        "trusted-types knotty",
    )
)

EVERY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}
BY_KIND = {
    "page": {"Content-Security-Policy": _PAGE, "Cache-Control": "no-cache"},
    "api": {
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
        "Cache-Control": "no-store",
    },
}

_OURS = {kind: [(name, name.lower(), value) for name, value in (EVERY | own).items()] for kind, own in BY_KIND.items()}


def register(app: Flask) -> None:
    """Every answer gets its headers; what an endpoint has set itself stays."""
    app.after_request(_dress)


def _dress(answer: Response) -> Response:
    answer.headers["X-Request-Id"] = g.get("request_id", "")
    kind = "page" if g.get("page") and answer.mimetype != "application/problem+json" else "api"
    there = {name.lower() for name, _ in answer.headers}
    answer.headers.extend([(name, value) for name, low, value in _OURS[kind] if low not in there])
    if request.is_secure:
        answer.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    return answer
