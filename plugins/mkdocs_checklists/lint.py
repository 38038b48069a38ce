"""Advice to authors that `checklists check` gives and a build does not: nothing here makes a checklist wrong."""

from __future__ import annotations

import re

from .diagnostics import Severity, Span
from .loaded import LoadedChecklist
from .model import EVERY_ANSWER, Checklist, Item
from .reader import Path, Reading
from .rules_proof import Claim
from .source import Mapping, Node, Sequence

TEXT_KEYS = frozenset(
    {
        "columns",
        "cost",
        "decides",
        "formula",
        "help",
        "label",
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


def lint(loaded: LoadedChecklist) -> None:
    """Add the linter's warnings to the diagnostics of a checklist; those about its meaning only where it has no errors."""
    _lint_texts(loaded.reading, loaded.reading.source.root, "")
    if loaded.checklist is None:
        return
    top = loaded.key.bands[-1][0] if loaded.key.bands else ""
    for s, section in enumerate(loaded.checklist.sections):
        for i, item in enumerate(section.items):
            _lint_advice(loaded, ("sections", s, "items", i), item, top)
    _lint_proof(loaded)
    if loaded.key.rules:
        _lint_rules(loaded, loaded.checklist)


def _lint_advice(loaded: LoadedChecklist, path: Path, item: Item, top: str) -> None:
    options = item.options or []
    best = max(option.earned for option in options)
    capped = {option for option, band in item.caps.items() if band != top}
    weak = capped | {option.id for option in options if option.earned < best}
    if loaded.key.rules and loaded.key.rules.decision:
        # Answers speak for one outcome or another; none is weak.
        weak = set()
    advised = item.recommend or {}
    # What counts for nothing needs no advice, unless it holds the result down.
    mute = [option.id for option in options if option.id in (weak if item.weight else capped) - set(advised)]
    if mute and EVERY_ANSWER not in advised:
        loaded.reading.report(
            "no-advice",
            f"item '{item.id}' gives no advice after {' or '.join(repr(name) for name in mute)}",
            loaded.reading.span(*path, "id"),
            "Add 'recommend:', one text for all weak answers or a text per option.",
            Severity.WARNING,
        )
    hint = "Delete it, or give the option fewer points than another one."
    if loaded.key.rules and loaded.key.rules.decision:
        hint = "In a decision no answer is better than another: put it under 'notes:', with a condition."
    for name in advised:
        if not (weak if name == EVERY_ANSWER else name in weak):
            after = "any answer" if name == EVERY_ANSWER else f"'{name}'"
            loaded.reading.report(
                "idle-advice",
                f"item '{item.id}': advice after {after} is never shown, since nothing can be bettered there",
                loaded.reading.span(*path, "recommend", *([] if name == EVERY_ANSWER else [name])),
                hint,
                Severity.WARNING,
            )


def _lint_proof(loaded: LoadedChecklist) -> None:
    """What no answers can bring about."""
    checklist = loaded.checklist
    assert checklist is not None
    if not checklist.bands:
        return
    if not loaded.proof.sampled and not any(loaded.proof.shares.values()):
        loaded.reading.report(
            "no-score",
            "no answers give a score",
            loaded.reading.key_span("sections"),
            "Give at least one question options of different points, and it and its section a weight above 0.",
            Severity.WARNING,
        )
        return
    for n, band in enumerate(checklist.bands):
        if band.id not in loaded.proof.reached:
            loaded.reading.report(
                "idle-band",
                f"no answers lead to band '{band.id}'",
                loaded.reading.span("bands", n, "id"),
                "Look at where it starts, and at the caps.",
                Severity.WARNING,
            )
    idle = set(loaded.proof.idle_caps)
    for s, section in enumerate(checklist.sections):
        for i, item in enumerate(section.items):
            for option, band_id in item.caps.items():
                if (item.id, option) in idle:
                    loaded.reading.report(
                        "idle-answer-cap",
                        f"item '{item.id}': after '{option}' the score is never above band '{band_id}', so its cap changes nothing",
                        loaded.reading.span("sections", s, "items", i, "caps", option),
                        "Name a lower band, or delete the cap.",
                        Severity.WARNING,
                    )


def _lint_rules(loaded: LoadedChecklist, checklist: Checklist) -> None:
    """Outcomes, gates, notes, verdicts and conditions that no answers and numbers bring about."""
    places: dict[str, tuple[Path, str]] = {}
    for s, section in enumerate(checklist.sections):
        places[section.id] = ("sections", s), "shown"
        places |= {item.id: (("sections", s, "items", i), "shown") for i, item in enumerate(section.items)}
    places |= {entry.id: (("inputs", n), "shown") for n, entry in enumerate(checklist.inputs)}
    places |= {figure.id: (("figures", n), "computed") for n, figure in enumerate(checklist.figures)}
    outcomes = [outcome.id for outcome in checklist.outcomes]
    verdicts = [verdict.id for verdict in checklist.verdicts]
    for claim in loaded.rules_proof.idle:
        hint = "Look at its condition, and at the conditions of what it asks for."
        match claim.kind:
            case "outcome":
                code = "idle-outcome"
                subject, verb = f"outcome '{claim.id}'", "wins"
                path: Path = ("outcomes", outcomes.index(claim.id), "id")
                hint = "Look at its points, at the gates that remove it, and at 'decide:'."
            case "gate":
                code = "idle-gate"
                subject, verb = f"the gate of '{checklist.gates[claim.place].remove}'", "fires"
                path = ("gates", claim.place, "when")
            case "silence":
                code, hint = "constant-condition", "Compare with something that can turn out otherwise."
                subject, verb = f"the gate of '{checklist.gates[claim.place].remove}'", "stays silent"
                path = ("gates", claim.place, "when")
            case "note":
                code = "idle-note"
                subject, verb, path = "this note", "fires", ("notes", claim.place, "when")
            case "verdict":
                code = "idle-verdict"
                subject, verb = f"verdict '{claim.id}'", "is reached"
                path = ("verdicts", verdicts.index(claim.id), "id")
                hint = "Look at its condition, and at the verdicts above it, which count first."
            case _:
                code = "idle-condition"
                at, done = places[claim.id]
                subject, verb, path = f"'{claim.id}'", f"is {done}", (*at, "when")
        message = f"{subject} {_never(claim, verb)}"
        loaded.reading.report(code, message, loaded.reading.span(*path), hint, Severity.WARNING)


def _never(claim: Claim, verb: str) -> str:
    """That something does not happen, and how that is known."""
    ways = "ways to answer" if claim.is_of_patterns else "cases"
    if not claim.is_proof:
        return f"{verb} in none of {claim.tried:,} {ways} drawn at random, nor in one that was searched for"
    never = f"is never{verb.removeprefix('is')}" if verb.startswith("is ") else f"never {verb}"
    if claim.is_of_patterns:
        never += " where every question is answered"
    return f"{never}: all {claim.tried:,} {ways} were tried"


def _lint_texts(reading: Reading[Checklist], node: Node | None, text_key: str) -> None:
    """Warn of texts that YAML ends at ` #`. `text_key` is the key of a text that `node` belongs to, empty for other nodes."""
    if isinstance(node, Mapping):
        for key, (_, value) in node.entries.items():
            _lint_texts(reading, value, key if key in TEXT_KEYS else text_key)
    elif isinstance(node, Sequence):
        for entry in node.items:
            _lint_texts(reading, entry, text_key)
    elif node is not None and node.plain and text_key:
        line, end = node.span.end_line, node.span.end_column
        rest = reading.source.line(line)[end - 1 :]
        # Comments mostly stand apart, or start with a space; `issue #5` does neither.
        if re.match(r" #\S", rest):
            reading.report(
                "text-cut-by-comment",
                f"'{text_key}' ends here, because ' #' starts a comment",
                Span(node.span.file, line, end + 1, line, end + len(rest)),
                "Put the whole text in quotes. If a comment is meant, write a space after the '#'.",
                Severity.WARNING,
            )
