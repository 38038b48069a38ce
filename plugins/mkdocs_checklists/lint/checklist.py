"""Advice to authors that `checklists check` gives, and a build that asks for it: nothing here makes a checklist wrong.

An author who knows better says so with `allow:`, and why (`findings`).
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from ..diagnostics.diagnostic import REVIEW_DAYS, Diagnostics, Span
from ..library.loaded import LoadedChecklist
from ..model.checklist import SharedScales
from ..reading.reader import Reading
from ..reading.tree import MappingNode, Node, Path, SequenceNode
from .advice import lint_missing_advice
from .band_titles import lint_band_titles
from .findings import Findings
from .mending import lint_caps, lint_idle_advice, lint_urgent
from .questions import lint_questions, lint_scales
from .reach import lint_reach
from .verdicts import lint_verdicts
from .weak_options import Weakness

TEXT_KEYS = frozenset(
    {
        "action",
        "clauses",
        "close",
        "columns",
        "cost",
        "decides",
        "formula",
        "group",
        "help",
        "label",
        "lead_in",
        "note",
        "recommend",
        "remedies",
        "short",
        "signs",
        "subject",
        "summary",
        "template",
        "text",
        "title",
        "unit",
        "when",
        "why",
    }
)
"""The keys of texts that readers see, and of expressions."""


def lint(loaded: LoadedChecklist, today: date | None = None) -> Diagnostics:
    """The linter's warnings about a checklist, and what it allows; those about its meaning only where it has no errors.

    `today` is the day on which the age of the review is measured. Without it that is not checked, so that the warnings about
    a file do not change with time.
    """
    findings = Findings(loaded.reading)
    _lint_texts(findings, loaded.reading.source.root, (), "")
    checklist = loaded.checklist
    if checklist is None:
        return findings.settled(is_all=False)
    if today and checklist.reviewed:
        _lint_review(findings, checklist.reviewed, today)
    # As it was written: in the checked checklist, items have the options of their scale as well.
    assert loaded.reading.model is not None
    lint_questions(findings, loaded.reading.model)
    lint_band_titles(findings, checklist)
    weakness = Weakness(checklist)
    for s, section in enumerate(checklist.sections):
        for i, item in enumerate(section.items):
            path: Path = ("sections", s, "items", i)
            lint_idle_advice(findings, path, item, weakness)
            lint_urgent(findings, path, item, weakness)
            lint_caps(findings, path, item, weakness)
    lint_missing_advice(findings, weakness)
    lint_reach(findings, loaded)
    lint_verdicts(findings, loaded)
    return findings.settled(is_all=True)


def lint_shared(reading: Reading[SharedScales]) -> Diagnostics:
    """The linter's warnings about the file of shared scales."""
    findings = Findings(reading)
    _lint_texts(findings, reading.source.root, (), "")
    if reading.model is None or reading.diagnostics.errors:
        return findings.settled(is_all=False)
    lint_scales(findings, reading.model)
    return findings.settled(is_all=True)


def _lint_review(findings: Findings, reviewed: date, today: date) -> None:
    overdue = (today - reviewed).days - REVIEW_DAYS
    if overdue > 0:
        findings.add(
            "review-overdue",
            f"the last review was on {reviewed}, more than a year ago",
            ("reviewed",),
            "Read all of it, mend what is no longer true, and write the day here.",
        )
    # A day has started in some places before it has in others.
    elif reviewed > today + timedelta(days=1):
        findings.add(
            "review-in-future",
            f"a review on {reviewed} has not happened yet",
            ("reviewed",),
            "Write the day on which a person last read all of it.",
        )


def _lint_texts(findings: Findings, node: Node | None, path: Path, text_key: str) -> None:
    """Warn of texts that YAML ends at ` #`. `text_key` is the key of a text that `node` belongs to, empty for other nodes."""
    if isinstance(node, MappingNode):
        for key, (_, value) in node.entries.items():
            _lint_texts(findings, value, (*path, key), key if key in TEXT_KEYS else text_key)
    elif isinstance(node, SequenceNode):
        for n, entry in enumerate(node.items):
            _lint_texts(findings, entry, (*path, n), text_key)
    elif node is not None and node.plain and text_key:
        line, end = node.span.end_line, node.span.end_column
        rest = findings.reading.source.line(line)[end - 1 :]
        # Comments mostly have a line of their own, or start with a space; `issue #5` does neither.
        if re.match(r" #\S", rest):
            findings.add(
                "text-cut-by-comment",
                f"'{text_key}' ends here, because ' #' starts a comment",
                path,
                "Put the whole text in quotes. If a comment is meant, write a space after the '#'.",
                Span(node.span.file, line, end + 1, line, end + len(rest)),
            )
