"""What evaluation needs of a checklist's conditions, outcomes, inputs and figures: part of the scoring key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from ..checks.trusted import TrustedChecklist
from ..expressions.trees import Tree, decimal_text, from_json, to_json
from ..model.units import in_parts, units_of


@dataclass(frozen=True, slots=True)
class GateKey:
    """A rule that removes an outcome; the text is reported with the result."""

    remove: str
    when: Tree
    text: str


@dataclass(frozen=True, slots=True)
class DecisionKey:
    """A decision between outcomes.

    `points` maps item and option to unweighted points in the units of the key, one for each outcome in order.
    """

    outcomes: tuple[str, ...]
    points: Mapping[str, Mapping[str, tuple[int, ...]]]
    gates: tuple[GateKey, ...] = ()
    lead: int = 8
    least: int = 55
    ties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InputKey:
    """A number that the reader gives, from `low` to `high`, with at most so many decimals."""

    id: str
    low: Fraction
    high: Fraction
    decimals: int = 0
    section: str | None = None
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureKey:
    """A number that is computed, and reported with so many decimals."""

    id: str
    formula: Tree
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class RulesKey:
    """Conditions by the id of what they show; the decision; notes and verdicts with their conditions; inputs and figures."""

    when: Mapping[str, Tree] = field(default_factory=dict)
    decision: DecisionKey | None = None
    notes: tuple[tuple[Tree, str], ...] = ()
    inputs: tuple[InputKey, ...] = ()
    figures: tuple[FigureKey, ...] = ()
    verdicts: tuple[tuple[str, Tree], ...] = ()
    plan: bool = False


def rules_key(trusted: TrustedChecklist) -> RulesKey | None:
    """The rules of a checklist; `None` where it has nothing but questions and bands."""
    checklist, trees = trusted.checklist, trusted.trees
    rules = RulesKey(
        when=trusted.conditions,
        decision=_decision(trusted) if checklist.outcomes else None,
        notes=tuple((trees["notes", n, "when"], note.text) for n, note in enumerate(checklist.notes)),
        inputs=tuple(
            InputKey(entry.id, entry.min, entry.max, entry.decimals, entry.section, tuple(entry.was))
            for entry in checklist.inputs
        ),
        figures=tuple(
            FigureKey(figure.id, trees["figures", n, "formula"], figure.decimals)
            for n, figure in enumerate(checklist.figures)
        ),
        verdicts=tuple((verdict.id, trees["verdicts", n, "when"]) for n, verdict in enumerate(checklist.verdicts)),
        plan=checklist.plan is not None,
    )
    return None if rules == RulesKey() else rules


def _decision(trusted: TrustedChecklist) -> DecisionKey:
    checklist = trusted.checklist
    outcomes = tuple(outcome.id for outcome in checklist.outcomes)
    ties = tuple(dict.fromkeys((*checklist.decide.ties, *outcomes)))
    parts = units_of(checklist).points
    return DecisionKey(
        outcomes=outcomes,
        points={
            item.id: {
                option.id: tuple(in_parts(option.toward.get(name, 0), parts) for name in outcomes)
                for option in item.options or []
            }
            for item in checklist.items
        },
        gates=tuple(
            GateKey(gate.remove, trusted.trees["gates", n, "when"], gate.text) for n, gate in enumerate(checklist.gates)
        ),
        lead=checklist.decide.lead,
        least=checklist.decide.least,
        ties=ties,
    )


def rules_to_json(rules: RulesKey) -> dict[str, Any]:
    """The rules as the page carries them: plain JSON data, without what is empty."""
    decision = rules.decision
    data: dict[str, Any] = {
        "when": {name: to_json(tree) for name, tree in rules.when.items()},
        "decision": decision
        and {
            "outcomes": list(decision.outcomes),
            "points": {item: [list(row) for row in options.values()] for item, options in decision.points.items()},
            "gates": [{"remove": g.remove, "when": to_json(g.when), "text": g.text} for g in decision.gates],
            "lead": decision.lead,
            "least": decision.least,
            "ties": list(decision.ties),
        },
        "notes": [{"when": to_json(tree), "text": text} for tree, text in rules.notes],
        "inputs": [_input_to_json(entry) for entry in rules.inputs],
        "figures": [{"id": f.id, "decimals": f.decimals, "formula": to_json(f.formula)} for f in rules.figures],
        "verdicts": [{"id": name, "when": to_json(tree)} for name, tree in rules.verdicts],
        "plan": rules.plan,
    }
    return {name: value for name, value in data.items() if value}


def _input_to_json(entry: InputKey) -> dict[str, Any]:
    return {
        "id": entry.id,
        "min": decimal_text(entry.low),
        "max": decimal_text(entry.high),
        "decimals": entry.decimals,
        **({"section": entry.section} if entry.section else {}),
        **({"was": list(entry.was)} if entry.was else {}),
    }


def rules_from_json(data: Mapping[str, Any], options: Mapping[str, list[str]]) -> RulesKey:
    """The rules of their JSON form, which is trusted to be one; `options` are the option ids of each item, in order."""
    decision = data.get("decision")
    return RulesKey(
        when={name: from_json(tree) for name, tree in data.get("when", {}).items()},
        decision=decision
        and DecisionKey(
            outcomes=tuple(decision["outcomes"]),
            points={
                item: {option: tuple(row) for option, row in zip(options[item], rows, strict=True)}
                for item, rows in decision["points"].items()
            },
            gates=tuple(
                GateKey(gate["remove"], from_json(gate["when"]), gate["text"]) for gate in decision.get("gates", ())
            ),
            lead=decision["lead"],
            least=decision["least"],
            ties=tuple(decision["ties"]),
        ),
        notes=tuple((from_json(note["when"]), note["text"]) for note in data.get("notes", ())),
        inputs=tuple(
            InputKey(
                entry["id"],
                Fraction(entry["min"]),
                Fraction(entry["max"]),
                entry["decimals"],
                entry.get("section"),
                tuple(entry.get("was", ())),
            )
            for entry in data.get("inputs", ())
        ),
        figures=tuple(
            FigureKey(figure["id"], from_json(figure["formula"]), figure["decimals"])
            for figure in data.get("figures", ())
        ),
        verdicts=tuple((verdict["id"], from_json(verdict["when"])) for verdict in data.get("verdicts", ())),
        plan=data.get("plan", False),
    )
