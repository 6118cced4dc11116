"""Ticking: how long it takes from a tap on a box until the browser has painted it, on a slow phone."""

from __future__ import annotations

import os
from collections.abc import Callable
from statistics import median

import requests
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from bench.machine import Began, share, spread, table
from bench.stage import OURS, stage
from embedded import browser, page
from tests.e2e.people import short
from tests.e2e.scenes import scarf
from tests.fakes.model_server import ModelServer, sheet

ROWS = 120
SLOWER = 4  # times: Lighthouse's phone
BETWEEN = 700  # ms from one tap to the next: what the one before has sent is answered
SCROLLED = 200  # ms from when a box was looked for to the tap on it: the page is still

# The browser's own measure of an interaction, as INP takes it: the longest of its events (press, release, click).
WATCH = """
window.taps = new Map();
new PerformanceObserver((list) => {
  for (const { interactionId, duration } of list.getEntries())
    if (interactionId) window.taps.set(interactionId, Math.max(duration, window.taps.get(interactionId) ?? 0));
}).observe({ type: "event", durationThreshold: 16 });
"""
# What the browser does not tell of is quicker than this.
LEAST = 16


def measure(quick: bool) -> str:
    """The figures, as they are told."""
    began = Began()
    rounds, ticks = (1, 2) if quick else (3, 20)
    dist = page.ensure_built(print)
    found: dict[str, list[list[float]]] = {"a box in the list": [], "Done, in make mode": []}
    with stage() as here, ModelServer(sheet(scarf(ROWS - 1))) as model, sync_playwright() as playwright:
        here.serve_ours(MODEL_URL=model.url, WEB_DIST=str(dist))
        here.start_worker()
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = playwright.chromium.launch(executable_path=browser.ensure(), args=arguments)
        url = f"http://127.0.0.1:{here.ports[OURS]}"
        for number in range(rounds):
            address = f"{url}/p/{short(_written(url, here.makers(1)[0]))}"
            found["a box in the list"].append(_taps(chromium, address, ticks, _box))
            found["Done, in make mode"].append(_taps(chromium, f"{address}/make", ticks, _done))
            told = ", ".join(f"{what} {median(taps[-1]):.0f} ms" for what, taps in found.items())
            print(f"round {number + 1}: {told}", flush=True)
        chromium.close()
    rows = []
    for what, taps in found.items():
        middles, lates = [median(each) for each in taps], [share(each, 0.95) for each in taps]
        rows.append([what, f"{spread(middles, 0)} ms", f"{spread(lates, 0)} ms"])
    words = (
        f"{rounds} rounds of {ticks} taps each, in a new browser, on a pattern of {ROWS} rows; the processor {SLOWER}"
        " times slower. From the tap to the paint after it, as the browser's Event Timing tells it, in steps of 8 ms."
    )
    return f"{began.told()} {words}\n\n{table(['', 'median', 'p95'], rows)}"


def _written(url: str, token: str) -> str:
    """The id of a pattern of that many rows, just written for this maker."""
    head = {"Authorization": f"Bearer {token}", "Prefer": "wait=60"}
    job = requests.post(f"{url}/api/v1/jobs", json={"prompt": "a long scarf"}, headers=head, timeout=90).json()
    if job["status"] != "succeeded":
        raise RuntimeError(f"The pattern was not written: {job}")
    return str(job["pattern"]["id"])


def _taps(chromium: Browser, address: str, ticks: int, target: Callable[[Page, int], Locator]) -> list[float]:
    """How long each of so many taps took, in milliseconds; by somebody who was never here."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    tab = context.new_page()
    tab.goto(address)
    target(tab, 0).wait_for()
    tab.wait_for_timeout(3 * BETWEEN)  # the chart is there too
    context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    tab.evaluate(WATCH)
    for number in range(ticks):
        _tap(tab, target(tab, number))
        tab.wait_for_timeout(BETWEEN)
    told: list[float] = tab.evaluate("[...window.taps.values()]")
    context.close()
    return told + [LEAST] * (ticks - len(told))


def _tap(tab: Page, target: Locator) -> None:
    """A finger on it. The driver's own tap looks within the page, slowed down with it, at what it has hit."""
    target.scroll_into_view_if_needed()
    place = target.bounding_box()
    if place is None:
        raise RuntimeError("What was to be tapped is not seen.")
    tab.wait_for_timeout(SCROLLED)
    tab.touchscreen.tap(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)


def _box(tab: Page, number: int) -> Locator:
    return tab.get_by_role("main").get_by_role("listitem").get_by_role("checkbox").nth(number)


def _done(tab: Page, _: int) -> Locator:
    return tab.get_by_role("button", name="Done, next")
