"""An answers file (JSON: item id to option id, `na` or `unknown`; input id to number) to answers."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from ..diagnostics.diagnostic import shorten
from ..model.answers import FORM, Answer, Answers, answer_from_json
from .key import ScoringKey

_MOST_DIGITS = 30
_MOST_NESTED = 100


class AnswersError(Exception):
    """The file is not one that can be scored; the text says why."""


def read_answers(data: bytes, key: ScoringKey) -> Answers:
    """The answers of a file. Ids that the key does not know stay in; `score` lists them. Raises `AnswersError`."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AnswersError(f"the answers are not UTF-8 text (byte {error.start + 1})") from error
    if _depth(text) > _MOST_NESTED:
        raise AnswersError("the answers are nested too deeply to be read")
    try:
        answers = json.loads(
            text, object_pairs_hook=_unique, parse_constant=_no_constant, parse_int=_Number, parse_float=_Number
        )
    except json.JSONDecodeError as error:
        raise AnswersError(
            f"line {error.lineno}, column {error.colno}: this is not JSON: {error.msg.lower()}"
        ) from error
    if not isinstance(answers, dict):
        raise AnswersError('the answers must be one JSON object: {"item-id": "option-id"}')
    known = {name for item in key.items for name in (item.id, *item.was)}
    inputs = {name for entry in (key.rules.inputs if key.rules else ()) for name in (entry.id, *entry.was)}
    for name, value in answers.items():
        if name in known and (isinstance(value, _Number) or answer_from_json(value) is None):
            raise AnswersError(f"the answer to '{shorten(name)}' must be {FORM}")
        if name in inputs and not isinstance(value, _Number):
            raise AnswersError(f"the value of input '{shorten(name)}' must be a number")
    return {name: _filed(value, is_number=name in inputs) for name, value in answers.items()}


def _filed(value: Any, *, is_number: bool) -> Answer:
    answer = answer_from_json(value)
    # What nobody can read belongs to an id that the key does not know: that is listed, and its value looked at no further.
    return "" if answer is None else in_digits(answer) if is_number else answer


def _depth(text: str) -> int:
    """How deeply lists and objects are nested in a JSON text. It is asked before Python's reader, which calls itself for each."""
    depth = deepest = 0
    is_quoted = is_escaped = False
    for sign in text:
        if is_quoted:
            is_quoted = is_escaped or sign != '"'
            is_escaped = sign == "\\" and not is_escaped
        elif sign == '"':
            is_quoted = True
        elif sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]}":
            depth -= 1
    return deepest


def in_digits(number: str) -> str:
    """A JSON number without an exponent; one with a huge exponent stays as it is, and is taken for no number."""
    try:
        value = Decimal(number)
    except InvalidOperation:
        return number  # An exponent of more digits than any exponent can have.
    return f"{value:f}" if abs(value.adjusted()) <= _MOST_DIGITS else number


class _Number(str):
    """A number of the file, kept as typed: a value for an input, and no answer of an item."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise AnswersError(f"'{shorten(name)}' is answered twice")
        found[name] = value
    return found


def _no_constant(name: str) -> Any:
    raise AnswersError(f"{name} is not JSON")
