"""Scenes: every route in every state that a person can meet, and each thing that opens on it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.conftest import wait_until
from tests.e2e.pace import Paced
from tests.e2e.pages import heading, opened, written
from tests.e2e.people import Maker
from tests.fakes import sheets
from tests.fakes.model_server import say

# Round 2 has a corner too few, and nothing else is ever offered; a phrase of round 3 nobody understands.
UNPROVEN = sheets.SHORT.replace("1 more times, join. (24 dc", "1 more times, join. (25 dc").replace(
    "ch 1, 3 dc in next ch-1 sp, ch 1, *(3 dc", "ch 1, blorp the wabe, 3 dc in next ch-1 sp, ch 1, *(3 dc"
)
MANY = sheets.GOOD.replace("3 rows of 4", "6 rows of 8").replace("Harbour Wall", "Forty-eight Squares of Harbour Wall")


def scarf(rows: int) -> str:
    """A sheet of one piece with so many rows."""
    more = [f"Row {n} ({'AB'[n % 2]}): Ch 1, sc in each st across, turn. (20 sc)" for n in range(2, rows + 1)]
    head, _, end = sheets.IN_ROWS.partition("Row 2 (B)")
    return head + "\n".join(more) + "\n" + end[end.index("Finishing:") :]


@dataclass(frozen=True)
class Shelf:
    """One maker's patterns, one in each state, and a pattern of somebody else."""

    maker: Maker
    finished: str
    ticked: str
    unproven: str
    writing: str
    stopped: str
    failed: str
    strangers: str
    private: str
    deleted: str


def stock(maker: Maker, stranger: Maker) -> Shelf:
    """Has all of them written. One stays in the middle of being written."""
    writing = maker.wish("harbour wall, half of it", Paced(sheets.GOOD, 2), wait=False)
    stopping = maker.wish("harbour wall, given up", Paced(sheets.GOOD, 2), wait=False)
    wait_until(lambda: len(maker.rows(stopping["pattern"]["id"])) == 2, 60)
    maker.ask("POST", f"/jobs/{stopping['id']}/cancel")
    finished = maker.pattern("harbour wall of many squares", MANY)
    ticked = maker.pattern("harbour wall begun", sheets.GOOD)
    maker.tick(ticked, "p1#1/r1", "p1#1/r2", "p1#1/r3", "p1#2/r1")
    unproven = maker.pattern("harbour wall that does not add up", UNPROVEN)
    failed = maker.wish("harbour wall nobody can write", say("la la la\n" * 30))
    strangers = stranger.pattern("harbour wall next door", sheets.WITH_PIECES)
    private = stranger.pattern("harbour wall behind a door", sheets.GOOD)
    stranger.change(private, visibility="private")
    deleted = stranger.pattern("harbour wall no more", sheets.GOOD)
    stranger.remove(deleted)
    return Shelf(
        maker=maker,
        finished=finished,
        ticked=ticked,
        unproven=unproven,
        writing=str(writing["pattern"]["id"]),
        stopped=str(stopping["pattern"]["id"]),
        failed=str(failed["pattern"]["id"]),
        strangers=strangers,
        private=private,
        deleted=deleted,
    )


Enter = Callable[[Page, Shelf], object]


@dataclass(frozen=True)
class Scene:
    """How to get there, and which refusals of the API belong to it."""

    name: str
    enter: Enter
    answers: tuple[int, ...] = ()
    known: bool = True  # by a maker who has patterns; else by a browser that was never here


def home(page: Page, shelf: Shelf) -> None:
    page.goto("/")
    heading(page, "What shall we make?")


def home_again(page: Page, shelf: Shelf) -> None:
    written(page, shelf.ticked)
    home(page, shelf)
    expect(page.get_by_text(re.compile("^Resume|Go on|Continue")).first).to_be_visible()


def choices(page: Page, shelf: Shelf) -> None:
    home(page, shelf)
    page.locator("summary").click()
    expect(page.get_by_label("Yarn", exact=True)).to_be_visible()


def empty_wish(page: Page, shelf: Shelf) -> None:
    home(page, shelf)
    page.get_by_role("button", name="Write the pattern").click()
    expect(page.get_by_role("alert")).to_be_visible()


def all_open(page: Page, shelf: Shelf) -> None:
    """A pattern with everything open that a maker can open on it."""
    written(page, shelf.finished)
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("button", name="Delete this pattern").click()
    page.get_by_role("button", name=re.compile("^A, ")).click()
    page.get_by_text("Mix your own").click()
    page.get_by_role("button", name="Words in Round 1", exact=True).click()
    page.get_by_role("button", name="Is this row wrong?").click()
    page.get_by_role("button", name="Larger drawing").first.click()
    for shown in ("Title", "What you call it", "What is wrong"):
        expect(page.get_by_label(shown, exact=True)).to_be_visible()


def being_written(page: Page, shelf: Shelf) -> None:
    opened(page, shelf.writing)
    expect(page.get_by_role("main").get_by_role("checkbox")).to_have_count(2)


def ended(page: Page, pattern: str) -> None:
    opened(page, pattern)
    expect(page.get_by_text("Your wish is kept")).to_be_visible()


def unproven(page: Page, shelf: Shelf) -> None:
    written(page, shelf.unproven)
    expect(page.get_by_text("not proven").first).to_be_visible()


def make(page: Page, shelf: Shelf) -> None:
    opened(page, shelf.ticked, "/make")
    expect(page.get_by_role("button", name=re.compile("^Done"))).to_be_visible()


def make_with(button: str) -> Enter:
    def enter(page: Page, shelf: Shelf) -> None:
        make(page, shelf)
        page.get_by_role("button", name=button, exact=True).click()

    return enter


