"""What holds for every checklist and every set of answers."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_checklists import ScoringKey, key_from_json, key_to_json, score
from tests.properties.strategies import scoring_keys, some_answers


def band_index(key: ScoringKey, band: str | None) -> int:
    return [name for name, _ in key.bands].index(band) if band is not None else -1


@given(scoring_keys(), st.integers(0, 2**32))
def test_a_better_answer_never_lowers_the_score_nor_the_band_where_its_cap_is_no_lower(
    data: dict[str, Any], seed: int
) -> None:
    key = key_from_json(data)
    top = len(key.bands) - 1
    for answers in some_answers(data, seed, 5):
        before = score(key, answers)
        for item in key.items:
            chosen = answers.get(item.id)
            if chosen is None or chosen not in item.points:
                continue
            for option, points in item.points.items():
                if points < item.points[chosen] or item.caps.get(option, top) < item.caps.get(chosen, top):
                    continue
                after = score(key, {**answers, item.id: option})
                assert before.score is None or (after.score is not None and after.score >= before.score)
                assert band_index(key, after.band) >= band_index(key, before.band)


@given(scoring_keys(), st.integers(0, 2**32))
def test_reversing_the_sections_changes_only_the_order_of_ties(data: dict[str, Any], seed: int) -> None:
    key = key_from_json(data)
    turned = key_from_json({**data, "sections": data["sections"][::-1]})
    for answers in some_answers(data, seed, 5):
        before, after = score(key, answers).to_json(), score(turned, answers).to_json()
        for result in (before, after):
            for name in ("recommendations", "capped_by", "find_out"):
                result[name] = sorted(result[name])
        assert before == after


@given(scoring_keys(), st.integers(0, 2**32))
def test_the_score_stays_in_its_range_and_completeness_between_0_and_100(data: dict[str, Any], seed: int) -> None:
    key = key_from_json(data)
    for answers in some_answers(data, seed, 10):
        result = score(key, answers)
        assert 0 <= result.tally.completeness <= 100
        assert result.tally.least <= result.tally.earned <= result.tally.possible
        if result.score is not None and not key.points:
            assert key.range[0] <= result.score <= key.range[1]


@given(scoring_keys(), st.integers(0, 2**32))
def test_a_band_is_awarded_only_with_a_score_that_is_not_provisional(data: dict[str, Any], seed: int) -> None:
    key = key_from_json(data)
    for answers in some_answers(data, seed, 10):
        result = score(key, answers)
        assert (result.band is None) == (result.score is None or result.provisional)


@given(scoring_keys(), st.integers(0, 2**32))
def test_every_state_follows_from_the_answer(data: dict[str, Any], seed: int) -> None:
    key = key_from_json(data)
    for answers in some_answers(data, seed, 5):
        result = score(key, answers)
        assert list(result.states) == [item.id for item in key.items]
        assert set(result.find_out) == {name for name, state in result.states.items() if state == "unknown"}
        assert set(result.recommendations) <= {
            name for name, state in result.states.items() if state in {"answered", "unknown"}
        }


@given(scoring_keys())
def test_a_key_survives_its_json_form(data: dict[str, Any]) -> None:
    key = key_from_json(data)

    assert key_from_json(key_to_json(key)) == key
