"""What the page may weigh, as its build says: whoever reads a pattern on a train pays for every byte."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

from embedded import page

KB = 1000
RASTER = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico")


@pytest.fixture(scope="session")
def dist() -> Path:
    """The page, built from these sources."""
    return page.ensure_built(print)


@pytest.fixture(scope="session")
def manifest(dist: Path) -> dict[str, dict[str, Any]]:
    """What the build says of its files: which imports which."""
    told: dict[str, dict[str, Any]] = json.loads((dist / ".vite" / "manifest.json").read_text())
    return told


def needs(manifest: dict[str, dict[str, Any]], name: str) -> set[str]:
    """The scripts that must be there before this one runs, itself too."""
    found: set[str] = set()
    ahead = [name]
    while ahead:
        part = manifest[ahead.pop()]
        if part["file"] not in found:
            found.add(part["file"])
            ahead += part.get("imports", [])
    return found


def there(manifest: dict[str, dict[str, Any]], name: str) -> set[str]:
    """The scripts that have come already when this one is first wanted: those of every part that may ask for it."""
    asking = [needs(manifest, other) for other, part in manifest.items() if name in part.get("dynamicImports", [])]
    return set.intersection(*asking)


def packed(dist: Path, files: set[str]) -> int:
    """Bytes of these files as a server sends them, by gzip."""
    return sum(len(gzip.compress((dist / file).read_bytes(), 9)) for file in files)


def lazy(manifest: dict[str, dict[str, Any]]) -> list[str]:
    """What is fetched when it is first wanted: routes, and parts of them."""
    return [name for name, part in manifest.items() if part.get("isDynamicEntry")]


@pytest.mark.parametrize("first", ["Home", "PatternPage"])
def test_before_the_first_screen_at_most_175_kb_of_scripts_come(dist, manifest, first):
    """A pattern's page is somebody's first screen too: links are sent."""
    shell = needs(manifest, "index.html")
    html = (dist / "index.html").read_text()
    named = set(re.findall(r'(?:src|href)="/([^"]+\.js)"', html))
    screen = f"src/pages/{first}.tsx"

    assert named <= shell | {"scheme.js"}
    assert packed(dist, shell | named | needs(manifest, screen)) <= 175 * KB


def test_each_further_screen_brings_at_most_35_kb(dist, manifest):
    sizes = {name: packed(dist, needs(manifest, name) - there(manifest, name)) for name in lazy(manifest)}

    assert len(sizes) >= 7
    assert {name: size for name, size in sizes.items() if size > 35 * KB} == {}


def test_styles_weigh_at_most_5_kb(dist):
    styles = {str(file.relative_to(dist)) for file in dist.rglob("*.css")}

    assert 0 < packed(dist, styles) <= 5 * KB


def test_two_fonts_and_no_third_weigh_at_most_75_kb(dist):
    fonts = [file for kind in ("woff2", "woff", "ttf", "otf") for file in dist.rglob(f"*.{kind}")]

    assert len(fonts) == 2
    assert sum(font.stat().st_size for font in fonts) <= 75 * KB


def test_what_is_kept_for_offline_weighs_at_most_700_kb_and_is_there(dist):
    listed = re.search(r"^const FILES = (\[.*\]);$", (dist / "sw.js").read_text(), re.MULTILINE)
    assert listed
    files = {name.removeprefix("/") or "index.html" for name in json.loads(listed[1])}
    sizes = {name: (dist / name).stat().st_size for name in files}

    assert len(files) > 20
    # As it comes over the network; fonts and pictures are packed already.
    assert packed(dist, files) <= 700 * KB, sizes


def test_there_is_no_picture_of_dots_but_the_icons(dist):
    pictures = [file.relative_to(dist) for file in dist.rglob("*") if file.suffix in RASTER]

    assert pictures
    assert {picture.parts[0] for picture in pictures} == {"icons"}


def test_every_text_has_a_smaller_twin_beside_it(dist):
    texts = [file for file in dist.rglob("*") if file.suffix in (".js", ".css", ".svg", ".html", ".webmanifest")]

    assert texts
    for file in texts:
        for end in (".br", ".gz"):
            assert file.with_name(file.name + end).stat().st_size < file.stat().st_size, file
