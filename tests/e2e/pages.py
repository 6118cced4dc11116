"""What tests do on pages: open them, find their boxes, wait for what comes."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.e2e.people import short

LOST = re.compile(
    r"net::ERR_(?:EMPTY_RESPONSE|CONNECTION_\w+|SOCKET_NOT_CONNECTED|FAILED|NETWORK_CHANGED|INTERNET_DISCONNECTED"
    r"|INCOMPLETE_CHUNKED_ENCODING|CONTENT_LENGTH_MISMATCH)"
)  # a network that was taken away


def heading(page: Page, words: str | re.Pattern[str]) -> None:
    """Waits for the page's heading."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def opened(page: Page, pattern: str, room: str = "") -> None:
    """Opens a pattern, or a room of it, and waits for what it says."""
    page.goto(f"/p/{short(pattern)}{room}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def written(page: Page, pattern: str) -> None:
    """Opens a finished pattern and waits for its chart."""
    opened(page, pattern)
    expect(page.get_by_role("img", name=re.compile("Symbol chart"))).to_be_visible()


def boxes(page: Page) -> Locator:
    """The boxes of the rows."""
    return page.get_by_role("main").get_by_role("listitem").get_by_role("checkbox")


def ticked(page: Page) -> list[bool]:
    """Which boxes are ticked, in their order."""
    return [box.is_checked() for box in boxes(page).all()]


def until(page: Page, true: Callable[[], bool], seconds: float = 30) -> None:
    """Waits for something to become true while the page goes on, and hears what the page did until then; a guard
    against hanging."""
    for _ in range(int(seconds * 20)):
        if true():
            page.evaluate("0")  # a server may know of a request before this process has heard of it
            return
        page.wait_for_timeout(50)
    raise AssertionError("it never came true")
