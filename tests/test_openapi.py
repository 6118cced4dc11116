"""The OpenAPI document is valid, and every route of the API is in it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from api import answers, examples, openapi
from api.app import create_app
from api.errors import KINDS
from crochet import work
from settings import Settings

# Not the API's: the page, its files, the readable pages about the API, and what Prometheus reads.
ELSEWHERE = ("pages.", "docs.show_docs", "docs.show_problem", "prometheus_metrics")


@pytest.fixture(scope="module")
def bare() -> Flask:
    """An app that asks no store anything."""
    return create_app(Settings(web_dist=""))


def test_the_document_is_valid_openapi(bare: Flask) -> None:
    document = openapi.document(bare)

    validate(document)
    assert document["openapi"].startswith("3.1")


def test_spectral_has_nothing_to_say(bare: Flask, strangers: Path, node: Callable[..., str], tmp_path: Path) -> None:
    document = tmp_path / "openapi.json"
    document.write_text(json.dumps(openapi.document(bare)))

    words = ("lint", "--ruleset", "spectral.yaml", "--fail-severity", "warn", str(document))
    said = node(str(strangers / "node_modules" / "@stoplight" / "spectral-cli" / "dist" / "index.js"), *words)

    assert "No results with a severity of 'warn' or higher found!" in said


def test_every_route_is_in_the_document(bare: Flask) -> None:
    paths = openapi.document(bare)["paths"]
    written = {(path, method.upper()) for path, methods in paths.items() for method in methods}

    routes = {
        (re.sub(r"<(?:[^:<>]+:)?(\w+)>", r"{\1}", rule.rule), method)
        for rule in bare.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if not rule.endpoint.startswith(ELSEWHERE)
    }
    assert routes == written


def test_every_operation_has_a_name_of_its_own_and_says_what_it_does(bare: Flask) -> None:
    told = [each for methods in openapi.document(bare)["paths"].values() for each in methods.values()]

    assert len({each["operationId"] for each in told}) == len(told)
    assert all(each["summary"] and each["description"] for each in told)
    assert all("default" in each["responses"] for each in told)


def test_every_json_body_has_an_example_that_its_model_takes(bare: Flask) -> None:
    document = openapi.document(bare)
    told = [each for methods in document["paths"].values() for each in methods.values() if "requestBody" in each]

    for each in told:
        schema = each["requestBody"]["content"][openapi.JSON]["schema"]
        [example] = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]["examples"]
        Draft202012Validator(schema | {"components": document["components"]}).validate(example)


def test_every_operation_has_examples_of_what_it_takes_and_gives_and_each_is_of_its_shape(bare: Flask) -> None:
    document = openapi.document(bare)
    messages = [each["post"] for each in document["webhooks"].values()]
    told = [each for methods in document["paths"].values() for each in methods.values()]
    contents = [each["requestBody"]["content"] for each in (*told, *messages) if "requestBody" in each]
    contents += [
        answer.get("content", {})
        for each in told
        for status, answer in each["responses"].items()
        if status.startswith("2") and status != "204"
    ]

    assert len(contents) > 40
    for content in contents:
        assert content
        for form in content.values():
            [example] = form["examples"].values()
            Draft202012Validator(form["schema"] | {"components": document["components"]}).validate(example["value"])


def test_the_examples_of_text_are_what_they_say(bare: Flask) -> None:
    assert work.check(examples.SHEET)["verdict"] == "ok"
    assert ElementTree.fromstring(examples.CHART).tag.endswith("svg")


def test_what_428_demands_is_a_parameter_that_must_be_there(bare: Flask) -> None:
    for methods in openapi.document(bare)["paths"].values():
        for told in methods.values():
            demanded = [each["name"] for each in told["parameters"] if each["in"] == "header" and each.get("required")]
            assert demanded == (["If-Match"] if "428" in told["responses"] else [])


def test_every_problem_that_an_operation_names_has_an_example_of_its_shape(bare: Flask) -> None:
    document = openapi.document(bare)
    shape = Draft202012Validator(answers.Problem.model_json_schema())

    for each in (each for methods in document["paths"].values() for each in methods.values()):
        for status, told in each["responses"].items():
            if status != "default" and openapi.PROBLEM in told.get("content", {}):
                examples = told["content"][openapi.PROBLEM]["examples"]
                assert ", ".join(examples) == told["description"]
                for example in examples.values():
                    shape.validate(example["value"])
                    assert str(example["value"]["status"]) == status


def test_a_json_body_refuses_unknown_fields_in_the_document_too(bare: Flask) -> None:
    schemas = openapi.document(bare)["components"]["schemas"]

    for name in ("JobRequest", "Options", "CheckRequest", "MakerRequest", "ProgressRequest", "Op", "RangeOp"):
        assert schemas[name]["additionalProperties"] is False


@pytest.mark.parametrize("blank", ["", " ", "\n\t", "\u00a0\u2003", "a\x00", "\x7f"])
def test_the_prompts_pattern_refuses_what_intake_refuses(bare: Flask, blank: str) -> None:
    pattern = openapi.document(bare)["components"]["schemas"]["JobRequest"]["properties"]["prompt"]["pattern"]

    assert not re.search(pattern, blank)
    assert re.search(pattern, " punk\nrock 🧶 ")


def test_every_problem_has_a_page(bare: Flask) -> None:
    for slug, kind in KINDS.items():
        page = bare.test_client().get(f"/problems/{slug}")
        assert page.status_code == 200
        assert kind.title in page.text


def test_the_page_to_try_it_needs_nobody_else(bare: Flask) -> None:
    client = bare.test_client()
    page = client.get("/api/docs")

    named = [name for name in re.findall(r'(?:src|href)="([^"]+)"', page.text) if name != "data:,"]
    assert named
    assert all(name.startswith("/") and client.get(name).status_code == 200 for name in named)
