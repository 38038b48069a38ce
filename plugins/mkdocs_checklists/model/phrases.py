"""Plain texts that may hold code and emphasis: `like this`, *this* and **this**. All else in them stands for itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TICKS = re.compile("`++")
_EMPHASIS = re.compile(r"(?<![\w*\\])(?P<stars>\*{1,2})(?![\s*])(?P<words>[^*`]*+)(?<!\s)(?P=stars)(?![\w*])")


class PhraseRun(NamedTuple):
    """Words of a phrase, and the element that they belong in; empty for plain ones."""

    text: str
    tag: str = ""


def phrase_runs(text: str) -> list[PhraseRun]:
    """A text in runs of plain words, code and emphasis."""
    runs: list[PhraseRun] = []
    at = 0
    for start, end, code in _codes(text):
        runs += (*_emphasised(text[at:start]), PhraseRun(code, "code"))
        at = end
    return [run for run in (*runs, *_emphasised(text[at:])) if run.text]


def _codes(text: str) -> Iterator[tuple[int, int, str]]:
    """Where code starts and ends, and what is between its ticks: as many behind it as before it."""
    marks = list(_TICKS.finditer(text))
    following: dict[int, int] = {}
    ends: list[int | None] = [None] * len(marks)
    for n in range(len(marks) - 1, -1, -1):
        length = len(marks[n][0])
        ends[n] = following.get(length)
        following[length] = n
    n = 0
    while n < len(marks):
        end = ends[n]
        if end is None:
            n += 1
            continue
        code = text[marks[n].end() : marks[end].start()]
        # As in Markdown: the blanks that keep ticks apart are no part of the code.
        is_padded = code.startswith(" ") and code.endswith(" ") and bool(code.strip())
        yield marks[n].start(), marks[end].end(), code[1:-1] if is_padded else code
        n = end + 1


def _emphasised(text: str) -> Iterator[PhraseRun]:
    at = 0
    for match in _EMPHASIS.finditer(text):
        yield PhraseRun(text[at : match.start()])
        yield PhraseRun(match["words"], "em" if match["stars"] == "*" else "strong")
        at = match.end()
    yield PhraseRun(text[at:])


def plain_phrase(text: str) -> str:
    """The words of a text without the signs around code and emphasis."""
    return "".join(run.text for run in phrase_runs(text))
