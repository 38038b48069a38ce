"""The values that a key can have: each is read from the text that the author typed, and has its form in the JSON Schema.

Every scalar reaches these types as text, so each number, date and flag first has to match a pattern: pydantic's own lax parsing
takes `1_000`, `3.0` and a date of `0`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal, LiteralString
from urllib.parse import urlsplit

from pydantic import BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import PydanticCustomError, core_schema

from ..diagnostics.codes import SILENCEABLE
from .addresses import hidden_host

ID_PATTERN = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
EVERY_ANSWER = "*"
MAX_ID = 80
_MAX_TEXT = 20_000
MAX_EXPRESSION = 2_000
_TEXT_SCHEMA = {"type": "string", "minLength": 1, "maxLength": _MAX_TEXT}

_MINUTES = {"min": 1, "h": 60, "day": 8 * 60, "days": 8 * 60}
_DAYS = {"day": 1, "days": 1, "week": 7, "weeks": 7, "month": 30, "months": 30}


Exact = int | Fraction
"""A number as an author wrote it, without loss: an `int` where it is whole."""


@dataclass(frozen=True, eq=False)
class _FromText:
    """Reads a field from the text of a scalar, and says in JSON Schema what editors may offer for it."""

    read: Callable[[str], Any]
    expected: str
    json_schema: dict[str, Any]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(self._validate)

    def __get_pydantic_json_schema__(self, schema: object, handler: object) -> dict[str, Any]:
        return dict(self.json_schema)

    def _validate(self, value: object) -> Any:
        if not isinstance(value, str):
            raise PydanticCustomError("wrong_type", "expected {expected}", {"expected": self.expected})
        return self.read(value)


def _pattern(
    code: LiteralString, regex: str, expected: str, convert: Callable[[str], Any], **json_schema: Any
) -> _FromText:
    compiled = re.compile(regex, re.ASCII)

    def read(text: str) -> Any:
        if not compiled.fullmatch(text):
            raise PydanticCustomError(code, "expected {expected}", {"expected": expected})
        try:
            return convert(text)
        except PydanticCustomError:
            raise  # It says more, and is a ValueError too.
        except ValueError:
            raise PydanticCustomError(code, "expected {expected}", {"expected": expected}) from None

    return _FromText(read, expected, json_schema)


def _whole(low: int, high: int) -> _FromText:
    """A whole number: no decimal point, exponent, `_` or leading zero, however many digits were typed."""
    expected = f"a whole number from {low} to {high}"

    def read(text: str) -> int:
        if not re.fullmatch(r"-?(0|[1-9][0-9]*)", text, re.ASCII):
            raise PydanticCustomError("bad_number", "expected {expected}", {"expected": expected})
        # Ten digits are outside every range here, and int() refuses to read thousands of them.
        if len(text) > 10 or not low <= int(text) <= high:
            raise PydanticCustomError("out_of_range", "expected {expected}", {"expected": expected})
        return int(text)

    return _FromText(read, expected, {"type": "integer", "minimum": low, "maximum": high})


def _decimal(low: int, high: int, *, above: bool = False) -> _FromText:
    """A number with at most four decimals: an `int` where it is whole, else an exact fraction. `above` leaves `low` itself out."""
    ends = f"above {low} and up to {high}" if above else f"from {low} to {high}"
    expected = f"a number {ends}, with four decimals at most"

    def read(text: str) -> Exact:
        if not re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]{1,4})?", text, re.ASCII):
            raise PydanticCustomError("bad_number", "expected {expected}", {"expected": expected})
        # Fifteen characters are outside every range here, and int() refuses to read thousands of digits.
        if len(text) > 15 or not low <= Fraction(text) <= high or (above and Fraction(text) == low):
            raise PydanticCustomError("out_of_range", "expected {expected}", {"expected": expected})
        number = Fraction(text)
        return number.numerator if number.denominator == 1 else number

    least = {"exclusiveMinimum" if above else "minimum": low}
    return _FromText(read, expected, {"type": "number", **least, "maximum": high})


def _text(kind: Literal["plain text", "inline Markdown", "Markdown", "text as typed", "an expression"]) -> _FromText:
    """Text of one of the three kinds, or to be copied as it is. Raw HTML is shown as text in all of them."""

    def read(value: str) -> str:
        # A plain or inline text is one line, however YAML folded it.
        text = " ".join(value.split()) if kind in ("plain text", "inline Markdown", "an expression") else value.strip()
        if not text:
            raise PydanticCustomError("empty_text", "expected text")
        if len(text) > _MAX_TEXT:
            raise PydanticCustomError("text_too_long", "expected at most {most} characters", {"most": _MAX_TEXT})
        return text

    most = {"maxLength": MAX_EXPRESSION} if kind == "an expression" else {}
    return _FromText(read, "text", {**_TEXT_SCHEMA, **most, "$comment": kind})


def text_kind(annotation: object) -> str:
    """The kind of text that an annotation of a field stands for; empty for what is no text."""
    return str(annotation.json_schema.get("$comment", "")) if isinstance(annotation, _FromText) else ""


@dataclass(frozen=True, eq=False)
class _NumberOrKeys:
    """A number, or, where there are keys instead, the mapping that the annotation says."""

    number: _FromText

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_wrap_validator_function(self._validate, handler.generate_schema(dict[Id, Points]))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        number = dict(self.number.json_schema)
        return {"anyOf": [number, {"type": "object", "additionalProperties": number}]}

    def _validate(self, value: object, handler: Callable[[object], Any]) -> Any:
        return self.number.read(value) if isinstance(value, str) else handler(value)


def _duration(units: dict[str, int], pattern: str, expected: str) -> _FromText:
    def convert(text: str) -> int:
        amount, unit = text.split(" ")
        return int(amount) * units[unit]

    full = rf"[1-9][0-9]{{0,3}} ({pattern})"
    return _pattern("bad_duration", full, expected, convert, type="string", pattern=f"^{full}$")


@dataclass(frozen=True, eq=False)
class _OneOrMany:
    """A list that may be given as its only entry."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_before_validator_function(self._listed, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        many = handler(schema)
        return {"anyOf": [many["items"], many]}

    def _listed(self, value: object) -> object:
        return [value] if isinstance(value, str) else value


