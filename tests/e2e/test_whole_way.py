"""The whole way in a real browser: a wish, rows that come one by one, ticks that stay, a sheet on paper.

Nothing is scripted here: the page, the api, the worker, the sweep and our own small model run as `./knotty up` runs
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pypdfium2
import pytest
import requests
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.e2e.pages import LOST, boxes, until
from tests.e2e.people import short
from tests.fakes.line import Line

pytestmark = pytest.mark.browser

# How many rows were on the page after each change of it.
COUNT_ROWS = """
window.rowsSeen = [];
new MutationObserver(() => {
  const count = document.querySelectorAll("main ol input[type=checkbox]").length;
  if (window.rowsSeen.at(-1) !== count) window.rowsSeen.push(count);
}).observe(document, { childList: true, subtree: true });
"""


def is_fault(said: ConsoleMessage) -> bool:
    return said.type == "error" and not LOST.search(said.text)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A visitor's tab; the test fails if the page breaks its own policy or throws."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    tab = context.new_page()
    faults: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("console", lambda said: faults.append(said.text) if is_fault(said) else None)
    tab.add_init_script(COUNT_ROWS)
    yield tab
    context.close()
    assert faults == []


def wish(page: Page, url: str, words: str) -> str:
    """Types a wish, sends it, waits for the finished pattern; gives the pattern's id."""
    page.goto(url)
    page.get_by_label("Your idea").fill(words)
    page.get_by_role("button", name="Write the pattern").click()
    page.wait_for_url(re.compile(r"/p/[a-z2-7]{26}$"))
    expect(page.get_by_role("link", name=re.compile("Print"))).to_be_visible(timeout=60_000)
    return "pat_" + page.url.rsplit("/", 1)[1]


def kept(page: Page, url: str, pattern: str) -> set[str]:
    """The cells that the server says are done, for this browser's maker."""
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    told = requests.get(f"{url}/api/v1/patterns/{pattern}/progress", cookies=cookies, timeout=10).json()
    return {cell for cell, register in told["cells"].items() if register["done"]}


def test_a_wish_is_written_row_by_row_ticked_and_still_ticked_after_a_reload(page, live):
    pattern = wish(page, live.url, "punk rock blanket")
    document = requests.get(f"{live.url}/api/v1/patterns/{pattern}", timeout=10).json()
    rows = [row for piece in document["pieces"] for row in piece["rows"]]

    seen = page.evaluate("window.rowsSeen")
    assert seen == sorted(seen), "rows never go away while they come"
    assert len({count for count in seen if count}) >= 3, "rows come one after the other"
    assert boxes(page).count() == len(rows)

    boxes(page).nth(0).check()
    boxes(page).nth(1).check()
    boxes(page).nth(1).uncheck()
    boxes(page).nth(2).check()
    until(page, lambda: len(kept(page, live.url, pattern)) == 2)
    page.reload()

    expect(boxes(page).nth(0)).to_be_checked()
    expect(boxes(page).nth(1)).not_to_be_checked()
    expect(boxes(page).nth(2)).to_be_checked()
    assert len(kept(page, live.url, pattern)) == 2


def test_a_second_device_joins_by_a_link_and_shows_the_same_ticks(page, browser, live):
    pattern = wish(page, live.url, "punk rock cushion")
    boxes(page).nth(0).check()
    until(page, lambda: len(kept(page, live.url, pattern)) == 1)
    link = page.evaluate("fetch('/api/v1/devices/links', { method: 'POST' }).then((answer) => answer.json())")
    other = browser.new_context(viewport={"width": 1280, "height": 800})
    tab = other.new_page()

    tab.goto(urljoin(live.url, link["url"]))
    expect(tab.get_by_text("This browser has no patterns yet")).to_be_visible()
    assert urlsplit(tab.url).fragment == ""
    tab.get_by_label("A name for this device").fill("tablet")
    tab.get_by_role("button", name="Link this device").click()
    expect(tab.get_by_role("heading", name="This device is linked")).to_be_focused()
    tab.get_by_role("link", name="Show my patterns").click()
    tab.locator(f"a[href='/p/{short(pattern)}']").click()

    expect(boxes(tab).nth(0)).to_be_checked()
    tab.goto(urljoin(live.url, link["url"]))
    tab.get_by_role("button", name="Link this device").click()
    expect(tab.get_by_role("alert")).to_contain_text("Make a new one on the other device")
    other.close()


def test_one_row_at_a_time_is_ticked_by_thumb_or_pedal_and_taken_back(page, live):
    pattern = wish(page, live.url, "punk rock blanket")
    page.get_by_role("link", name="Start making").click()
    done = page.get_by_role("button", name=re.compile("^Done, next"))
    done.click()
    page.keyboard.press("PageDown")
    page.keyboard.press("Backspace")

    expect(page.get_by_role("heading", level=2)).to_have_text(re.compile("^(Round|Row) 2"))
    until(page, lambda: len(kept(page, live.url, pattern)) == 1)
    page.reload()
    expect(page.get_by_role("heading", level=2)).to_have_text(re.compile("^(Round|Row) 2"))
    assert len(kept(page, live.url, pattern)) == 1
    assert done.bounding_box()["height"] >= 96
    page.get_by_role("link", name="Close: back to the pattern").click()
    expect(boxes(page).nth(0)).to_be_checked()


