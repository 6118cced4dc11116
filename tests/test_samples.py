"""Samples: three finished patterns that every Knotty has from the start, proven, and nobody's to change."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest

from api.drawings import preview_of
from db import records
from jobs import samples
from jobs.sweep import Sweep
from tests.conftest import wait_until

PAGES = Path(__file__).resolve().parent.parent / "web" / "src" / "pages"
NAMES = sorted(samples.sheets().values())


@pytest.fixture
def kept(store) -> dict[str, dict]:
    """The samples as they are kept, by the names of their files."""
    assert samples.put_out() == len(NAMES)
    return {name: records.pattern(pattern) for pattern, name in samples.sheets().items()}


@pytest.mark.parametrize("name", NAMES)
def test_every_row_of_a_sample_is_proven_by_todays_compiler(name):
    sample = samples.sample(name)

    assert {row["key"]: row["findings"] for row in sample.rows if row["verdict"] != "ok"} == {}
    assert sample.verdict == "ok"
    assert sample.head["size"]
    assert sample.head["notes"] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_page_shows_a_sample_by_its_name_and_as_it_is_drawn_today(kept, name):
    """Drawn otherwise now? What `/api/v1/patterns/{id}/preview.svg` of a running Knotty answers is the new picture."""
    sample = kept[name]
    card = next(line for line in (PAGES / "Samples.tsx").read_text().splitlines() if sample["id"] in line)
    title, facts = re.findall(r'(?:title|facts): "([^"]+)"', card)
    size, layout = sample["size"], sample["layout"]

    assert title == sample["title"]
    assert f"{layout['rows'] * layout['columns']} " in facts
    assert facts.endswith(f", {round(size['width_in'])} × {round(size['height_in'])} in")
    assert (PAGES / "samples" / f"{name}.svg").read_text() == preview_of(sample)


def test_a_sample_is_a_pattern_like_any_other_that_was_finished_long_ago(kept):
    for name, pattern in kept.items():
        rows = [row for piece in pattern["pieces"] for row in piece["rows"]]
        assert rows == samples.sample(name).rows
        assert pattern["job"] is None
        assert (pattern["verdict"], pattern["visibility"]) == ("ok", "link")
        assert pattern["model"]["name"] == "knotty-mini"


def test_they_are_put_out_once_and_stay_as_they_are(kept):
    assert samples.put_out() == 0
    for pattern, name in samples.sheets().items():
        assert records.keep_sample(samples.sample(name)) is False
        assert records.pattern(pattern) == kept[name]


def test_one_that_was_taken_down_stays_away(kept):
    gone = kept[NAMES[0]]["id"]
    records.take_down(gone)

    assert samples.put_out() == 0
    with pytest.raises(records.TakenDown):
        records.pattern(gone)


def test_two_who_put_them_out_at_once_do_not_meet(store):
    put: list[int] = []
    both = [threading.Thread(target=lambda: put.append(samples.put_out())) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join(timeout=30)

    assert sum(put) == len(NAMES)


def test_their_maker_is_never_forgotten(kept):
    assert records.forget_makers(0) == 0
    assert records.pattern(kept[NAMES[0]]["id"])


def test_the_sweep_puts_them_out(store):
    sweep = Sweep(store)
    runs = threading.Thread(target=sweep.run)
    runs.start()
    try:
        wait_until(lambda: records.absent_samples(samples.sheets()) == [], 20)
    finally:
        sweep.stopping.set()
        runs.join(timeout=15)


@pytest.fixture
def url(kept) -> str:
    """A sample, as everybody may read it."""
    return f"/api/v1/patterns/{kept[NAMES[0]]['id']}"


def test_who_has_no_account_reads_it_in_every_form(client, url):
    for form in ("", "?terms=uk", ".txt", ".svg", "/preview.svg"):
        assert client.get(f"{url}{form}").status_code == 200
    assert client.get(url).json["own"] is False


def test_ticks_on_it_are_their_makers_own(client, app, url):
    client.post("/api/v1/makers")
    tick = {"id": "1", "cell": "p1#1/r1", "done": True, "stamp": "1-0-phone"}
    client.patch(f"{url}/progress", json={"ops": [tick]})

    assert client.get(f"{url}/progress").json["cells"] == {"p1#1/r1": {"done": True, "stamp": "1-0-phone"}}
    assert app.test_client().get(f"{url}/progress").json["cells"] == {}
    assert [each["id"] for each in client.get("/api/v1/patterns").json["data"]] == [url.rpartition("/")[2]]


def test_nobody_changes_or_deletes_it(client, url):
    client.post("/api/v1/makers")
    tag = {"If-Match": client.get(url).headers["ETag"]}

    assert client.delete(url, headers=tag).status_code == 404
    assert client.patch(url, json={"title": "Mine"}, headers=tag).status_code == 404
    assert client.get(url).status_code == 200