def _link(text: str) -> str:
    urlsplit(text)  # Raises ValueError for a host that can't be one, such as that of `http://[`.
    if hidden := hidden_host(text):
        message, hint = hidden
        raise PydanticCustomError("hidden_host", "leads elsewhere", {"message": message, "hint": hint})
    return text


def _in_full(value: object) -> object:
    """One dimension, or a list of them, as a mapping to shares."""
    if isinstance(value, str):
        return {value: "1"}
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return dict.fromkeys(value, "1")
    return value


def _for_every_answer(value: object) -> object:
    return {EVERY_ANSWER: value} if isinstance(value, str) else value


def _id(also: str = "") -> _FromText:
    return _pattern(
        "bad_id",
        rf"(?=.{{1,{MAX_ID}}}$){ID_PATTERN}{also}",
        "an id: lower-case words joined by hyphens",
        str,
        type="string",
        pattern=f"^{ID_PATTERN}$",
        maxLength=MAX_ID,
    )


Id = Annotated[str, _id()]
Ids = Annotated[list[Id], _OneOrMany()]
Flag = Annotated[bool, _pattern("bad_flag", "true|false", "true or false", "true".__eq__, type="boolean")]


def _note(text: str) -> bool | str:
    return text == "true" if text in ("true", "false") else _PLAIN.read(text)


