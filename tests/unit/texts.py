"""Checklist texts for unit tests, and the short way from a text to what the package makes of it."""

from collections.abc import Mapping
from dataclasses import replace

from mkdocs_checklists.checks.checklist import check
from mkdocs_checklists.library.loaded import LoadedChecklist
from mkdocs_checklists.model.checklist import Checklist, Option
from mkdocs_checklists.reading.reader import read_checklist
from mkdocs_checklists.words.messages import load_messages

OTHER_LANGUAGE = replace(
    load_messages("en", {"comma": "、", "semicolon": " | ", "colon": " ~ ", "full-stop": "。", "quoted": "«{text}»"}),
    language="de",
)
"""Numbers as in German, punctuation as in no language: what is not taken from the catalogue shows."""

PLAIN = """\
title: Ready?
sections:
  - id: tests
    title: Tests
    items:
      - {id: green, text: Green?, scale: yes-no}
bands: [{id: ready, min: 50, title: Ready}, {id: not-yet, min: 0, title: Not yet}]
"""

RICH = """\
title: Ready?
revision: 3
unknown: false
was: old-example
retired: [gone]
dimensions:
  - {id: speed, title: Speed, within: all, bands: [{id: slow, min: 0, title: Slow}]}
  - {id: all, title: All}
caps: [{section: tests, below: 1.5, band: low}]
score: {range: [0, 3], decimals: 1, combine: sections, from: zero, open: zero, enough: 50}
scales:
  often:
    - {id: always, text: Always, points: 2, was: [every-time]}
    - {id: never, text: Never, points: 0.5}
sections:
  - id: tests
    title: Tests
    weight: 2
    bands: [{id: shaky, min: 0, title: Shaky}, {id: firm, min: 2, title: Firm}]
    items:
      - id: green
        text: Green?
        scale: often
        weight: 3
        na: true
        caps: {never: low}
        dimension: {speed: 0.5}
        was: all-green
        retired: maybe
        effort: 2 h
        urgent: never
        after: fast
      - {id: fast, text: Fast?, scale: often, given: true, note: How do you know?, evidence: true}
      - id: kept
        text: What is kept?
        choose: many
        at_most: 2
        none: nothing
        options:
          - {id: code, text: The code, points: 2}
          - {id: data, text: The data, points: 1}
          - {id: logs, text: The logs, points: 1}
          - {id: nothing, text: Nothing, points: 0}
      - id: log
        text: Log?
        options:
          - {id: written, text: Written, points: 1}
          - {id: missing, text: Missing, points: 0}
bands: [{id: high, min: 2.5, title: High}, {id: low, min: 0, title: Low}]
"""


def load(text: str, shared_scales: Mapping[str, list[Option]] | None = None) -> LoadedChecklist:
    """Read and check a text as the file `example.yml`."""
    reading = read_checklist(text.encode(), "example.yml")
    return LoadedChecklist("example", reading, check(reading, shared_scales or {}))


def trusted(text: str) -> Checklist:
    """The checklist of a text that has no mistakes."""
    loaded = load(text)
    assert loaded.checklist is not None, [diagnostic.format() for diagnostic in loaded.diagnostics]
    return loaded.checklist


def codes(text: str) -> list[str]:
    """The codes of all that is wrong with a text, in order."""
    return [diagnostic.code for diagnostic in load(text).diagnostics]
