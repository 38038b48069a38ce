"""What is wrong, where, and how to mend it: the one shape every problem takes on its way to an author."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

REVIEW_DAYS = 365
"""How long a review of a file, or of a fact, counts."""

_EXCERPT_WIDTH = 100
_LONGEST_MISSPELT = 200
_MOST_CANDIDATES = 200


class Severity(StrEnum):
    """How much a diagnostic weighs: an error fails `checklists check` and the build, a warning only a strict build.

    What is allowed is a warning that the author knows of and has given a reason for.
    """

    ERROR = "error"
    WARNING = "warning"
    ALLOWED = "allowed"


# A tuple, because each of the thousands of nodes of a file has one, and a frozen dataclass takes four times as long to make.
class Span(NamedTuple):
    """A place in a text: lines and columns count characters from 1; the end is exclusive.

    Line 0 means a file as a whole (one that can't be read, say).
    """

    file: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem. `code` is a stable word of the documentation; `excerpt` is the line that `span` starts on."""

    code: str
    message: str
    span: Span
    hint: str = ""
    severity: Severity = Severity.ERROR
    excerpt: str = ""

    def format(self) -> str:
        """The diagnostic as authors read it: a headline, then the line with a caret, then the hint."""
        place = self.span.file
        if self.span.line:
            place += f":{self.span.line}:{self.span.column}"
        lines = [f"{place}: {self.severity}: {_printable(self.message)} [{self.code}]"]
        if self.span.line and self.excerpt.strip():
            lines += _excerpt(self.excerpt, self.span)
        lines += [f"   {_printable(line)}" for line in self.hint.splitlines()]
        return "\n".join(lines)


@dataclass(slots=True)
class Diagnostics:
    """Collects diagnostics, so that one run reports every problem of every file."""

    found: list[Diagnostic] = field(default_factory=list)

    def add(self, diagnostic: Diagnostic) -> None:
        self.found.append(diagnostic)

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.found.extend(diagnostics)

    def __iter__(self) -> Iterator[Diagnostic]:
        """The diagnostics by file and position, each once."""
        unique = dict.fromkeys(self.found)
        return iter(sorted(unique, key=lambda diagnostic: (diagnostic.span, diagnostic.code)))

    @property
    def errors(self) -> list[Diagnostic]:
        return self._of(Severity.ERROR)

    @property
    def warnings(self) -> list[Diagnostic]:
        return self._of(Severity.WARNING)

    @property
    def allowed(self) -> list[Diagnostic]:
        return self._of(Severity.ALLOWED)

    def _of(self, severity: Severity) -> list[Diagnostic]:
        return [diagnostic for diagnostic in self if diagnostic.severity is severity]


def format_report(diagnostics: Iterable[Diagnostic]) -> str:
    """Diagnostics as one text, with an empty line between them."""
    return "\n\n".join(diagnostic.format() for diagnostic in diagnostics)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or an empty string when nothing is near."""
    near = nearest(word, known)
    return f"Did you mean '{near}'?" if near else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is most like a misspelt one; empty when none is."""
    # Comparing takes time that grows with the square of the length, and nobody misspells a word that long.
    if len(word) > _LONGEST_MISSPELT:
        return ""
    candidates = list(known)
    # Comparing takes its time: of very many only those that start alike.
    if len(candidates) > _MOST_CANDIDATES:
        candidates = [other for other in candidates if other[:2] == word[:2]][:_MOST_CANDIDATES]
    return next(iter(difflib.get_close_matches(word, candidates, n=1, cutoff=0.6)), "")


def name_some(words: Iterable[str], most: int = 12) -> str:
    """Words as a list for a hint, cut short where there are too many to read."""
    known = list(words)
    shown = ", ".join(known[:most])
    return f"{shown} and {len(known) - most} more" if len(known) > most else shown


def count(number: int, noun: str) -> str:
    """So many of a thing: `1 error`, `2 errors`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def a_noun(noun: str) -> str:
    """The noun with its article."""
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def shorten(text: str, width: int = 60) -> str:
    """A text that quotes well inside a message: one line, at most `width` characters."""
    line = " ".join(_printable(text).split())
    return line if len(line) <= width else line[: width - 1] + "…"


def _excerpt(line: str, span: Span) -> list[str]:
    text = line
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(text)
    # A line of ten thousand characters is cut to a window around the place, so that the caret stays in sight.
    cut = 0
    if len(text) > _EXCERPT_WIDTH:
        cut = max(0, min(start - 30, len(text) - _EXCERPT_WIDTH))
        text = text[cut : cut + _EXCERPT_WIDTH]
    # Only what is left: a file may be one long line with thousands of problems.
    text = _printable(text)
    start, end = max(0, start - cut), min(len(text), max(end, span.column) - cut)
    number = f"{span.line:>5} | "
    pad = " " * (len(number) - 2) + "| "
    return [
        number + text.rstrip(),
        pad + " " * _columns(text[:start]) + "^" * max(1, _columns(text[start:end].rstrip())),
    ]


def _columns(text: str) -> int:
    """How many terminal columns a text takes: wide characters two, combining marks none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _printable(text: str) -> str:
    """The text without characters that steer a terminal or reorder a line; a line break stays one space."""
    return "".join(
        c if c.isprintable() or c == " " else " " if c in "\n\r\t" else "\N{REPLACEMENT CHARACTER}" for c in text
    )
