"""The page is served by the api: its own routes, its files, and nothing else of the folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.app import create_app
from settings import Settings

ID = "abcdefghijklmnopqrstuvwxyz"


@pytest.fixture
def site(tmp_path: Path) -> FlaskClient:
    """An app with a small built page; it needs no store."""
    for name, words in {
        "index.html": "<!doctype html><title>Knotty</title>",
        "robots.txt": "User-agent: *",
        "sw.js": "1",
        "manifest.webmanifest": "{}",
        "assets/index-B1c2D3e4.js": "2",
        "assets/index-B1c2D3e4.js.br": "packed",
        ".env": "SECRET",
        "assets/.hidden": "SECRET",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(words)
    (tmp_path.parent / "outside.txt").write_text("SECRET")
    return create_app(Settings(web_dist=str(tmp_path))).test_client()


@pytest.mark.parametrize("path", ["/", f"/p/{ID}", f"/p/{ID}/make", f"/p/{ID}/print", "/mine", "/check", "/link"])
def test_the_pages_routes_answer_the_shell(site: FlaskClient, path: str) -> None:
    reply = site.get(path)

    assert reply.status_code == 200
    assert b"<title>Knotty" in reply.data
    assert reply.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["/p/short", "/nowhere", "/p/", "/debug", "/.env", "/.git/config", f"/p/{ID}/else"])
def test_any_other_address_is_404_to_a_person_in_the_shell(site: FlaskClient, path: str) -> None:
    reply = site.get(path, headers={"Accept": "text/html"})

    assert reply.status_code == 404
    assert b"<title>Knotty" in reply.data


@pytest.mark.parametrize("path", ["/nowhere", "/.env", "/api/v1/nowhere", "/console"])
def test_to_a_program_it_is_a_problem(site: FlaskClient, path: str) -> None:
    reply = site.get(path, headers={"Accept": "application/json"})

    assert reply.status_code == 404
    assert reply.mimetype == "application/problem+json"


def test_an_unknown_api_address_is_never_a_page(site: FlaskClient) -> None:
    reply = site.get("/api/v1/nowhere", headers={"Accept": "text/html"})

    assert (reply.status_code, reply.mimetype) == (404, "application/problem+json")


def test_hashed_files_are_kept_for_ever_and_others_asked_again(site: FlaskClient) -> None:
    hashed = site.get("/assets/index-B1c2D3e4.js")
    plain = site.get("/sw.js")

    assert hashed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert hashed.mimetype == "text/javascript"
    assert plain.headers["Cache-Control"] == "no-cache"
    assert site.get("/manifest.webmanifest").mimetype == "application/manifest+json"


def test_a_packed_twin_goes_to_who_takes_it(site: FlaskClient) -> None:
    packed = site.get("/assets/index-B1c2D3e4.js", headers={"Accept-Encoding": "br"})

    assert packed.headers["Content-Encoding"] == "br"
    assert packed.mimetype == "text/javascript"
    assert packed.data == b"packed"


@pytest.mark.parametrize(
    "path",
    ["/assets/.hidden", "/assets/../.env", "/assets/..%2f.env", "/assets/%2e%2e/%2e%2e/outside.txt", "/../outside.txt"],
)
def test_nothing_but_the_pages_files_comes_out(site: FlaskClient, path: str) -> None:
    reply = site.get(path)

    assert reply.status_code == 404
    assert b"SECRET" not in reply.data


def test_a_shell_that_is_known_is_not_sent_again(site: FlaskClient) -> None:
    first = site.get("/")

    assert site.get("/", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert site.get("/p/short", headers={"If-None-Match": first.headers["ETag"]}).status_code == 404


def test_the_page_allows_its_own_scripts_and_nobody_elses(site: FlaskClient) -> None:
    policy = site.get("/").headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("path", ["/", "/healthz", "/nowhere", "/api/docs", "/problems/not-found"])
def test_every_answer_has_its_headers_and_none_opens_the_door_to_other_sites(site: FlaskClient, path: str) -> None:
    reply = site.get(path, headers={"Origin": "https://evil.example"})

    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert reply.headers["Referrer-Policy"] == "no-referrer"
    assert reply.headers["X-Request-Id"]
    assert not [name for name, _ in reply.headers if name.lower().startswith("access-control")]


def test_answers_of_the_api_are_not_kept(site: FlaskClient) -> None:
    reply = site.get("/healthz")

    assert reply.headers["Cache-Control"] == "no-store"
    assert "sandbox" in reply.headers["Content-Security-Policy"]


def test_without_a_built_page_the_api_stands_alone() -> None:
    app: Flask = create_app(Settings(web_dist=""))

    assert app.test_client().get("/", headers={"Accept": "text/html"}).status_code == 404