_PLAIN = _text("plain text")
OwnWords = Annotated[
    bool | str,
    _FromText(_note, "true, or the words above the field", {"anyOf": [{"type": "boolean"}, _PLAIN.json_schema]}),
]
POINTS = _decimal(-1000, 1000)
"""What a number of points may be."""
Points = Annotated[Exact, POINTS]
Weight = Annotated[Exact, _decimal(0, 1000)]
PointsOf = Annotated[Exact | dict[str, Exact], _NumberOrKeys(POINTS)]
SHARE = _decimal(0, 1, above=True)
DimensionShares = Annotated[
    dict[Id, Annotated[Exact, SHARE]],
    BeforeValidator(_in_full),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": f"^{ID_PATTERN}$"},
                {"type": "array", "items": {"type": "string", "pattern": f"^{ID_PATTERN}$"}},
                {"type": "object", "additionalProperties": dict(SHARE.json_schema)},
            ]
        }
    ),
]
"""Dimensions, each with the share of an item that counts in it."""
OneOrTwoIds = Annotated[
    str,
    _pattern(
        "bad_id",
        rf"{ID_PATTERN}( ?\+ ?{ID_PATTERN})?",
        "an id, or two with a + between them: lower-case words joined by hyphens",
        str,
        type="string",
    ),
]
Revision = Annotated[int, _whole(1, 1_000_000)]
RangeEnd = Annotated[int, _whole(-1_000_000, 1_000_000)]
Decimals = Annotated[int, _whole(0, 3)]
Percent = Annotated[int, _whole(0, 100)]
Plain = Annotated[str, _text("plain text")]
Inline = Annotated[str, _text("inline Markdown")]
Block = Annotated[str, _text("Markdown")]
Verbatim = Annotated[str, _text("text as typed")]
Inlines = Annotated[list[Inline], _OneOrMany()]
Plains = Annotated[list[Plain], _OneOrMany()]
Link = Annotated[
    str,
    _pattern(
        "bad_link",
        r"(/|#|https?://|mailto:|tel:)\S+|/",
        "a link: /page.md, /page.md#anchor, #anchor or https://…",
        _link,
        type="string",
    ),
]
Links = Annotated[list[Link], _OneOrMany()]
Day = Annotated[
    date,
    _pattern(
        "bad_date",
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
        "a date such as 2026-11-20",
        date.fromisoformat,
        type="string",
        format="date",
    ),
]
Amount = Annotated[
    Fraction,
    _pattern(
        "bad_number",
        r"(?!-0(\.0+)?$)-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?",
        "a number such as 400 or 2.5, with six decimals at most",
        Fraction,
        type="number",
    ),
]
InputDecimals = Annotated[int, _whole(0, 6)]
AtMost = Annotated[int, _whole(2, 100)]
ExpressionText = Annotated[str, _text("an expression")]
Minutes = Annotated[int, _duration(_MINUTES, "min|h|days?", "a number and a unit: 20 min, 2 h or 3 days")]
Days = Annotated[int, _duration(_DAYS, "days?|weeks?|months?", "a number and a unit: 90 days, 6 weeks or 3 months")]
CutScore = Annotated[
    Fraction,
    _pattern(
        "bad_number",
        r"-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,3})?",
        "a number such as 80 or 2.5, with three decimals at most",
        Fraction,
        type="number",
    ),
]
Advice = Annotated[
    dict[Annotated[str, _id(also=r"|\*")], Block],
    BeforeValidator(_for_every_answer),
    WithJsonSchema({"anyOf": [_TEXT_SCHEMA, {"type": "object", "additionalProperties": _TEXT_SCHEMA}]}),
]
Allow = Annotated[
    dict[str, Plain],
    WithJsonSchema(
        {"type": "object", "propertyNames": {"enum": sorted(SILENCEABLE)}, "additionalProperties": _TEXT_SCHEMA}
    ),
]


def close_pair(key: str) -> frozenset[str]:
    """The ids that a key of `close` names, in either order."""
    return frozenset(name.strip() for name in key.split("+"))
