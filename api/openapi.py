"""OpenAPI 3.1: made from the app's own routes, and from the pydantic models that validate.

`@operation` stands beside an endpoint and says what it takes and gives; `document(app)` reads all of them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, TypeVar

from flask import Flask
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from werkzeug.routing import Map, Rule
from werkzeug.routing.converters import BaseConverter

from api import answers, examples, messages
from api.errors import KINDS

JSON = "application/json"
PROBLEM = "application/problem+json"

LIMITED = ("/api/", "/generate-pattern")  # where requests are counted

View = TypeVar("View", bound=Callable[..., Any])
Model = type[BaseModel]
Forms = Mapping[str, Model | None]  # media type -> its model; None: text


class Identifier(BaseConverter):
    """An id in an address, `<id('job'):job_id>`: another shape is no route of ours, so it is a plain 404."""

    def __init__(self, route_map: Map, prefix: str) -> None:
        super().__init__(route_map)
        self.regex = f"{prefix}_[a-z2-7]{{26}}"


@dataclass(frozen=True)
class Query:
    """One parameter of the query."""

    name: str
    schema: Mapping[str, Any]
    says: str
    place: Literal["query", "header"] = "query"
    required: bool = False


_JOB = ("show_job", "show_events", "cancel_job", "retry_job", "list_deliveries")
_PATTERN = (
    *("show_pattern", "show_text", "show_chart", "show_preview", "show_progress", "update_progress", "update_notes"),
    *("edit_pattern", "delete_pattern"),
    *("report_row", "list_reports"),
)
# Where an answer that shows a job leads.
FROM_JOB = {
    **{name: {"operationId": name, "parameters": {"job_id": "$response.body#/id"}} for name in _JOB},
    **{name: {"operationId": name, "parameters": {"pattern_id": "$response.body#/pattern/id"}} for name in _PATTERN},
}

LIMIT = Query("limit", {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}, "how many at most")
CURSOR = Query("cursor", {"type": "string", "pattern": "^[A-Za-z0-9_=.~-]{1,256}$"}, "`next_cursor` of the page before")
WAIT = Query("Prefer", {"type": "string", "examples": ["wait=2"]}, "`wait=1..60`: seconds to wait", "header")
KEY = Query(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": 255, "pattern": r"^[!-+\--~]([ -+\--~]*[!-+\--~])?$"},
    "the same request under the same key is the same job; printable ASCII, no comma; needs credentials",
    "header",
)
UNLESS = Query("If-None-Match", {"type": "string"}, "the ETag you have: 304 when it still holds", "header")
IF_MATCH = Query(
    "If-Match",
    {"type": "string", "examples": ['"5f1c"']},
    "the ETag of what you change: 412 when stale",
    "header",
    True,
)
LAST_EVENT = Query("Last-Event-ID", {"type": "string", "pattern": "^[0-9]{1,18}$"}, "the last event you have", "header")
AFTER = Query("after", {"type": "integer", "minimum": 0, "maximum": 10**18 - 1, "default": 0}, "the same, in the query")

# What every way of opening a job may be refused with.
OPENING = ("gone", "idempotency-key-invalid", "idempotency-key-reused", "temporary-reduced-capacity")


@dataclass(frozen=True)
class Operation:
    """What one endpoint takes and gives."""

    summary: str
    gives: Mapping[int, Forms]
    takes: Forms = field(default_factory=dict)
    optional_body: bool = False
    query: Sequence[Query] = ()
    refuses: Sequence[str] = ()
    who: Literal["anyone", "maker"] = "anyone"
    headers: Mapping[int, Sequence[str]] = field(default_factory=dict)
    links: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)

    @cached_property
    def forms(self) -> list[str]:
        """The media types it can answer in."""
        return list(dict.fromkeys(form for forms in self.gives.values() for form in forms))


def operation(summary: str, gives: Mapping[int, Model | Forms | None], **more: Any) -> Callable[[View], View]:
    """Says what an endpoint takes and gives. A bare model is JSON; None is an answer without a body."""
    forms: dict[int, Forms] = {}
    for status, given in gives.items():
        forms[status] = {} if given is None else given if isinstance(given, Mapping) else {JSON: given}
    takes = more.pop("takes", {})
    told = Operation(summary, forms, takes if isinstance(takes, Mapping) else {JSON: takes}, **more)

    def mark(view: View) -> View:
        view.operation = told  # type: ignore[attr-defined]
        return view

    return mark


def operation_of(app: Flask, endpoint: str | None) -> Operation | None:
    """What `@operation` said of this endpoint."""
    found = getattr(app.view_functions.get(endpoint or ""), "operation", None)
    return found if isinstance(found, Operation) else None


def document(app: Flask) -> dict[str, Any]:
    """The whole OpenAPI 3.1 document of this app."""
    routes = [(rule, told) for rule in app.url_map.iter_rules() if (told := operation_of(app, rule.endpoint))]
    schemas, names = _schemas([told for _, told in routes])
    paths: dict[str, dict[str, Any]] = {}
    for rule, told in sorted(routes, key=lambda route: route[0].rule):
        path = re.sub(r"<(?:[^:<>]+:)?(\w+)>", r"{\1}", rule.rule)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            paths.setdefault(path, {})[method.lower()] = _operation(app, rule, method, told, names)
    used = {tag for methods in paths.values() for each in methods.values() for tag in each["tags"]}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Knotty AI",
            "version": "1",
            "license": {"name": "MIT", "identifier": "MIT"},
            "description": "Granny-square patterns written by a language model, every stitch count worked out by"
            " machine. Errors are RFC 9457 problems; every answer bears `X-Request-Id`.",
        },
        "servers": [{"url": app.config["PUBLIC_URL"] or "/"}],
        "tags": [
            {"name": name, "description": _subject(room.import_name)}
            for name, room in app.blueprints.items()
            if name in used
        ],
        "paths": paths,
        "webhooks": {name: {"post": _message(name, names)} for name in messages.MESSAGES},
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer", "description": "a maker's token, `kn_...`"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": "knotty"},
            },
        },
    }


def _subject(room: str) -> str:
    """What a room says of itself after its name."""
    words = (sys.modules[room].__doc__ or "").strip().partition("\n\n")[0]
    about = " ".join(words.partition(": ")[2].split())
    return about[:1].upper() + about[1:]


def _schemas(told: Sequence[Operation]) -> tuple[dict[str, Any], dict[Model, dict[str, Any]]]:
    """All models' JSON Schemas by name, and for each model the reference to it."""
    sent = {model for each in told for model in each.takes.values() if model}
    given = {model for each in told for forms in each.gives.values() for model in forms.values() if model}
    given |= {model for _, model in messages.MESSAGES.values()}
    both = sorted(sent, key=lambda model: model.__name__), sorted(given | {answers.Problem}, key=lambda m: m.__name__)
    wanted = [(model, "validation") for model in both[0]] + [(model, "serialization") for model in both[1]]
    refs, found = models_json_schema(wanted, ref_template="#/components/schemas/{model}")  # type: ignore[arg-type]
    by_model: dict[Any, dict[str, Any]] = {model: ref for (model, _), ref in refs.items()}
    return found["$defs"], by_model


