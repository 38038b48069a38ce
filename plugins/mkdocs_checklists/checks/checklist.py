"""The rules that need the whole checklist, subject by subject; a file that keeps them becomes a trusted checklist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..diagnostics.diagnostic import Diagnostic
from ..model.checklist import Checklist, Option, SharedScales
from ..reading.reader import Reading
from .allowances import check_allowances
from .bands import check_bands
from .base import Draft
from .calculator import check_calculator
from .decision import check_decision
from .expressions import check_expressions
from .ids import check_ids
from .items import check_items, check_options
from .mending import check_better, check_mending
from .parts import check_dimensions, check_section_caps
from .trusted import TrustedChecklist, trusted


def check_shared_scales(reading: Reading[SharedScales]) -> dict[str, list[Option]]:
    """The scales of `_scales.yml`; what is wrong with them is added to the reading's diagnostics."""
    if reading.model is None:
        return {}
    for name, options in reading.model.scales.items():
        check_options(reading, options, ("scales", name))
    check_allowances(reading)
    return reading.model.scales


def check(
    reading: Reading[Checklist],
    shared_scales: Mapping[str, list[Option]],
    shared_errors: Sequence[Diagnostic] = (),
) -> TrustedChecklist | None:
    """Check a checklist as a whole and return it as a trusted one.

    `None` when the file has an error. What is found is added to the reading's diagnostics; so are the errors of the shared
    scales where the checklist needs one of those.
    """
    if reading.model is None:
        return None
    draft = Draft(reading, reading.model, shared_scales, shared_errors)
    check_allowances(reading)
    check_ids(draft)
    check_items(draft)
    check_mending(draft)
    check_dimensions(draft)
    check_bands(draft)
    check_section_caps(draft)
    check_better(draft)
    _parts(draft)
    check_decision(draft)
    check_calculator(draft)
    trees = check_expressions(draft)
    return None if reading.diagnostics.errors else trusted(draft, trees)


def _parts(draft: Draft) -> None:
    """What a checklist needs, and what goes with what."""
    checklist, reading = draft.checklist, draft.reading
    has = {name: bool(getattr(checklist, name)) for name in ("bands", "outcomes", "inputs", "sections")}
    if not has["sections"] and not has["inputs"] and reading.has_all("sections", "inputs"):
        _missing(draft, "sections")
    is_led = any(has[name] for name in ("bands", "outcomes", "inputs"))
    if not is_led and reading.has_all("bands", "outcomes", "inputs"):
        _missing(draft, "bands")
    if has["sections"] and not (checklist.items or has["inputs"]) and reading.has_all("sections", "items"):
        draft.report(
            "too-few",
            "the checklist has no item",
            reading.key_span("sections"),
            "Add at least one question to a section.",
        )
    if has["outcomes"] and has["bands"]:
        draft.report(
            "outcomes-and-bands",
            "a checklist with outcomes has no bands",
            reading.key_span("bands"),
            "Points lead either to a score with bands or to an outcome: delete one of the two.",
        )
    if not has["outcomes"] and reading.has_all("outcomes"):
        for name in ("gates", "decide", "close", "plan"):
            if name in checklist.model_fields_set:
                draft.report(
                    "needs-outcomes",
                    f"'{name}' goes with outcomes only",
                    reading.key_span(name),
                    "Delete it, or add 'outcomes:'.",
                )
    if checklist.plan and not checklist.subject:
        draft.report(
            "missing-key",
            "a plan needs to know what one run is about",
            reading.key_span("plan"),
            "Add 'subject: task', or whatever is decided in each run.",
        )
    if not has["inputs"] and reading.has_all("inputs"):
        for name in ("figures", "verdicts", "compare"):
            if name in checklist.model_fields_set and getattr(checklist, name):
                draft.report(
                    "needs-inputs",
                    f"'{name}' goes with inputs only",
                    reading.key_span(name),
                    "Delete it, or add 'inputs:'.",
                )


def _missing(draft: Draft, name: str) -> None:
    span = draft.reading.span()
    draft.report("missing-key", f"the checklist has no '{name}'", span, f"Add '{name}: …' here.")
