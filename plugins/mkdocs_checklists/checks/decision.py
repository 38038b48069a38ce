"""Rules for decisions: outcomes and the points that lead to them, gates, and the table of runs."""

from __future__ import annotations

from ..diagnostics.diagnostic import Span, did_you_mean, name_some, shorten
from ..model.fields import close_pair
from ..reading.tree import Path
from .base import Draft, check_unique, named
from .several import is_flat


def check_decision(draft: Draft) -> None:
    """Check the outcomes of a decision and everything that names one."""
    _points(draft)
    _outcomes(draft)
    _close(draft)
    _plan(draft)


def _points(draft: Draft) -> None:
    """Points for each outcome in a decision, and plain points everywhere else."""
    if not draft.reading.has_all("outcomes"):
        return
    outcomes = _names(draft)
    reported: set[Span] = set()
    for path, item in draft.items:
        at: Path = (*path, "options") if item.options else ("scales", str(item.scale))
        for n, option in enumerate(draft.options_of(item)):
            where = (*at, n, "points")
            # Of a scale from another file only its name is here.
            span = draft.reading.span(
                *where if item.options or item.scale in draft.checklist.scales else (*path, "scale")
            )
            if outcomes and not isinstance(option.points, dict) and item.weight:
                draft.report(
                    "outcome-points",
                    f"item '{item.id}': option '{option.id}' has plain points, which count for no outcome",
                    span,
                    f"Write 'points: {{{outcomes[0]}: 1}}', or 'weight: 0' for a question that only informs.",
                )
                break
            if span in reported:
                continue
            reported.add(span)
            if not outcomes and isinstance(option.points, dict):
                draft.report(
                    "outcome-points",
                    f"option '{option.id}' gives points to outcomes, and there are none",
                    span,
                    "Write one number, or add 'outcomes:'.",
                )
            for name in option.toward:
                if outcomes and name not in outcomes:
                    _unknown_outcome(draft, name, draft.reading.key_span(*where, name))


def _outcomes(draft: Draft) -> None:
    names = _names(draft)
    check_unique(draft.reading, "outcome", named("outcomes", draft.checklist.outcomes))
    if not names:
        return
    whole = draft.reading.has_all("outcomes")
    for n, gate in enumerate(draft.checklist.gates):
        if whole and gate.remove not in names:
            _unknown_outcome(draft, gate.remove, draft.reading.span("gates", n, "remove"))
    for n, name in enumerate(draft.checklist.decide.ties):
        if whole and name not in names:
            _unknown_outcome(draft, name, draft.reading.span("decide", "ties", n))
    check_unique(
        draft.reading, "outcome", [(("decide", "ties", n), name) for n, name in enumerate(draft.checklist.decide.ties)]
    )
    if not draft.reading.has_all("sections", "items", "options", "scale", "scales", "points", "outcomes", "weight"):
        return
    weighed = [item for item in draft.checklist.items if item.weight]
    for n, name in enumerate(names):
        if all(is_flat(item, draft.options_of(item), name) for item in weighed):
            draft.report(
                "unfed-outcome",
                f"no answer speaks for or against outcome '{name}'",
                draft.reading.span("outcomes", n, "id"),
                "Give it points in some options, different ones in one question.",
            )


def _close(draft: Draft) -> None:
    """The texts for close calls: each for two outcomes that are there, and once."""
    names = _names(draft)
    if not names or not draft.reading.has_all("outcomes"):
        return
    seen: dict[frozenset[str], str] = {}
    for key in draft.checklist.close:
        span = draft.reading.key_span("close", key)
        pair = close_pair(key)
        if len(pair) != 2 or key.count("+") != 1 or "" in pair:
            hint = f"Write two ids of outcomes with a '+' between them, as in '{names[0]}+{names[1]}'."
            draft.report("bad-close", f"'{shorten(key)}' is no pair of outcomes", span, hint)
            continue
        for name in sorted(pair - set(names)):
            _unknown_outcome(draft, name, span)
        if pair in seen:
            hint = f"'{seen[pair]}' has a text already: join the two."
            draft.report("bad-close", f"'{key}' is the same pair once more", span, hint)
        seen.setdefault(pair, key)
    if draft.checklist.close and not draft.checklist.decide.lead:
        message = "with 'lead: 0' there is no close call, so these texts are never shown"
        hint = "Delete 'close', or raise 'lead' under 'decide'."
        draft.report("bad-close", message, draft.reading.key_span("close"), hint)


def _names(draft: Draft) -> list[str]:
    return [outcome.id for outcome in draft.checklist.outcomes]


def _unknown_outcome(draft: Draft, name: str, span: Span) -> None:
    known = _names(draft)
    hint = f"Outcomes: {name_some(known)}. {did_you_mean(name, known)}".strip()
    draft.report("unknown-outcome", f"there is no outcome '{name}'", span, hint)


def _plan(draft: Draft) -> None:
    plan = draft.checklist.plan
    if plan is None or not draft.reading.has_all("sections", "items"):
        return
    ids = [item.id for item in draft.checklist.items]
    for name in plan.columns:
        if name not in ids:
            hint = did_you_mean(name, ids) or "Name an item of this file."
            span = draft.reading.key_span("plan", "columns", name)
            draft.report("unknown-item", f"the plan has a column for '{name}', which is not an item", span, hint)
