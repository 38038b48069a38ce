"""The linter's rules for what no answers and numbers bring about, from what was proved of the file."""

from __future__ import annotations

from collections.abc import Sequence

from ..library.loaded import LoadedChecklist
from ..model.checklist import Checklist, Section
from ..model.score_rules import Dimension
from ..proof.bands import idle_bands_of_parts
from ..proof.rules import Claim
from ..reading.tree import Path
from .findings import Findings


def lint_reach(findings: Findings, loaded: LoadedChecklist) -> None:
    """What no answers can bring about."""
    checklist = loaded.checklist
    assert checklist is not None
    if loaded.key.rules:
        _lint_rules(findings, loaded, checklist)
    if not checklist.bands:
        return
    if not loaded.proof.sampled and not any(loaded.proof.shares.values()):
        findings.add(
            "no-score",
            "no answers give a score",
            (),
            "Give at least one question options of different points, and it and its section a weight above 0.",
            loaded.reading.key_span("sections"),
        )
        return
    for n, band in enumerate(checklist.bands):
        if band.id not in loaded.proof.reached:
            findings.add(
                "idle-band",
                f"no answers lead to band '{band.id}'",
                ("bands", n, "id"),
                "Look at where it starts, and at the caps.",
            )
    _lint_parts(findings, loaded, checklist)
    idle = set(loaded.proof.idle_caps)
    above, below = ("better than", "worse") if checklist.score.better == "lower" else ("above", "lower")
    for s, section in enumerate(checklist.sections):
        for i, item in enumerate(section.items):
            for option, band_id in item.caps.items():
                if (item.id, option) in idle:
                    findings.add(
                        "idle-answer-cap",
                        f"item '{item.id}': after '{option}' the score is never {above} band '{band_id}', so "
                        "its cap changes nothing",
                        ("sections", s, "items", i, "caps", option),
                        f"Name a {below} band, or delete the cap.",
                    )


def _lint_parts(findings: Findings, loaded: LoadedChecklist, checklist: Checklist) -> None:
    """Bands of sections and dimensions that no answers lead to."""
    everything: Sequence[Section | Dimension] = (*checklist.sections, *checklist.dimensions)
    if not any(part.bands for part in everything):
        return
    for kind, name, band in idle_bands_of_parts(loaded.key):
        parts: Sequence[Section | Dimension] = checklist.sections if kind == "sections" else checklist.dimensions
        at, part = next((n, part) for n, part in enumerate(parts) if part.id == name)
        place = [own.id for own in part.bands].index(band)
        findings.add(
            "idle-band",
            f"{kind.removesuffix('s')} '{name}': no answers lead to its band '{band}'",
            (kind, at, "bands", place, "id"),
            "Look at where it starts.",
        )


def _lint_rules(findings: Findings, loaded: LoadedChecklist, checklist: Checklist) -> None:
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
        findings.add(code, f"{subject} {_never(claim, verb)}", path, hint)


def _never(claim: Claim, verb: str) -> str:
    """That something does not happen, and how that is known."""
    ways = "ways to answer" if claim.is_of_patterns else "cases"
    if not claim.is_proof:
        return f"{verb} in none of {claim.tried:,} {ways} drawn at random, nor in one that was searched for"
    never = f"is never{verb.removeprefix('is')}" if verb.startswith("is ") else f"never {verb}"
    if claim.is_of_patterns:
        never += " where every question is answered"
    return f"{never}: all {claim.tried:,} {ways} were tried"
