"""The linter's rules for advice that nobody sees, urgent answers with nothing to do, and caps that do not do what caps are for."""

from __future__ import annotations

from ..model.checklist import Item
from ..model.fields import EVERY_ANSWER
from ..reading.tree import Path
from .findings import Findings
from .weak_options import Weakness


def lint_idle_advice(findings: Findings, path: Path, item: Item, weakness: Weakness) -> None:
    """Advice that nobody ever sees; `advice.py` looks for what is missing."""
    if weakness.checklist.score.better == "neither":
        return  # There, words after an answer are advice because the author says so.
    weak = weakness.weak(item)
    hint = "Delete it, or give the option fewer points than another one."
    if not weakness.has_weak:
        hint = "In a decision no answer is better than another: put it under 'notes:', with a condition."
    elif not item.weight:
        hint = "With 'weight: 0' an answer only informs: put it into 'help:', or give the item a weight."
    elif weakness.is_lower:
        hint = "Delete it, or give the option more points than another one."
    # Advice after one of several is shown wherever something else that was or was not ticked loses points.
    for name in (item.recommend or {}) if item.choose == "one" or not weak else ():
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


def lint_urgent(findings: Findings, path: Path, item: Item, weakness: Weakness) -> None:
    """Urgent answers after which there is nothing to do. In a decision the outcome has to heed them: see `verdicts`."""
    if weakness.checklist.outcomes:
        return
    if weakness.checklist.score.better == "neither":
        doable = set(item.urgent) if EVERY_ANSWER in (item.recommend or {}) else set(item.recommend or {})
    elif item.choose == "one":
        doable = weakness.weak(item)
    else:
        doable = set(item.urgent) if weakness.weak(item) else set()
    for n, name in enumerate(item.urgent):
        if name not in doable:
            findings.add(
                "idle-urgent",
                f"item '{item.id}': '{name}' is urgent, and there is nothing to do after it",
                (*path, "urgent", n),
                "Delete it, or give the answer advice, and points or a cap that make it worth mending.",
            )


def lint_caps(findings: Findings, path: Path, item: Item, weakness: Weakness) -> None:
    """Caps that can't do what caps are for; `lint_reach` looks at each by itself, `checks` at those at the best band."""
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
    best = weakness.capped_best(item)
    if best is not None:
        findings.add(
            "capped-best",
            f"item '{item.id}': its best answer '{best}' holds the result down at band '{item.caps[best]}'",
            (*path, "caps", best),
            f"Cap the weak answers, and leave one that leads to the {'best' if weakness.is_lower else 'highest'} band.",
        )
