"""The fallback: another model writes while the one that is wanted is away, and the reader is told."""

from __future__ import annotations

import threading

import pytest

from db import records
from jobs import compose
from jobs.waking import Waking
from jobs.writer import ModelUnavailable, Writer
from settings import Settings
from tests.composing import Shown, results
from tests.fakes import sheets
from tests.fakes.model_server import EOF, ModelServer, say, sheet, silent, status
from tests.test_worker import assert_whole, ended, wait_for, workers

AWAY = "http://127.0.0.1:9"
NOTE = "written-by-fallback"


def composing(first, other, waking=None, wish=None, sink=None, **settings):
    """A composer whose wanted model is at one address and whose fallback is at another, and its sink."""
    given = {"model_name": "llama-knotty", "model_prompt": "llama3", "fallback_after": 0.1, "model_wait": 5.0}
    known = Settings(model_url=first, fallback_model_url=other, **given | settings)
    writer = Writer(known, threading.Event(), waking)
    writer._pauses = (0.02, 0.02, 0.02)
    sink = sink or Shown()
    return compose.Composer(wish or compose.Wish("harbour wall", {}, 1), writer, sink), sink


def notes(shown):
    return [note["code"] for note in shown.end["head"]["notes"]]


def test_the_fallback_writes_while_the_first_is_away_and_the_reader_is_told():
    with ModelServer(sheet(sheets.GOOD)) as other:
        composer, shown = composing(AWAY, other.url)
        composer.run()

    assert shown.phases == [(True, None), (False, "knotty-mini")]
    assert [note["code"] for note in shown.heads[0]["notes"]] == notes(shown) == [NOTE]
    assert shown.end["verdict"] == "ok"


def test_it_is_asked_in_its_own_words():
    with ModelServer(sheet(sheets.GOOD)) as other:
        composer, _ = composing(AWAY, other.url, fallback_model_api="openai", model_key="CANARY")
        composer.run()

    assert (other.bodies[0]["model"], other.paths[-1]) == ("knotty-mini", "/v1/completions")
    assert other.prompts[0].startswith("Wish: harbour wall\n")
    assert set(other.keys) == {None}


def test_a_first_that_answers_writes_and_nothing_is_said():
    with ModelServer(sheet(sheets.GOOD), name="llama-knotty") as first, ModelServer(sheet(sheets.GOOD)) as other:
        composer, shown = composing(first.url, other.url)
        composer.run()

    assert not other.bodies
    assert (shown.phases, notes(shown)) == ([], [])


def test_a_first_that_comes_back_in_time_writes():
    late = ModelServer(status(503), status(503), sheet(sheets.GOOD), name="llama-knotty")
    with late as first, ModelServer(sheet(sheets.GOOD)) as other:
        composer, shown = composing(first.url, other.url, fallback_after=60)
        composer.run()

    assert not other.bodies
    assert notes(shown) == []


def test_a_first_that_goes_away_in_the_middle_is_gone_on_for():
    part = sheets.GOOD[: sheets.GOOD.index("Rnd 3")]
    gone = ModelServer(say(part, EOF), status(503), name="llama-knotty")
    with gone as first, ModelServer(sheet(sheets.GOOD)) as other:
        composer, shown = composing(first.url, other.url)
        composer.run()

    assert other.prompts[0].endswith("4 ch-1 sps)\n")
    assert [note["code"] for note in shown.heads[0]["notes"]] == []
    assert notes(shown) == [NOTE]
    assert [row["key"] for row in shown.rows] == ["p1/r1", "p1/r2", "p1/r3", "p2/r1", "p3/r1", "p4/r1"]


def test_a_worker_that_knows_the_first_to_be_away_does_not_wait_again():
    waking = Waking(1.0)
    with ModelServer(sheet(sheets.GOOD)) as other:
        composing(AWAY, other.url, waking)[0].run()
        composer, shown = composing(AWAY, other.url, waking, fallback_after=0.05)
        composer.run()

    assert shown.phases == [(False, "knotty-mini")]
    assert notes(shown) == [NOTE]


def test_a_first_that_takes_requests_and_never_answers_is_away_too():
    with ModelServer(silent(), name="llama-knotty") as first, ModelServer(sheet(sheets.GOOD)) as other:
        composer, shown = composing(first.url, other.url, model_first_byte_timeout=0.2)
        composer.run()

    assert notes(shown) == [NOTE]


