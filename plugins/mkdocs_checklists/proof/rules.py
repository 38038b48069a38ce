"""What can be proved of outcomes, conditions and calculators: what can happen at all, and how often answers lead where.

That something can happen is proved by an example. That it can't is proved only where all cases were tried; otherwise some
were drawn at random and an example was searched for on purpose, and the proof says so. (That no expression can fail is proved
earlier, by `intervals`, or there would be no key.)
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from ..expressions.trees import Tree, decimal_text, holds, negated, walk
from ..model.answers import Answers
from ..scoring.key import ScoringKey
from ..scoring.rules import Situation, evaluate, index_of
from ..scoring.rules_key import DecisionKey, RulesKey
from .answer_patterns import Given, Numbers, Patterns, dependencies
from .decider import Chosen, Decider, find_outcome
from .search import Aim, cases_of, search

RULE_SAMPLES = 10_000
RULE_SAMPLES_WITH_NUMBERS = 2_000
"""Fewer where gates or conditions ask for numbers: figures take their time, and nobody's numbers are drawn at random."""

ClaimKind = Literal["outcome", "gate", "note", "verdict", "condition", "silence"]

_Found = str | tuple[str, str] | None
"""What answers lead to: an outcome, a close call between two, or no clear answer."""

# Examples of an outcome that are kept, to look for notes about it among them.
_KEPT = 100
_MOST_PINNED = 10
# After so many long searches in vain, the others are brief.
_MOST_MISSED = 3


@dataclass(frozen=True)
class Claim:
    """Whether something can happen: an outcome wins, a gate or note fires, a verdict is reached, what has a condition is shown.

    `id` is that of the outcome, the verdict or the part; of gates and notes it is their place in the file, from 0. `witness`
    are answers that prove it. Without one, `is_proof` says that all `tried` cases were tried; where `is_of_patterns`, those are
    the ways to answer every question, since the outcome depends on them all.
    """

    kind: ClaimKind
    id: str
    witness: Answers | None
    tried: int
    is_proof: bool
    is_of_patterns: bool = False

    @property
    def place(self) -> int:
        """The place of a gate or note in the file."""
        return int(self.id)


@dataclass(frozen=True)
class Shares:
    """Where the ways to answer all questions of a decision lead: to an outcome, to a close call, or to no clear answer.

    With `sampled` above 0 so many were drawn at random. `patterns` is how many ways there are; where it `is_bound`, at most.
    """

    patterns: int
    is_bound: bool
    outcomes: Mapping[str, Fraction]
    close_calls: Fraction
    unclear: Fraction
    sampled: int = 0


@dataclass(frozen=True)
class RulesProof:
    """What was proved of the rules of a key. There are `shares` of a decision only."""

    claims: tuple[Claim, ...]
    shares: Shares | None = None

    @property
    def idle(self) -> list[Claim]:
        """What was not brought about."""
        return [claim for claim in self.claims if claim.witness is None]

    def is_sound(self, *kinds: ClaimKind) -> bool:
        """Whether all of some kinds can happen, or of all kinds when none is named."""
        return not any(not kinds or claim.kind in kinds for claim in self.idle)


def prove_rules(key: ScoringKey) -> RulesProof:
    """Prove what can be proved of the rules of a key. Takes a second or two at most."""
    return _Proving(key).run()


