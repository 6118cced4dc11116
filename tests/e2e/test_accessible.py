"""Nobody is kept out: axe finds nothing on any route, in any state, light or dark, narrow, wide, with large letters."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from embedded import page as built
from tests.e2e.scenes import SCENES, Scene, make

pytestmark = pytest.mark.browser

AXE = built.WEB / "node_modules" / "axe-core" / "axe.min.js"
ARTEFACTS = Path(__file__).resolve().parent.parent / "artefacts" / "scenes"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Width, scheme, text in percent.
LOOKS = [
    (1280, "light", 100),
    (1280, "dark", 100),
    (390, "dark", 100),
    (390, "light", 100),
    (390, "light", 200),
    (320, "dark", 100),
]
RUN = """async (tags) => {
  const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
  const why = ({ failureSummary }) => failureSummary.split("\\n").slice(1).join(" ").trim();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${node.target.join(" ")}: ${why(node)}`));
}"""
# What stands out of the page to the right.
OVERFLOW = """() => {
  const { scrollWidth, clientWidth } = document.scrollingElement;
  if (scrollWidth <= clientWidth) return [];
  const all = [...document.body.querySelectorAll("*")];
  const wide = all.filter((each) => each.getBoundingClientRect().right > clientWidth + 1).slice(-3);
  return [`${scrollWidth} px wide on ${clientWidth}: ${wide.map((each) => each.outerHTML.slice(0, 120)).join(" | ")}`];
}"""


def violations(page: Page) -> list[str]:
    """What axe finds wrong with the page as it is now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text() + "; 0")
    found: list[str] = page.evaluate(RUN, RULES)
    return found


def look(page: Page, width: int, scheme: str, text: int) -> None:
    """Shows the page in this width and scheme, with text of this size."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 844})
    page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", f"{text}%")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def keep_picture(page: Page, scene: Scene, words: str) -> None:
    """A picture for whoever wants to look, with KNOTTY_PICTURES=1."""
    if os.environ.get("KNOTTY_PICTURES"):
        page.screenshot(path=ARTEFACTS / f"{scene.name.replace(' ', '-')}-{words}.png", full_page=True)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(scene, somebody, shelf):
    page = somebody(shelf.maker if scene.known else None, answers=scene.answers, reduced_motion="reduce")
    scene.enter(page, shelf)
    found = []
    for width, scheme, text in LOOKS:
        look(page, width, scheme, text)
        words = f"{width}-{scheme}-{text}"
        found += [f"{words}: {each}" for each in (*violations(page), *page.evaluate(OVERFLOW))]
        keep_picture(page, scene, words)

    assert not found, "\n" + "\n".join(found)


def test_however_large_the_letters_the_row_in_hand_has_room(somebody, shelf):
    page = somebody(shelf.maker)
    make(page, shelf)
    for width, scheme, text in LOOKS:
        look(page, width, scheme, text)
        room = page.get_by_role("group", name="The row in hand").bounding_box()

        assert room and room["height"] >= 120 and room["width"] >= width * 0.6, (width, text, room)


def test_axe_would_find_a_picture_without_words_and_pale_text_and_a_line_too_wide(somebody, shelf):
    page = somebody()
    page.goto("/check")
    page.get_by_role("heading", level=1).wait_for()
    page.evaluate(
        """() => {
          const main = document.querySelector("main");
          const picture = main.appendChild(document.createElement("img"));
          picture.src = "/favicon.svg";
          const pale = main.appendChild(document.createElement("p"));
          pale.textContent = "Hardly to be read";
          pale.style.color = "#ddd";
          pale.style.width = "2000px";
        }"""
    )

    found = violations(page)
    assert {each.split()[0] for each in found} == {"color-contrast", "image-alt"}
    assert len(page.evaluate(OVERFLOW)) == 1
