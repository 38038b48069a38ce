"""Rules for what can be mended and what can't: facts (`given`), urgent answers, and caps where no result is the best."""

from __future__ import annotations

from ..diagnostics.diagnostic import did_you_mean, name_some
from ..model.checklist import Item
from ..reading.tree import Path
from .base import Draft

_FOR_MENDING = ("urgent", "action", "after", "effort", "cost")
"""What says how to mend something, or when: nothing that a fact can have."""


def check_mending(draft: Draft) -> None:
    """Check the keys of all items that say what there is to do after an answer, and whether there is anything."""
    given = {item.id for _, item in draft.items if item.given}
    for path, item in draft.items:
        if item.given:
            _given(draft, path, item)
        _urgent(draft, path, item)
        for n, name in enumerate(item.after):
            if name in given and name != item.id:
                draft.warn(
                    "given-item",
                    f"item '{item.id}' comes after '{name}', which is given and never mended",
                    draft.reading.span(*path, "after", n),
                    "Delete it.",
                )
        if draft.checklist.score.better == "neither" and item.caps and draft.reading.has_all("score", "better"):
            draft.report(
                "cap-on-measurement",
                f"item '{item.id}' has caps, but of a measurement no result is the best",
                draft.reading.key_span(*path, "caps"),
                "Delete them, or say in 'score:' whether higher or lower is better.",
            )


def check_better(draft: Draft) -> None:
    """Check that there is something to be better: bands."""
    rules = draft.checklist.score
    is_known = draft.reading.has_all("score", "better", "bands")
    if "better" in rules.model_fields_set and not draft.checklist.bands and is_known:
        draft.report(
            "score-rules",
            "'better' goes with bands only",
            draft.reading.key_span("score", "better"),
            "Delete it: without bands there is no score to be better.",
        )


def _given(draft: Draft, path: Path, item: Item) -> None:
    for key in _FOR_MENDING:
        if key in item.model_fields_set and getattr(item, key):
            draft.report(
                "given-item",
                f"item '{item.id}' is given, a fact that nobody can mend, so '{key}' can't go with it",
                draft.reading.key_span(*path, key),
                "Delete one of the two. Where to turn goes into 'recommend' and 'see'.",
            )


def _urgent(draft: Draft, path: Path, item: Item) -> None:
    options = [option.id for option in draft.options_of(item)]
    if not options or not draft.reading.has_all("options" if item.options else "scales"):
        return
    for n, name in enumerate(item.urgent):
        if name not in options:
            draft.report(
                "unknown-option",
                f"item '{item.id}' has no option '{name}'",
                draft.reading.span(*path, "urgent", n),
                f"Options: {name_some(options)}. {did_you_mean(name, options)}".strip(),
            )
