"""The text of an expression to Python's syntax tree, within limits, before anything is known of its names and types."""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass

from ..model.fields import MAX_EXPRESSION

_MAX_BRACKETS = 40
_MAX_DEPTH = 100

_ALLOWED = re.compile(r"""[\w "'.,+\-*/()<>=!]""", re.ASCII)
_SIGNS = {
    "%": "For per cent, divide by 100.",
    "^": "There are no powers: multiply.",
    "&": "Write 'and'.",
    "|": "Write 'or'.",
    "?": "Write 'a if condition else b'.",
    ":": "Write 'a if condition else b'.",
    "×": "Write '*'.",
    "÷": "Write '/'.",
    "−": "Write '-'.",
    "–": "Write '-'.",
    "“": "Write straight quotes.",
    "”": "Write straight quotes.",
    "’": "Write straight quotes.",
    "≤": "Write '<='.",
    "≥": "Write '>='.",
    "≠": "Write '!='.",
}
LANGUAGE = (
    'Known here: names, numbers, "options", + - * / ( ), < <= > >= == !=, and or not, min max round mean, a if c else b, '
    "score band points known."
)
"""The hint where nothing better is known."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with an expression; `start` and `end` count its characters from 0."""

    code: str
    message: str
    hint: str
    start: int
    end: int


def parse(text: str) -> ast.expr | Problem:
    """Python's syntax tree of an expression, or why it can't be read. Never raises."""
    if len(text) > MAX_EXPRESSION:
        hint = f"{MAX_EXPRESSION:,} are the most: split it into figures."
        return _problem(f"this expression has {len(text):,} characters", hint, 0, 1)
    for at, sign in enumerate(text):
        if not _ALLOWED.match(sign):
            return _problem(f"'{sign}' has no meaning in an expression", _SIGNS.get(sign, LANGUAGE), at, at + 1)
    depth = 0
    for at, sign in enumerate(text):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth > _MAX_BRACKETS:
            hint = f"{_MAX_BRACKETS} levels are the most: split it into figures."
            return _problem("brackets are nested too deeply", hint, at, at + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            body = ast.parse(text, mode="eval").body
    except SyntaxError as error:
        return _unreadable(text, error)
    except (ValueError, MemoryError, RecursionError):
        return _problem("this expression can't be read", LANGUAGE, 0, len(text))
    if _depth(body) > _MAX_DEPTH:
        hint = f"{_MAX_DEPTH} steps in a row are the most: split it into figures."
        return _problem("this expression is too long to follow", hint, 0, len(text))
    return body


def _unreadable(text: str, error: SyntaxError) -> Problem:
    at = min(max(0, (error.offset or 1) - 1), max(0, len(text) - 1))
    hint = LANGUAGE
    if re.search(r"(?<![<>=!])=(?!=)", text):
        hint = "Write '==' to compare."
    elif re.search(r"!(?!=)", text):
        hint = "Write 'not'."
    elif "leading zeros" in str(error.msg):
        hint = "Numbers have no zeros in front."
    elif "never closed" in str(error.msg) or "unmatched" in str(error.msg):
        hint = "Each '(' needs its ')'."
    elif "unterminated" in str(error.msg):
        hint = "A quote is not closed."
    return _problem("this expression can't be read from here on", hint, at, at + 1)


def _problem(message: str, hint: str, start: int, end: int) -> Problem:
    return Problem("bad-expression", message, hint, start, end)


def _depth(body: ast.expr) -> int:
    deepest, stack = 0, [(body, 1)]
    while stack:
        node, depth = stack.pop()
        deepest = max(deepest, depth)
        stack += [(child, depth + 1) for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
    return deepest


def span_of(node: ast.expr) -> tuple[int, int]:
    """Where the text of a node starts and ends."""
    # Only ASCII gets this far, so bytes are characters.
    start = getattr(node, "col_offset", 0)
    return start, getattr(node, "end_col_offset", None) or start + 1
