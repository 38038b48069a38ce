"""Warnings about sources, dated facts and terms by `checklists check` alone, since they change with time and with pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..diagnostics.diagnostic import REVIEW_DAYS, Severity, Span
from ..reading.reader import Reading
from .files import Knowledge, cited

# Possessive: spaces before a name that is not there can't be spaces behind it as well.
_FACT = re.compile(r"(?<!\\)\{fact:[ \t]*+([^{}\s]*+)[ \t]*+\}")


@dataclass
class Mentions:
    """What the texts of a site name."""

    cited: set[str] = field(default_factory=set)
    facts: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    """The names of the directives that show all entries of a file."""


def mentions_in(texts: Iterable[str], lists: Iterable[str] = ()) -> Mentions:
    """What the texts name: too much rather than too little, since code counts as text. `lists` have been looked up before."""
    named = Mentions(lists=set(lists))
    for text in texts:
        named.cited.update(cited(text))
        named.facts.update(_FACT.findall(text))
    return named


def lint_knowledge(known: Knowledge, named: Mentions | None, today: date) -> None:
    """Add the warnings to the diagnostics of the files' readings; `named` is `None` where the pages are not known."""
    if known.facts is not None:
        _lint_facts(known.facts, known, named, today)
    if known.sources is not None and named is not None:
        used = named.cited | {source for name in known.fact for source in known.fact_sources(name)}
        if "source-list" not in named.lists:
            _unused(known.sources, known.source, used, ("unused-source", "source", "[^{}]"))


def _lint_facts(reading: Reading[Any], known: Knowledge, named: Mentions | None, today: date) -> None:
    for name, fact in known.fact.items():
        days = (today - fact.reviewed).days
        if days > REVIEW_DAYS:
            reading.report(
                "fact-overdue",
                f"fact '{name}' was reviewed {days} days ago",
                reading.span(name, "reviewed"),
                "Compare it with its sources, mend it, and write the day of it here.",
                Severity.WARNING,
            )
        if not reading.diagnostics.errors and not re.search(r"\b(?:19|20)\d\d\b", fact.text):
            reading.report(
                "undated-fact",
                f"fact '{name}' does not say from when it is",
                reading.span(name, "text"),
                "Write the year into the sentence: readers see no other date.",
                Severity.WARNING,
            )
    if named is not None and "fact-list" not in named.lists:
        _unused(reading, known.fact, named.facts, ("unused-fact", "fact", "{{fact:{}}}"))


def _unused(reading: Reading[Any], there: Iterable[str], used: set[str], words: tuple[str, str, str]) -> None:
    code, noun, form = words
    for name in there:
        if name not in used:
            message, hint = f"no page names {noun} '{name}'", f"Delete it, or name it in a page as {form.format(name)}."
            reading.report(code, message, reading.key_span(name), hint, Severity.WARNING)


def lint_fact_names(reading: Reading[Any], known: Knowledge) -> None:
    """Facts that the texts of a checklist name and that are not there; a build reports them only where the text is shown."""
    if known.facts is None or known.facts.model is None or known.facts.lost:
        return
    for number, line in enumerate(reading.source.lines, start=1):
        for match in _FACT.finditer(line) if not line.lstrip().startswith("#") else ():
            if match[1] not in known.fact:
                span = Span(reading.source.name, number, match.start() + 1, number, match.end() + 1)
                reading.report("unknown-fact", f"there is no fact '{match[1]}'", span, known.unknown_fact(match[1]))