class _Proving:
    def __init__(self, key: ScoringKey) -> None:
        self._key, self._rules = key, key.rules or RulesKey()
        self._index = index_of(key, self._rules)
        self._decider = Decider(key) if self._rules.decision else None
        self._kept: dict[_Found, list[tuple[Given, Numbers]]] = {}
        self._shares: Shares | None = None
        self._missed = 0

    def run(self) -> RulesProof:
        claims: list[Claim] = []
        if self._decider:
            self._shares = self._spread(self._decider)
            claims += self._outcomes(self._decider)
        return RulesProof((*claims, *self._others()), self._shares)

    # Where answers lead

    def _spread(self, decider: Decider) -> Shares:
        patterns = Patterns(self._key, numbers=[entry.id for entry in decider.inputs])
        counts: dict[str, int] = dict.fromkeys(decider.decision.outcomes, 0)
        close_calls = number = 0
        for case in _all_or_some(patterns, RULE_SAMPLES_WITH_NUMBERS if decider.inputs else RULE_SAMPLES):
            number += 1
            found: Chosen = decider.decide(*case)
            if found.close_call:
                close_calls += 1
            elif found.outcome:
                counts[found.outcome] += 1
            kept = self._kept.setdefault(found.close_call or found.outcome, [])
            # All of them where they can be listed: then what is not among them is nowhere.
            if patterns.can_be_listed or len(kept) < _KEPT:
                kept.append(case)
        shares = {name: Fraction(count, number) for name, count in counts.items()}
        unclear = 1 - sum(shares.values(), Fraction(close_calls, number))
        sampled = 0 if patterns.can_be_listed else number
        return Shares(patterns.count, patterns.is_bound, shares, Fraction(close_calls, number), unclear, sampled)

    def _outcomes(self, decider: Decider) -> Iterator[Claim]:
        for name in decider.decision.outcomes:
            kept = self._kept.get(name)
            case = kept[0] if kept else find_outcome(decider, name, self._pins(decider.decision, name))
            yield self._claim("outcome", name, case, *self._looked_at, is_of_patterns=True)

    def _pins(self, decision: DecisionKey, outcome: str) -> Iterator[tuple[Given, Numbers]]:
        """Answers that a search for an outcome may start from: those that remove another one."""
        against = [gate for gate in decision.gates if gate.remove != outcome]
        for gate in against[:_MOST_PINNED]:
            yield from cases_of(self._key, Aim(gate.when), 1)

    @property
    def _looked_at(self) -> tuple[int, bool]:
        assert self._shares is not None
        return self._shares.sampled or self._shares.patterns, not self._shares.sampled

    # Conditions

    def _others(self) -> Iterator[Claim]:
        rules = self._rules
        for name in rules.when:
            yield self._brought_about("condition", name, Aim(shown=name))
        for n, gate in enumerate(rules.decision.gates if rules.decision else ()):
            yield self._brought_about("gate", str(n), Aim(gate.when))
            # What always fires could be said without any question.
            yield self._brought_about("silence", str(n), Aim(negated(gate.when)))
        for n, (tree, _) in enumerate(rules.notes):
            yield self._brought_about("note", str(n), Aim(tree))
        for n, (name, tree) in enumerate(rules.verdicts):
            yield self._brought_about("verdict", name, Aim(tree, before=tuple(tree for _, tree in rules.verdicts[:n])))

    def _brought_about(self, kind: ClaimKind, name: str, aim: Aim) -> Claim:
        if any(_asks_for_outcome(tree) for tree in aim.trees):
            tried, is_whole = self._looked_at
            # Numbers that only this condition asks for are not among what was looked at, nor is what nobody has answered.
            found = dependencies(self._key, aim.trees)
            asks_what_is_known = any(node[0] in ("known", "mean") for tree in found.trees for node in walk(tree))
            is_proof = is_whole and not found.inputs and not asks_what_is_known
            case = self._with_outcome(aim, in_close_calls=kind == "note")
            return self._claim(kind, name, case, tried, is_proof, is_of_patterns=True)
        searched = search(self._key, aim, is_brief=self._missed >= _MOST_MISSED)
        self._missed += searched.found is None and not searched.is_whole
        return self._claim(kind, name, searched.found, searched.tried, searched.is_whole)

    def _with_outcome(self, aim: Aim, *, in_close_calls: bool) -> tuple[Given, Numbers] | None:
        """A case in which an aim is reached that depends on the outcome; with `in_close_calls`, on either of the two in one."""
        decider = self._decider
        assert decider is not None
        for found, cases in self._kept.items():
            for given, numbers in cases:
                if any(self._is_reached(aim, given, numbers, *side) for side in _sides(found, in_close_calls)):
                    return given, numbers
        for outcome in decider.decision.outcomes:
            aimed = Aim(aim.when, aim.before, aim.shown, outcome)
            for pinned in cases_of(self._key, aimed, _MOST_PINNED):
                case = find_outcome(decider, outcome, [pinned], are_fixed=True)
                if case and self._is_reached(aim, *case, outcome):
                    return case
        return None

    def _is_reached(
        self, aim: Aim, given: Given, numbers: Numbers, outcome: str | None, is_close: bool = False
    ) -> bool:
        situation = Situation(self._index, given, numbers)
        environment = situation.with_outcome(outcome, is_close=is_close)
        return (aim.when is None or holds(aim.when, environment) is True) and not any(
            holds(t, environment) for t in aim.before
        )

    def _claim(
        self,
        kind: ClaimKind,
        name: str,
        case: tuple[Given, Numbers] | None,
        tried: int,
        is_proof: bool,
        *,
        is_of_patterns: bool = False,
    ) -> Claim:
        witness = None
        if case is not None:
            given, numbers = case
            witness = {**given, **{entry: decimal_text(value) for entry, value in numbers.items()}}
            hidden = evaluate(self._key, witness).hidden
            witness = {part: value for part, value in witness.items() if part not in hidden}
        return Claim(kind, name, witness, tried, is_proof, is_of_patterns)


def _sides(found: _Found, in_close_calls: bool) -> list[tuple[str | None, bool]]:
    """What may be taken for the outcome, and whether it is only one of two."""
    if not isinstance(found, tuple):
        return [(found, False)]
    return [(name, True) for name in found] if in_close_calls else [(None, False)]


def _all_or_some(patterns: Patterns, most: int) -> Iterable[tuple[Given, Numbers]]:
    if patterns.can_be_listed:
        return patterns
    choose = random.Random(0)  # noqa: S311 - the same sample in every run
    return (patterns.draw(choose) for _ in range(most))


def _asks_for_outcome(tree: Tree) -> bool:
    return tree[0] == "outcome" or any(_asks_for_outcome(part) for part in tree[1:] if isinstance(part, tuple))