def test_without_a_network_the_pattern_opens_is_ticked_and_the_ticks_are_sent_later(page, live):
    port = int(live.url.rpartition(":")[2])
    with Line(("127.0.0.1", port)) as way:
        pattern = wish(page, way.url, "harbour at night cushion")
        expect(page.get_by_role("img", name=re.compile("Symbol chart"))).to_be_visible()
        page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
        way.cut()
        page.goto(f"{page.url}/make")
        page.get_by_role("button", name=re.compile("^Done, next")).click()
        page.reload()
        expect(page.get_by_role("heading", level=2)).to_have_text(re.compile("^(Round|Row) 2"))
        page.get_by_role("link", name="Close: back to the pattern").click()
        expect(page.get_by_role("img", name=re.compile("Symbol chart"))).to_be_visible()
        expect(boxes(page).nth(0)).to_be_checked()
        assert kept(page, live.url, pattern) == set()

        way.mend()
        until(page, lambda: bool(kept(page, live.url, pattern)))
        assert len(kept(page, live.url, pattern)) == 1


def test_a_visitor_reads_the_same_pattern_and_never_sees_my_ticks(page, browser, live):
    pattern = wish(page, live.url, "harbour at night cushion")
    boxes(page).nth(0).check()
    until(page, lambda: bool(kept(page, live.url, pattern)))

    visitor = browser.new_context().new_page()
    visitor.goto(page.url)

    expect(boxes(visitor).nth(0)).to_be_visible()
    expect(boxes(visitor).nth(0)).not_to_be_checked()
    visitor.context.close()


def test_the_sheet_on_paper_has_every_row_once_and_in_order(page, live):
    pattern = wish(page, live.url, "meadow baby blanket")
    document = requests.get(f"{live.url}/api/v1/patterns/{pattern}", timeout=10).json()
    page.goto(f"{page.url}/print")
    expect(page.get_by_role("button", name="Print")).to_be_visible()

    paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    text = "\n".join(sheet.get_textpage().get_text_range() for sheet in paper)
    words = re.sub(r"\s+", " ", text)

    at = -1
    for piece in document["pieces"]:
        for row in piece["rows"]:
            start = re.sub(r"\s+", " ", row["text"].partition(": ")[2])[:24]
            found = words.find(start, at + 1)
            assert found > at, row["text"]
            at = found
    assert document["title"] in words
    assert "What shall we make" not in words and "Back to the pattern" not in words
    assert urlsplit(live.url).netloc in words


def test_a_wish_without_words_is_answered_in_words(page, live):
    page.goto(live.url)
    page.get_by_role("button", name="Write the pattern").click()

    expect(page.get_by_text("Write an idea first")).to_be_visible()
    assert urlsplit(page.url).path == "/"


def test_an_address_of_no_pattern_says_so(browser, live):
    tab = browser.new_context().new_page()
    tab.goto(f"{live.url}/p/{'a' * 26}")

    expect(tab.get_by_text(re.compile("No pattern here"))).to_be_visible()
    tab.context.close()


def test_attack_51_53_56_65_markup_is_text_and_nothing_of_others_is_asked_or_run(browser, live):
    context = browser.new_context()
    tab = context.new_page()
    asked, shown = [], []
    tab.on("request", lambda request: asked.append(request))
    tab.on("dialog", lambda dialog: (shown.append(dialog.message), dialog.dismiss()))
    markup = '<img src="https://evil.example/x" onerror="alert(1)"><script>alert(2)</script> cushion'

    pattern = wish(tab, live.url, markup)
    address = f"/api/v1/patterns/{pattern}"
    changed = tab.evaluate(
        """async ([address, title]) => {
          const tag = (await fetch(address)).headers.get("ETag");
          const headers = { "Content-Type": "application/json", "If-Match": tag };
          return (await fetch(address, { method: "PATCH", headers, body: JSON.stringify({ title }) })).status;
        }""",
        [address, markup[:80]],
    )
    tab.reload()
    expect(tab.get_by_role("heading", level=1)).to_have_text(markup[:80])
    ran = tab.evaluate(
        """() => {
          const script = document.createElement("script");
          try { script.textContent = "window.ran = true"; } catch { return "refused"; }
          document.body.append(script);
          return window.ran ?? "stopped";
        }"""
    )

    assert changed == 200
    assert markup[:80] in tab.title()
    assert ran in ("refused", "stopped")
    assert shown == []
    own = {urlsplit(live.url).netloc, ""}  # none: what the page has made itself, blob: and data:
    assert {urlsplit(request.url).netloc for request in asked} <= own
    assert not [
        request for request in asked if "referer" in request.headers and pattern[4:] in request.headers["referer"]
    ]
    context.close()
