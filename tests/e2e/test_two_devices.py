"""Two devices of one maker: whatever happens to the network, the tab or the clock, both end with the same ticks."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.e2e.pages import boxes, opened, ticked, until
from tests.e2e.people import short
from tests.e2e.scenes import scarf
from tests.fakes.line import Line

pytestmark = pytest.mark.browser

A_DAY_AHEAD = "const now = Date.now; Date.now = () => now() + 24 * 3600 * 1000;"
ROWS = 5
UNSENT = """() => new Promise((tell) => {
  const opening = indexedDB.open("knotty");
  opening.onsuccess = () => {
    const asking = opening.result.transaction("outbox").objectStore("outbox").count();
    asking.onsuccess = () => { opening.result.close(); tell(asking.result); };
  };
})"""


@pytest.fixture
def pattern(maker):
    """A scarf of five rows and its finishing."""
    return maker.pattern("harbour scarf", scarf(ROWS))


def open_here(page: Page, pattern: str) -> None:
    """Opens the pattern and waits for its boxes."""
    opened(page, pattern)
    expect(boxes(page)).to_have_count(ROWS + 1)


def back_online(page: Page) -> None:
    """What a browser does when the network is there again."""
    page.evaluate("dispatchEvent(new Event('online'))")


def look_again(page: Page) -> None:
    """What a browser does when its window is looked at again."""
    page.evaluate("dispatchEvent(new Event('focus'))")


def shows(page: Page, *done: int) -> None:
    """Waits until just these rows are ticked; they count from 1."""
    wanted = [row in done for row in range(1, ROWS + 2)]
    for _ in range(40):
        if ticked(page) == wanted:
            return
        look_again(page)
        page.wait_for_timeout(250)
    assert ticked(page) == wanted


def kill_browser_of(folder: Path) -> None:
    """Ends the browser that keeps its things in this folder, as an empty battery does."""
    words = f"--user-data-dir={folder}"
    found = [each for each in psutil.process_iter(["cmdline"]) if words in (each.info["cmdline"] or ())]
    assert found
    for process in found:
        process.kill()
    psutil.wait_procs(found, timeout=20)


def cells(*rows: int) -> set[str]:
    """The cells of these rows."""
    return {f"p1/r{row}" for row in rows}


@pytest.mark.parametrize("first", [0, 1], ids=["the phone first", "the tablet first"])
def test_both_offline_tick_the_same_and_other_rows_and_agree_whoever_comes_back_first(first, somebody, maker, pattern):
    address = ("127.0.0.1", urlsplit(maker.at.url).port or 0)
    maker.tick(pattern, "p1/r1")
    with Line(address) as one, Line(address) as other:
        ways = [one, other]
        phone, tablet = pages = [
            somebody(who, url=way.url) for who, way in zip((maker, maker.device()), ways, strict=True)
        ]
        for page in pages:
            open_here(page, pattern)
            shows(page, 1)
        for way in ways:
            way.cut()

        boxes(phone).nth(0).uncheck()
        boxes(phone).nth(1).check()
        boxes(tablet).nth(2).check()
        boxes(tablet).nth(1).check()  # the same row, later
        boxes(tablet).nth(1).uncheck()
        boxes(phone).nth(3).check()
        boxes(tablet).nth(3).check()
        shows(phone, 2, 4)
        shows(tablet, 1, 3, 4)
        assert maker.done(pattern) == cells(1)

        # What each brings: the phone opens row 1 again, the tablet has done row 3.
        news = [lambda: "p1/r1" not in maker.done(pattern), lambda: "p1/r3" in maker.done(pattern)]
        for each in (first, 1 - first):
            ways[each].mend()
            back_online(pages[each])
            until(pages[each], news[each])
        until(phone, lambda: maker.done(pattern) == cells(3, 4))

        for page in pages:
            shows(page, 3, 4)


def test_a_browser_killed_right_after_a_tick_has_lost_nothing(somebody, maker, pattern, tmp_path):
    with Line(("127.0.0.1", urlsplit(maker.at.url).port or 0)) as way:
        page = somebody.with_disk(tmp_path, maker, url=way.url)
        open_here(page, pattern)
        way.cut()
        boxes(page).nth(1).check()
        boxes(page).nth(2).check()
        until(page, lambda: page.evaluate(UNSENT) == 2)
        kill_browser_of(tmp_path)
        assert maker.done(pattern) == set()

        way.mend()
        again = somebody.with_disk(tmp_path, maker, url=way.url)
        open_here(again, pattern)
        shows(again, 2, 3)
        until(again, lambda: maker.done(pattern) == cells(2, 3))


def test_a_batch_whose_answer_is_lost_is_sent_twice_and_counts_once(somebody, maker, pattern):
    page = somebody(maker)
    open_here(page, pattern)
    sent: list[list[str]] = []

    def lose(route: Route) -> None:
        sent.append([op["id"] for op in json.loads(route.request.post_data or "")["ops"]])
        if len(sent) > 1:
            route.continue_()
            return
        assert route.fetch().status == 200
        route.abort("connectionreset")

    page.route("**/progress", lambda route: lose(route) if route.request.method == "PATCH" else route.continue_())
    boxes(page).nth(0).check()
    boxes(page).nth(0).uncheck()
    boxes(page).nth(1).check()
    until(page, lambda: len(sent) >= 1 and maker.done(pattern) == cells(2))
    back_online(page)
    until(page, lambda: len(sent) >= 2)

    assert sent[0] == sent[1][: len(sent[0])]
    shows(page, 2)
    expect(page.get_by_text("kept and will be sent")).to_be_hidden()
    assert maker.done(pattern) == cells(2)


def test_a_clock_a_day_ahead_does_not_win_for_ever(somebody, maker, pattern):
    ahead, right = somebody(maker), somebody(maker.device())
    ahead.add_init_script(A_DAY_AHEAD)
    open_here(ahead, pattern)
    boxes(ahead).nth(0).check()
    boxes(ahead).nth(1).check()
    until(ahead, lambda: maker.done(pattern) == cells(1, 2))
    open_here(right, pattern)
    shows(right, 1, 2)

    boxes(right).nth(0).uncheck()
    until(right, lambda: maker.done(pattern) == cells(2))
    shows(ahead, 2)
    boxes(ahead).nth(0).check()
    until(ahead, lambda: maker.done(pattern) == cells(1, 2))
    shows(right, 1, 2)


def test_with_the_browsers_memory_wiped_and_the_cookie_kept_all_is_back(somebody, maker, pattern):
    page = somebody(maker)
    open_here(page, pattern)
    boxes(page).nth(0).check()
    boxes(page).nth(3).check()
    until(page, lambda: maker.done(pattern) == cells(1, 4))
    page.goto("about:blank")
    wipe = page.context.new_cdp_session(page)
    kinds = "indexeddb,local_storage,cache_storage,service_workers"
    wipe.send("Storage.clearDataForOrigin", {"origin": maker.at.url, "storageTypes": kinds})

    page.goto("/mine")
    page.locator(f"a[href='/p/{short(pattern)}']").click()
    shows(page, 1, 4)
    assert maker.done(pattern) == cells(1, 4)


def test_a_visitor_neither_sees_nor_changes_the_owners_ticks(somebody, scripted, maker, pattern):
    owner, guest = somebody(maker), scripted.maker()
    visitor = somebody(guest)
    open_here(owner, pattern)
    boxes(owner).nth(0).check()
    until(owner, lambda: maker.done(pattern) == cells(1))
    open_here(visitor, pattern)
    look_again(visitor)
    shows(visitor)

    boxes(visitor).nth(2).check()
    until(visitor, lambda: guest.done(pattern) == cells(3))
    look_again(owner)
    owner.reload()
    expect(boxes(owner)).to_have_count(ROWS + 1)
    shows(owner, 1)
    assert (maker.done(pattern), guest.done(pattern)) == (cells(1), cells(3))
    expect(visitor.get_by_role("button", name="On my other device")).to_have_count(0)


def test_going_back_to_a_row_is_one_op_and_undo_brings_back_just_what_was_ticked(somebody, maker, pattern):
    maker.tick(pattern, *sorted(cells(1, 2, 3, 5)))
    said: list[tuple[str, str, bool]] = []

    def hear(request: Request) -> None:
        if request.method == "PATCH":
            ops = request.post_data_json["ops"]
            said.extend((op.get("from", op.get("cell")), op.get("to", op.get("cell")), op["done"]) for op in ops)

    page = somebody(maker)
    page.on("request", hear)
    opened(page, pattern, "/make")
    expect(page.get_by_role("heading", level=2)).to_have_text(re.compile("^Row 4"))
    page.get_by_role("button", name="Rounds").click()
    page.get_by_role("button", name="Row 2, done").click()
    until(page, lambda: maker.done(pattern) == cells(1))
    assert said == [("p1/r2", "p1/r5", False)]

    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", level=2)).to_have_text(re.compile("^Row 4"))
    until(page, lambda: maker.done(pattern) == cells(1, 2, 3, 5))
    assert sorted(said[1:]) == [("p1/r2", "p1/r3", True), ("p1/r5", "p1/r5", True)]


@pytest.mark.parametrize("first", [0, 1], ids=["the phone first", "the tablet first"])
def test_rows_ripped_back_offline_and_one_ticked_later_elsewhere_agree_whoever_comes_back_first(
    first, somebody, maker, pattern
):
    address = ("127.0.0.1", urlsplit(maker.at.url).port or 0)
    maker.tick(pattern, *sorted(cells(1, 2, 3)))
    with Line(address) as one, Line(address) as other:
        ways = [one, other]
        phone, tablet = pages = [
            somebody(who, url=way.url) for who, way in zip((maker, maker.device()), ways, strict=True)
        ]
        opened(phone, pattern, "/make")
        expect(phone.get_by_role("heading", level=2)).to_have_text(re.compile("^Row 4"))
        open_here(tablet, pattern)
        shows(tablet, 1, 2, 3)
        for way in ways:
            way.cut()

        phone.get_by_role("button", name="Rounds").click()
        phone.get_by_role("button", name="Row 2, done").click()
        expect(phone.get_by_role("heading", level=2)).to_have_text(re.compile("^Row 2"))
        boxes(tablet).nth(1).uncheck()
        boxes(tablet).nth(1).check()  # later
        assert maker.done(pattern) == cells(1, 2, 3)

        # What each brings: the phone opens row 3 again, the tablet's word on row 2 is the last.
        for each in (first, 1 - first):
            ways[each].mend()
            back_online(pages[each])
            until(pages[each], lambda page=pages[each]: page.evaluate(UNSENT) == 0)
        assert maker.done(pattern) == cells(1, 2)
        opened(phone, pattern)
        for page in pages:
            shows(page, 1, 2)
