"""Advice to authors that `checklists check` gives and a build does not: nothing here makes a checklist wrong."""

from __future__ import annotations

from .diagnostics import Severity
from .loaded import LoadedChecklist
from .model import EVERY_ANSWER


def lint(loaded: LoadedChecklist) -> None:
    """Add the linter's warnings to the diagnostics of a checklist that has no errors."""
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
