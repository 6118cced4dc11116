"""The samples on the first page: who is new opens one, ticks it, and has it without a connection too."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.e2e.pages import boxes, heading, until
from tests.fakes.line import Line

pytestmark = pytest.mark.browser


def test_each_card_says_what_its_pattern_is_and_shows_it(somebody):
    page = somebody(width=1280)
    page.goto("/")
    cards = page.get_by_role("region", name="Three that are finished").get_by_role("link")
    expect(cards).to_have_count(3)
    for card in cards.all():
        card.scroll_into_view_if_needed()
        until(page, lambda card=card: card.locator("img").evaluate("(img) => img.complete && img.naturalWidth > 0"))
    told = [card.inner_text().splitlines() for card in cards.all()]

    for number, [title, *facts] in enumerate(told):
        cards.nth(number).click()
        heading(page, title)
        size = re.search(r"[\d]+ × [\d]+ in", " ".join(facts))
        assert size
        expect(page.get_by_text(size[0])).to_be_visible()
        expect(page.get_by_text(re.compile("not proven"))).to_have_count(0)
        page.go_back()


def test_a_visitor_ticks_a_sample_and_the_ticks_are_the_visitors_alone(somebody, maker):
    page, other = somebody(), somebody()
    page.goto("/")
    page.get_by_role("link", name=re.compile("^Flower in Spring")).click()
    heading(page, "Flower in Spring")
    boxes(page).nth(0).check()
    pattern = f"pat_{urlsplit(page.url).path.rpartition('/')[2]}"
    ask = f"fetch('/api/v1/patterns/{pattern}/progress').then((answer) => answer.json())"
    until(page, lambda: len(page.evaluate(ask)["cells"]) == 1)

    other.goto(page.url)
    expect(boxes(other).nth(0)).to_be_visible()
    expect(boxes(other).nth(0)).not_to_be_checked()
    assert maker.done(pattern) == set()
    page.goto("/mine")
    expect(page.get_by_role("main").get_by_text("Flower in Spring")).to_be_visible()


def test_a_sample_that_was_opened_opens_again_without_a_connection_from_its_card(somebody, scripted):
    home = urlsplit(scripted.url)
    with Line((home.hostname, home.port)) as way:
        page = somebody(url=way.url)
        page.goto("/")
        page.get_by_role("link", name=re.compile("^Stained Glass")).click()
        expect(page.get_by_role("img", name=re.compile("Symbol chart"))).to_be_visible()
        page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
        way.cut()
        page.goto("/")
        card = page.get_by_role("link", name=re.compile("^Stained Glass"))
        card.scroll_into_view_if_needed()
        until(page, lambda: card.locator("img").evaluate("(img) => img.complete && img.naturalWidth > 0"))
        card.click()

        heading(page, "Stained Glass Hexagon Blanket")
        expect(page.get_by_role("img", name=re.compile("Symbol chart"))).to_be_visible()
