"""Without a mouse and without motion: every stop of the keyboard is seen, every target is large enough for a thumb."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.pages import boxes, heading, opened, written
from tests.e2e.scenes import SCENES, home, make, scarf
from tests.fakes import sheets
from tests.fakes.model_server import sheet

pytestmark = pytest.mark.browser

# What a thumb may press, and how large it is: a box counts with the words that belong to it. Links within a sentence
# are as high as their line, as WCAG 2.5.8 has it.
SMALL = """(least) => {
  const pressed = "a[href], button, input, select, textarea, summary, [role=button], [role=tab], [role=switch]";
  const inSentence = (each) => each.matches("a") && getComputedStyle(each).display === "inline"
    && each.closest("p, li, dd")?.innerText.trim().length > each.innerText.trim().length;
  const size = (each) => {
    const parts = [each, ...(each.labels ?? [])].map((part) => part.getBoundingClientRect());
    const ends = (end) => parts.map((part) => part[end]);
    const span = (low, high) => Math.max(...ends(high)) - Math.min(...ends(low));
    return [span("left", "right"), span("top", "bottom")];
  };
  return [...document.querySelectorAll(pressed)]
    .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.closest("[aria-hidden=true]"))
    .filter((each) => !inSentence(each) && !each.matches("[href='#main']"))
    .map((each) => [each, ...size(each).map(Math.round)])
    .filter(([, width, height]) => width < least || height < least)
    .map(([each, width, height]) => `${width} x ${height}: ${each.outerHTML.slice(0, 160)}`);
}"""
# The focused element is seen: inside the window, on top of what lies there, and drawn unlike an element without focus.
STOP = """() => {
  const on = document.activeElement;
  if (!on || on === document.body) return null;
  const box = on.getBoundingClientRect();
  const style = getComputedStyle(on);
  const around = [on, ...on.parentElement.querySelectorAll("fieldset")].map((each) => getComputedStyle(each));
  const x = box.left + box.width / 2, y = box.top + box.height / 2;
  const top = document.elementFromPoint(x, y);
  const words = on.labels?.[0]?.innerText ?? on.innerText ?? "";
  return {
    name: (on.getAttribute("aria-label") || words || on.tagName).trim(),
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    free: top !== null && (on.contains(top) || top.contains(on) || top.closest("label")?.control === on),
    ringed: around.some((each) => (each.outlineStyle !== "none" && parseFloat(each.outlineWidth) >= 2)
      || (each.borderStyle === "solid" && parseFloat(each.borderWidth) >= 2)),
    html: on.outerHTML.slice(0, 160),
  };
}"""
TO_THE_BEGINNING = (
    "() => { const { body } = document; body.tabIndex = -1; body.focus(); body.removeAttribute('tabindex'); }"
)
MOVING = "() => document.getAnimations().filter((each) => each.playState === 'running').length"


def stop(page: Page) -> dict:
    """Goes on by one Tab. What has the focus then is seen."""
    page.keyboard.press("Tab")
    on = page.evaluate(STOP)
    if on is not None:
        assert on["inside"] and on["free"] and on["ringed"], on
    return on or {"name": ""}


def go_to(page: Page, name: str) -> None:
    """Presses Tab until this has the focus."""
    for _ in range(60):
        if re.match(name, stop(page)["name"]):
            return
    raise AssertionError(f"no Tab leads to {name}")


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_what_a_thumb_presses_is_48_pixels_or_more(scene, somebody, shelf):
    page = somebody(shelf.maker if scene.known else None, answers=scene.answers, reduced_motion="reduce")
    scene.enter(page, shelf)

    small = page.evaluate(SMALL, 48)
    assert not small, "\n" + "\n".join(small)


def test_from_the_wish_to_the_sheet_without_a_mouse(somebody, maker):
    maker.at.writers.steps["harbour wall by keys"] = sheet(sheets.GOOD)
    page = somebody(maker, width=1280)
    page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; };")
    page.goto("/")
    heading(page, "What shall we make?")
    assert stop(page)["name"] == "Skip to the page"
    page.keyboard.press("Enter")
    go_to(page, "Your idea")
    page.keyboard.type("harbour wall by keys")
    go_to(page, "Write the pattern")
    page.keyboard.press("Enter")

    expect(page.get_by_role("link", name="Start making")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    go_to(page, "Round 1")
    page.keyboard.press("Space")
    expect(boxes(page).nth(0)).to_be_checked()
    expect(page.get_by_role("link", name="Go on making")).to_be_visible()  # a moment after the box
    page.keyboard.press("Control+Home")
    page.get_by_role("heading", level=1).focus()
    go_to(page, "Go on making")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Done, next round")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", level=2)).to_have_text(re.compile("^Round 3"))
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Go on making")).to_be_visible()  # the page before it had a heading too
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    go_to(page, "Print")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Save as text")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.keyboard.press("Shift+Tab")  # the settings stand before the sheet
    for _ in range(12):
        if page.evaluate(STOP)["name"] == "Print":
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("window.printed") == 1


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "name",
    [
        "home with the choices open",
        "a pattern with ticks",
        "my patterns",
        "check with a report",
        "one row",
        "the sheet",
    ],
)
def test_every_stop_of_the_keyboard_is_seen(name, width, somebody, shelf):
    scene = next(scene for scene in SCENES if scene.name == name)
    page = somebody(shelf.maker, width=width, answers=scene.answers, reduced_motion="reduce")
    scene.enter(page, shelf)
    page.evaluate(TO_THE_BEGINNING)
    stops = 0
    while stops < 45 and stop(page)["name"]:
        stops += 1

    assert stops >= 5


def test_after_each_change_of_route_the_heading_has_the_focus(somebody, shelf):
    page = somebody(shelf.maker, width=1280)
    home(page, shelf)
    for name in ("My patterns", "Check a pattern", "Knotty"):
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_be_focused()


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_who_wants_no_motion_gets_none(motion, somebody, shelf):
    page = somebody(shelf.maker, reduced_motion=motion)
    moved = 0
    for enter in (home, lambda page, shelf: written(page, shelf.ticked), make):
        enter(page, shelf)
        for button in page.get_by_role("main").get_by_role("button").all()[:4]:
            button.hover()
            moved += page.evaluate(MOVING)

    assert (moved == 0) == (motion == "reduce")


def test_a_pattern_of_120_rows_is_at_most_3000_nodes(somebody, maker):
    pattern = maker.pattern("harbour scarf without end", scarf(119))
    page = somebody(maker)
    opened(page, pattern)
    expect(boxes(page)).to_have_count(120)
    expect(page.get_by_role("img", name=re.compile("Symbol chart"))).to_be_visible()

    assert page.evaluate("document.querySelectorAll('*').length") <= 3000
