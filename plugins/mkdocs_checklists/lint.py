"""Advice to authors that `checklists check` gives and a build does not: nothing here makes a checklist wrong."""

from __future__ import annotations

import re

from .diagnostics import Severity, Span
from .loaded import LoadedChecklist
from .model import EVERY_ANSWER, Checklist
from .reader import Reading
from .source import Mapping, Node, Sequence

TEXT_KEYS = frozenset(
    {
        "cost",
        "help",
        "label",
        "recommend",
        "remedies",
        "signs",
        "subject",
        "summary",
        "template",
        "text",
        "title",
        "why",
    }
)
"""The keys of texts that readers see."""


def lint(loaded: LoadedChecklist) -> None:
    """Add the linter's warnings to the diagnostics of a checklist; those about its meaning only where it has no errors."""
    _lint_texts(loaded.reading, loaded.reading.source.root, "")
    if loaded.checklist is None:
        return
    for s, section in enumerate(loaded.checklist.sections):
        for i, item in enumerate(section.items):
            options = item.options or []
            best = max(option.points for option in options)
            advised = item.recommend or {}
            mute = [option.id for option in options if option.points < best and option.id not in advised]
            if mute and EVERY_ANSWER not in advised and item.weight:
                loaded.reading.report(
                    "no-advice",
                    f"item '{item.id}' gives no advice after {' or '.join(repr(name) for name in mute)}",
                    loaded.reading.span("sections", s, "items", i, "id"),
                    "Add 'recommend:', one text for all weak answers or a text per option.",
                    Severity.WARNING,
                )


def _lint_texts(reading: Reading[Checklist], node: Node | None, text_key: str) -> None:
    """Warn of texts that YAML ends at ` #`. `text_key` is the key of a text that `node` belongs to, empty for other nodes."""
    if isinstance(node, Mapping):
        for key, (_, value) in node.entries.items():
            _lint_texts(reading, value, key if key in TEXT_KEYS else text_key)
    elif isinstance(node, Sequence):
        for entry in node.items:
            _lint_texts(reading, entry, text_key)
    elif node is not None and node.plain and text_key:
        line, end = node.span.end_line, node.span.end_column
        rest = reading.source.line(line)[end - 1 :]
        # Comments mostly stand apart, or start with a space; `issue #5` does neither.
        if re.match(r" #\S", rest):
            reading.report(
                "text-cut-by-comment",
                f"'{text_key}' ends here, because ' #' starts a comment",
                Span(node.span.file, line, end + 1, line, end + len(rest)),
                "Put the whole text in quotes. If a comment is meant, write a space after the '#'.",
                Severity.WARNING,
            )
