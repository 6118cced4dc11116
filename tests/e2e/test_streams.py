"""A pattern that comes row by row over a bad line: at the end the page shows what the server has."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
import requests
from playwright.sync_api import Page, expect

from tests.conftest import wait_until
from tests.e2e.pace import Paced
from tests.e2e.pages import boxes, heading, opened, until, written
from tests.e2e.people import Maker
from tests.fakes import sheets
from tests.fakes.line import Line

pytestmark = pytest.mark.browser

ROWS = 6  # of this sheet: three rounds, joining, border, finishing


def begin(maker: Maker, words: str, rows: int = 1) -> tuple[Paced, dict]:
    """A wish that is being written at the test's pace, and its job."""
    pace = Paced(sheets.GOOD, rows)
    job = maker.wish(words, pace, wait=False)
    wait_until(lambda: len(maker.rows(job["pattern"]["id"])) == rows, 60)
    return pace, job


def same_as_read_anew(page: Page, fresh: Page, pattern: str) -> None:
    """The page that has followed along says what a page says that was opened now."""
    expect(page.get_by_role("link", name=re.compile("Start making"))).to_be_visible(timeout=60_000)
    expect(page.get_by_role("img", name=re.compile("Symbol chart"))).to_be_visible(timeout=60_000)
    written(fresh, pattern)
    expect(boxes(fresh)).to_have_count(ROWS)

    def said(tab: Page) -> str:
        return tab.get_by_role("main").inner_text()

    for _ in range(100):  # the drawings come last
        if said(page) == said(fresh):
            return
        page.wait_for_timeout(100)
    assert said(page) == said(fresh)


def test_cut_off_at_every_row_the_page_ends_with_what_the_server_has(somebody, maker):
    pace, job = begin(maker, "harbour wall over a bad line")
    pattern = job["pattern"]["id"]
    with Line(("127.0.0.1", urlsplit(maker.at.url).port or 0)) as way:
        page = somebody(maker, url=way.url)
        opened(page, pattern)
        expect(boxes(page)).to_have_count(1)
        for row in range(2, ROWS + 1):
            way.cut()
            pace.let()
            until(page, lambda row=row: len(maker.rows(pattern)) == row)
            way.mend()
            expect(boxes(page)).to_have_count(row, timeout=40_000)
        pace.let_all()

        same_as_read_anew(page, somebody(maker, url=way.url), pattern)


def test_with_the_server_restarted_in_the_middle_the_page_goes_on(somebody, scripted, maker):
    pace, job = begin(maker, "harbour wall through a restart")
    page = somebody(maker, answers=(500, 502, 503))
    opened(page, job["pattern"]["id"])
    expect(boxes(page)).to_have_count(1)
    scripted.restart_api()
    pace.let_all()

    same_as_read_anew(page, somebody(maker), job["pattern"]["id"])


def test_where_no_more_streams_are_held_the_page_asks_again_and_again_instead(somebody, maker):
    pace, job = begin(maker, "harbour wall asked after")
    address = f"{maker.at.url}{job['links']['events']}"
    headers = {"Authorization": f"Bearer {maker.token}", "Accept": "text/event-stream"}
    held = [requests.get(address, headers=headers, stream=True, timeout=60) for _ in range(6)]
    assert {each.status_code for each in held} == {200}
    refused = []
    page = somebody(maker, answers=(429, 503))
    page.on("response", lambda answer: refused.append(answer.status) if answer.status in (429, 503) else None)
    opened(page, job["pattern"]["id"])
    expect(boxes(page)).to_have_count(1)
    until(page, lambda: bool(refused))
    pace.let_all()
    expect(boxes(page)).to_have_count(ROWS, timeout=40_000)
    for each in held:
        each.close()

    same_as_read_anew(page, somebody(maker), job["pattern"]["id"])


def test_a_wish_too_many_is_answered_in_words_and_what_was_typed_stays(somebody, maker):
    paces = [Paced(sheets.GOOD) for _ in range(4)]
    jobs = [maker.wish(f"harbour wall number {n}", pace, wait=False) for n, pace in enumerate(paces)]
    page = somebody(maker, answers=(429,))
    page.goto("/")
    heading(page, "What shall we make?")
    page.get_by_label("Your idea").fill("harbour wall number five")
    with page.expect_response("**/api/v1/jobs") as refusal:
        page.get_by_role("button", name="Write the pattern").click()

    said = page.get_by_role("alert")
    told = refusal.value.json()
    assert refusal.value.status == 429
    expect(said).to_contain_text(told["detail"])
    expect(said).to_contain_text(told["request_id"])
    assert "429" not in said.inner_text()
    expect(page.get_by_label("Your idea")).to_have_value("harbour wall number five")
    for job in jobs:
        maker.ask("POST", f"/jobs/{job['id']}/cancel")
