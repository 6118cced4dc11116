"""The screen stays on while something is made: a real browser is asked, and lets go as soon as it may."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.pages import opened, until
from tests.fakes import sheets

pytestmark = pytest.mark.browser

# The browser's own locks, kept where a test can look at them.
WATCHED = """
window.locks = [];
const ask = WakeLock.prototype.request;
WakeLock.prototype.request = async function (kind) {
  const lock = await ask.call(this, kind);
  locks.push(lock);
  return lock;
};
"""
# No window of a headless browser is ever hidden. What a browser does then: it takes the lock back, and says so.
HIDE = """async () => {
  Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "hidden" });
  for (const lock of locks) await lock.release();
  document.dispatchEvent(new Event("visibilitychange"));
}"""
SHOW = """() => {
  delete document.visibilityState;
  document.dispatchEvent(new Event("visibilitychange"));
}"""
HELD = "locks.filter((lock) => !lock.released).length"
REFUSING = """
window.asked = 0;
const ask = WakeLock.prototype.request;
WakeLock.prototype.request = async function (kind) {
  if (++asked === 1) throw new DOMException("not now", "NotAllowedError");
  return ask.call(this, kind);
};
"""
UNKNOWN = "delete Navigator.prototype.wakeLock;"


@pytest.fixture(scope="module")
def pattern(scripted):
    """A pattern of anybody's."""
    return scripted.maker().pattern("harbour wall while the screen is on", sheets.GOOD)


def entered(page: Page, pattern: str, script: str) -> Locator:
    """Makes it one row at a time; gives the button that keeps the screen on."""
    page.context.grant_permissions(["screen-wake-lock"])
    page.add_init_script(script)
    opened(page, pattern, "/make")
    return page.get_by_role("button", name="Keep the screen on")


def is_on(button: Locator, on: bool = True) -> None:
    """Waits until the button shows it."""
    expect(button).to_have_attribute("aria-pressed", "true" if on else "false")


def test_the_screen_is_kept_on_while_making_and_let_go_on_the_way_out(somebody, pattern):
    page = somebody()
    button = entered(page, pattern, WATCHED)
    is_on(button)
    assert page.evaluate(HELD) == 1

    page.get_by_role("button", name="Done, next round").click()
    assert page.evaluate(HELD) == 1
    page.get_by_role("link", name="Close: back to the pattern").click()
    expect(page.get_by_role("link", name="Go on making")).to_be_visible()
    until(page, lambda: page.evaluate(HELD) == 0)
    page.get_by_role("link", name="Go on making").click()
    is_on(button)
    assert page.evaluate(HELD) == 1


def test_it_is_asked_for_again_when_the_page_is_seen_again(somebody, pattern):
    page = somebody()
    button = entered(page, pattern, WATCHED)
    is_on(button)
    page.evaluate(HIDE)
    is_on(button, False)
    assert page.evaluate(HELD) == 0

    page.evaluate(SHOW)
    is_on(button)
    assert page.evaluate(HELD) == 1


def test_switched_off_it_stays_off_whatever_is_touched(somebody, pattern):
    page = somebody()
    button = entered(page, pattern, WATCHED)
    is_on(button)
    page.keyboard.press("w")
    is_on(button, False)
    page.evaluate(HIDE)
    page.evaluate(SHOW)
    page.get_by_role("button", name="Done, next round").click()
    expect(page.get_by_role("heading", level=2)).to_have_text(re.compile("^Round 2"))
    is_on(button, False)
    assert page.evaluate(HELD) == 0

    button.click()
    is_on(button)
    assert page.evaluate(HELD) == 1


def test_refused_it_says_so_and_asks_again_at_the_next_touch(somebody, pattern):
    page = somebody()
    button = entered(page, pattern, REFUSING)
    until(page, lambda: page.evaluate("asked") == 1)
    is_on(button, False)
    page.get_by_role("button", name="Done, next round").click()

    is_on(button)
    assert page.evaluate("asked") == 2


def test_a_browser_that_cannot_is_not_offered_it(somebody, pattern):
    page = somebody()
    button = entered(page, pattern, UNKNOWN)

    expect(page.get_by_role("button", name="Done, next round")).to_be_visible()
    expect(button).to_have_count(0)
