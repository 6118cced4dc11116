"""The page's types: written from the API's own document, so that the two cannot drift apart."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from flask import Flask

from api import openapi
from embedded import children, page

APIGEN = page.WEB / "apigen"


def test_the_pages_types_are_those_of_the_document(app: Flask, tmp_path: Path) -> None:
    """`OPENAPI=<file or address> npm --prefix web/apigen run types` writes them anew."""
    document = tmp_path / "openapi.json"
    document.write_text(json.dumps(openapi.document(app)))
    generator = tmp_path / "web" / "apigen"
    shutil.copytree(APIGEN, generator, ignore=shutil.ignore_patterns("node_modules"))
    (tmp_path / "web" / "src" / "api").mkdir(parents=True)
    shutil.copy(page.WEB / ".npmrc", generator / ".npmrc")

    def npm(*words: str) -> None:
        env = page.environment() | {"OPENAPI": str(document), "HOME": os.environ.get("HOME", "/")}
        children.run(page.npm_command(*words), env=env, cwd=generator)

    npm("ci", "--no-audit", "--no-fund", "--loglevel=error")
    npm("run", "--silent", "types")

    written = (tmp_path / "web/src/api/schema.d.ts").read_text()
    assert written == (page.WEB / "src/api/schema.d.ts").read_text()
