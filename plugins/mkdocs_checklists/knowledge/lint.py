"""What `checklists check` says of sources, dated facts and terms, and a build does not: time goes by, and pages change."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..diagnostics.diagnostic import Severity, Span
from ..lint.checklist import REVIEW_DAYS
from ..page.page_text import find_standalone_names
from ..reading.reader import Reading
from .checks import Knowledge, cited

# Possessive: spaces before a name that is not there can't be spaces behind it as well.
_FACT = re.compile(r"(?<!\\)\{fact:[ \t]*+([^{}\s]*+)[ \t]*+\}")


@dataclass
class Use:
    """What the texts of a site name."""

    cited: set[str] = field(default_factory=set)
    facts: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)


def use_of(texts: Iterable[str]) -> Use:
    """What the texts name: too much rather than too little, since code is not told apart."""
    use = Use()
    for text in texts:
        use.cited.update(cited(text))
        use.facts.update(_FACT.findall(text))
        use.lists.update(find_standalone_names(text))
    return use


def lint_knowledge(known: Knowledge, use: Use | None, today: date) -> None:
    """Add the warnings to the diagnostics of the files' readings; `use` is nothing where the pages are not known."""
    if known.facts is not None:
        _lint_facts(known.facts, known, use, today)
    if known.sources is not None and use is not None:
        used = use.cited | {source for name in known.fact for source in known.fact_sources(name)}
        if "source-list" not in use.lists:
            _unused(known.sources, known.source, used, ("unused-source", "source", "[^{}]"))


def _lint_facts(reading: Reading[Any], known: Knowledge, use: Use | None, today: date) -> None:
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
    if use is not None and "fact-list" not in use.lists:
        _unused(reading, known.fact, use.facts, ("unused-fact", "fact", "{{fact:{}}}"))


def _unused(reading: Reading[Any], there: Iterable[str], used: set[str], words: tuple[str, str, str]) -> None:
    code, noun, form = words
    for name in there:
        if name not in used:
            message, hint = f"no page names {noun} '{name}'", f"Delete it, or name it in a page as {form.format(name)}."
            reading.report(code, message, reading.key_span(name), hint, Severity.WARNING)


def lint_fact_names(reading: Reading[Any], known: Knowledge) -> None:
    """Facts that the texts of a checklist name and that are not there; a build says so only where the text is shown."""
    if known.facts is None or known.facts.model is None or known.facts.lost:
        return
    for number, line in enumerate(reading.source.lines, start=1):
        for match in _FACT.finditer(line) if not line.lstrip().startswith("#") else ():
            if match[1] not in known.fact:
                span = Span(reading.source.name, number, match.start() + 1, number, match.end() + 1)
                reading.report("unknown-fact", f"there is no fact '{match[1]}'", span, known.unknown_fact(match[1]))
