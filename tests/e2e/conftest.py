"""What the browser tests share: one Knotty whose model is scripted, a browser, and people in it."""

from __future__ import annotations

import contextlib
import os
import re
import signal
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, expect, sync_playwright

from tests.conftest import Live
from tests.e2e.pages import LOST
from tests.e2e.people import Maker, Scripted, Writers
from tests.e2e.scenes import Shelf, stock
from tests.fakes.model_server import ModelServer

ANSWERED = re.compile(r"Failed to load resource: the server responded with a status of (\d{3})")

# What the policy stops is told as an error, also where the browser itself keeps quiet.
TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`the policy refused ${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
});
"""

expect.set_options(timeout=30_000)  # a guard against hanging, also on a busy machine


@pytest.fixture(scope="session")
def scripted(start_knotty: Callable[..., Live]) -> Iterator[Scripted]:
    """One Knotty for all browser tests, with four workers, and a model that writes what a test tells it to."""
    writers = Writers()
    with ModelServer(writers) as model:
        # Some tests hold the model in the middle of a sheet, and some are about limits.
        patient = {"MODEL_READ_TIMEOUT": "250", "MODEL_FIRST_BYTE_TIMEOUT": "250", "JOB_SECONDS": "1200"}
        limits = {"UNFINISHED_A_MAKER": "4", "HELD_A_MAKER": "6"}
        live = start_knotty(MODEL_URL=model.url, KNOTTY_WORKERS="4", **patient, **limits)
        yield Scripted(live, writers)
        live.stop(signal.SIGKILL)  # its processes die with it, and nothing is to be kept


def arguments() -> list[str]:
    """What a browser is started with: as root it refuses to sandbox itself."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """The browser itself; tests ask for `somebody`."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=arguments())
        yield started
        started.close()


class People:
    """Opens browsers of people who do not know each other, and notes what goes wrong in their pages."""

    def __init__(self, browser: Browser, program: str, url: str) -> None:
        self._browser, self._program, self._url = browser, program, url
        self._contexts: list[BrowserContext] = []
        self.faults: list[str] = []

    def __call__(
        self,
        maker: Maker | None = None,
        *,
        url: str | None = None,
        width: int = 390,
        height: int = 844,
        answers: Collection[int] = (),
        **context: Any,
    ) -> Page:
        """A tab of somebody new, or of this maker. `answers`: refusals that the test is about, by their status."""
        home = url or self._url
        size = {"width": width, "height": height}
        return self._enter(self._browser.new_context(base_url=home, viewport=size, **context), home, maker, answers)

    def with_disk(self, folder: Path, maker: Maker, url: str) -> Page:
        """A tab of a browser of its own, which keeps its things in this folder and finds them there again."""
        kind, program = self._browser.browser_type, self._program
        opened = kind.launch_persistent_context(folder, executable_path=program, args=arguments(), base_url=url)
        return self._enter(opened, url, maker, ())

    def _enter(self, opened: BrowserContext, home: str, maker: Maker | None, answers: Collection[int]) -> Page:
        self._contexts.append(opened)
        if maker:
            opened.add_cookies([{"name": "knotty", "value": maker.token, "url": home, "httpOnly": True}])
        opened.add_init_script(TELL_VIOLATIONS)
        opened.on("page", lambda tab: self._watch(tab, answers))
        return opened.new_page()

    def _watch(self, tab: Page, answers: Collection[int]) -> None:
        def hear(said: ConsoleMessage) -> None:
            status = ANSWERED.search(said.text)
            expected = (status and int(status[1]) in answers) or LOST.search(said.text)
            if said.type == "error" and not expected:
                self.faults.append(f"{tab.url}: {said.text}")

        tab.on("pageerror", lambda error: self.faults.append(f"{tab.url}: {error}"))
        tab.on("console", hear)

    def leave(self) -> None:
        """Closes all their browsers."""
        for context in self._contexts:
            with contextlib.suppress(Error):  # one whose browser was killed
                context.close()


@pytest.fixture
def somebody(browser: Browser, chromium: str, scripted: Scripted) -> Iterator[People]:
    """Opens tabs: `somebody(maker, width=1280)`. The test fails if one of them throws, logs an error or breaks its
    policy."""
    people = People(browser, chromium, scripted.url)
    yield people
    people.leave()
    assert people.faults == []


@pytest.fixture
def maker(scripted: Scripted) -> Maker:
    """Somebody new, with no pattern yet."""
    return scripted.maker()


@pytest.fixture(scope="session")
def shelf(scripted: Scripted) -> Shelf:
    """A maker's patterns in every state."""
    return stock(scripted.maker(), scripted.maker())
