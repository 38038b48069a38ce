"""Advice to authors that `checklists check` gives, and a build that asks for it: nothing here makes a checklist wrong.

An author who knows better says so with `allow:`, and why (`findings`).
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from ..diagnostics.diagnostic import REVIEW_DAYS, Diagnostics, Span
from ..library.loaded import LoadedChecklist
from ..model.checklist import Item, SharedScales
from ..model.fields import EVERY_ANSWER
from ..reading.reader import Reading
from ..reading.tree import MappingNode, Node, Path, SequenceNode
from .advice import lint_missing_advice, weak_answers
from .findings import Findings
from .questions import lint_questions, lint_scales
from .reach import lint_reach

TEXT_KEYS = frozenset(
    {
        "close",
        "columns",
        "cost",
        "decides",
        "formula",
        "help",
        "label",
        "lead_in",
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
    top = loaded.key.bands[-1][0] if loaded.key.bands else ""
    is_decision = bool(loaded.key.rules and loaded.key.rules.decision)
    for s, section in enumerate(checklist.sections):
        for i, item in enumerate(section.items):
            path: Path = ("sections", s, "items", i)
            _lint_advice(findings, path, item, top, is_decision=is_decision)
            _lint_caps(findings, path, item, top)
    if not is_decision:
        # In a decision answers speak for one outcome or another; no answer is weak.
        lint_missing_advice(findings, checklist, top)
    lint_reach(findings, loaded)
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


def _lint_advice(findings: Findings, path: Path, item: Item, top: str, *, is_decision: bool) -> None:
    """Advice that nobody ever sees; `advice.py` looks for what is missing."""
    weak = set() if is_decision else weak_answers(item, top)
    hint = "Delete it, or give the option fewer points than another one."
    if is_decision:
        hint = "In a decision no answer is better than another: put it under 'notes:', with a condition."
    for name in item.recommend or {}:
        if not (weak if name == EVERY_ANSWER else name in weak):
            after = "any answer" if name == EVERY_ANSWER else f"'{name}'"
            place = findings.reading.span(*path, "recommend", *([] if name == EVERY_ANSWER else [name]))
            findings.add(
                "idle-advice",
                f"item '{item.id}': advice after {after} is never shown, since nothing can be bettered there",
                (*path, "recommend"),
                hint,
                place,
            )


def _lint_caps(findings: Findings, path: Path, item: Item, top: str) -> None:
    """Caps that can't do what caps are for; `lint_reach` looks at each by itself, `checks` at those at the highest band."""
    if not item.caps:
        if "caps" in item.model_fields_set:
            findings.add(
                "idle-answer-cap",
                f"item '{item.id}': 'caps' names no answer, so it changes nothing",
                path,
                "Name the answers that hold the result down, or delete it.",
                findings.reading.key_span(*path, "caps"),
            )
        return
    options = item.options or []
    most = max(option.earned for option in options)
    best = [option.id for option in options if option.earned == most]
    if all(item.caps.get(name, top) != top for name in best):
        findings.add(
            "capped-best",
            f"item '{item.id}': its best answer '{best[0]}' holds the result down at band '{item.caps[best[0]]}'",
            (*path, "caps", best[0]),
            "Cap the weak answers, and leave one that leads to the highest band.",
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