def _message(name: str, refs: Mapping[Model, dict[str, Any]]) -> dict[str, Any]:
    """What a receiver of webhooks gets."""
    summary, model = messages.MESSAGES[name]
    return {
        "operationId": f"receive_{name.replace('.', '_')}",
        "tags": ["webhooks"],
        "summary": summary,
        "description": "Standard Webhooks. Answer 2xx within 15 seconds; 410 when you want no more; else it is tried"
        " again.",
        "parameters": [
            {"name": header, "in": "header", "required": True, "description": says, "schema": {"type": "string"}}
            for header, says in messages.HEADERS.items()
        ],
        "requestBody": {"required": True, "content": _content({JSON: model}, refs)},
        "responses": {"2XX": {"description": "taken"}},
        "security": [],
    }


def _operation(
    app: Flask, rule: Rule, method: str, told: Operation, refs: Mapping[Model, dict[str, Any]]
) -> dict[str, Any]:
    view = app.view_functions[rule.endpoint]
    written: dict[str, Any] = {
        "operationId": rule.endpoint.rpartition(".")[2],
        "tags": [rule.endpoint.partition(".")[0]],
        "summary": told.summary,
        "description": " ".join((view.__doc__ or told.summary).split()),
        "parameters": [_path_parameter(rule, name) for name in sorted(rule.arguments)]
        + [_parameter(each) for each in told.query],
        "responses": _responses(rule, told, refs, changes=method != "GET"),
        "security": [{"bearer": []}, {"cookie": []}] + ([{}] if told.who == "anyone" else []),
    }
    if told.takes:
        written["requestBody"] = {"required": not told.optional_body, "content": _content(told.takes, refs)}
    return written


