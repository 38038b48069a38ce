"""Rules for calculators: the numbers that are asked for, the figures that are computed, verdicts and comparisons."""

from __future__ import annotations

from ..diagnostics.diagnostic import did_you_mean, name_some
from ..expressions.trees import decimal_text
from ..model.checklist import Input
from ..reading.tree import Path
from .base import Draft, check_unique, named


def check_calculator(draft: Draft) -> None:
    """Check inputs, figures, verdicts and comparisons, but for their expressions."""
    _inputs(draft)
    _figures(draft)


def _inputs(draft: Draft) -> None:
    sections = [section.id for section in draft.checklist.sections]
    for n, entry in enumerate(draft.checklist.inputs):
        path: Path = ("inputs", n)
        if entry.min >= entry.max:
            key = "min" if "min" in entry.model_fields_set else "max"
            draft.report(
                "input-range",
                f"input '{entry.id}' goes from {decimal_text(entry.min)} to {decimal_text(entry.max)}",
                draft.reading.span(*path, key),
                "'min' has to be below 'max'.",
            )
        else:
            _example(draft, path, entry)
        if entry.section is not None and entry.section not in sections and draft.reading.has_all("sections"):
            hint = f"Sections: {name_some(sections) or 'none'}. {did_you_mean(entry.section, sections)}".strip()
            draft.report(
                "unknown-section",
                f"input '{entry.id}' stands in section '{entry.section}', which is not defined",
                draft.reading.span(*path, "section"),
                hint,
            )


def _example(draft: Draft, path: Path, entry: Input) -> None:
    for key, value in (("min", entry.min), ("max", entry.max), ("example", entry.example)):
        if value is None or key not in entry.model_fields_set:
            continue
        if (value * 10**entry.decimals).denominator != 1:
            decimals = (
                f"{entry.decimals} decimal{'s' if entry.decimals > 1 else ''}" if entry.decimals else "no decimals"
            )
            draft.report(
                "input-range",
                f"input '{entry.id}' takes {decimals}, and its '{key}' is {decimal_text(value)}",
                draft.reading.span(*path, key),
                "Raise 'decimals', or round the number.",
            )
        elif key == "example" and not entry.min <= value <= entry.max:
            draft.report(
                "input-range",
                f"the example of input '{entry.id}' is not between {decimal_text(entry.min)} and {decimal_text(entry.max)}",
                draft.reading.span(*path, key),
                "Choose a number that the input takes.",
            )


def _figures(draft: Draft) -> None:
    checklist = draft.checklist
    figures = {figure.id: figure for figure in checklist.figures}
    mains = [n for n, figure in enumerate(checklist.figures) if figure.main]
    for n in mains[1:]:
        draft.report(
            "duplicate-main",
            f"figure '{checklist.figures[n].id}' can't lead the result as well",
            draft.reading.span("figures", n, "main"),
            f"'{checklist.figures[mains[0]].id}' does already.",
        )
    check_unique(draft.reading, "verdict", named("verdicts", checklist.verdicts))
    for n, comparison in enumerate(checklist.compare):
        known = [figures[name] for name in comparison.figures if name in figures]
        for k, name in enumerate(comparison.figures):
            span = draft.reading.span("compare", n, "figures", k)
            if name not in figures:
                if draft.reading.has_all("figures"):
                    near = did_you_mean(name, figures) or f"Figures: {name_some(figures)}."
                    draft.report("unknown-figure", f"there is no figure '{name}'", span, near)
            elif figures[name].unit != known[0].unit:
                units = f"'{known[0].unit or 'none'}' and '{figures[name].unit or 'none'}'"
                draft.report(
                    "mixed-units", f"the units {units} can't be compared", span, "Compare figures of one unit."
                )
