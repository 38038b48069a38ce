"""Escape sequences in quoted texts of YAML: where those stand that stand for no text, and which sign was probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..diagnostics.diagnostic import Span
from .tree import Source

_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.|$)"
)
_PLAIN = {
    "0": 0x00,
    "a": 0x07,
    "b": 0x08,
    "v": 0x0B,
    "f": 0x0C,
    "e": 0x1B,
    "N": 0x85,
    "_": 0xA0,
    "L": 0x2028,
    "P": 0x2029,
}
_HARMLESS = frozenset('tnr "/\\\t')
_LAST = 0x10FFFF


class Escape(NamedTuple):
    """An escape sequence; `code` is that of the character, `None` where YAML knows no such sequence."""

    span: Span
    text: str
    code: int | None

    @property
    def meant(self) -> str:
        """The sign that was probably meant; empty where that can't be guessed."""
        if self.text == "\\'":
            return "'"
        pair = re.fullmatch(r"\\u(d[89ab]..)\\u(d[c-f]..)", self.text, re.IGNORECASE)
        if pair:
            high, low = (int(half, 16) for half in pair.groups())
            return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
        return meant_by(self.code) if self.code is not None else ""


def escapes_in(source: Source, span: Span) -> Iterator[Escape]:
    """The escape sequences of a text in double quotes, in the order of the file. It may have no end."""
    for number in range(span.line, max(span.line, span.end_line) + 1):
        line = source.line(number)
        start = span.column if number == span.line else 0
        end = span.end_column - 1 if number == span.end_line > 0 else len(line)
        for match in _ESCAPE.finditer(line, start, end):
            place = Span(span.file, number, match.start() + 1, number, match.end() + 1)
            yield Escape(place, match[0], _code(match[0][1:]))


def _code(name: str) -> int | None:
    if len(name) > 1:
        code = int(name[1:], 16) if "\\" not in name else 0xD800
        return None if 0xD800 <= code <= 0xDFFF or code > _LAST else code
    # A backslash at the end of a line joins it to the next one.
    return _PLAIN.get(name, 0x20 if not name or name in _HARMLESS else None)


def meant_by(code: int) -> str:
    """The sign that Windows-1252 has at the code of a control character: a text that was read in the wrong encoding."""
    if not 0x80 <= code <= 0x9F:
        return ""
    return bytes([code]).decode("cp1252", errors="ignore")


def naming(sign: str) -> str:
    """The end of a hint that names a sign, which may look like others."""
    return f"{sign} (U+{ord(sign):04X})"