def _parameter(query: Query) -> dict[str, Any]:
    told = {"name": query.name, "in": query.place, "description": query.says, "schema": dict(query.schema)}
    return told | ({"required": True} if query.required else {})


def _path_parameter(rule: Rule, name: str) -> dict[str, Any]:
    converter = rule._converters[name]
    schema = {"type": "string"}
    if isinstance(converter, Identifier):
        schema["pattern"] = f"^{converter.regex}$"
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _content(forms: Forms, refs: Mapping[Model, dict[str, Any]]) -> dict[str, Any]:
    """Each form with its schema and an example of it."""
    bare = {JSON: {"type": "object"}}
    found: dict[str, Any] = {}
    for form, model in forms.items():
        found[form] = {"schema": refs[model] if model else bare.get(form, {"type": "string"})}
        if (example := _example_of(form, model)) is not None:
            found[form]["examples"] = {"one": {"value": example}}
    return found


def _example_of(form: str, model: Model | None) -> Any:
    if model is None:
        return examples.FORMS[form]
    sent = model.model_config.get("json_schema_extra")
    return sent["examples"][0] if isinstance(sent, dict) else examples.EXAMPLES.get(model)  # type: ignore[index]


def _responses(rule: Rule, told: Operation, refs: Mapping[Model, dict[str, Any]], changes: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for status, forms in told.gives.items():
        one: dict[str, Any] = {"description": _SAYS.get(status, "as asked")}
        if forms:
            one["content"] = _content(forms, refs)
        if names := told.headers.get(status):
            one["headers"] = {name: {"schema": {"type": "string"}} for name in names}
        if status in told.links:
            one["links"] = dict(told.links[status])
        found[str(status)] = one
    slugs = ["not-acceptable", *told.refuses] + (["cross-site"] if changes else [])
    if rule.rule.startswith(LIMITED):
        slugs.append("quota-exceeded")
    if told.takes:
        slugs += ["invalid-json", "payload-too-large", "unsupported-media-type", "validation-failed"]
    if told.who == "maker":
        slugs += ["credentials-required", "credentials-invalid"]
    by_status: dict[int, list[str]] = {}
    for slug in dict.fromkeys(slugs):
        by_status.setdefault(KINDS[slug].status, []).append(slug)
    for status, alike in sorted(by_status.items()):
        found[str(status)] = {"description": ", ".join(alike), "content": _content({PROBLEM: answers.Problem}, refs)}
        found[str(status)]["content"][PROBLEM]["examples"] = {slug: _example(slug) for slug in alike}
        if status == 429:
            names = ("RateLimit-Policy", "RateLimit", "Retry-After")
            found[str(status)]["headers"] = {name: {"schema": {"type": "string"}} for name in names}
    found["default"] = {"description": "another problem", "content": _content({PROBLEM: answers.Problem}, refs)}
    return found


def _example(slug: str) -> dict[str, Any]:
    """A problem as it comes, but for the words that are about one request."""
    kind = KINDS[slug]
    told: dict[str, Any] = {
        "type": f"/problems/{slug}",
        "title": kind.title,
        "status": kind.status,
        "detail": kind.about,
        "request_id": "9ac8cb73d79f651c",
    }
    if slug == "validation-failed":
        told["errors"] = [{"pointer": "/prompt", "code": "missing", "detail": "This field is required."}]
    return {"summary": kind.title, "value": told}


_SAYS = {200: "the answer", 201: "made", 202: "accepted: it is being written", 204: "nothing left", 304: "unchanged"}
