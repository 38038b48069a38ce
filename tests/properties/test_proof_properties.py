"""What is proved of a key is what trying every pattern shows."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from hypothesis import assume, given, settings

from mkdocs_checklists import ScoringKey, key_from_json, score
from mkdocs_checklists.proof.bands import prove
from mkdocs_checklists.scoring.answers import full_answers
from mkdocs_checklists.scoring.score import Result, band_of
from tests.properties.strategies import scoring_keys

MOST_PATTERNS = 1500
OPEN = None


def results(key: ScoringKey, ways: list[list[str | None]]) -> Iterator[tuple[dict[str, str], Result]]:
    for pattern in product(*ways):
        answers = {item.id: choice for item, choice in zip(key.items, pattern, strict=True) if choice is not None}
        yield answers, score(key, answers)


@settings(max_examples=60)
@given(scoring_keys())
def test_shares_bands_and_idle_caps_are_those_of_all_patterns(data: dict[str, Any]) -> None:
    key = key_from_json(data)
    ways: list[list[str | None]] = [[*full_answers(item)] for item in key.items]
    # Where not all has to be answered, what has no cap may be left open. How many of them is not looked at.
    loose = [
        [*way, OPEN] if key.enough < 100 and not item.caps else way for item, way in zip(key.items, ways, strict=True)
    ]
    assume(prod(map(len, loose)) <= MOST_PATTERNS)
    proof = prove(key)
    assume(not proof.sampled)

    counts = {name: 0 for name, _ in key.bands}
    for answers, result in results(key, ways):
        if result.band is not None:
            counts[result.band] += 1
        band = band_of(key, answers)
        assert result.band == (None if band is None else key.bands[band][0])
    assert proof.patterns == prod(map(len, ways))
    assert proof.shares == {name: Fraction(count, proof.patterns) for name, count in counts.items()}

    reached, deciding = set(), set()
    caps = {(item.id, option): key.bands[cap][0] for item in key.items for option, cap in item.caps.items()}
    for answers, result in results(replace(key, enough=0), loose):
        reached.add(result.band)
        held = [name for name in result.capped_by if isinstance(name, str)]
        ticked = [(name, option) for name in held for option in answers[name].split("+")]
        deciding |= {(name, option) for name, option in ticked if caps.get((name, option)) == result.band}
    assert proof.reached == reached - {None}
    top = len(key.bands) - 1
    capped = {(item.id, option) for item in key.items for option, cap in item.caps.items() if cap < top}
    assert set(proof.idle_caps) == capped - deciding
