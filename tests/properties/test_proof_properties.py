"""What is proved of a key is what trying every pattern shows."""

from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from hypothesis import assume, given, settings

from mkdocs_checklists import key_from_json, score
from mkdocs_checklists.proof import prove
from tests.properties.strategies import scoring_keys

MOST_PATTERNS = 1500


@settings(max_examples=60)
@given(scoring_keys())
def test_shares_and_idle_caps_are_those_of_all_patterns(data: dict[str, Any]) -> None:
    key = key_from_json(data)
    ways = [[*item.points, "na"] if item.na else list(item.points) for item in key.items]
    assume(prod(map(len, ways)) <= MOST_PATTERNS)
    proof = prove(key)
    assume(not proof.sampled)

    counts = {name: 0 for name, _ in key.bands}
    deciding = set()
    for pattern in product(*ways):
        answers = {item.id: option for item, option in zip(key.items, pattern, strict=True)}
        result = score(key, answers)
        if result.band is not None:
            counts[result.band] += 1
        deciding |= {(name, answers[name]) for name in result.capped_by}

    assert proof.patterns == prod(map(len, ways))
    assert proof.shares == {name: Fraction(count, proof.patterns) for name, count in counts.items()}
    assert proof.reached == {name for name, count in counts.items() if count}
    top = key.bands[-1][0]
    places = [name for name, _ in key.bands]
    capped = {(i.id, option) for i in key.items for option, cap in i.caps.items() if places[cap] != top}
    assert set(proof.idle_caps) == capped - deciding