def keys_in_hand(page: Page, shelf: Shelf) -> None:
    make(page, shelf)
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Keys and pedals")).to_be_visible()


def afresh(page: Page, shelf: Shelf) -> None:
    make(page, shelf)
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("button", name="Begin this one again").click()


def pattern_with(*buttons: str) -> Enter:
    def enter(page: Page, shelf: Shelf) -> None:
        written(page, shelf.ticked)
        for button in buttons:
            page.get_by_role("button", name=re.compile(button)).first.click()
        opener = page.locator("[aria-expanded=true]").last
        if panel := opener.get_attribute("aria-controls"):
            expect(page.locator(f"[id='{panel}']")).to_be_visible()  # it may be fetched first

    return enter


def sheet_on_screen(page: Page, shelf: Shelf) -> None:
    opened(page, shelf.finished, "/print")
    expect(page.get_by_role("button", name="Print")).to_be_visible()


def mine(page: Page, shelf: Shelf) -> None:
    page.goto("/mine")
    expect(page.get_by_role("link", name=re.compile("Harbour Wall")).first).to_be_visible()


def mine_empty(page: Page, shelf: Shelf) -> None:
    page.goto("/mine")
    expect(page.get_by_text("Nothing in the basket yet")).to_be_visible()


def code_shown(page: Page, shelf: Shelf) -> None:
    mine(page, shelf)
    page.get_by_role("button", name="Show a code for it").click()
    expect(page.get_by_role("img", name="QR code that links a device")).to_be_visible()


def keys_to_me(page: Page, shelf: Shelf) -> None:
    mine(page, shelf)
    page.get_by_role("button", name=re.compile("Make a recovery code|Make a new one")).click()
    expect(page.get_by_text("It is shown only now.")).to_be_visible()
    page.get_by_role("button", name="Forget me").click()
    page.get_by_role("button", name="Yes, go on").click()


def sent(page: Page, shelf: Shelf) -> None:
    written(page, shelf.finished)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("img", name="QR code of the link")).to_be_visible()


def carried_on(page: Page, shelf: Shelf) -> None:
    written(page, shelf.finished)
    page.get_by_role("button", name="On my other device").click()
    page.get_by_role("button", name="Show a code for it").click()
    expect(page.get_by_text("minutes left")).to_be_visible()


def large_sheet(page: Page, shelf: Shelf) -> None:
    sheet_on_screen(page, shelf)
    for name in ("Large print", "My ticks", "Stitches in full"):
        page.get_by_label(name).check()
    expect(page.get_by_role("img", name="QR code of")).to_be_visible()


def check(page: Page, shelf: Shelf) -> None:
    page.goto("/check")
    heading(page, "Does it add up?")


def report(page: Page, shelf: Shelf) -> None:
    check(page, shelf)
    page.get_by_role("button", name="Try one that cannot be made").click()
    expect(page.locator("#result")).to_be_visible()


def link(page: Page, shelf: Shelf) -> None:
    page.goto("/link")
    heading(page, "Link this device")


def link_refused(page: Page, shelf: Shelf) -> None:
    page.goto("/link#nosuchsecret")
    page.get_by_role("button", name="Link this device").click()
    expect(page.get_by_role("alert")).to_be_visible()


def nowhere(page: Page, shelf: Shelf) -> None:
    page.goto("/nowhere/at/all")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def gone(page: Page, shelf: Shelf) -> None:
    opened(page, shelf.deleted)
    expect(page.get_by_text("deleted")).to_be_visible()


SCENES = [
    Scene("home", home),
    Scene("home of somebody who never was here", home, known=False),
    Scene("home with a pattern to go on with", home_again),
    Scene("home with the choices open", choices),
    Scene("home after an empty wish", empty_wish),
    Scene("a pattern being written", being_written),
    Scene("a pattern that was stopped", lambda page, shelf: ended(page, shelf.stopped)),
    Scene("a pattern that failed", lambda page, shelf: ended(page, shelf.failed)),
    Scene("a pattern", lambda page, shelf: written(page, shelf.finished)),
    Scene("a pattern with everything open", all_open),
    Scene("a pattern with ticks", lambda page, shelf: written(page, shelf.ticked)),
    Scene("a pattern with rows not proven", unproven),
    Scene("a stranger's pattern", lambda page, shelf: written(page, shelf.strangers), known=False),
    Scene("a stranger's private pattern", lambda page, shelf: opened(page, shelf.private), answers=(404,)),
    Scene("a deleted pattern", gone, answers=(410,)),
    Scene("one row", make),
    Scene("one row and the chart", make_with("Chart")),
    Scene("one row and the list", make_with("Rounds")),
    Scene("one row and more", make_with("More")),
    Scene("one row and the keys", keys_in_hand),
    Scene("one row to begin again", afresh),
    Scene("a pattern with a note open", pattern_with("^Note at")),
    Scene("a pattern with words told", pattern_with("^Words in")),
    Scene("a pattern with a yarn to change", pattern_with("Change$")),
    Scene("a pattern with more", pattern_with("^More$")),
    Scene("a pattern to be deleted", pattern_with("^More$", "^Delete this")),
    Scene("the sheet", sheet_on_screen),
    Scene("the sheet in large print", large_sheet),
    Scene("my patterns", mine),
    Scene("my patterns, none yet", mine_empty, known=False),
    Scene("my patterns and a code", code_shown),
    Scene("my patterns, a recovery code, and the last question", keys_to_me),
    Scene("a pattern to send", sent),
    Scene("a pattern to carry on elsewhere", carried_on),
    Scene("check", check),
    Scene("check with a report", report),
    Scene("link", link, known=False),
    Scene("link that is not good any more", link_refused, answers=(404,)),
    Scene("no such address", nowhere, answers=(404,)),
]  # fmt: skip
