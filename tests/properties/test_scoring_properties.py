"""What holds for every checklist and every set of answers."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_checklists import ScoringKey, key_from_json, key_to_json, score
from mkdocs_checklists.model.answers import NA
from mkdocs_checklists.scoring.answers import resolve_answers
from mkdocs_checklists.scoring.way_up import way_up
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
            # Of those that only have to be enough, the first in reading order are named.
            can_cap = sorted(item.id for item in key.items if item.caps and item.id in result["missing"])
            result["missing"] = (len(result["missing"]), can_cap)
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
def test_nothing_is_missing_once_what_was_missing_is_answered_and_not_before(data: dict[str, Any], seed: int) -> None:
    key = key_from_json(data)
    items = {item.id: item for item in key.items}
    for answers in some_answers(data, seed, 10):
        before = score(key, answers)
        options = {name: next(iter(items[name].points)) for name in before.missing}
        assert score(key, {**answers, **options}).missing == []
        assert before.provisional == bool(options)
        for name in options:
            rest = {other: option for other, option in options.items() if other != name}
            assert score(key, {**answers, **rest}).missing == [name]


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


@given(scoring_keys(), st.integers(0, 2**32))
def test_the_way_up_leads_to_a_higher_band_and_is_not_one_step_too_long(data: dict[str, Any], seed: int) -> None:
    key = key_from_json(data)
    for answers in some_answers(data, seed, 10):
        given_answers, _ = resolve_answers(key, answers)
        now = score(key, answers)
        steps = way_up(key, answers)
        if steps is None:
            continue
        raised = {**given_answers, **{step.item: step.option for step in steps}}
        assert steps
        assert band_index(key, score(key, raised).band) > band_index(key, now.band)
        raised.pop(steps[-1].item)
        before = {**raised, steps[-1].item: given_answers[steps[-1].item]}
        # An answer without its cap may earn less than the one that had it, so the band may even be lower than it was.
        assert band_index(key, score(key, before).band) <= band_index(key, now.band)


@given(scoring_keys(), st.integers(0, 2**32))
def test_without_a_way_up_not_even_the_best_answers_left_open_by_the_caps_lead_to_the_next_band(
    data: dict[str, Any], seed: int
) -> None:
    key = key_from_json(data)
    for answers in some_answers(data, seed, 10):
        given_answers, _ = resolve_answers(key, answers)
        goal = band_index(key, score(key, answers).band) + 1
        if way_up(key, answers) is not None or goal in {0, len(key.bands)}:
            continue
        best = dict(given_answers)
        for item in key.items:
            open_options = [name for name in item.points if item.caps.get(name, goal) >= goal]
            if best.get(item.id, NA) != NA and open_options:
                best[item.id] = max(open_options, key=lambda name: item.points[name])
        assert band_index(key, score(key, best).band) < goal