def test_a_first_that_is_back_writes_the_next_pattern():
    waking = Waking(1.0)
    with ModelServer(sheet(sheets.GOOD)) as other:
        composing(AWAY, other.url, waking)[0].run()
        with ModelServer(sheet(sheets.GOOD), name="llama-knotty") as first:
            composer, shown = composing(first.url, other.url, waking)
            composer.run()

    assert (len(first.bodies), notes(shown)) == (1, [])


def test_a_fallback_that_cannot_read_so_long_a_sheet_leaves_it_to_the_first():
    part = sheets.GOOD[: sheets.GOOD.index("Rnd 3")]
    gone = ModelServer(say(part, EOF), *[status(503)] * 30, sheet(sheets.GOOD), name="llama-knotty")
    with gone as first, ModelServer(status(400)) as other:
        composer, shown = composing(first.url, other.url)
        composer.run()

    assert len(other.bodies) == 1
    assert shown.end["verdict"] == "ok"
    assert notes(shown) == []


def test_with_both_away_the_job_waits_as_long_as_with_one():
    composer, shown = composing(AWAY, AWAY, model_wait=0.4)

    with pytest.raises(ModelUnavailable):
        composer.run()
    assert shown.phases == [(True, None)]


def test_without_a_fallback_nobody_else_is_asked():
    composer, _ = composing(AWAY, "", model_wait=0.4)

    with pytest.raises(ModelUnavailable):
        composer.run()


def test_what_another_attempt_left_of_the_fallbacks_is_still_told():
    begun = sheets.GOOD[: sheets.GOOD.index("Rnd 3")]
    with ModelServer(sheet(sheets.GOOD), name="llama-knotty") as first:
        wish = compose.Wish("harbour wall", {}, 1, begun, helped=True)
        composer, shown = composing(first.url, AWAY, wish=wish)
        composer.run()

    assert notes(shown) == [NOTE]


def test_a_pattern_that_the_fallback_begins_anew_says_so_too():
    bad = sheets.GOOD.replace("Ch 4, join to form ring.", "Blorp the wabe.")
    with ModelServer(*[sheet(bad)] * compose.TRIES_A_ROW, sheet(sheets.GOOD)) as other:
        composer, shown = composing(AWAY, other.url)
        composer.run()

    assert [[note["code"] for note in head["notes"]] for head in shown.heads] == [[NOTE], [NOTE]]
    assert results(shown)[0] == ("p1/r1", "first", "ok")


def test_a_job_written_by_the_fallback_says_which_model_wrote_it(store, job):
    with ModelServer(sheet(sheets.GOOD)) as other:
        given = {"FALLBACK_MODEL_URL": other.url, "FALLBACK_AFTER": "3", "MODEL_NAME": "llama-knotty"}
        with workers(store, AWAY, **given) as team:
            team.start()
            told = wait_for(lambda: ended(job))

    assert told["status"] == "succeeded"
    assert told["model"] == {"name": "knotty-mini", "digest": "f" * 64}
    assert_whole(job)
    pattern = records.pattern(job["pattern"]["id"])
    assert pattern["model"] == told["model"]
    assert [note["code"] for note in pattern["notes"]] == [NOTE]
    phases = [event["data"] for event in records.events(job["id"]) if event["type"] == "job.phase"]
    assert phases == [{"phase": "waking_model"}, {"phase": "writing", "model": told["model"]}]


def test_a_job_tried_again_is_first_offered_to_the_model_that_is_wanted(store, job, maker):
    with ModelServer(sheet(sheets.GOOD, pause=0.05)) as other:
        given = {"FALLBACK_MODEL_URL": other.url, "FALLBACK_AFTER": "0.2", "MODEL_NAME": "llama-knotty"}
        with workers(store, AWAY, **given) as team:
            team.start()
            wait_for(lambda: records.job(job["id"])["progress"]["rows_written"] >= 2)
            records.cancel(job["id"], maker)
    again = records.retry_job(job["id"], maker)
    back = ModelServer(sheet(sheets.GOOD), name="llama-knotty")
    given = {"FALLBACK_MODEL_URL": AWAY, "MODEL_NAME": "llama-knotty"}
    with back as first, workers(store, first.url, **given) as team:
        team.start()
        told = wait_for(lambda: ended(again))

    assert (told["status"], told["model"]["name"]) == ("succeeded", "llama-knotty")
    pattern = records.pattern(job["pattern"]["id"])
    assert pattern["model"] == told["model"]
    assert [note["code"] for note in pattern["notes"]] == [NOTE]
