"""The linter's rules for how questions are asked: the wording, and the options to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ..model.checklist import Checklist, Option, SharedScales
from ..model.phrases import plain_phrase
from ..model.score_rules import Better
from ..reading.tree import Path
from .findings import Findings
from .question_rules import question_flaws, repeated_option, vague_option, words_for
from .question_words import QuestionWords


def lint_questions(findings: Findings, checklist: Checklist) -> None:
    """Look at every question, and at every list of options where it is written: a scale once, however many use it."""
    words = words_for(checklist.language)
    lint_scales(findings, checklist, checklist.score.better)
    for s, section in enumerate(checklist.sections):
        for i, item in enumerate(section.items):
            path: Path = ("sections", s, "items", i)
            if words:
                for flaw in question_flaws(plain_phrase(item.text), words):
                    findings.add(flaw.code, f"item '{item.id}' {flaw.message}", (*path, "text"), flaw.hint)
            if item.options:
                _lint_options(
                    findings,
                    f"item '{item.id}'",
                    (*path, "options"),
                    item.options,
                    words,
                    checklist.score.better if item.choose == "one" else "neither",
                )


def lint_scales(findings: Findings, file: Checklist | SharedScales, better: Better = "higher") -> None:
    for name, options in file.scales.items():
        _lint_options(findings, f"scale '{name}'", ("scales", name), options, words_for(file.language), better)


def _lint_options(
    findings: Findings,
    of: str,
    path: Path,
    options: Sequence[Option],
    words: QuestionWords | None,
    better: Better,
) -> None:
    texts = [option.text for option in options]
    if pair := repeated_option(texts):
        first, second = (options[n].id for n in pair)
        findings.add(
            "same-option-text",
            f"{of}: options '{first}' and '{second}' read the same",
            (*path, pair[1], "text"),
            "Nobody can choose between them: say in what they differ, or delete one.",
        )
    vague = vague_option(texts, words) if words else None
    if vague is not None:
        findings.add(
            "not-observable",
            f"{of}: option '{options[vague].id}' names a degree that each reader measures in her own way",
            (*path, vague, "text"),
            "Describe what is the case, or give a number: “more than half of the time”.",
        )
    # In a decision, and in a measurement, options are not better or worse; what can be ticked together is in the author's order.
    if better != "neither" and not any(isinstance(option.points, dict) for option in options):
        _lint_order(findings, of, path, options, better)


def _lint_order(findings: Findings, of: str, path: Path, options: Sequence[Option], better: Better) -> None:
    points = [option.earned for option in options]
    sign = -1 if better == "lower" else 1
    for n, (before, after) in enumerate(pairwise(points), start=1):
        if sign * after > sign * before:
            earns = "less" if better == "lower" else "more"
            lower = ", which with 'better: lower' is the one with the fewest points" if better == "lower" else ""
            findings.add(
                "options-out-of-order",
                f"{of}: option '{options[n].id}' earns {earns} than '{options[n - 1].id}' before it",
                (*path, n, "points"),
                f"Write the best option first{lower}, everywhere.",
            )
            break
