"""Schemas: what a client may send, as pydantic models; the OpenAPI document is made from them.

Strict, and unknown fields are refused. JSON Schema calls 1.0 an integer, so do we. What intake refuses, the schema
says: text has a pattern. What goes out is in `answers.py`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from jobs import receivers

# ECMA's and Python's regular expressions both read these. Blank: what `str.strip` takes away.
TEXT = r"^[^\u0000-\u0008\u000b-\u001f\u007f]*$"
_FILLED = r"[^\u0000-\u0020\u007f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
NOT_BLANK = TEXT[:-1] + _FILLED + TEXT[1:]

MAX_PROMPT = 500
MAX_PATTERN_TEXT = 256 * 1024
MAX_OPS = 200
MAX_NOTE = 500

Size = Literal["lovey", "stroller", "crib", "lap", "throw", "afghan", "twin", "full", "queen", "king"]
YarnWeight = Literal["lace", "super fine", "fine", "dk", "worsted", "bulky", "super bulky"]


def _integer(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _trimmed(low: int, high: int) -> Any:
    """Text of this many characters after trimming; longer only by its blank edges."""

    def trim(value: str) -> str:
        value = value.strip()
        if len(value) < low:
            raise PydanticCustomError("too-short", "Write something here: 1 to {most} characters.", {"most": high})
        if len(value) > high:
            raise PydanticCustomError(
                "too-long", "This has {length} characters, {most} are the most.", {"length": len(value), "most": high}
            )
        return value

    return AfterValidator(trim)


def _said(most: int) -> dict[str, Any]:
    return {"pattern": NOT_BLANK, "minLength": 1, "maxLength": most}


def _left_out(schema: dict[str, Any]) -> None:
    """Left out is not the same as the default."""
    schema.pop("default", None)


def _changed(most: int) -> Any:
    def say(schema: dict[str, Any]) -> None:
        _left_out(schema)
        schema |= _said(most)

    return say


Prompt = Annotated[str, _trimmed(1, MAX_PROMPT), Field(json_schema_extra=_said(MAX_PROMPT))]
Words = Annotated[str, _trimmed(1, 40), Field(json_schema_extra=_said(40))]
# The bounds come before the validator: outside of it the JSON Schema would lose them.
Rounds = Annotated[int, Field(ge=1, le=12), BeforeValidator(_integer)]
Seed = Annotated[int, Field(ge=0, le=2**31 - 1), BeforeValidator(_integer)]


class Sent(BaseModel):
    """Anything a client sends: strict, nothing unknown."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Options(Sent):
    """What of the wish is fixed. What is left out is the writer's choice."""

    item: Words | None = Field(None, description="what is made, like blanket, cushion, bag", examples=["blanket"])
    size: Size | None = None
    yarn_weight: YarnWeight | None = None
    colours: Annotated[list[Words], Field(min_length=1, max_length=6)] | None = Field(
        None, description="yarn colours by name, the first is A", examples=[["black", "hot pink"]]
    )
    terms: Literal["us", "uk"] | None = None
    rounds: Rounds | None = Field(None, description="rounds of one square")
    seed: Seed | None = Field(None, description="the same wish with the same seed gives the same pattern")


WebhookUrl = Annotated[
    str,
    Field(
        min_length=1,
        max_length=receivers.MAX_URL,
        json_schema_extra={"pattern": receivers.PATTERN},
        description="https, a public name, no port but 443; an operator may allow others",
        examples=["https://example.org/hook"],
    ),
]
End = Literal["job.succeeded", "job.failed", "job.canceled"]
ENDS: list[End] = ["job.succeeded", "job.failed", "job.canceled"]


class Webhook(Sent):
    """Where to tell how a job ended: Standard Webhooks, signed with your secret."""

    url: WebhookUrl
    events: Annotated[list[End], Field(min_length=1, max_length=3)] = Field(
        default_factory=ENDS.copy, description="those ends alone"
    )


class WebhookTestRequest(Sent):
    """A URL that a test message shall go to."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"url": "https://example.org/hook"}]})

    url: WebhookUrl


_Key = Annotated[str, Field(min_length=1, max_length=40)]
_Value = Annotated[str, Field(max_length=500)]


_METADATA = {
    "type": "object",
    "maxProperties": 20,
    "propertyNames": {"minLength": 1, "maxLength": 40, "pattern": TEXT},
    "additionalProperties": {"type": "string", "maxLength": 500, "pattern": TEXT},
}


class JobRequest(Sent):
    """A wish. Only the prompt is required."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"prompt": "punk rock blanket"}]})

    prompt: Prompt = Field(description="what shall be made, 1 to 500 characters after trimming")
    options: Options = Options()  # type: ignore[call-arg]  # each has its default
    webhook: Webhook | None = Field(None, description="told when the job has ended")
    metadata: Annotated[dict[_Key, _Value], Field(max_length=20), WithJsonSchema(_METADATA)] = Field(
        default_factory=dict, description="yours alone: kept with the job and shown only to its owner"
    )


class PatternRequest(Sent):
    """The wish of `POST /generate-pattern`."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"prompt": "punk rock blanket"}]})

    prompt: Prompt


class CheckRequest(Sent):
    """A pattern to be checked."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"text": "Rnd 1: Ch 4, join. 12 dc in ring. (12 dc)"}]})

    text: str = Field(description="at most 256 kB with all of the body")
    terms: Literal["us", "uk", "auto"] = "auto"


