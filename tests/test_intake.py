"""The one door: whatever is sent ends in a value or in a fault of ours, never in another exception."""

from __future__ import annotations

import json
import time

import psycopg
import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from api import intake, schemas
from api.errors import Refused

ANY_TEXT = st.text(st.characters(), max_size=80)  # surrogates and controls included
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY_TEXT, inner, max_size=4),
    max_leaves=12,
)
WISH = st.fixed_dictionaries(
    {"prompt": ANY_TEXT},
    optional={
        "metadata": st.dictionaries(ANY_TEXT, ANY_TEXT, max_size=4),
        "options": st.fixed_dictionaries({}, optional={"item": ANY_TEXT, "rounds": st.integers() | st.floats()}),
        "extra": ANY_JSON,
    },
)


def refused(raw: bytes) -> Refused:
    with pytest.raises(Refused) as caught:
        intake.parse(raw)
    return caught.value


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "byte 0"),
        (b"{", "byte 1"),
        (b'{"a": 1} x', "byte 9"),
        ('{"é": }'.encode(), "byte 7"),
        (b"\xef\xbb\xbf{}", "byte order mark"),
        (b'{"a": "\xff"}', "byte 7"),
        (b'{"a": "\xc0\x80"}', "byte 7"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": -Infinity}', "-Infinity"),
        (b'{"a": 1e999}', "too large"),
        (b'{"a": ' + b"1" * 41 + b"}", "too long"),
        (b'{"a": 0.' + b"1" * 41 + b"}", "too long"),
        (b'{"a": 1, "a": 2}', '"a" stands twice'),
        (b'{"a": {"b": 1, "b": 1}}', '"b" stands twice'),
        (b'{"\\ud800": 1, "\\ud800": 2}', "stands twice"),
        (b"// no\n{}", "byte 0"),
        (b"[" * 1000, "byte 32"),
        (b'{"a":' * 100_000, "deep"),
        (b'{"a": "x', "byte 6"),
        (b'{"a": "\x00"}', "byte 7"),
    ],
)
def test_what_is_not_usable_json_is_refused_with_the_place(raw: bytes, says: str) -> None:
    fault = refused(raw)

    assert fault.slug == "invalid-json"
    assert says in fault.detail
    fault.detail.encode()


def test_brackets_inside_text_are_no_depth() -> None:
    value = {"a": "[" * 500 + '\\"{'}

    assert intake.parse(json.dumps(value).encode()) == value


def test_thirty_two_levels_are_taken() -> None:
    assert intake.parse(b"[" * 32 + b"]" * 32) is not None