class ChartRequest(CheckRequest):
    """A pattern to be drawn: its first piece, or the one named."""

    piece: Annotated[str, Field(max_length=200)] | None = Field(None, description="its key in the report, or its name")
    hand: Literal["right", "left"] = Field("right", description="left: mirrored, its numbers not")


class ReportRequest(Sent):
    """What is wrong with a row, or with the whole pattern."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"row": "p1/r1", "says": "The corner has three chains, not two."}]}
    )

    row: Annotated[str, Field(min_length=1, max_length=64, json_schema_extra={"pattern": TEXT})] | None = Field(
        None, description="the row's key; none: the whole pattern", examples=["p1/r1"]
    )
    says: Annotated[str, _trimmed(1, 500), Field(json_schema_extra=_said(500))] = Field(
        description="what is wrong, 1 to 500 characters", examples=["The corner has three chains, not two."]
    )


class ColourEdit(Sent):
    """Another yarn in the place of one."""

    letter: Annotated[str, Field(pattern=r"^[A-Z]$", examples=["A"])]
    name: Words = Field(examples=["moss green"])
    hex: Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$", examples=["#4A5D23"])]


class PatternEdit(Sent):
    """What shall be changed; what is left out stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"visibility": "private"}], "minProperties": 1})

    title: Annotated[str, _trimmed(1, 80), Field(json_schema_extra=_changed(80))] = ""
    visibility: Annotated[Literal["link", "private"], Field(json_schema_extra=_left_out)] = "link"
    colours: Annotated[list[ColourEdit], Field(min_length=1, max_length=26, json_schema_extra=_left_out)] = []

    @model_validator(mode="after")
    def something(self) -> Self:
        """To change nothing is a mistake."""
        if not self.model_fields_set:
            raise PydanticCustomError("nothing", "Name what shall be changed.")
        return self


class MakerRequest(Sent):
    """A new maker's first device; its name is how it will be listed."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "phone"}]})

    name: Words | None = Field(None, description="what this device shall be called", examples=["phone"])


def _no_default(schema: dict[str, Any]) -> None:
    del schema["default"]
    schema["pattern"] = TEXT


_Given = Annotated[str, Field(min_length=1, max_length=80, json_schema_extra=_no_default)]


class RedeemRequest(Sent):
    """A code, or the secret of a link: one of the two."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"code": "BCDF-GHJK"}],
            "oneOf": [{"required": ["code"]}, {"required": ["secret"]}],
        }
    )

    code: _Given = Field("", description="the code as it was read out or printed")
    secret: _Given = Field("", description="what stands behind the `#` of a link's address")
    name: Words | None = Field(None, description="what this device shall be called", examples=["laptop"])

    @model_validator(mode="after")
    def one_of_the_two(self) -> Self:
        """Neither tells nothing; both could tell two things."""
        if len(self.model_fields_set & {"code", "secret"}) != 1:
            raise PydanticCustomError("one-of", "Send `code` or `secret`, one of the two.")
        return self


_Short = Annotated[str, Field(min_length=1, max_length=64, json_schema_extra={"pattern": TEXT})]


class Op(Sent):
    """One tick: a cell is done or not. Said, never toggled; a stamp is `<ms>-<counter>-<replica>`."""

    id: _Short
    cell: _Short = Field(description="a row's key, with the copy's number where a piece is made many times: p1#17/r3")
    done: bool
    stamp: _Short


class RangeOp(Sent):
    """Many rows at once, all of one piece or of one copy of it: ripped back (not done), or done; both ends count."""

    id: _Short
    first: _Short = Field(alias="from", description="the cell of the earliest of the rows", examples=["p1#17/r3"])
    last: _Short = Field(alias="to", description="the cell of the latest of them", examples=["p1#17/r6"])
    done: bool
    stamp: _Short


def _kind_of_op(value: Any) -> str:
    ranged = isinstance(value, dict) and not {"from", "to"}.isdisjoint(value)
    return "[range]" if ranged else "[cell]"


# In the names of the two kinds intake knows pydantic's own steps, which are no places in the body.
AnyOp = Annotated[Annotated[Op, Tag("[cell]")] | Annotated[RangeOp, Tag("[range]")], Discriminator(_kind_of_op)]


class ProgressRequest(Sent):
    """Ticks to merge; their order and repetition do not matter."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "ops": [
                        {"id": "1", "cell": "p1#17/r3", "done": True, "stamp": "1767268800000-0-k7f2"},
                        {
                            "id": "2",
                            "from": "p1#17/r2",
                            "to": "p1#17/r3",
                            "done": False,
                            "stamp": "1767268900000-0-k7f2",
                        },
                    ]
                }
            ]
        }
    )

    ops: Annotated[list[AnyOp], Field(min_length=1, max_length=MAX_OPS)]


class NoteOp(Sent):
    """A note at a row, in plain text; no text takes it away."""

    id: _Short
    row: _Short = Field(description="the row's key; all copies of a piece have one note", examples=["p1/r3"])
    text: Annotated[str, _trimmed(0, MAX_NOTE), Field(json_schema_extra={"pattern": TEXT, "maxLength": MAX_NOTE})] = (
        Field(description="at most 500 characters after trimming", examples=["5 mm hook from here on"])
    )
    stamp: _Short


class NotesRequest(Sent):
    """Notes to merge; their order and repetition do not matter."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "ops": [
                        {"id": "3", "row": "p1/r3", "text": "5 mm hook from here on", "stamp": "1767268800000-0-k7f2"}
                    ]
                }
            ]
        }
    )

    ops: Annotated[list[NoteOp], Field(min_length=1, max_length=MAX_OPS)]