@pytest.mark.parametrize("bad", [b'"', b'\\"', b"\\", b'"\\', b"[]", b'{"":', b'"' + b"\\" * 7, b"1", b" "])
def test_attack_44_no_text_makes_the_depth_scan_slow(bad: bytes) -> None:
    began = time.process_time()

    with pytest.raises(Refused):
        intake.parse(b'{"a":' + bad * (256 * 1024 // len(bad)))

    assert time.process_time() - began < 5  # a hang guard: quadratic would be minutes


@pytest.mark.parametrize("value", [None, [], "x", 3, True])
def test_only_an_object_is_a_wish(value: object) -> None:
    with pytest.raises(Refused) as caught:
        intake.validate(schemas.JobRequest, value)

    assert caught.value.slug == "validation-failed"
    assert caught.value.faults[0].pointer == ""


@pytest.mark.parametrize("given_number", [6, 6.0])
def test_one_point_zero_is_a_whole_number(given_number: float) -> None:
    wish = intake.validate(schemas.JobRequest, {"prompt": "x", "options": {"rounds": given_number}})

    assert wish.options.rounds == 6
    assert isinstance(wish.options.rounds, int)


@pytest.mark.parametrize("rounds", [True, "3", 6.5, 0, 10**30, [], {}])
def test_attack_45_what_is_no_number_of_rounds_says_where(rounds: object) -> None:
    with pytest.raises(Refused) as caught:
        intake.validate(schemas.JobRequest, {"prompt": "x", "options": {"rounds": rounds}})

    assert [fault.pointer for fault in caught.value.faults] == ["/options/rounds"]


def test_all_faults_are_told_at_once_and_each_once() -> None:
    wish = {
        "prompt": "\x00",
        "options": {"rounds": -1, "needles": 5, "colours": ["red", "\ud800", 3], "a/b~c": 1},
        "metadata": {"ok": 3},
    }

    with pytest.raises(Refused) as caught:
        intake.validate(schemas.JobRequest, wish)

    assert sorted((fault.pointer, fault.code) for fault in caught.value.faults) == [
        ("/metadata/ok", "string-type"),
        ("/options/a~1b~0c", "extra-forbidden"),
        ("/options/colours/1", "text-not-storable"),
        ("/options/colours/2", "string-type"),
        ("/options/needles", "extra-forbidden"),
        ("/options/rounds", "greater-than-equal"),
        ("/prompt", "text-not-storable"),
    ]


def test_faults_are_told_in_plain_words() -> None:
    options = {"rounds": 0, "seed": -1, "terms": "fr", "colours": [], "size": 3}

    with pytest.raises(Refused) as caught:
        intake.validate(schemas.JobRequest, {"options": options, "metadata": {"k" * 41: "", "": ""}, "x": 1})

    assert {fault.pointer: fault.detail for fault in caught.value.faults} == {
        "/prompt": "This field is required.",
        "/options/rounds": "This must be 1 or more.",
        "/options/seed": "This must be 0 or more.",
        "/options/terms": "This must be one of: 'us' or 'uk'.",
        "/options/colours": "There must be 1 or more of these.",
        "/options/size": "This must be one of: 'lovey', 'stroller', 'crib', 'lap', 'throw', 'afghan', 'twin', 'full',"
        " 'queen' or 'king'.",
        "/metadata/" + "k" * 41: "40 characters are the most.",
        "/metadata/": "This must not be empty.",
        "/x": "There is no such field.",
    }


def test_a_key_that_cannot_be_stored_is_told_at_its_object() -> None:
    with pytest.raises(Refused) as caught:
        intake.validate(schemas.JobRequest, {"prompt": "x", "metadata": {"a\x00": "b"}})

    assert [(fault.pointer, fault.code) for fault in caught.value.faults] == [("/metadata", "text-not-storable")]


def test_attack_43_five_hundred_characters_are_counted_after_trimming() -> None:
    assert intake.validate(schemas.JobRequest, {"prompt": " " + "🧶" * 500 + "\n"}).prompt == "🧶" * 500
    with pytest.raises(Refused) as caught:
        intake.validate(schemas.JobRequest, {"prompt": "🧶" * 501})
    assert "501" in caught.value.faults[0].detail


@example(b'{"prompt": "\\udc00"}')
@given(st.binary(max_size=200) | ANY_JSON.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_end_in_a_value_or_in_a_fault_of_ours(raw: bytes) -> None:
    try:
        intake.validate(schemas.JobRequest, intake.parse(raw))
    except Refused as fault:
        json.dumps([fault.detail, list(fault.faults)]).encode()
        for one in fault.faults:
            (one.pointer + one.detail).encode()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(wish=WISH)
def test_whatever_is_taken_postgres_gives_back_equal(postgres: str, wish: dict[str, object]) -> None:
    try:
        taken = intake.validate(schemas.JobRequest, wish)
    except Refused:
        return
    with psycopg.connect(postgres.replace("+psycopg", "")) as connection:
        row = connection.execute("SELECT %s::text, %s::jsonb", (taken.prompt, Jsonb(taken.metadata))).fetchone()

    assert row == (taken.prompt, taken.metadata)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("wait=5", 5), ("respond-async, wait=5", 5), ("wait = 60", 60), ("wait=99999", 60), ("WAIT=5", 0), ("wait=5s", 0)]
    + [(said, 0) for said in ("wait=banana", "wait=-1", "wait=", "wait", "awaits=5", "wait=\u0665", "wait=1e3", "")],
)
def test_a_wait_is_so_many_seconds_and_sixty_at_the_most(said: str, seconds: int) -> None:
    with Flask("x").test_request_context(headers={"Prefer": said}):
        assert intake.wait() == seconds
